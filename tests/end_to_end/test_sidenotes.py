"""What was taken out of a mail, and who is away, is told through real mail servers, without a trace of the other."""

from collections.abc import Iterator
from email import message_from_bytes, policy

import pytest

from tests.builders import Client, a_mail
from tests.peers.bazaar import BUYER, OF_BUYER, SELLER, bazaar, next_mail, opened, text_of
from tests.peers.neighbourhood import FrontKind, Neighbourhood
from tests.peers.oracle import find_canaries


@pytest.fixture
def place() -> Iterator[Neighbourhood]:
    with bazaar(kind=FrontKind.LMTP) as place:
        yield place


def test_P14_P17_both_sides_hear_of_what_was_not_passed_on(place: Neighbourhood) -> None:
    to_buyer = opened(place, rule_packs=[])
    octets = a_mail(SELLER, to_buyer, f"Ready. Write to {SELLER}.", subject="Order 48213", client=Client.GMAIL)
    with place.mailbox(SELLER) as at_seller, place.mailbox(BUYER) as at_buyer:
        place.submit(SELLER, octets, to=to_buyer)
        relayed = at_buyer.new_mail()
        assert b"[address removed]" in relayed
        told = next_mail(at_seller, "Passed on without some parts")
        assert "an e-mail address" in text_of(told)
        assert find_canaries(told.as_bytes(), OF_BUYER) == []
        to_seller = str(message_from_bytes(relayed, policy=policy.default)["From"].addresses[0].addr_spec)
        automatic = (("Auto-Submitted", "auto-replied"),)
        vacation = a_mail(BUYER, to_seller, f"Away. {BUYER}", subject="Away", client=Client.GMAIL, extra=automatic)
        place.submit(BUYER, vacation, to=to_seller)
        note = next_mail(at_seller, "Automatic reply")
        assert find_canaries(note.as_bytes(), OF_BUYER) == []
        assert note["Auto-Submitted"] == "auto-replied"
