"""Report, review, sanction, appeal, restored: through real servers and clients (S-28, E-22, E-38)."""

import json
import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from tests.builders import Client, a_mail
from tests.peers.clients import s_nail_reply, swaks_send
from tests.peers.mailbox import Mailbox
from tests.peers.neighbourhood import FrontKind, Neighbourhood, neighbourhood
from tests.peers.oracle import find_canaries
from tests.peers.processes import open_folder, require_programs, wait_until
from tests.peers.trade import buyer, marketplace, order, seller

_ALIAS_DOMAIN = "bazaar.example"
_SELLER, _BUYER = "jan.k@meble-kowal.example", "anna.b@familie-berg.example"


@pytest.fixture
def place() -> Iterator[Neighbourhood]:
    require_programs("postfix", "dovecot", "swaks", "s-nail", as_root=True)
    with (
        open_folder("mb-reviews-") as folder,
        neighbourhood(
            folder,
            alias_domain=_ALIAS_DOMAIN,
            domains=("familie-berg.example", "meble-kowal.example"),
            kind=FrontKind.SMTP,
        ) as place,
    ):
        yield place


def _start(place: Neighbourhood) -> str:
    """The buyer's alias."""
    aliases = place.bridge.prepare(
        [
            marketplace("bazaar", alias_domain=_ALIAS_DOMAIN, takes_reports=True),
            seller("bazaar", "S1", contact="kowal", name="Kowal Furniture", mailbox=_SELLER),
            buyer("bazaar", "B1", mailbox=_BUYER),
            order("bazaar", "48213", seller="S1", buyer="B1"),
        ]
    )
    place.bridge.start()
    return next(str(one["address"]) for one in aliases if one["stands_for"] == "buyer")


def _write(place: Neighbourhood, to: str, text: str, subject: str) -> None:
    place.submit(_SELLER, a_mail(_SELLER, to, text, subject=subject, client=Client.OUTLOOK), to=to)


def _next(inbox: Mailbox, subject: str) -> EmailMessage:
    while True:
        mail = message_from_bytes(inbox.new_mail(), policy=policy.default)
        if subject in str(mail["Subject"]):
            return mail


def _text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def _waiting(place: Neighbourhood) -> str:
    """Id of the one that waits for a decision, once there is one."""
    wait_until(lambda: place.bridge.command("review", "list", "--json") != "[]\n", "something waits for a person")
    [row] = json.loads(place.bridge.command("review", "list", "--json"))
    return str(row["id"])


def _report(place: Neighbourhood, message: EmailMessage) -> None:
    """The buyer's client writes to the address in the last line."""
    address = re.findall(r"write\s+why\s+to\s+(act-[a-z2-7]{32}@bazaar\.example)", _text(message))[-1]
    octets = a_mail(_BUYER, address, "He calls me a fool.", subject="report", client=Client.GMAIL)
    swaks_send(place.account(_BUYER, "Anna"), to=address, octets=octets)


def test_S28_E22_E38_reported_reviewed_suspended_appealed_restored(place: Neighbourhood) -> None:
    to = _start(place)
    with place.mailbox(_SELLER) as at_seller, place.mailbox(_BUYER) as at_buyer:
        _write(place, to, "Who asks that is a fool. Order 48213.", "[problem] Your table")
        _report(place, _next(at_buyer, "Your table"))
        _next(at_buyer, "We look at it")
        report = _waiting(place)
        shown = place.bridge.command("review", "show", report)
        assert "He calls me a fool." in shown
        assert "Who asks that is a fool." in shown
        place.bridge.command("review", "approve", report, "--severity", "high", "--why", "Insults are not allowed.")
        told = _next(at_buyer, "Found in breach")
        assert "Insults" not in _text(told)
        breach = _next(at_seller, "Found in breach")
        assert "> Insults are not allowed." in _text(breach)
        assert find_canaries(breach.as_bytes(), {_BUYER, "familie-berg.example"}) == []

        place.bridge.command("standing", "set", "S1", "suspended", "--days", "7", "--why", "For insults.")
        _next(at_seller, "Your messages are suspended")
        s_nail_reply(place.account(_SELLER, "Jan Kowal"), text="My brother wrote that, and he is sorry.")
        _next(at_seller, "Your appeal has arrived")
        appeal = _waiting(place)
        assert "My brother wrote that" in place.bridge.command("review", "show", appeal)
        _write(place, to, "The table is ready, order 48213.", "[problem] The table")
        assert "Your messages are suspended" in _text(_next(at_seller, "Not delivered"))
        place.bridge.command("review", "approve", appeal, "--why", "He said sorry.")
        assert "> He said sorry." in _text(_next(at_seller, "Your appeal was right"))
        place.bridge.wait_until_seen()
        _write(place, to, "The table is ready, come on Monday. Order 48213.", "[problem] The table again")
        assert "come on Monday" in _text(_next(at_buyer, "The table again"))
    assert place.bridge.command("standing", "list") == "Every seller is in good standing.\n"
