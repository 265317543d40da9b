"""One-use actions below the seller's copy, used by mail (N-11): what is offered, who may, what a use comes to."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from mailbridge.domain.delivery import PostKind
from mailbridge.domain.facts import ActionKind
from mailbridge.domain.thread import ThreadState
from mailbridge.errors import Conflict
from mailbridge.path.acting import act, offer_behind, use_in_browser
from mailbridge.store.intake import insert_actions
from mailbridge.store.records import Intake, NewAction
from mailbridge.store.tables import threads
from tests.builders import Client, Original, a_mail
from tests.path.actionworld import ADDRESS, BOTH_FORMS, PUBLIC_URL, a_talk, action, offered
from tests.path.world import ALIAS_DOMAIN, BUYER, CONTACT, SELLER, a_text, answer_to


def test_nothing_stands_below_where_the_market_did_not_ask_for_it(tmp_path: Path) -> None:
    with a_talk(tmp_path, offers=False) as talk:
        assert not ADDRESS.search(talk.asks().body.plain or "")


def test_N11_what_is_offered_is_what_the_area_and_the_clock_allow(tmp_path: Path) -> None:
    with a_talk(tmp_path) as talk:
        got = talk.asks()
        assert offered(got) == ["no_reply_needed", "close", "resolve"]
        assert "#private" in (got.body.plain or "")
        with talk.world.bridge.store._database.writing() as connection:
            connection.execute(update(threads).values(area="dispute"))
        assert offered(talk.asks("It is broken.", subject="Re: Order 48213")) == ["no_reply_needed"]


def test_N11_where_the_clock_knows_no_excuse_none_is_offered(tmp_path: Path) -> None:
    with a_talk(tmp_path, pack="etsy") as talk:
        assert "no_reply_needed" not in offered(talk.asks())


@pytest.mark.parametrize("language", ["en", "pl", "it", "de"])
@pytest.mark.parametrize("public_url", ["", PUBLIC_URL])
def test_N11_mail_first_and_a_link_second_in_every_language(tmp_path: Path, language: str, public_url: str) -> None:
    with a_talk(tmp_path, language=language, public_url=public_url) as talk:
        got = talk.asks()
        addresses = ADDRESS.findall(got.body.plain or "")
        assert len(addresses) == len(set(addresses)) == 3
        for address in addresses:
            assert f'href="mailto:{address}?subject=' in (got.body.html or "")
            link = f"{PUBLIC_URL}/u/{address[4:36]}"
            assert (link in (got.body.plain or ""), link in (got.body.html or "")) == (bool(public_url),) * 2
        assert len(re.findall(r"\(#\w+\)", got.body.plain or "")) == 4


@pytest.mark.parametrize("kind", ["close", "resolve"])
def test_N11_one_mail_ends_the_conversation_once_and_the_buyer_opens_it_again(tmp_path: Path, kind: str) -> None:
    with a_talk(tmp_path) as talk:
        got = talk.asks()
        address = action(got, kind)
        assert talk.acts(address).code == 250
        assert talk.thread.state.value == {"close": "closed", "resolve": "resolved"}[kind]
        assert talk.world.take(PostKind.NOTICE, PostKind.RELAY) == []  # done: nobody is told
        assert (talk.clock, talk.states) == ("excused", [("relayed", "relayed"), (kind, "confirmed")])
        assert talk.acts(address).code == 550
        again = talk.asks("But it is not.", subject="Re: Order 48213")
        assert (talk.thread.state, talk.clock) == (ThreadState.OPEN, "excused runs")
        assert offered(again) == ["no_reply_needed", "close", "resolve"]


def test_N11_an_ended_conversation_offers_to_open_it_again(tmp_path: Path) -> None:
    with a_talk(tmp_path) as talk:
        got = talk.asks()
        with talk.world.bridge.store._database.writing() as connection:
            connection.execute(update(threads).values(area="ticket", state="closed"))
        again = talk.asks("Hello?", subject="Re: Order 48213")
        assert offered(again) == ["no_reply_needed", "close"]  # late mail opened it
        assert action(got, "close") != action(again, "close")


def test_N10_N11_no_reply_needed_stops_the_clock(tmp_path: Path) -> None:
    with a_talk(tmp_path, pack="amazon") as talk:
        assert talk.acts(action(talk.asks("Thank you!"), "no_reply_needed")).code == 250
        assert (talk.clock, talk.thread.state) == ("excused", ThreadState.OPEN)


def test_N11_nobody_ends_what_he_has_not_read(tmp_path: Path) -> None:
    with a_talk(tmp_path) as talk:
        got = talk.asks("Thank you!")
        talk.world.now += timedelta(minutes=1)
        talk.asks("But is it blue?", subject="Re: Order 48213")
        assert talk.acts(action(got, "close")).code == 250
        [told] = talk.taken(PostKind.NOTICE)
        assert "has written again since" in (told.body.plain or "")
        assert talk.thread.state is ThreadState.OPEN
        assert talk.acts(action(got, "close")).code == 550  # used up all the same


def test_N11_what_has_ended_otherwise_is_told_and_what_is_so_already_is_not(tmp_path: Path) -> None:
    with a_talk(tmp_path) as talk:
        got = talk.asks()
        close, resolve = action(got, "close"), action(got, "resolve")
        talk.writes("#close")
        talk.world.take()
        assert talk.acts(close).code == 250
        assert talk.taken(PostKind.NOTICE) == []
        assert talk.acts(resolve).code == 250
        [told] = talk.taken(PostKind.NOTICE)
        assert "It has ended in another way already" in (told.body.plain or "")
        assert talk.thread.state is ThreadState.CLOSED


@pytest.mark.parametrize("fields", [{"Auto_Submitted": "auto-replied"}, {"Auto_Submitted": "auto-generated"}])
def test_T23_automatic_mail_never_acts(tmp_path: Path, fields: dict[str, str]) -> None:
    with a_talk(tmp_path) as talk:
        address = action(talk.asks(), "close")
        assert talk.acts(address, **fields).code == 250
        assert talk.thread.state.value == "open"
        assert talk.acts(address).code == 250  # and uses nothing up
        assert talk.thread.state.value == "closed"


def test_N11_after_its_time_an_address_is_over(tmp_path: Path) -> None:
    with a_talk(tmp_path) as talk:
        address = action(talk.asks(), "close")
        talk.world.now += timedelta(days=91)
        assert talk.acts(address).code == 550
        assert talk.thread.state is ThreadState.OPEN


def test_N11_holding_the_address_is_the_right_from_any_mailbox(tmp_path: Path) -> None:
    with a_talk(tmp_path) as talk:
        assert talk.acts(action(talk.asks(), "close"), author="phone@elsewhere.example").code == 250
        assert talk.thread.state is ThreadState.CLOSED


def test_N11_what_is_told_goes_to_the_seller_whoever_used_it(tmp_path: Path) -> None:
    with a_talk(tmp_path) as talk:
        got = talk.asks()
        talk.asks("But is it blue?", subject="Re: Order 48213")
        talk.acts(action(got, "close"), author="phone@elsewhere.example")
        [(claimed, _)] = talk.world.take(PostKind.NOTICE)
        assert claimed.delivery.forward_path.addr_spec == SELLER


OUTLOOK_TEXT = (
    "It leaves on Monday.\n\n________________________________\nFrom: Anna <{to}>\nSent: Saturday, 21 November 2026 "
    "10:00\nTo: Acme <sales@acme-shop.example>\nSubject: Order 48213\n\n{text}\n"
)
PREFIXED = "It leaves on Monday.\n\nOn Sat, 21 Nov 2026 at 10:00, Anna <{to}> wrote:\n\n{prefixed}\n"
_PAIRS = (("en", ""), ("de", PUBLIC_URL))
NARROW = "It leaves on Monday.\n\nOn Sat, 21 Nov 2026 at 10:00, Anna <{to}> wrote:\n\n{narrow}\n"


def _wrapped(text: str) -> str:
    """As clients quote that wrap what they quote at 72 columns."""
    lines: list[str] = []
    for line in text.splitlines():
        current = ""
        for word in line.split(" "):
            if current and len(current) + len(word) > 70:
                lines.append(f"> {current}")
                current = word
            else:
                current = f"{current} {word}" if current else word
        lines.append(f"> {current}")
    return "\n".join(lines)


BOTH = BOTH_FORMS.format(text="Is the lamp still there?")
_LANGUAGES = ("en", "pl", "it", "de")
_CASES = [
    *((client, language, PUBLIC_URL) for client in (Client.GMAIL, NARROW) for language in _LANGUAGES),
    *((client, language, "") for client, language in zip(Client, (*_LANGUAGES, "en", "pl"), strict=True)),
    *((template, language, url) for template in (OUTLOOK_TEXT, PREFIXED) for language, url in _PAIRS),
]


@pytest.mark.parametrize(("client", "language", "public_url"), _CASES)
def test_N11_D11_an_answer_that_quotes_the_footer_goes_out_without_it(
    tmp_path: Path, client: Client | str, language: str, public_url: str
) -> None:
    with a_talk(tmp_path, language=language, public_url=public_url) as talk:
        assert talk.sends(BUYER, CONTACT, BOTH, Content_Type="multipart/alternative; boundary=b1").code == 250
        [(claimed, got)] = talk.world.take(PostKind.RELAY)
        to, plain = got.authors[0].addr_spec, got.body.plain or ""
        if isinstance(client, Client):
            answers = Original.read(claimed.delivery.octets)
            octets = a_mail(SELLER, to, "It leaves on Monday.", client=client, answers=answers)
            assert talk.world.mail(octets, to)[0].code == 250
        else:
            prefixed = "\n".join(f"> {line}" for line in plain.splitlines())
            text = client.format(to=to, text=plain, narrow=_wrapped(plain), prefixed=prefixed)
            assert talk.writes(text, subject="Re: Order 48213", In_Reply_To=got.message_id or "").code == 250
        [told] = talk.taken(PostKind.RELAY)
        seen = f"{told.body.plain or ''}\n{told.body.html or ''}"
        assert "It leaves on Monday." in seen
        assert "Is the lamp still there?" in seen
        shown = re.sub(r'style="[^"]*"', "", seen.replace("&#", ""))
        assert [secret for secret in ("act-", "/u/", "#", "·") if secret in shown] == [], shown
        assert talk.thread.state is ThreadState.OPEN


def test_N11_two_uses_in_the_same_moment_do_it_once(tmp_path: Path) -> None:
    with a_talk(tmp_path) as talk:
        address = action(talk.asks(), "close")
        # the facts of the second are read before the commit of the first: its commit comes too late
        store = talk.world.bridge.store
        offer = store.action_offer(store.action_hash(address[4:36]), talk.world.now)
        assert offer is not None
        assert talk.acts(address).code == 250
        assert act(offer, talk.world.bridge).change.state is ThreadState.CLOSED
        with pytest.raises(Conflict):
            store.use_offer(offer, act(offer, talk.world.bridge).change, deliveries=(), now=talk.world.now)


@pytest.mark.parametrize("by_word", [False, True])
def test_N10_a_buyer_who_writes_in_that_very_moment_keeps_his_clock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by_word: bool
) -> None:
    with a_talk(tmp_path, pack="amazon") as talk:
        got = talk.asks("Thank you!")
        to, octets = answer_to(got, SELLER, "#noreply")
        store, waiting = talk.world.bridge.store, [a_text(BUYER, CONTACT, "And the lid?", subject="Re: Order 48213")]
        commit = store.commit

        def late(intake: Intake) -> None:
            if waiting:  # the facts of the seller's mail are read by now
                assert talk.world.mail(waiting.pop(), CONTACT)[0].code == 250
            commit(intake)

        monkeypatch.setattr(store, "commit", late)
        reply = talk.world.mail(octets, to)[0] if by_word else talk.acts(action(got, "no_reply_needed"))
        assert (reply.code, talk.clock) == (250 if by_word else 550, "runs")
        assert len(talk.taken(PostKind.NOTICE)) == by_word


@pytest.mark.parametrize("by_web", [False, True])
def test_N11_S31_one_that_he_opens_again_is_the_two_peoples_alone(tmp_path: Path, by_web: bool) -> None:
    with a_talk(tmp_path) as talk:
        got, store = talk.asks(), talk.world.bridge.store
        with store._database.writing() as connection:
            connection.execute(update(threads).values(state="closed", market_joined_at=1))
        token = "a2" * 16
        offered_in = store.action_offer(store.action_hash(action(got, "close")[4:36]), talk.world.now)
        assert offered_in is not None
        reopen = NewAction(
            token_hash=store.action_hash(token),
            kind=ActionKind.REOPEN,
            record_id=offered_in.record_id,
            expires_at=talk.world.now + timedelta(days=1),
        )
        with store._database.writing() as connection:
            insert_actions(connection, (reopen,))
        offer = offer_behind(token, talk.world.bridge)
        assert offer is not None
        if by_web:
            assert use_in_browser(offer, talk.world.bridge).why_not == ""
        else:
            assert talk.acts(f"act-{token}@{ALIAS_DOMAIN}").code == 250
        assert (talk.thread.state, talk.thread.market_joined_at) == (ThreadState.OPEN, None)


@pytest.mark.parametrize("word", ["#noreply", "#bezodpowiedzi", "#nessunarisposta", "#keineAntwort"])
def test_N10_N11_the_word_alone_stops_the_clock_and_sends_nothing(tmp_path: Path, word: str) -> None:
    with a_talk(tmp_path, pack="amazon") as talk:
        got = talk.asks("Thank you!")
        to, octets = answer_to(got, SELLER, word)
        assert talk.world.mail(octets, to)[0].code == 250
        assert (talk.clock, talk.world.take(PostKind.RELAY, PostKind.NOTICE)) == ("excused", [])
        assert ("no_reply_needed", "recorded") in talk.states


def test_N10_the_word_below_an_answer_is_cut_out(tmp_path: Path) -> None:
    with a_talk(tmp_path) as talk:
        talk.asks("Thank you!")
        talk.writes("You are welcome.\n\n#noreply")
        [told] = talk.taken(PostKind.RELAY)
        assert "noreply" not in (told.body.plain or "")
        assert talk.clock == "answered"


def test_N10_the_word_is_not_believed_where_the_clock_does_not_know_it_or_the_buyer_wrote_again(tmp_path: Path) -> None:
    for pack, expected in (("etsy", "does not count"), ("amazon", "has written again")):
        folder = tmp_path / pack
        folder.mkdir()
        with a_talk(folder, pack=pack) as talk:
            got = talk.asks("Thank you!")
            talk.world.now += timedelta(minutes=1)
            talk.asks("Is it blue?", subject="Re: Order 48213")
            to, octets = answer_to(got, SELLER, "#noreply")
            assert talk.world.mail(octets, to)[0].code == 250
            [told] = talk.taken(PostKind.NOTICE)
            assert expected in (told.body.plain or "")
            assert talk.clock == "runs"


def test_N10_a_note_may_say_that_no_reply_is_needed(tmp_path: Path) -> None:
    with a_talk(tmp_path, pack="amazon") as talk:
        talk.asks("Thank you!")
        talk.writes("#private\nShe is happy.\n#noreply")
        assert (talk.clock, talk.taken(PostKind.RELAY)) == ("excused", [])


def test_N10_a_buyers_word_does_nothing(tmp_path: Path) -> None:
    with a_talk(tmp_path, pack="amazon") as talk:
        talk.asks("Is it blue?\n#noreply")
        assert talk.clock == "runs"
