"""Tries the sample mails of rule packs: mails that must pass, and mails that a rule must catch.

Beside its rule files a pack holds `samples/pass/*.eml` and `samples/fail/<rule id>/*.eml`. The name of a mail
begins with its direction (`to_buyer-...`, `to_seller-...`); then `direct-` for one that went to the other side directly
and copied the market. Quotes in `pass` count as delivered before, those in `fail` as never; the two have an open order
in `pass`, none in `fail`. The Date of a mail says on which day it is judged, so that dated rules keep their samples.
Sends and stores nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from mailbridge.domain.address import AliasAddress, RealAddress
from mailbridge.domain.authresults import AuthResults
from mailbridge.domain.envelope import Door, Envelope, Peer
from mailbridge.domain.facts import AliasDestination, Facts, RecordOnlyDestination
from mailbridge.domain.ids import AliasId, BuyerId, MarketplaceId, OrderId, QueueId, SellerId, ThreadId
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Buyer, Direction, Mailbox, Marketplace, Seller
from mailbridge.domain.thread import Alias, Thread
from mailbridge.domain.trade import Order
from mailbridge.domain.verdict import Mode, Verdict
from mailbridge.message.parse import parse
from mailbridge.policy.judge import judge
from mailbridge.policy.plan import Route
from mailbridge.policy.ruleset import RuleSet

#: samples are written to and from these domains
ALIAS_DOMAIN = "bridge.example"
MARKET_DOMAIN = "market.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One mail of one pack."""

    file: Path
    pack: str
    direction: Direction
    #: id of the rule that must catch it; "" for a mail that must pass
    rule: str = ""
    #: True: it went to the other side directly and copied the market's CC address
    is_direct: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleResult:
    """What the rules said about one sample."""

    sample: Sample
    #: ids of the rules that applied, dry runs left out
    rules: tuple[str, ...]
    #: one sentence; "" when the sample did what it should
    complaint: str = ""


def find_samples(folder: Path) -> Iterator[Sample]:
    """Every sample below a rule folder, in a fixed order. Raises ValueError for a name without direction."""
    for pack in sorted((*folder.glob("*/samples/"), *folder.glob("markets/*/samples/"))):
        for file in sorted((*pack.glob("pass/*.eml"), *pack.glob("fail/*/*.eml"))):
            direction, _, rest = file.name.partition("-")
            yield Sample(
                file=file,
                pack=pack.parent.name,
                direction=Direction(direction),
                rule="" if file.parent.name == "pass" else file.parent.name,
                is_direct=rest.startswith("direct-"),
            )


def try_sample(sample: Sample, ruleset: RuleSet) -> SampleResult:
    """Judge one sample as if it came from a party in a running thread."""
    message = parse(sample.file.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    if message.date is None or message.author is None or not message.to:
        return SampleResult(sample=sample, rules=(), complaint="needs From, To and Date")
    facts = _facts(sample, message, message.date)
    route = Route(direction=sample.direction, thread_id=facts.threads[0].id)
    verdict = judge(message, facts, route, ruleset)
    if not isinstance(verdict, Verdict):
        raise TypeError("judge asks for the history it was given")
    applied = tuple(j.rule for j in verdict.judgements if j.mode is not Mode.DRY_RUN)
    return SampleResult(sample=sample, rules=applied, complaint=_complaint(sample, applied))


def _complaint(sample: Sample, applied: tuple[str, ...]) -> str:
    if not sample.rule:
        return f"must pass, but is caught by {', '.join(applied)}" if applied else ""
    if sample.rule in applied:
        return ""
    return f"must be caught by {sample.rule}, but is caught by {', '.join(applied) or 'no rule'}"


def _facts(sample: Sample, message: Message, now: datetime) -> Facts:
    market, author = _market(sample.pack), message.authors[0].addr_spec
    seller, buyer = _pair(sample, message, market)
    destination = _destination(sample, message, (market, seller, buyer))
    written_to = market.cc_address.addr_spec if sample.is_direct and market.cc_address else message.to[0].addr_spec
    order = Order(id=OrderId("o"), marketplace_id=market.id, reference="48213", seller_id=seller.id, buyer_id=buyer.id)
    return Facts(
        now=now,
        envelope=_envelope(author, written_to, now),
        forward_path=written_to,
        auth=AuthResults(),
        destination=destination,
        our_domains=frozenset({ALIAS_DOMAIN}),
        marketplace=market,
        author=seller if sample.direction is Direction.TO_BUYER else buyer,
        seller=seller if sample.is_direct else None,
        buyer=buyer if sample.is_direct else None,
        alias=destination.alias if isinstance(destination, AliasDestination) else None,
        threads=(Thread(id=ThreadId("t"), marketplace_id=market.id, seller_id=seller.id, buyer_id=buyer.id),),
        orders=() if sample.rule else (order,),
        history=(message.quoted_text,) if not sample.rule else (),
    )


def _pair(sample: Sample, message: Message, market: Marketplace) -> tuple[Seller, Buyer]:
    """The two parties: the author's mailbox is that of From, the reader's that of To in a direct mail."""
    seller = Seller(id=SellerId("s"), marketplace_id=market.id, name="Shop", contact="shop", mailboxes=())
    buyer = Buyer(id=BuyerId("b"), marketplace_id=market.id, handle="buyer")
    authors = (Mailbox(address=RealAddress(message.authors[0].addr_spec)),)
    readers = (Mailbox(address=RealAddress(message.to[0].addr_spec)),) if sample.is_direct else ()
    if sample.direction is Direction.TO_BUYER:
        return replace(seller, mailboxes=authors), replace(buyer, mailboxes=readers)
    return replace(seller, mailboxes=readers), replace(buyer, mailboxes=authors)


def _destination(
    sample: Sample, message: Message, people: tuple[Marketplace, Seller, Buyer]
) -> AliasDestination | RecordOnlyDestination:
    market, seller, buyer = people
    if sample.is_direct:
        return RecordOnlyDestination(marketplace=market)
    alias = Alias(
        id=AliasId("a"),
        address=AliasAddress(message.to[0].addr_spec),
        marketplace_id=market.id,
        seller_id=seller.id,
        buyer_id=buyer.id,
        stands_for=sample.direction.author_role.other,
    )
    return AliasDestination(alias=alias, marketplace=market, seller=seller, buyer=buyer)


def _market(pack: str) -> Marketplace:
    return Marketplace(
        id=MarketplaceId("m"),
        name=pack,
        alias_domain=ALIAS_DOMAIN,
        languages=("en", "pl", "it", "de"),
        cc_address=AliasAddress(f"copy@{ALIAS_DOMAIN}"),
        rule_packs=(pack,),
        own_domains=(MARKET_DOMAIN,),
    )


def _envelope(author: str, written_to: str, now: datetime) -> Envelope:
    return Envelope(
        queue_id=QueueId("sample"),
        door=Door.COMMAND,
        reverse_path=author,
        forward_paths=(written_to,),
        content=b"",
        received_at=now,
        peer=Peer(ip=None, helo=None),
    )
