"""A seller's own acknowledgement and his copies through real mail servers, from import to mailbox (S-36 to S-50)."""

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
_SELLER, _DESK, _BUYER = "jan.k@meble-kowal.example", "desk@meble-kowal.example", "anna.b@familie-berg.example"
_WISHES = {
    "is_on": True,
    "areas": ["order"],
    "copies": True,
    "sender_name": "Kowal Service",
    "notify": _DESK,
    "texts": [
        {
            "language": "de",
            "subject": "Wir haben Ihre Nachricht",
            "body": "Guten Tag,\n\nhier ist {{ seller }}.{% if order %} Es geht um {{ order }}.{% endif %}",
        }
    ],
}


@pytest.fixture
def place() -> Iterator[Neighbourhood]:
    require_programs("postfix", "dovecot", as_root=True)
    with (
        open_folder("mb-ack-") as folder,
        neighbourhood(
            folder,
            alias_domain=_ALIAS_DOMAIN,
            domains=("familie-berg.example", "meble-kowal.example"),
            kind=FrontKind.LMTP,
        ) as place,
    ):
        yield place


def test_S36_S46_S48_S50_the_buyer_is_answered_and_the_seller_hears_of_it(place: Neighbourhood) -> None:
    place.bridge.prepare(
        [
            marketplace("bazaar", alias_domain=_ALIAS_DOMAIN, acknowledges=False, languages=["de", "en"]),
            seller(
                "bazaar",
                "S1",
                contact="kowal",
                name="Kowal Furniture",
                mailbox=_SELLER,
                language="en",
                acknowledgement=_WISHES,
            ),
            buyer("bazaar", "B1", mailbox=_BUYER, language="de"),
            order("bazaar", "48213", seller="S1", buyer="B1"),
        ]
    )
    place.bridge.start()
    contact = f"kowal.o-48213@{_ALIAS_DOMAIN}"
    octets = a_mail(_BUYER, contact, "Wann kommt der Tisch?", subject="Mein Tisch", client=Client.GMAIL)
    with place.mailbox(_SELLER) as at_seller, place.mailbox(_DESK) as at_desk, place.mailbox(_BUYER) as at_buyer:
        place.submit(_BUYER, octets, to=contact)
        ack = _with_subject(at_buyer, "Wir haben Ihre Nachricht")
        assert ack["Auto-Submitted"] == "auto-replied"
        assert ack["From"].addresses[0].display_name == "Kowal Service via Bazaar"
        assert "hier ist Kowal Furniture. Es geht um 48213." in _text(ack)
        assert "automatisch" in _text(ack)
        assert find_canaries(ack.as_bytes(), {_SELLER, _DESK, "meble-kowal.example"}) == []
        for inbox in (at_seller, at_desk):
            copy = _with_subject(inbox, "Confirmed automatically")
            assert "This conversation waits for you until" in _text(copy)
            assert "> hier ist Kowal Furniture." in _text(copy)
            assert find_canaries(copy.as_bytes(), {_BUYER, "familie-berg.example"}) == []
        answer_to = str(ack["From"].addresses[0].addr_spec)
        thanks = a_mail(_BUYER, answer_to, "Danke!", subject="Re: Wir haben Ihre Nachricht", client=Client.GMAIL)
        place.submit(_BUYER, thanks, to=answer_to)
        assert "Danke!" in _text(_with_subject(at_seller, "Re: "))  # a reply to it reaches the shop (U6)


def _with_subject(inbox: Mailbox, beginning: str) -> EmailMessage:
    """The next mail with this subject, after whatever else came."""
    while True:
        mail = message_from_bytes(inbox.new_mail(), policy=policy.default)
        assert isinstance(mail, EmailMessage)
        if str(mail["Subject"]).startswith(beginning):
            return mail


def _text(mail: EmailMessage) -> str:
    body = mail.get_body(preferencelist=("plain",))
    assert isinstance(body, EmailMessage)
    return str(body.get_content())
