"""Work by mail alone, and undo, through real servers: from the footer to the buyer's mailbox (N-11, N-15, N-10)."""

import re
from collections.abc import Iterator
from email.message import EmailMessage

import pytest

from tests.builders import Client, Original, a_mail
from tests.peers.bazaar import (
    ALIAS_DOMAIN,
    BUYER,
    OF_BUYER,
    SELLER,
    an_order,
    bazaar,
    by_swaks,
    next_mail,
    opened,
    seller_writes,
    text_of,
)
from tests.peers.mailbox import Mailbox
from tests.peers.neighbourhood import Neighbourhood
from tests.peers.oracle import find_canaries
from tests.peers.processes import wait_until

_CONTACT = f"kowal.o-48213@{ALIAS_DOMAIN}"
_ADDRESS = re.compile(r"act-[a-z2-7]{32}@bazaar\.example")
_STATE = "SELECT CASE state WHEN 'open' THEN 0 WHEN 'closed' THEN 1 ELSE 2 END FROM threads"
_RUNNING = "SELECT count(*) FROM deadlines WHERE ended_at IS NULL"


@pytest.fixture
def place() -> Iterator[Neighbourhood]:
    with bazaar("swaks") as place:
        yield place


def _asks(place: Neighbourhood, text: str, to: str = _CONTACT, answers: Original | None = None) -> None:
    """The buyer writes, or answers."""
    octets = a_mail(BUYER, to, text, subject="My table", client=Client.GMAIL, answers=answers)
    place.submit(BUYER, octets, to=to)


def _address(mail: EmailMessage, word: str) -> str:
    [line] = [line for line in text_of(mail).splitlines() if f"({word})" in line]
    [address] = _ADDRESS.findall(line)
    return str(address)


def _acts(place: Neighbourhood, address: str) -> None:
    """The seller sends the mail that a tap on the line begins, as it is."""
    by_swaks(place, SELLER, a_mail(SELLER, address, "", subject="as it is", client=Client.APPLE_MAIL), address)


def _answered(place: Neighbourhood, asked: EmailMessage, client: Client, at_buyer: Mailbox) -> EmailMessage:
    """The seller answers with this client, which quotes; the buyer gets nothing of what is for the seller."""
    answers = Original.read(asked.as_bytes())
    reply = a_mail(SELLER, answers.author, f"Soon ({client.name}).", client=client, answers=answers)
    place.submit(SELLER, reply, to=answers.author)
    told = next_mail(at_buyer, "My table")
    assert f"Soon ({client.name})." in text_of(told)
    assert "When does it come?" in text_of(told)
    assert not re.search(rb"act-|#close|#noreply|besides answering", told.as_bytes() + text_of(told).encode())
    return told


def test_N11_N10_a_seller_closes_by_one_mail_the_buyer_opens_it_again_and_nobody_waits(place: Neighbourhood) -> None:
    opened(place, an_order("48213"), offers_actions=True, rule_packs=["general", "amazon"])
    with place.mailbox(SELLER) as at_seller, place.mailbox(BUYER) as at_buyer:
        _asks(place, "When does it come?")
        asked = next_mail(at_seller, "My table")
        assert find_canaries(asked.as_bytes(), OF_BUYER) == []
        told = [_answered(place, asked, client, at_buyer) for client in Client][-1]
        _acts(place, _address(asked, "#close"))
        wait_until(lambda: place.bridge.ask(_STATE) == 1, "closed", within_s=60)
        _asks(place, "It did not come.", Original.read(told.as_bytes()).author, Original.read(told.as_bytes()))
        again = next_mail(at_seller, "My table")
        assert place.bridge.ask(_STATE) == 0
        assert place.bridge.ask(_RUNNING) == 2
        _acts(place, _address(again, "#noreply"))
        wait_until(lambda: place.bridge.ask(_RUNNING) == 0, "nobody waits", within_s=60)
        assert place.bridge.ask(_STATE) == 0


def test_N15_a_message_is_stopped_in_time_and_another_too_late(place: Neighbourhood) -> None:
    place.bridge.moved_clock = place.bridge.folder / "clock"
    place.bridge.folder.mkdir(parents=True, exist_ok=True)
    place.bridge.moved_clock.write_text("0")
    to = opened(place)
    place.bridge.command("seller", "undo", "S1", "--seconds", "120")
    place.bridge.wait_until_seen()
    with place.mailbox(SELLER) as at_seller, place.mailbox(BUYER) as at_buyer:
        seller_writes(place, to, "Take it, it is free.", "[problem] Your table")
        notice = next_mail(at_seller, "Goes out")
        _acts(place, _ADDRESS.findall(text_of(notice))[0])
        assert "Take it, it is free." in text_of(next_mail(at_seller, "Stopped"))
        seller_writes(place, to, "It costs 40 euro.", "[problem] Your table")
        notice = next_mail(at_seller, "Goes out")
        place.bridge.moved_clock.write_text("130")
        assert "It costs 40 euro." in text_of(next_mail(at_buyer, "Your table"))  # and nothing came before it
        _acts(place, _ADDRESS.findall(text_of(notice))[0])
        assert "It had gone out already." in text_of(next_mail(at_seller, "Not stopped"))
    assert place.bridge.ask("SELECT count(*) FROM records WHERE state = 'undone'") == 1
