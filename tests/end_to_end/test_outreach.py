"""A seller writes first, through real servers and clients: reasons, terms (S-22, S-23)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.builders import Client, Original, a_mail
from tests.peers.bazaar import (
    ALIAS_DOMAIN,
    BUYER,
    OF_BUYER,
    OF_SELLER,
    SELLER,
    an_order,
    bazaar,
    by_swaks,
    next_mail,
    opened,
    text_of,
)
from tests.peers.clients import s_nail_reply
from tests.peers.neighbourhood import Neighbourhood
from tests.peers.oracle import find_canaries

_RECENT, _OLD = "48213-1", "31007-1"


@pytest.fixture
def place() -> Iterator[Neighbourhood]:
    with bazaar("swaks", "s-nail") as place:
        yield place


def _start(place: Neighbourhood) -> str:
    """The buyer's alias."""
    ended = datetime.now(UTC) - timedelta(days=31)
    old = an_order(_OLD, state="completed", completed_at=ended.isoformat(timespec="seconds"))
    return opened(place, an_order(_RECENT), old, rule_packs=["general", "amazon"], time_zone="Europe/Warsaw")


def _send(place: Neighbourhood, to: str, subject: str) -> None:
    text = "Which name shall we engrave?"
    place.submit(SELLER, a_mail(SELLER, to, text, subject=subject, client=Client.OUTLOOK), to=to)


def test_S22_S23_a_seller_starts_with_a_reason_within_the_term_and_answers_without(place: Neighbourhood) -> None:
    to = _start(place)
    with place.mailbox(SELLER) as at_seller, place.mailbox(BUYER) as at_buyer:
        _send(place, to, f"Order {_RECENT}")
        notice = next_mail(at_seller, "Not delivered")
        assert "Say why you write" in text_of(notice)
        assert find_canaries(notice.as_bytes(), OF_BUYER) == []
        action = next(line for line in text_of(notice).splitlines() if line.startswith("act-"))
        octets = a_mail(SELLER, action, "", subject="[custom choice]", client=Client.GMAIL)
        by_swaks(place, SELLER, octets, action)
        first = next_mail(at_buyer, _RECENT)
        assert str(first["Subject"]) == f"Order {_RECENT}"
        assert find_canaries(first.as_bytes(), OF_SELLER) == []
        _send(place, to, f"[invoice] Order {_OLD}")
        assert "Within 30 days" in text_of(next_mail(at_seller, "Not delivered"))
        s_nail_reply(place.account(BUYER, "Anna Berg"), text="Anna, please.")
        asked = next_mail(at_seller, _RECENT)
        answer = a_mail(SELLER, to, "Thank you.", answers=Original.read(asked.as_bytes()), client=Client.THUNDERBIRD)
        place.submit(SELLER, answer, to=to)
        assert "Thank you." in text_of(next_mail(at_buyer, _RECENT))


def test_S23_a_reason_behind_the_address_is_enough(place: Neighbourhood) -> None:
    to = _start(place)
    with place.mailbox(BUYER) as at_buyer:
        _send(place, to.replace("@", ".invoice@"), f"Order {_RECENT}")
        assert str(next_mail(at_buyer, _RECENT)["From"]).count(f"@{ALIAS_DOMAIN}") == 1
