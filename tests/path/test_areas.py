"""Kinds of conversation: who may begin one, what the marketplace posts, notes on orders, the link to its page."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from mailbridge.domain.delivery import PostKind
from mailbridge.domain.message import Automatic, Message
from mailbridge.domain.parties import FirstContact
from mailbridge.domain.reply import ACCEPTED
from mailbridge.domain.thread import Actor, Area, Thread, ThreadState
from mailbridge.domain.trade_batch import TradeBatch, TradeOffer
from mailbridge.errors import NotFound, NotPossible
from mailbridge.path.held import release
from mailbridge.path.posted import Post, post_message
from mailbridge.path.telling import Settled
from mailbridge.policy.areas import AreaRow
from mailbridge.policy.plan import Disposition
from mailbridge.store.clockrecords import DueAsked
from mailbridge.store.threadrecords import ThreadsAsked
from tests.path.world import BUYER, CONTACT, OPERATOR, SELLER, START, World, a_text, a_world, answer_to, trade

TALK = "https://market.example/talk/{reference}"


@contextmanager
def _world(folder: Path, *rows: AreaRow, batch: TradeBatch | None = None) -> Iterator[World]:
    """A world whose market has rows of its own before those that ship."""
    with a_world(folder, batch or _trade()) as world:
        shipped = world.bridge.rules()
        own = replace(shipped, areas=(*rows, *shipped.areas))
        world.bridge = replace(world.bridge, rules=lambda: own)
        yield world


def _trade(**market: object) -> TradeBatch:
    batch = trade()
    [plain] = batch.marketplaces
    changed = replace(plain, **{"own_domains": ("market.example",), **market})  # type: ignore[arg-type]  # by name, for tests
    offer = TradeOffer(marketplace="market", reference="9912", seller="s1", title="Hose")
    return replace(batch, marketplaces=(changed,), offers=(offer,))


def _row(area: Area, *opened_by: Actor, **more: object) -> AreaRow:
    given = frozenset(opened_by) if opened_by else None
    return AreaRow(area=area, pack="general", opened_by=given, **more)  # type: ignore[arg-type]  # by name, for tests


def _threads(world: World) -> list[Thread]:
    return [row.thread for row in world.bridge.store.threads(10)]


def _post(world: World, area: Area, text: str = "It is broken.", **more: object) -> Settled:
    post = Post(market="market", seller="s1", buyer="b1", area=area, text=text)
    return post_message(replace(post, **more), world.bridge)  # type: ignore[arg-type]  # by name, for tests


def _relayed(world: World) -> list[Message]:
    return [message for _, message in world.take(PostKind.RELAY)]


def _alias_of_buyer(world: World) -> str:
    pair = world.bridge.store.pair_called(market="market", seller="s1", buyer="b1", now=world.now)
    return pair.alias_of_buyer.address.addr_spec


# Who may begin one


def test_S83_a_buyer_who_may_not_begin_one_by_mail_is_told_where_he_can(tmp_path: Path) -> None:
    with _world(tmp_path, _row(Area.QUESTION, Actor.MARKET)) as world:
        assert world.mail(a_text(BUYER, CONTACT, "Is it blue?"), CONTACT) == (ACCEPTED,)
        [(sent, notice)] = world.take()
        assert (sent.delivery.kind, sent.delivery.forward_path.addr_spec) == (PostKind.NOTICE, BUYER)
        assert "questions are not begun this way" in (notice.body.plain or "").replace("\n", " ")
        assert SELLER not in (notice.body.plain or "")
        assert _threads(world) == []


def test_S83_where_a_conversation_runs_his_mail_goes_on(tmp_path: Path) -> None:
    with _world(tmp_path, _row(Area.QUESTION, Actor.MARKET)) as world:
        _post(world, Area.QUESTION, "Is it blue?")
        [asked] = _relayed(world)
        to, octets = answer_to(asked, SELLER, "It is green.")
        assert world.mail(octets, to) == (ACCEPTED,)
        [told] = _relayed(world)
        to, octets = answer_to(told, BUYER, "Thank you.")
        assert world.mail(octets, to) == (ACCEPTED,)
        assert len(_relayed(world)) == 1
        assert len(_threads(world)) == 1


def test_S66_a_seller_who_may_not_begin_one_is_told(tmp_path: Path) -> None:
    with _world(tmp_path, _row(Area.ORDER, Actor.BUYER), _row(Area.QUESTION, Actor.BUYER)) as world:
        alias = _alias_of_buyer(world)
        assert world.mail(a_text(SELLER, alias, "Your colour?", subject="Order 48213"), alias) == (ACCEPTED,)
        [(sent, notice)] = world.take()
        assert sent.delivery.forward_path.addr_spec == SELLER
        assert "messages about orders are not begun this way" in (notice.body.plain or "").replace("\n", " ")
        assert _threads(world) == []


def test_S31_a_kind_that_is_not_his_to_begin_becomes_a_plain_one_and_nothing_is_lost(tmp_path: Path) -> None:
    with _world(tmp_path, _row(Area.DISPUTE, Actor.MARKET)) as world:
        to = CONTACT.replace("@", ".dispute-48213@")
        assert world.mail(a_text(BUYER, to, "It is broken."), to) == (ACCEPTED,)
        assert [thread.area for thread in _threads(world)] == [Area.ORDER]


def test_D9_of_an_unproven_author_a_person_looks_at_it_and_what_he_lets_go_begins_one(tmp_path: Path) -> None:
    with _world(
        tmp_path, _row(Area.QUESTION, Actor.MARKET), batch=_trade(first_contact=FirstContact.RELAY_MARKED)
    ) as world:
        stranger = "eve@unknown.example"
        world.mail(a_text(stranger, CONTACT, "Is it blue?"), CONTACT)
        assert world.take() == []  # no backscatter
        [held] = world.bridge.store.held_records(5)
        assert held.reason == "may_not_begin"
        [plan] = release(held.record_id, world.bridge)
        assert plan.disposition is Disposition.RELAYED


def test_N02_a_trial_says_that_it_would_not_begin(tmp_path: Path) -> None:
    with _world(tmp_path, _row(Area.ORDER, Actor.BUYER), _row(Area.QUESTION, Actor.BUYER)) as world:
        alias = f"check-{_alias_of_buyer(world)}"
        assert world.mail(a_text(SELLER, alias, "Your colour?", subject="Order 48213"), alias) == (ACCEPTED,)
        [(_, notice)] = world.take()
        assert "not begun this way" in (notice.body.plain or "").replace("\n", " ")


# What the marketplace posts


@pytest.mark.parametrize(
    ("area", "about"),
    [
        (Area.QUESTION, {"offer": "9912"}),
        (Area.QUESTION, {}),
        (Area.ORDER, {"order": "48213"}),
        (Area.DISPUTE, {"order": "48213"}),
        (Area.TICKET, {"order": "48213"}),
        (Area.TICKET, {}),
        (Area.ENQUIRY, {"offer": "9912"}),
    ],
)
def test_S31_S32_S78_S83_S84_a_form_of_the_market_begins_a_conversation(
    tmp_path: Path, area: Area, about: dict[str, str]
) -> None:
    with _world(tmp_path) as world:
        [plan] = _post(world, area, **about).plans
        assert plan.disposition is Disposition.RELAYED
        [thread] = _threads(world)
        assert (thread.area, thread.order_reference, thread.offer_reference) == (
            area,
            about.get("order", ""),
            about.get("offer", ""),
        )
        [(sent, asked)] = world.take(PostKind.RELAY)
        assert sent.delivery.forward_path.addr_spec == SELLER
        assert "It is broken." in (asked.body.plain or "")
        assert BUYER.encode() not in sent.delivery.octets
        # clocks and the acknowledgement, as for any first mail
        [due] = world.bridge.store.due(DueAsked(until=START.replace(year=2027)))
        assert due.thread.id == thread.id
        said = {d.delivery.forward_path.addr_spec: message for d, message in world.run_intents()}
        assert said[BUYER].automatic is Automatic.REPLIED
        # the seller answers by pressing reply, and the buyer reads it in his mailbox
        to, octets = answer_to(asked, SELLER, "We send another.")
        assert world.mail(octets, to) == (ACCEPTED,)
        [(answered, _)] = world.take(PostKind.RELAY)
        assert answered.delivery.forward_path.addr_spec == BUYER
        assert len(_threads(world)) == 1


def test_S77_a_note_that_is_posted_is_private_unless_it_says_otherwise(tmp_path: Path) -> None:
    with _world(tmp_path) as world:
        [plan] = _post(world, Area.NOTE, "She called twice.", order="48213").plans
        assert (plan.disposition, plan.reason) == (Disposition.RECORDED, "private_note")
        assert world.take() == []
        [plan] = _post(world, Area.NOTE, "It leaves on Monday.", order="48213", is_for_customer=True).plans
        assert plan.disposition is Disposition.RELAYED
        [(sent, note)] = world.take(PostKind.RELAY)
        assert sent.delivery.forward_path.addr_spec == BUYER
        assert "It leaves on Monday." in (note.body.plain or "")
        assert "customer" not in (note.body.plain or "")
        assert "called" not in (note.body.plain or "")
        [thread] = _threads(world)
        assert (thread.area, thread.state, thread.order_reference) == (Area.NOTE, ThreadState.OPEN, "48213")


def test_K5_what_is_posted_goes_by_the_rules(tmp_path: Path) -> None:
    with _world(tmp_path) as world:
        [plan] = _post(world, Area.QUESTION, "Call me: +48 601 234 567, anna@private-mail.example").plans
        assert plan.disposition is Disposition.REFUSED
        assert _threads(world) == []


def test_D7_what_is_posted_twice_counts_once(tmp_path: Path) -> None:
    with _world(tmp_path) as world:
        for _ in range(2):
            _post(world, Area.DISPUTE, order="48213", message_id="m-1")
        assert len(_relayed(world)) == 1
        _post(world, Area.DISPUTE, order="48213", message_id="m-2")
        assert len(_relayed(world)) == 1
        assert len(_threads(world)) == 1


def test_S55_the_market_s_own_number_finds_the_conversation_again(tmp_path: Path) -> None:
    with _world(tmp_path) as world:
        _post(world, Area.DISPUTE, order="48213", reference="D-7")
        _post(world, Area.DISPUTE, "And dented.", order="48213", reference="D-7")
        _post(world, Area.TICKET, "And late.", reference="D-7")
        [thread] = _threads(world)
        assert (thread.market_reference, thread.area) == ("D-7", Area.DISPUTE)


@pytest.mark.parametrize(
    ("post", "error"),
    [
        ({"seller": "s9"}, NotFound),
        ({"buyer": "b9"}, NotFound),
        ({"market": "m9"}, NotFound),
        ({"order": "99999"}, NotFound),
        ({"offer": "99999"}, NotFound),
        ({"order": "48213", "offer": "9912"}, NotPossible),
        ({"order": "48 213"}, NotPossible),
        ({"text": " \n"}, NotPossible),
        ({"area": Area.ORDER}, NotPossible),
    ],
)
def test_what_can_not_be_posted_says_why_and_leaves_nothing(
    tmp_path: Path, post: dict[str, object], error: type[Exception]
) -> None:
    with _world(tmp_path) as world:
        with pytest.raises(error):
            _post(world, **{"area": Area.DISPUTE, **post})  # type: ignore[arg-type]  # by name, for tests
        assert _threads(world) == []


def test_S66_what_is_not_the_market_s_to_begin_is_not_posted(tmp_path: Path) -> None:
    with _world(tmp_path, _row(Area.TICKET, Actor.BUYER)) as world, pytest.raises(NotPossible, match="ticket"):
        _post(world, Area.TICKET)


def test_A9_no_mail_is_believed_to_be_posted(tmp_path: Path) -> None:
    with _world(tmp_path, _row(Area.DISPUTE, Actor.MARKET)) as world:
        to = CONTACT.replace("@", ".dispute-48213@")
        octets = a_text(BUYER, to, "It is broken.", Message_ID="<6d2d31@posted.invalid>")
        assert world.mail(octets, to) == (ACCEPTED,)
        assert [thread.area for thread in _threads(world)] == [Area.ORDER]


# Notes on orders, by mail


def _note(world: World, text: str, tag: str = "note-48213", **fields: str) -> None:
    local_part, _, domain = _alias_of_buyer(world).partition("@")
    to = f"{local_part}.{tag}@{domain}"
    assert world.mail(a_text(SELLER, to, text, **fields), to) == (ACCEPTED,)


def test_S76_S77_a_note_by_mail_is_kept_with_the_order_and_passed_on_to_nobody(tmp_path: Path) -> None:
    with _world(tmp_path) as world:
        _note(world, "She called twice.", Message_ID="<1@c.example>")
        _note(world, "Wants blue.", Message_ID="<2@c.example>")
        assert world.take() == []
        [row] = world.bridge.store.list_threads(ThreadsAsked(limit=5, area=Area.NOTE, order="48213"))
        assert (row.thread.state, row.messages) == (ThreadState.CLOSED, 2)
        kept = world.bridge.store.thread_view(row.thread.id)
        assert {record.new_text.strip() for record in kept} == {"She called twice.", "Wants blue."}


def test_S77_a_private_note_is_no_conversation_that_anybody_answers_in(tmp_path: Path) -> None:
    with _world(tmp_path) as world:
        _note(world, "She called twice.")
        octets = a_text(BUYER, CONTACT, "When does it come?", subject="Order 48213")
        assert world.mail(octets, CONTACT) == (ACCEPTED,)
        [asked] = _relayed(world)
        assert "not certain" not in (asked.body.plain or "")
        assert {thread.area: thread.state for thread in _threads(world)} == {
            Area.NOTE: ThreadState.CLOSED,
            Area.ORDER: ThreadState.OPEN,
        }
        assert not {"called", "twice"} & set((asked.body.plain or "").split())


def test_S77_the_subject_of_a_private_note_is_judged_when_a_note_under_it_goes_to_the_customer(tmp_path: Path) -> None:
    subject = "Write to private.shop@elsewhere.example"
    with _world(tmp_path) as world:
        _note(world, "Mind the glass.", subject=subject)
        assert world.take(PostKind.RELAY) == []
        _note(world, "#customer\nIt leaves on Monday.", subject=subject)
        assert world.take(PostKind.RELAY) == []
        _note(world, "#customer\nIt leaves on Monday.", subject="Your parcel")
        assert len(world.take(PostKind.RELAY)) == 1


@pytest.mark.parametrize("word", ["#customer", "#klient", "#cliente", "#Kunde"])
def test_S77_with_a_word_it_is_a_note_to_the_customer(tmp_path: Path, word: str) -> None:
    with _world(tmp_path) as world:
        _note(world, f"{word}\nIt leaves on Monday.", tag="note", subject="Your parcel")
        [told] = _relayed(world)
        assert "It leaves on Monday." in (told.body.plain or "")
        assert word not in (told.body.plain or "")
        to, octets = answer_to(told, BUYER, "Thank you.")
        assert world.mail(octets, to) == (ACCEPTED,)
        assert len(_relayed(world)) == 1
        [thread] = _threads(world)
        assert (thread.area, thread.state, thread.order_reference) == (Area.NOTE, ThreadState.OPEN, "48213")


def test_D9_nobody_but_the_seller_writes_notes(tmp_path: Path) -> None:
    with _world(tmp_path) as world:
        local_part, _, domain = _alias_of_buyer(world).partition("@")
        to = f"{local_part}.note-48213@{domain}"
        [reply] = world.mail(a_text("eve@unknown.example", to, "Hello"), to)
        assert not reply.is_positive
        assert _threads(world) == []


# The page of a conversation


def test_S54_S79_S85_the_mail_that_begins_a_conversation_shows_its_page_and_the_buyer_never_does(
    tmp_path: Path,
) -> None:
    with _world(tmp_path, _row(Area.TICKET, link=TALK)) as world:
        _post(world, Area.TICKET, "It is broken.", order="48213", reference="T-9")
        [asked] = _relayed(world)
        assert "https://market.example/talk/T-9" in (asked.body.plain or "")
        to, octets = answer_to(asked, SELLER, "We send another.")
        assert b"market.example/talk" in octets  # his client quotes it
        assert world.mail(octets, to) == (ACCEPTED,)
        [(sent, told)] = world.take(PostKind.RELAY)
        assert "We send another." in (told.body.plain or "")
        assert b"market.example/talk" not in sent.delivery.octets
        assert "market.example" not in (told.body.plain or "") + (told.body.html or "")
        to, octets = answer_to(told, BUYER, "Thank you.")
        assert world.mail(octets, to) == (ACCEPTED,)
        [thanked] = _relayed(world)
        assert "market.example/talk" not in (thanked.body.plain or "")  # the first mail showed it


_HTML = {"MIME_Version": "1.0", "Content_Type": "text/html; charset=utf-8"}


def test_S54_P10_the_page_is_taken_out_of_a_quote_in_html_too(tmp_path: Path) -> None:
    with _world(tmp_path, _row(Area.ORDER, link="https://market.example/o/{order}")) as world:
        octets = a_text(BUYER, CONTACT, "<p>When does it come?</p>", subject="Order 48213", **_HTML)
        assert world.mail(octets, CONTACT) == (ACCEPTED,)
        [asked] = _relayed(world)
        html = asked.body.html or ""
        assert 'href="https://market.example/o/48213"' in html
        to = asked.authors[0].addr_spec
        quoted = f"<p>On Monday.</p><div class='gmail_quote'>Anna wrote:<blockquote>{html}</blockquote></div>"
        ids = {"In_Reply_To": asked.message_id or "", "References": asked.message_id or ""}
        assert world.mail(a_text(SELLER, to, quoted, subject="Re: Order 48213", **ids, **_HTML), to) == (ACCEPTED,)
        [told] = _relayed(world)
        assert "On Monday." in (told.body.html or "")
        assert "When does it come?" in (told.body.html or "")
        assert "market.example" not in (told.body.plain or "") + (told.body.html or "")


@pytest.mark.parametrize(
    ("link", "own_domains", "is_shown"),
    [
        (TALK, ("market.example",), False),  # by mail the market gave no number of its own
        ("https://market.example/o/{order}", ("market.example",), True),
        ("https://market.example/o/{order}", (), False),
        ("https://elsewhere.example/o/{order}", ("market.example",), False),
    ],
)
def test_S55_S57_S58_a_link_stands_there_where_it_leads_somewhere(
    tmp_path: Path, link: str, own_domains: tuple[str, ...], is_shown: bool
) -> None:
    with _world(tmp_path, _row(Area.ORDER, link=link), batch=_trade(own_domains=own_domains)) as world:
        octets = a_text(BUYER, CONTACT, "When does it come?", subject="Order 48213")
        assert world.mail(octets, CONTACT) == (ACCEPTED,)
        [asked] = _relayed(world)
        assert ("https://" in (asked.body.plain or "")) == is_shown
        assert OPERATOR not in (asked.body.plain or "")
