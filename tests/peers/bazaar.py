"""One marketplace with one shop and one buyer among real servers: where tests of what a market wants begin."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Final

from tests.builders import Client, a_mail
from tests.peers.clients import swaks_send
from tests.peers.mailbox import Mailbox
from tests.peers.neighbourhood import FrontKind, Neighbourhood, neighbourhood
from tests.peers.processes import open_folder, require_programs
from tests.peers.trade import buyer, marketplace, order, seller

ALIAS_DOMAIN: Final = "bazaar.example"
SELLER: Final = "jan.k@meble-kowal.example"
BUYER: Final = "anna.b@familie-berg.example"
#: what neither side may learn of the other
OF_SELLER: Final = frozenset({SELLER, "meble-kowal.example"})
OF_BUYER: Final = frozenset({BUYER, "familie-berg.example"})
ORDER: Final = "48213"


@contextmanager
def bazaar(*programs: str, kind: FrontKind = FrontKind.SMTP) -> Iterator[Neighbourhood]:
    """Real servers around a bridge that is not started; skips where one of these programs is missing."""
    require_programs("postfix", "dovecot", *programs, as_root=True)
    with (
        open_folder("mb-bazaar-") as folder,
        neighbourhood(
            folder, alias_domain=ALIAS_DOMAIN, domains=("familie-berg.example", "meble-kowal.example"), kind=kind
        ) as place,
    ):
        yield place


def opened(place: Neighbourhood, *orders: dict[str, object], **market: object) -> str:
    """Import the market with these settings and start the bridge: the buyer's alias. Without orders there is one."""
    aliases = place.bridge.prepare(
        [
            marketplace("bazaar", alias_domain=ALIAS_DOMAIN) | market,
            seller("bazaar", "S1", contact="kowal", name="Kowal Furniture", mailbox=SELLER),
            buyer("bazaar", "B1", mailbox=BUYER),
            *(orders or (an_order(ORDER),)),
        ]
    )
    place.bridge.start()
    return next(str(one["address"]) for one in aliases if one["stands_for"] == "buyer")


def an_order(reference: str, **more: object) -> dict[str, object]:
    """An order of the buyer at the shop."""
    return order("bazaar", reference, seller="S1", buyer="B1", **more)


def seller_writes(place: Neighbourhood, to: str, text: str, subject: str) -> None:
    """A mail of the shop."""
    place.submit(SELLER, a_mail(SELLER, to, text, subject=subject, client=Client.OUTLOOK), to=to)


def by_swaks(place: Neighbourhood, author: str, octets: bytes, *to: str) -> None:
    """Ready octets, submitted with AUTH to these addresses by a client of its own."""
    swaks_send(place.account(author, "Jan Kowal" if author == SELLER else "Anna Berg"), to=",".join(to), octets=octets)


def next_mail(inbox: Mailbox, subject: str) -> EmailMessage:
    """The next mail with these words in its subject; what comes before it (welcomes, lists) is passed over."""
    while True:
        mail = message_from_bytes(inbox.new_mail(), policy=policy.default)
        if subject in str(mail["Subject"]):
            return mail


def text_of(mail: EmailMessage) -> str:
    """Its plain text."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())
