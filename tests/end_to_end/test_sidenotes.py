"""What was taken out of a mail, and who is away, is told through real mail servers, without a trace of the other."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from tests.builders import Client, a_mail
from tests.peers.mailbox import Mailbox
from tests.peers.neighbourhood import FrontKind, Neighbourhood, neighbourhood
from tests.peers.oracle import find_canaries
from tests.peers.processes import open_folder, require_programs
from tests.peers.trade import buyer, marketplace, order, seller

_ALIAS_DOMAIN = "bazaar.example"
_SELLER, _BUYER = "jan.k@meble-kowal.example", "anna.b@familie-berg.example"


@pytest.fixture
def place() -> Iterator[Neighbourhood]:
    require_programs("postfix", "dovecot", as_root=True)
    with (
        open_folder("mb-notes-") as folder,
        neighbourhood(
            folder,
            alias_domain=_ALIAS_DOMAIN,
            domains=("familie-berg.example", "meble-kowal.example"),
            kind=FrontKind.LMTP,
        ) as place,
    ):
        yield place


def test_P14_P17_both_sides_hear_of_what_was_not_passed_on(place: Neighbourhood) -> None:
    aliases = place.bridge.prepare(
        [
            marketplace("bazaar", alias_domain=_ALIAS_DOMAIN, rule_packs=[]),
            seller("bazaar", "S1", contact="kowal", name="Kowal Furniture", mailbox=_SELLER),
            buyer("bazaar", "B1", mailbox=_BUYER),
            order("bazaar", "48213", seller="S1", buyer="B1"),
        ]
    )
    place.bridge.start()
    to_buyer = next(one["address"] for one in aliases if one["stands_for"] == "buyer")
    octets = a_mail(_SELLER, to_buyer, f"Ready. Write to {_SELLER}.", subject="Order 48213", client=Client.GMAIL)
    with place.mailbox(_SELLER) as at_seller, place.mailbox(_BUYER) as at_buyer:
        place.submit(_SELLER, octets, to=to_buyer)
        relayed = at_buyer.new_mail()
        assert b"[address removed]" in relayed
        told = _with_subject(at_seller, "Passed on without some parts")
        assert "an e-mail address" in _text(told)
        assert find_canaries(told.as_bytes(), {_BUYER, "familie-berg.example"}) == []
        to_seller = str(message_from_bytes(relayed, policy=policy.default)["From"].addresses[0].addr_spec)
        automatic = (("Auto-Submitted", "auto-replied"),)
        vacation = a_mail(_BUYER, to_seller, f"Away. {_BUYER}", subject="Away", client=Client.GMAIL, extra=automatic)
        place.submit(_BUYER, vacation, to=to_seller)
        note = _with_subject(at_seller, "Automatic reply")
        assert find_canaries(note.as_bytes(), {_BUYER, "familie-berg.example"}) == []
        assert note["Auto-Submitted"] == "auto-replied"


def _with_subject(inbox: Mailbox, beginning: str) -> EmailMessage:
    """The next mail with this subject, perhaps after the welcome that a new seller gets."""
    while True:
        mail = message_from_bytes(inbox.new_mail(), policy=policy.default)
        assert isinstance(mail, EmailMessage)
        if str(mail["Subject"]).startswith(beginning):
            return mail


def _text(mail: EmailMessage) -> str:
    body = mail.get_body(preferencelist=("plain",))
    assert isinstance(body, EmailMessage)
    return str(body.get_content())
