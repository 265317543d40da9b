"""What can be done from the list of what is due, beside answering (N-10, N-11): one action at most for each entry."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from mailbridge.domain.message import Message
from mailbridge.domain.thread import ThreadState
from mailbridge.path.duesoon import DueMails
from tests.path.actionworld import ADDRESS, PUBLIC_URL, Talk, a_talk
from tests.path.quickladder import plain_of

#: when the list comes; the question comes at nine on a Saturday
SUNDAY, MONDAY = timedelta(hours=23), timedelta(hours=47)


def _list(talk: Talk, after: timedelta) -> Message:
    """The list of what is due that comes then."""
    talk.world.run_intents()
    talk.world.now += after
    DueMails(talk.world.bridge).plan()
    [mail] = [message for _, message in talk.later() if "waits for your answer" in message.subject]
    return mail


@pytest.mark.parametrize("offers", [True, False])
@pytest.mark.parametrize("public_url", ["", PUBLIC_URL])
def test_N10_N11_an_entry_has_no_reply_needed_and_its_page_where_the_market_offers_actions(
    tmp_path: Path, offers: bool, public_url: str
) -> None:
    with a_talk(tmp_path, offers=offers, public_url=public_url) as talk:
        talk.asks()
        mail = _list(talk, SUNDAY)
        [address] = set(ADDRESS.findall(plain_of(mail)))
        html = mail.body.html or ""
        assert f'<a href="mailto:{address}?subject=No%20reply%20needed">No reply needed</a>' in html
        link = f"{PUBLIC_URL}/u/{address[4:36]}"
        assert (link in plain_of(mail), link in html) == (offers and bool(public_url),) * 2
        assert talk.acts(address).code == 250
        assert (talk.clock, talk.thread.state) == ("excused", ThreadState.OPEN)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Close the conversation"), ("pl", "Zamknij rozmowę"), ("it", "Chiudi la conv"), ("de", "Gespräch schließ")],
)
def test_N10_N11_where_only_its_end_stops_the_clock_an_entry_closes_the_conversation(
    tmp_path: Path, language: str, words: str
) -> None:
    with a_talk(tmp_path, pack="bol", language=language) as talk:
        talk.asks()
        talk.world.run_intents()
        talk.world.now += MONDAY
        DueMails(talk.world.bridge).plan()
        [mail] = [message for _, message in talk.later() if ADDRESS.search(plain_of(message))]
        [address] = set(ADDRESS.findall(plain_of(mail)))
        assert re.search(rf"{words}.*{address}", plain_of(mail))
        assert f">{words}" in (mail.body.html or "")
        assert talk.acts(address).code == 250
        assert (talk.clock, talk.thread.state) == ("excused", ThreadState.CLOSED)
        assert talk.acts(address).code == 550


def test_N10_N11_the_market_that_offers_no_actions_offers_none_there(tmp_path: Path) -> None:
    with a_talk(tmp_path, pack="bol", offers=False) as talk:
        talk.asks()
        assert not ADDRESS.search(plain_of(_list(talk, MONDAY)))


def test_N10_N11_what_ends_no_wait_is_not_offered_there(tmp_path: Path) -> None:
    with a_talk(tmp_path, pack="etsy") as talk:
        talk.asks()
        assert not ADDRESS.search(plain_of(_list(talk, SUNDAY)))


def test_N10_N11_nobody_ends_from_the_list_what_he_has_not_read(tmp_path: Path) -> None:
    with a_talk(tmp_path, pack="bol") as talk:
        talk.asks()
        [address] = set(ADDRESS.findall(plain_of(_list(talk, MONDAY))))
        talk.asks("But is it blue?", subject="Re: Order 48213")
        assert talk.acts(address).code == 250
        assert talk.thread.state is ThreadState.OPEN
        assert talk.clock == "runs"
