"""The market's CC address through real servers and clients: what lacks it is repaired, warned about or refused, and a
direct mail that has it is recorded, told of and not relayed (S-73, S-75)."""

import json
from collections.abc import Iterator
from email.message import EmailMessage

import pytest

from tests.builders import Client, Original, a_mail
from tests.peers.bazaar import (
    ALIAS_DOMAIN,
    BUYER,
    OF_BUYER,
    ORDER,
    SELLER,
    bazaar,
    by_swaks,
    next_mail,
    opened,
    seller_writes,
    text_of,
)
from tests.peers.clients import s_nail_reply
from tests.peers.neighbourhood import Neighbourhood
from tests.peers.oracle import find_canaries
from tests.rulefiles.packs import RULE, write_pack

_CC = f"copy@{ALIAS_DOMAIN}"
_READY = f"The table is ready, order {ORDER}."


@pytest.fixture
def place() -> Iterator[Neighbourhood]:
    with bazaar("swaks", "s-nail") as place:
        yield place


def _opened_with(place: Neighbourhood, action: str) -> str:
    """The buyer's alias on a market whose own pack does this with mail to a buyer that lacks the copy."""
    checked = RULE.replace("email_address", "required_cc_missing").replace("action: refuse", f"action: {action}")
    folder = place.folder / "rules"
    write_pack(folder, checked.replace("    action:", "    directions: [to_buyer]\n    action:"), pack="copies")
    place.bridge.change("rules", folders=[str(folder)])
    return opened(place, cc_address=_CC, rule_packs=["copies"])


def _copied(mail: EmailMessage) -> str:
    return str(mail["Cc"] or "")


def test_S73_a_missing_copy_is_repaired_and_stays_in_the_conversation(place: Neighbourhood) -> None:
    to = _opened_with(place, "repair")
    with place.mailbox(SELLER) as at_seller, place.mailbox(BUYER) as at_buyer:
        seller_writes(place, to, _READY, "The table")
        first = next_mail(at_buyer, "The table")
        assert _copied(first) == _CC
        s_nail_reply(place.account(BUYER, "Anna Berg"), text="When can I come?")  # it replies to all: the copy too
        asked = next_mail(at_seller, "The table")
        assert "When can I come?" in text_of(asked)
        assert _copied(asked) == _CC
        answer = a_mail(SELLER, to, "On Monday.", answers=Original.read(asked.as_bytes()), client=Client.THUNDERBIRD)
        place.submit(SELLER, answer, to=to)
        second = next_mail(at_buyer, "The table")
        assert "On Monday." in text_of(second)
        assert _copied(second) == _CC
        assert at_buyer.count() == 2  # the copies brought nobody a second mail


def test_S73_where_a_market_only_warns_its_seller_is_told_and_the_mail_stays_as_it_is(place: Neighbourhood) -> None:
    to = opened(place, cc_address=_CC)  # as shipped
    with place.mailbox(SELLER) as at_seller, place.mailbox(BUYER) as at_buyer:
        seller_writes(place, to, _READY, "The table")
        assert _copied(next_mail(at_buyer, "The table")) == ""
        assert _CC in text_of(next_mail(at_seller, "please note"))


def test_S73_where_a_market_refuses_it_the_mail_goes_with_the_copy_only(place: Neighbourhood) -> None:
    to = _opened_with(place, "refuse")
    with place.mailbox(SELLER) as at_seller, place.mailbox(BUYER) as at_buyer:
        seller_writes(place, to, _READY, "The table")
        assert _CC in text_of(next_mail(at_seller, "Not delivered"))
        octets = a_mail(SELLER, to, "Come on Monday.", subject="The table", cc=(_CC,), client=Client.OUTLOOK)
        by_swaks(place, SELLER, octets, to, _CC)
        relayed = next_mail(at_buyer, "The table")
        assert "Come on Monday." in text_of(relayed)
        assert _copied(relayed) == _CC
        assert at_buyer.count() == 1


def test_S73_S75_a_direct_mail_is_recorded_told_of_and_looked_at_and_not_relayed(place: Neighbourhood) -> None:
    opened(place, cc_address=_CC)
    with place.mailbox(SELLER) as at_seller, place.mailbox(BUYER) as at_buyer:
        text = f"Order {ORDER}: call me on +44 20 7946 0958."
        octets = a_mail(SELLER, BUYER, text, subject="Direct", cc=(_CC,), client=Client.OUTLOOK)
        by_swaks(place, SELLER, octets, _CC)
        told = next_mail(at_seller, "Please note: your direct")
        assert "+44 20 7946 0958" in text_of(told)
        assert find_canaries(told.as_bytes(), OF_BUYER) == []
        [row] = json.loads(place.bridge.command("review", "list", "--json"))
        assert (row["kind"], row["seller"]) == ("direct_mail", "S1")
        assert "no-phone-number" in place.bridge.command("review", "show", row["id"])
        assert at_buyer.count() == 0
