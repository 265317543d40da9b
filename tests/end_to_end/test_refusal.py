"""A refused mail through real servers and clients: explained, sent repaired, looked at again, tried before (N-01, N-02,
N-06)."""

import json
from collections.abc import Iterator

import pytest

from tests.builders import Client, Original, a_mail
from tests.peers.bazaar import BUYER, OF_BUYER, SELLER, bazaar, by_swaks, next_mail, opened, seller_writes, text_of
from tests.peers.clients import s_nail_reply
from tests.peers.neighbourhood import Neighbourhood
from tests.peers.oracle import find_canaries
from tests.peers.processes import wait_until

_OFFENCE = "The table is ready, order 48213.\nCall me on +44 20 7946 0958 before noon."
_REPAIRED = "Call me on [removed] before noon."


@pytest.fixture
def place() -> Iterator[Neighbourhood]:
    with bazaar("swaks", "s-nail") as place:
        yield place


def test_N01_N06_a_refused_mail_is_explained_and_goes_repaired_when_its_author_says_so(place: Neighbourhood) -> None:
    to = opened(place)
    with place.mailbox(SELLER) as at_seller, place.mailbox(BUYER) as at_buyer:
        seller_writes(place, to, _OFFENCE, "The table")
        notice = next_mail(at_seller, "Not delivered")
        text = text_of(notice)
        assert "**+44 20 7946 0958**" in text
        assert find_canaries(notice.as_bytes(), OF_BUYER) == []
        action = next(line for line in text.splitlines() if line.startswith("act-"))
        octets = a_mail(SELLER, action, "", answers=Original.read(notice.as_bytes()), client=Client.GMAIL)
        by_swaks(place, SELLER, octets, action)
        relayed = at_buyer.new_mail()
        assert _REPAIRED.encode() in relayed
        assert b"7946" not in relayed
        assert _REPAIRED in text_of(next_mail(at_seller, "Delivered with changes"))


def test_N01_a_reply_asks_for_a_second_look_and_a_person_lets_it_go(place: Neighbourhood) -> None:
    to = opened(place)
    with place.mailbox(SELLER) as at_seller, place.mailbox(BUYER) as at_buyer:
        seller_writes(place, to, _OFFENCE, "The table")
        next_mail(at_seller, "Not delivered")
        s_nail_reply(place.account(SELLER, "Jan Kowal"), text="That is the carrier, not me.")
        wait_until(lambda: place.bridge.count_events("action_used") == 1, "a second look is asked for")
        [held] = json.loads(place.bridge.command("held", "list", "--json"))
        shown = place.bridge.command("held", "show", held["record_id"])
        assert "That is the carrier, not me." in shown
        assert "second look" in shown
        place.bridge.command("held", "release", held["record_id"])
        assert b"+44 20 7946 0958" in at_buyer.new_mail()


def test_N02_the_check_address_tells_and_sends_nothing(place: Neighbourhood) -> None:
    to = opened(place)
    with place.mailbox(SELLER) as at_seller, place.mailbox(BUYER) as at_buyer:
        seller_writes(place, f"check-{to}", _OFFENCE, "A try")
        said = next_mail(at_seller, "Tried, nothing sent: It would not be delivered")
        assert _REPAIRED in text_of(said)
        seller_writes(place, to, "The table is ready, order 48213.", "The table")
        assert b"The table is ready" in at_buyer.new_mail()  # the first mail that came: the try sent none
        assert at_buyer.count() == 1
