"""A small marketplace for decisions: one shop, one buyer, and facts and messages made of them with one call each."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from mailbridge.domain.address import AliasAddress, RealAddress
from mailbridge.domain.authresults import AuthResult, AuthResults, DkimSignature, DmarcPolicy
from mailbridge.domain.envelope import Door, Envelope, Peer
from mailbridge.domain.facts import AliasDestination, ContactDestination, Facts, RecordOnlyDestination
from mailbridge.domain.ids import AliasId, BuyerId, MarketplaceId, OfferId, OrderId, QueueId, SellerId, ThreadId
from mailbridge.domain.message import HeaderMailbox, Message
from mailbridge.domain.parties import Buyer, Mailbox, Marketplace, Role, Seller
from mailbridge.domain.thread import Alias, Thread
from mailbridge.domain.trade import Offer, Order

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
OURS = "bridge.example"
BUYER_MAILBOX = "jan@buyer.example"
SELLER_MAILBOX = "shop@acme.example"
TO_SELLER = f"aaaaaaaaaaaaaaaa@{OURS}"  # stands for the seller: the buyer writes to it
TO_BUYER = f"bbbbbbbbbbbbbbbb@{OURS}"  # stands for the buyer: the seller writes to it
CONTACT = f"acme@{OURS}"
CC = f"copy@{OURS}"

MARKET = Marketplace(
    id=MarketplaceId("m"),
    name="Bazaar",
    alias_domain=OURS,
    languages=("en", "pl"),
    cc_address=AliasAddress(CC),
    own_domains=("bazaar.example",),
)


def a_mailbox(address: str, *authenticated_as: str, **more: Any) -> Mailbox:
    """A registered mailbox."""
    return Mailbox(address=RealAddress(address), authenticated_as=authenticated_as, **more)


SELLER = Seller(
    id=SellerId("s"),
    marketplace_id=MARKET.id,
    name="Acme",
    contact="acme",
    mailboxes=(a_mailbox(SELLER_MAILBOX),),
    language="pl",
)
BUYER = Buyer(id=BuyerId("b"), marketplace_id=MARKET.id, handle="jan", mailboxes=(a_mailbox(BUYER_MAILBOX),))


def an_alias(stands_for: Role, **more: Any) -> Alias:
    """The alias of one side."""
    address = TO_SELLER if stands_for is Role.SELLER else TO_BUYER
    return Alias(
        id=AliasId(stands_for.value),
        address=AliasAddress(address),
        marketplace_id=MARKET.id,
        seller_id=SELLER.id,
        buyer_id=BUYER.id,
        stands_for=stands_for,
        **more,
    )


def a_thread(identifier: str = "t", **more: Any) -> Thread:
    """A thread of the pair."""
    return Thread(id=ThreadId(identifier), marketplace_id=MARKET.id, seller_id=SELLER.id, buyer_id=BUYER.id, **more)


def an_order(reference: str = "PL-2134", **more: Any) -> Order:
    """An order of the pair."""
    fields = {"seller_id": SELLER.id, "buyer_id": BUYER.id} | more
    return Order(id=OrderId(f"o{reference}"), marketplace_id=MARKET.id, reference=reference, **fields)


def an_offer(reference: str = "OF-9912") -> Offer:
    """An offer of the shop."""
    return Offer(id=OfferId(f"i{reference}"), marketplace_id=MARKET.id, reference=reference, seller_id=SELLER.id)


def an_envelope(reverse_path: str | None, forward_path: str, *, authenticated_as: str | None = None) -> Envelope:
    """One mail handed over by SMTP."""
    return Envelope(
        queue_id=QueueId("q"),
        door=Door.SMTP,
        reverse_path=reverse_path,
        forward_paths=(forward_path,),
        content=b"x",
        received_at=NOW,
        peer=Peer(ip="192.0.2.1", helo="mx.example", authenticated_as=authenticated_as),
    )


def signed(domain: str, **more: Any) -> AuthResults:
    """An aligned DKIM signature passes."""
    signature = DkimSignature(domain=domain, result=AuthResult.PASS)
    return AuthResults(author_domain=domain, dkim=(signature,), dkim_aligned=True, **more)


def unsigned(domain: str, policy: DmarcPolicy = DmarcPolicy.NONE, **more: Any) -> AuthResults:
    """Nothing passes."""
    return AuthResults(author_domain=domain, dmarc_policy=policy, **more)


def a_message(
    author: str = BUYER_MAILBOX, to: str = TO_SELLER, text: str = "Dzień dobry, gdzie paczka?", **more: Any
) -> Message:
    """A person's mail with one From mailbox."""
    fields: dict[str, Any] = {
        "authors": (HeaderMailbox(addr_spec=author),),
        "from_field_count": 1,
        "to": (HeaderMailbox(addr_spec=to),),
        "message_id": "<1@buyer.example>",
        "subject": "Question",
        "new_text": text,
    }
    return Message(**(fields | more))


def mailboxes(*addr_specs: str) -> tuple[HeaderMailbox, ...]:
    """Mailboxes of an address field."""
    return tuple(HeaderMailbox(addr_spec=addr_spec) for addr_spec in addr_specs)


def _facts(addr_spec: str, forward_path: str, **more: Any) -> Facts:
    fields: dict[str, Any] = {
        "now": NOW,
        "envelope": an_envelope(addr_spec, forward_path),
        "forward_path": forward_path,
        "auth": signed(addr_spec.rpartition("@")[2]),
        "our_domains": frozenset({OURS}),
        "marketplace": MARKET,
    }
    return Facts(**(fields | more))


def from_buyer(**more: Any) -> Facts:
    """The buyer writes, signed, to the seller's alias."""
    alias = more.pop("alias", an_alias(Role.SELLER))
    destination = AliasDestination(alias=alias, marketplace=MARKET, seller=SELLER, buyer=BUYER)
    fields = {"destination": destination, "author": BUYER, "alias": alias, "alias_of_author": an_alias(Role.BUYER)}
    return _facts(BUYER_MAILBOX, TO_SELLER, **(fields | more))


def from_seller(**more: Any) -> Facts:
    """The seller writes, signed, to the buyer's alias."""
    alias = more.pop("alias", an_alias(Role.BUYER))
    destination = AliasDestination(alias=alias, marketplace=MARKET, seller=SELLER, buyer=BUYER)
    fields = {"destination": destination, "author": SELLER, "alias": alias, "alias_of_author": an_alias(Role.SELLER)}
    return _facts(SELLER_MAILBOX, TO_BUYER, **(fields | more))


def from_stranger(author: str, facts: Facts, **more: Any) -> Facts:
    """Somebody nobody knows writes, signed, where `facts` says."""
    envelope = an_envelope(author, facts.forward_path)
    auth = signed(author.rpartition("@")[2])
    fields = {"envelope": envelope, "author": None, "seller": None, "buyer": None, "auth": auth}
    return replace(facts, **(fields | more))


def at_contact(addr_spec: str = "new@buyer.example", *, tag: str = "", **more: Any) -> Facts:
    """Somebody writes, signed, to the shop's public address."""
    destination = ContactDestination(marketplace=MARKET, seller=SELLER, tag=tag)
    forward_path = CONTACT if not tag else f"acme.{tag}@{OURS}"
    return _facts(addr_spec, forward_path, **({"destination": destination} | more))


def at_record_only(addr_spec: str = SELLER_MAILBOX, **more: Any) -> Facts:
    """Somebody copies the market's CC address."""
    return _facts(addr_spec, CC, **({"destination": RecordOnlyDestination(marketplace=MARKET)} | more))
