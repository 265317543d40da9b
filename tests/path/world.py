"""A whole bridge in the process for tests of the path: real store on SQLite, rules, texts and gate; DNS from a table.

No door and no worker: a test hands an `Envelope` to `receive` and reads what was left leased for sending.
"""

import hashlib
import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from typing_extensions import override

from mailbridge.domain.address import RealAddress
from mailbridge.domain.delivery import ClaimedDelivery, PostKind
from mailbridge.domain.envelope import Door, Envelope, Peer
from mailbridge.domain.ids import QueueId
from mailbridge.domain.message import Message
from mailbridge.domain.parties import FirstContact, Mailbox
from mailbridge.domain.reply import Reply
from mailbridge.domain.trade_batch import TradeBatch, TradeBuyer, TradeMarketplace, TradeOrder, TradeSeller
from mailbridge.message.parse import parse
from mailbridge.path.authenticate import Authenticator
from mailbridge.path.bridge import Bridge, PathSettings
from mailbridge.path.intents import run_due_intents
from mailbridge.path.mint import Mint
from mailbridge.path.publicdomains import PUBLIC_DOMAINS
from mailbridge.path.receive import receive
from mailbridge.path.resolver import Answer, Resolver
from mailbridge.path.screening import run_due_screenings
from mailbridge.path.slots import CpuSlots
from mailbridge.resources import data_folder
from mailbridge.rulefiles.read import load_rules
from mailbridge.screening.screener import Screener
from mailbridge.store.seal import create_key_file
from mailbridge.store.store import Store
from mailbridge.texts import Texts

ALIAS_DOMAIN = "relay.example"
HOSTNAME = "bridge.example"
BUYER = "anna.kowalska@buyer-post.example"
SELLER = "sales@acme-shop.example"
OPERATOR = "operator@market.example"
CONTACT = f"acme@{ALIAS_DOMAIN}"
CC_DOOR = f"cc@{ALIAS_DOMAIN}"
CLIENT_IP = "198.51.100.7"
START = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


class TableResolver(Resolver):
    """Answers TXT questions from a table; everything else does not exist."""

    def __init__(self, records: dict[str, bytes]) -> None:
        super().__init__()
        self.records = records

    @override
    def ask(self, name: str, rdtype: str, *, until: float | None = None) -> Answer:
        found = self.records.get(name.rstrip(".").lower()) if rdtype == "TXT" else None
        return Answer(records=(found,) if found else (), ttl=timedelta(hours=1))


@dataclass
class World:
    """A bridge and what it left to be sent."""

    bridge: Bridge
    resolver: TableResolver
    now: datetime = START
    sent: list[ClaimedDelivery] = field(default_factory=list)
    _number: int = 0

    def mail(self, octets: bytes, *forward_paths: str, **envelope: object) -> tuple[Reply, ...]:
        """Hand one mail to the bridge, by SMTP from CLIENT_IP with MAIL FROM of the author, unless told otherwise."""
        self._number += 1
        author = parse(octets).author
        plain = Envelope(
            queue_id=QueueId(f"q{self._number}"),
            door=Door.SMTP,
            reverse_path=author.addr_spec if author else None,
            forward_paths=forward_paths,
            content=octets,
            received_at=self.now,
            peer=Peer(ip=CLIENT_IP, helo="client.example"),
        )
        return receive(replace(plain, **envelope), self.bridge)  # type: ignore[arg-type]  # fields by name, for tests

    def take(self, *kinds: PostKind) -> list[tuple[ClaimedDelivery, Message]]:
        """What was left to be sent since the last call, with what it says; only of these kinds if any are named."""
        taken = [(claimed, parse(claimed.delivery.octets)) for claimed in self.sent]
        self.sent.clear()
        return [pair for pair in taken if not kinds or pair[0].delivery.kind in kinds]

    def run_intents(self) -> list[tuple[ClaimedDelivery, Message]]:
        """Let everything due happen; what it posted, claimed from the store."""
        run_due_screenings(self.bridge, "test")
        run_due_intents(self.bridge, "test")
        claimed = self.bridge.store.claim(self.now, worker="test", limit=100, lease=timedelta(minutes=5))
        return [(delivery, parse(delivery.delivery.octets)) for delivery in claimed]


