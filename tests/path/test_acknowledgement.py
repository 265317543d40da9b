"""Acknowledgements through the path: what goes out, in whose words, to whom, and when it does not (S-36 to S-50)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from mailbridge.domain.acknowledgement import AckText, AckVersion, AckWishes
from mailbridge.domain.address import RealAddress
from mailbridge.domain.area import Area
from mailbridge.domain.delivery import ClaimedDelivery, PostKind
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Mailbox
from mailbridge.path.acktexts import Subject, problems_of
from mailbridge.path.acktrial import wrong_with
from mailbridge.rulefiles.read import load_rules
from tests.path.world import ALIAS_DOMAIN, BUYER, CONTACT, SELLER, World, a_text, a_world, answer_to, trade

PL = AckText(language="pl", body="Dzień dobry,\n\ntu {{ seller }}. Odpowiemy w ciągu dnia.", subject="Mamy to")
EN = AckText(language="en", body="Hello,\n\nthis is {{ seller }}.{% if order %} It is about {{ order }}.{% endif %}")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with a_world(tmp_path) as world:
        yield world


def _set(world: World, **wishes: object) -> None:
    row = world.bridge.store.seller_called("s1", None)
    kept = world.bridge.store.ack_versions(row.seller.id)
    number = kept[0].number + 1 if kept else 1
    new = AckVersion(number=number, saved_at=world.now, by="command", wishes=AckWishes(**wishes))  # type: ignore[arg-type]  # fields by name
    world.bridge.store.save_acknowledgement(row.seller.id, new)


def _write(world: World, text: str = "Do you ship to Poland?", to: str = CONTACT, **more: str) -> list[Message]:
    """The buyer writes; what the shop got."""
    world.mail(a_text(BUYER, to, text, **more), to)
    return [message for _, message in world.take(PostKind.RELAY)]


def _due(world: World) -> list[tuple[ClaimedDelivery, Message]]:
    """What was posted of acknowledgements and their copies."""
    posted = world.run_intents()
    return [
        (claimed, message)
        for claimed, message in posted
        if claimed.delivery.kind is PostKind.ACKNOWLEDGEMENT or "onfirmed automatically" in message.subject
    ]


def _acks(world: World) -> list[Message]:
    return [m for claimed, m in _due(world) if claimed.delivery.kind is PostKind.ACKNOWLEDGEMENT]


def test_S36_S37_the_first_message_is_acknowledged_from_the_alias_of_the_shop_and_marked_honestly(
    world: World,
) -> None:
    _write(world)
    [(claimed, message)] = _due(world)
    assert claimed.delivery.forward_path.addr_spec == BUYER
    assert claimed.delivery.reverse_path is None  # RFC 3834 §3.3
    header = claimed.delivery.octets.partition(b"\r\n\r\n")[0]
    assert b"\r\nAuto-Submitted: auto-replied" in header
    assert message.authors[0].addr_spec.endswith(f"@{ALIAS_DOMAIN}")
    assert message.authors[0].addr_spec != CONTACT
    assert message.in_reply_to
    assert message.body.plain
    assert message.body.html


def test_S36_a_second_message_of_the_thread_is_not(world: World) -> None:
    _write(world)
    assert len(_acks(world)) == 1
    _write(world, "Hello?", subject="Re: A question")
    assert _acks(world) == []


def test_S45_it_waits_and_is_not_sent_when_the_seller_was_faster(world: World) -> None:
    _set(world, after_s=1800)
    [mail] = _write(world)
    world.now += timedelta(minutes=29)
    assert _acks(world) == []
    to, octets = answer_to(mail, SELLER, "Yes, we do.")
    world.mail(octets, to)
    world.now += timedelta(minutes=2)
    assert _acks(world) == []


def test_S45_it_is_sent_when_he_was_not(world: World) -> None:
    _set(world, after_s=1800)
    _write(world)
    world.now += timedelta(minutes=31)
    assert len(_acks(world)) == 1


def test_S41_what_is_switched_off_while_it_waits_is_not_sent(world: World) -> None:
    _set(world, after_s=1800)
    _write(world)
    _set(world, after_s=1800, is_on=False)
    world.now += timedelta(minutes=31)
    assert _acks(world) == []


def test_S40_an_area_that_is_off_is_not_acknowledged(world: World) -> None:
    _set(world, areas=(Area.ORDER,))
    _write(world)
    assert _acks(world) == []


def test_S48_the_sellers_own_words_are_sent_in_our_frame(world: World) -> None:
    _set(world, texts=(EN,))
    _write(world)
    [ack] = _acks(world)
    assert ack.body.plain is not None
    assert ack.body.plain.startswith("Hello,\n\nthis is Acme.")
    assert "sent automatically" in ack.body.plain
    assert "<p>this is Acme." in (ack.body.html or "")


@pytest.mark.parametrize(
    ("texts", "subject", "words"),
    [
        ((PL,), "Mamy to", "Odpowiemy"),
        ((EN,), "Twoja wiadomość", "została przekazana"),  # no text of his in Polish: ours
        ((replace(PL, area=Area.DISPUTE),), "Twoja wiadomość", "została przekazana"),
        ((PL, replace(PL, area=Area.QUESTION, subject="Pytanie")), "Pytanie", "Odpowiemy"),
        ((PL, replace(PL, area=Area.ORDER, subject="Inne")), "Mamy to", "Odpowiemy"),
    ],
)
def test_S47_one_text_serves_every_area_but_those_with_their_own_and_the_buyers_language(
    tmp_path: Path, texts: tuple[AckText, ...], subject: str, words: str
) -> None:
    batch = trade()
    batch = replace(batch, buyers=tuple(replace(buyer, language="pl") for buyer in batch.buyers))
    with a_world(tmp_path, batch) as world:
        _set(world, texts=texts)
        _write(world)
        [ack] = _acks(world)
    assert ack.subject.startswith(subject)
    assert words in (ack.body.plain or "")


def test_S48_a_text_of_his_is_shown_as_text_in_html(world: World) -> None:
    _set(world, texts=(replace(EN, body="Hello <b>you</b> & {{ seller }}"),))
    _write(world)
    [ack] = _acks(world)
    assert "&lt;b&gt;you&lt;/b&gt; &amp; Acme" in (ack.body.html or "")


def test_S49_the_name_beside_the_alias_is_his_and_the_market_stays_in_it(world: World) -> None:
    _set(world, sender_name="Acme Support")
    _write(world)
    [ack] = _acks(world)
    assert ack.authors[0].display_name == "Acme Support via Market"


def test_S46_S50_the_seller_and_his_further_mailbox_hear_of_it(world: World) -> None:
    _set(world, copies=True, notify=RealAddress("desk@acme-shop.example"), texts=(EN,))
    [relayed] = _write(world)
    posted = {claimed.delivery.forward_path.addr_spec: message for claimed, message in _due(world)}
    assert posted.keys() == {BUYER, SELLER, "desk@acme-shop.example"}
    copy = posted[SELLER]
    assert copy.authors[0].addr_spec == f"notice@{ALIAS_DOMAIN}"
    plain = copy.body.plain or ""
    assert "This conversation waits for you until 2026-11-22 09:00 UTC" in plain
    assert relayed.authors[0].addr_spec in plain  # what answers the buyer
    assert "> this is Acme." in plain
    assert copy.in_reply_to == (relayed.message_id,)
    assert BUYER not in plain


def test_S46_nobody_hears_of_it_unless_he_wishes(world: World) -> None:
    _write(world)
    assert len(_due(world)) == 1


def test_S50_the_further_mailbox_never_reaches_the_buyer(world: World) -> None:
    _set(world, notify=RealAddress("desk@acme-shop.example"))
    [mail] = _write(world)
    to, octets = answer_to(mail, SELLER, "As my colleague (desk@acme-shop.example) says: yes.")
    world.mail(octets, to)
    assert all(b"desk@acme-shop" not in claimed.delivery.octets for claimed, _ in world.take(PostKind.RELAY))


def test_T28_nothing_that_the_buyer_wrote_stands_in_it(world: World) -> None:
    world.mail(a_text(BUYER, CONTACT, "Buy at evil.example", subject="Win evil.example"), CONTACT)
    [ack] = _acks(world)
    assert "evil" not in ack.subject + (ack.body.plain or "") + (ack.body.html or "")


def test_it_goes_to_the_mailbox_that_the_buyer_wrote_from(tmp_path: Path) -> None:
    second = "anna@buyer-post.example"
    batch = trade()
    [buyer] = batch.buyers
    more = Mailbox(address=RealAddress(second), is_primary=False)
    batch = replace(batch, buyers=(replace(buyer, mailboxes=(*buyer.mailboxes, more)),))
    with a_world(tmp_path, batch) as world:
        world.mail(a_text(second, CONTACT, "Do you ship to Poland?"), CONTACT)
        [(claimed, _)] = _due(world)
    assert claimed.delivery.forward_path.addr_spec == second


def test_S48_rules_that_are_newer_than_a_text_stop_it_and_ours_goes_out(world: World) -> None:
    text = replace(EN, body="Hello, call +48 600 123 456 please.")
    _set(world, texts=(text,))  # as if it had been saved before there was a rule on numbers
    _write(world)
    [ack] = _acks(world)
    assert "600" not in (ack.body.plain or "")
    assert ack.subject.startswith("Your message")


def test_a_text_that_the_gate_stops_is_replaced_by_ours(world: World) -> None:
    rules = load_rules(())
    world.bridge = replace(world.bridge, rules=lambda: rules)
    [market] = trade().marketplaces
    world.bridge.store.apply_trade(replace(trade(), marketplaces=(replace(market, rule_packs=()),)), world.now)
    _set(world, texts=(replace(EN, body=f"Hello, write to {SELLER}."),))
    _write(world)
    [ack] = _acks(world)
    assert SELLER not in (ack.body.plain or "")
    assert ack.subject.startswith("Your message")


PROBLEMS = (
    ({"texts": (replace(EN, body="Call us: +48 600 123 456"),)}, "texts[1].body", "+48 600 123 456"),
    ({"texts": (EN, replace(PL, subject="Napisz na x@acme.example"))}, "texts[2].subject", "x@acme.example"),
    ({"texts": (replace(EN, body="See https://acme-shop.example/more"),)}, "texts[1].body", "acme-shop.example"),
    (
        {"texts": (replace(EN, body="{% if order %}Call +48 600 123 456{% else %}Hello{% endif %}"),)},
        "texts[1].body",
        "600",
    ),
    ({"texts": (replace(EN, body="-- \nCall +48 600 123 456"),)}, "texts[1].body", "600"),
    ({"texts": (replace(EN, body="{{ sellr }}"),)}, "texts[1].body", 'did you mean "seller"'),
    ({"sender_name": "Acme +48 600 123 456"}, "sender_name", "600"),
    ({"sender_name": "acme@acme-shop.example"}, "sender_name", "acme-shop.example"),
    ({"sender_name": "Market Support"}, "sender_name", "name of the marketplace"),
    ({"sender_name": "a\nb"}, "sender_name", "one line"),
)


@pytest.mark.parametrize(("wishes", "key", "reason"), PROBLEMS)
def test_S48_S53_what_no_mail_of_his_may_hold_is_named_before_it_is_saved(
    world: World, wishes: dict[str, object], key: str, reason: str
) -> None:
    row = world.bridge.store.seller_called("s1", None)
    found = problems_of(AckWishes(**wishes), Subject(market=row.market, seller=row.seller), world.bridge)  # type: ignore[arg-type]  # fields by name
    assert [where for where, _ in found] == [key], found
    assert reason in found[0][1]


@pytest.mark.parametrize(
    ("wishes", "key"),
    [
        ({"texts": (EN, replace(EN, area=Area.ORDER, body=f"Write to {SELLER}."))}, "texts[2].body"),
        ({"sender_name": SELLER}, "sender_name"),
    ],
)
def test_S53_what_the_gate_would_stop_is_not_saved_even_where_no_rule_minds(
    world: World, wishes: dict[str, object], key: str
) -> None:
    rules = load_rules(())
    bridge = replace(world.bridge, rules=lambda: rules)
    row = bridge.store.seller_called("s1", None)
    market = replace(row.market, rule_packs=())
    found = wrong_with(AckWishes(**wishes), market, row.seller, bridge)  # type: ignore[arg-type]  # fields by name
    assert [where for where, _ in found] == [key]


def test_S48_an_honest_text_has_no_problems(world: World) -> None:
    row = world.bridge.store.seller_called("s1", None)
    wishes = AckWishes(sender_name="Acme Support", texts=(EN, PL))
    assert problems_of(wishes, Subject(market=row.market, seller=row.seller), world.bridge) == ()
