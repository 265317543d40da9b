"""Report, review, sanction, appeal, restored: through real servers and clients (S-28, E-22, E-38)."""

import json
import re
from collections.abc import Iterator
from email.message import EmailMessage

import pytest

from tests.builders import Client, a_mail
from tests.peers.bazaar import BUYER, OF_BUYER, SELLER, bazaar, by_swaks, next_mail, opened, seller_writes, text_of
from tests.peers.clients import s_nail_reply
from tests.peers.neighbourhood import Neighbourhood
from tests.peers.oracle import find_canaries
from tests.peers.processes import wait_until


@pytest.fixture
def place() -> Iterator[Neighbourhood]:
    with bazaar("swaks", "s-nail") as place:
        yield place


def _waiting(place: Neighbourhood) -> str:
    """Id of the one that waits for a decision, once there is one."""
    wait_until(lambda: place.bridge.command("review", "list", "--json") != "[]\n", "something waits for a person")
    [row] = json.loads(place.bridge.command("review", "list", "--json"))
    return str(row["id"])


def _report(place: Neighbourhood, message: EmailMessage) -> None:
    """The buyer's client writes to the address in the last line."""
    address = re.findall(r"write\s+why\s+to\s+(act-[a-z2-7]{32}@bazaar\.example)", text_of(message))[-1]
    octets = a_mail(BUYER, address, "He calls me a fool.", subject="report", client=Client.GMAIL)
    by_swaks(place, BUYER, octets, address)


def test_S28_E22_E38_reported_reviewed_suspended_appealed_restored(place: Neighbourhood) -> None:
    to = opened(place, takes_reports=True)
    with place.mailbox(SELLER) as at_seller, place.mailbox(BUYER) as at_buyer:
        seller_writes(place, to, "Who asks that is a fool. Order 48213.", "[problem] Your table")
        _report(place, next_mail(at_buyer, "Your table"))
        next_mail(at_buyer, "We look at it")
        report = _waiting(place)
        shown = place.bridge.command("review", "show", report)
        assert "He calls me a fool." in shown
        assert "Who asks that is a fool." in shown
        place.bridge.command("review", "approve", report, "--severity", "high", "--why", "Insults are not allowed.")
        told = next_mail(at_buyer, "Found in breach")
        assert "Insults" not in text_of(told)
        breach = next_mail(at_seller, "Found in breach")
        assert "> Insults are not allowed." in text_of(breach)
        assert find_canaries(breach.as_bytes(), OF_BUYER) == []

        place.bridge.command("standing", "set", "S1", "suspended", "--days", "7", "--why", "For insults.")
        next_mail(at_seller, "Your messages are suspended")
        s_nail_reply(place.account(SELLER, "Jan Kowal"), text="My brother wrote that, and he is sorry.")
        next_mail(at_seller, "Your appeal has arrived")
        appeal = _waiting(place)
        assert "My brother wrote that" in place.bridge.command("review", "show", appeal)
        seller_writes(place, to, "The table is ready, order 48213.", "[problem] The table")
        assert "Your messages are suspended" in text_of(next_mail(at_seller, "Not delivered"))
        place.bridge.command("review", "approve", appeal, "--why", "He said sorry.")
        assert "> He said sorry." in text_of(next_mail(at_seller, "Your appeal was right"))
        place.bridge.wait_until_seen()
        seller_writes(place, to, "The table is ready, come on Monday. Order 48213.", "[problem] The table again")
        assert "come on Monday" in text_of(next_mail(at_buyer, "The table again"))
    assert place.bridge.command("standing", "list") == "Every seller is in good standing.\n"