def a_text(author: str, to: str, text: str, *, subject: str = "A question", **fields: str) -> bytes:
    """A plain text mail; `fields` add header fields, "_" in a name stands for "-"."""
    head = {
        "From": author,
        "To": to,
        "Subject": subject,
        "Date": "Sat, 21 Nov 2026 10:00:00 +0100",
        "Message-ID": f"<{abs(hash((author, to, text, subject))):x}@client.example>",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
    }
    head |= {name.replace("_", "-"): body for name, body in fields.items()}
    header = "".join(f"{name}: {body}\r\n" for name, body in head.items() if body)
    return (header + "\r\n" + text.replace("\n", "\r\n") + "\r\n").encode()


def answer_to(message: Message, author: str, text: str) -> tuple[str, bytes]:
    """What pressing Reply on a received mail sends: the forward-path and the octets."""
    to = message.authors[0].addr_spec
    quoted = "\n".join(f"> {line}" for line in (message.body.plain or "").splitlines())
    octets = a_text(
        author,
        to,
        f"{text}\n\nOn Sat, 21 Nov 2026 at 10:00, {message.authors[0].display_name} <{to}> wrote:\n\n{quoted}",
        subject=f"Re: {message.subject.removeprefix('Re: ')}",
        In_Reply_To=message.message_id or "",
        References=" ".join((*message.references, message.message_id or "")),
    )
    return to, octets


def trade(*, first_contact: FirstContact = FirstContact.HOLD, knows_buyer: bool = True) -> TradeBatch:
    """One market, one shop, one buyer with one order."""
    market = TradeMarketplace(
        reference="market",
        name="Market",
        alias_domain=ALIAS_DOMAIN,
        languages=("en", "pl", "it", "de"),
        cc_address=CC_DOOR,
        first_contact=first_contact,
    )
    seller = TradeSeller(
        marketplace="market", reference="s1", name="Acme", contact="acme", mailboxes=(_mailbox(SELLER),)
    )
    buyer = TradeBuyer(
        marketplace="market", reference="b1", handle="anna", name="Anna Kowalska", mailboxes=(_mailbox(BUYER),)
    )
    order = TradeOrder(marketplace="market", reference="48213", seller="s1", buyer="b1")
    known = ((buyer,), (order,)) if knows_buyer else ((), ())
    return TradeBatch(marketplaces=(market,), sellers=(seller,), buyers=known[0], orders=known[1])


def _mailbox(addr_spec: str) -> Mailbox:
    return Mailbox(address=RealAddress(addr_spec))


def _keep(world: World, claimed: tuple[ClaimedDelivery, ...]) -> None:
    world.sent.extend(claimed)


def counted_octets() -> Callable[[int], bytes]:
    """Random octets that are the same in each run."""
    numbers = itertools.count()
    return lambda length: hashlib.shake_128(str(next(numbers)).encode()).digest(length)


@contextmanager
def a_world(folder: Path, batch: TradeBatch | None = None) -> Iterator[World]:
    """A world with this trade data; both parties' domains let CLIENT_IP write for them and reject others (DMARC)."""
    if not (folder / "key").exists():  # else it is this world's second start
        create_key_file(folder / "key")
    world: World
    records = {}
    for domain in (BUYER.partition("@")[2], SELLER.partition("@")[2]):
        records[domain] = f"v=spf1 ip4:{CLIENT_IP} -all".encode()
        records[f"_dmarc.{domain}"] = b"v=DMARC1; p=reject"
    resolver = TableResolver(records)
    store = Store.open(
        f"sqlite:///{folder / 'store.sqlite'}", key_file=folder / "key", clock=lambda: world.now, hostname=HOSTNAME
    )
    screener = Screener()
    try:
        store.apply_trade(batch or trade(), START)
        store.leases_at_commit = True
        texts = Texts.load(None)
        rules = load_rules((data_folder("rules"),))
        bridge = Bridge(
            store=store,
            authenticator=Authenticator(resolver),
            rules=lambda: rules,
            texts=texts,
            settings=PathSettings(
                operator=RealAddress(OPERATOR),
                operator_language="en",
                hostname=HOSTNAME,
                expire_after=timedelta(days=5),
                return_path_valid_for=timedelta(days=30),
                max_message_octets=1024 * 1024,
                public_domains=PUBLIC_DOMAINS,
            ),
            mint=Mint(lambda: world.now),
            clock=lambda: world.now,
            slots=CpuSlots(2),
            screener=screener,
            language_of=lambda message, marketplace: marketplace.language,
            on_committed=lambda claimed: _keep(world, claimed),
        )
        world = World(bridge, resolver)
        yield world
    finally:
        screener.close()
        store.close()
