"""A small marketplace in a real store, and mails, legs and deliveries as the path would hand them over."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mailbridge.domain import reply
from mailbridge.domain.address import AliasAddress, RealAddress
from mailbridge.domain.authresults import AuthResult, AuthResults, DkimSignature
from mailbridge.domain.delivery import NewDelivery, PostKind
from mailbridge.domain.envelope import Door, Envelope, Peer
from mailbridge.domain.facts import ContactDestination, Facts
from mailbridge.domain.ids import AliasId, BuyerId, DeliveryId, IntentId, QueueId, RecordId, ThreadId
from mailbridge.domain.message import HeaderMailbox, Message
from mailbridge.domain.parties import Buyer, Direction, Mailbox, Role
from mailbridge.domain.thread import Alias, Thread, ThreadMessageIds
from mailbridge.policy.plan import Disposition, HoldReason, IntentKind, Plan
from mailbridge.policy.quoting import mark_of
from mailbridge.store.records import (
    Intake,
    LegRecord,
    NewIntent,
    TradeBatch,
    TradeBuyer,
    TradeMarketplace,
    TradeOffer,
    TradeOrder,
    TradeSeller,
)
from mailbridge.store.seal import create_key_file
from mailbridge.store.store import Store

START = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
DOMAIN, HOSTNAME = "alias.example", "bridge.example"
SHOP, ANNA, STRANGER = "shop@acme.test", "anna@home.test", "eve@elsewhere.test"

_numbers = itertools.count(1)


def new_id() -> str:
    """An id in the path's shape that no other test has."""
    return f"t{next(_numbers):023d}"


@dataclass(slots=True)
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now


def key_file_in(folder: Path) -> Path:
    """The key file of this folder, made when it is missing."""
    path = folder / "key"
    if not path.exists():
        create_key_file(path)
    return path


def open_store(url: str, folder: Path, clock: Callable[[], datetime]) -> Store:
    """A store as a process opens it."""
    return Store.open(url, key_file=key_file_in(folder), clock=clock, hostname=HOSTNAME)


def mailbox(addr_spec: str, *authenticated_as: str) -> Mailbox:
    """A primary, active mailbox."""
    return Mailbox(address=RealAddress(addr_spec), authenticated_as=authenticated_as)


MARKET = TradeMarketplace(reference="m", name="Market", alias_domain=DOMAIN, cc_address=f"cc@{DOMAIN}", line=1)
SELLER = TradeSeller(
    marketplace="m", reference="s1", name="Acme", contact="acme.shop", mailboxes=(mailbox(SHOP),), line=2
)
BUYER = TradeBuyer(
    marketplace="m", reference="b1", handle="anna", name="Anna K", mailboxes=(mailbox(ANNA),), language="pl", line=3
)
ORDER = TradeOrder(marketplace="m", reference="48213", seller="s1", buyer="b1", line=4)
OFFER = TradeOffer(marketplace="m", reference="9912", seller="s1", title="Lamp", line=5)
TRADE = TradeBatch(
    file="trade.jsonl", marketplaces=(MARKET,), sellers=(SELLER,), buyers=(BUYER,), orders=(ORDER,), offers=(OFFER,)
)


def an_envelope(
    to: str, *, from_: str = ANNA, content: bytes = b"Subject: x\r\n\r\nx\r\n", at: datetime = START
) -> Envelope:
    """One mail at one of our addresses."""
    return Envelope(
        queue_id=QueueId(new_id()),
        door=Door.SMTP,
        reverse_path=from_,
        forward_paths=(to,),
        content=content,
        received_at=at,
        peer=Peer(ip="192.0.2.7", helo="mx.home.test"),
    )


def a_message(
    from_: str = ANNA,
    *,
    message_id: str | None = None,
    text: str = "Is it in stock?",
    in_reply_to: tuple[str, ...] = (),
    subject: str = "Question",
) -> Message:
    """A parsed mail; every one has a Message-ID of its own unless one is given ("" for none)."""
    given = f"<{new_id()}@home.test>" if message_id is None else message_id or None
    return Message(
        authors=(HeaderMailbox(addr_spec=from_),),
        from_field_count=1,
        message_id=given,
        in_reply_to=in_reply_to,
        subject=subject,
        new_text=text,
    )


def signed_by(domain: str) -> AuthResults:
    """The author's domain signed it."""
    signature = DkimSignature(domain=domain, result=AuthResult.PASS)
    return AuthResults(author_domain=domain, dkim=(signature,), dkim_aligned=True)


def a_plan(to: str, disposition: Disposition = Disposition.RELAYED, hold: HoldReason | None = None) -> Plan:
    """What was decided."""
    return Plan(forward_path=to, disposition=disposition, reply=reply.ACCEPTED, reason="test", hold=hold)


@dataclass(frozen=True, slots=True)
class World:
    """A store with one market, one seller, one buyer, one order, one offer."""

    store: Store
    clock: Clock

    def facts(self, to: str, message: Message, *, from_: str = ANNA, at: datetime | None = None) -> Facts:
        """The facts of a mail that its author's domain signed."""
        envelope = an_envelope(to, from_=from_, at=at or self.clock.now)
        auth = signed_by(from_.rpartition("@")[2])
        return self.store.facts_for(envelope, message, auth, forward_path=to, now=at or self.clock.now)

    def contact(self, tag: str = "") -> str:
        """The seller's contact address."""
        return f"acme.shop{tag}@{DOMAIN}"

    def alias(self, role: Role) -> str:
        """The alias of the pair that stands for this side."""
        [found] = [row.alias for row in self.store.aliases() if row.alias.stands_for is role and row.buyer == "b1"]
        return found.address.addr_spec

    def delivery(
        self, leg_id: RecordId, thread: Thread | None, *, to: str = SHOP, octets: bytes = b"x\r\n"
    ) -> NewDelivery:
        """A relayed mail, composed now."""
        now = self.clock.now
        delivery_id = DeliveryId(new_id())
        return NewDelivery(
            id=delivery_id,
            record_id=leg_id,
            kind=PostKind.RELAY,
            marketplace_id=thread.marketplace_id if thread else None,
            thread_id=thread.id if thread else None,
            forward_path=RealAddress(to),
            reverse_path=self.store.return_path(delivery_id, DOMAIN, now + timedelta(days=5)),
            octets=octets,
            message_id=f"<{delivery_id}@{DOMAIN}>",
            signing_domain=DOMAIN,
            composed_at=now,
            expires_at=now + timedelta(days=5),
            reader="seller",
        )

    def first_leg(self, facts: Facts, message: Message) -> LegRecord:
        """What the path commits for a first mail at a contact address."""
        assert isinstance(facts.destination, ContactDestination)
        seller, market = facts.destination.seller, facts.destination.marketplace
        record_id = RecordId(new_id())
        assert message.author is not None
        new_buyer = None
        if isinstance(facts.author, Buyer):
            buyer = facts.author
        else:
            address = Mailbox(address=RealAddress(message.author.addr_spec))
            buyer = new_buyer = Buyer(
                id=BuyerId(new_id()), marketplace_id=market.id, handle="buyer-1", mailboxes=(address,)
            )
        minted = tuple(
            Alias(
                id=AliasId(new_id()),
                address=AliasAddress(f"{_alias_name()}@{DOMAIN}"),
                marketplace_id=market.id,
                seller_id=seller.id,
                buyer_id=buyer.id,
                stands_for=role,
            )
            for role in Role
        )
        thread = Thread(
            id=ThreadId(new_id()),
            marketplace_id=market.id,
            seller_id=seller.id,
            buyer_id=buyer.id,
            subject_for_buyer=message.subject,
            subject_for_seller=message.subject,
            root_message_id=f"<root-{new_id()}@{DOMAIN}>",
            last_at=facts.now,
            seller_was_written_to=True,
        )
        delivery = self.delivery(record_id, thread)
        return LegRecord(
            record_id=record_id,
            plan=a_plan(facts.forward_path),
            direction=Direction.TO_SELLER,
            thread=thread,
            opens_thread=True,
            pair_threads_seen=len(facts.threads),
            new_buyer=new_buyer,
            new_aliases=() if facts.alias is not None else minted,
            message_ids=ThreadMessageIds(
                for_buyer=message.message_id,
                for_seller=delivery.message_id,
                text=mark_of(message.new_text, Role.SELLER),
            ),
            dedupe_key=self.facts(facts.forward_path, message, at=facts.now).dedupe_key,
            delivered_text=message.new_text,
            deliveries=(delivery,),
            intents=(
                NewIntent(
                    id=IntentId(new_id()),
                    kind=IntentKind.ACKNOWLEDGE,
                    due_at=facts.now,
                    thread_id=thread.id,
                    record_id=record_id,
                    unique_key=f"ack:{thread.id}",
                ),
            ),
        )

    def reply_leg(self, facts: Facts, message: Message, *, expects: bool = False) -> LegRecord:
        """What the path commits for one more mail of the newest thread."""
        thread = facts.threads[0]
        role = facts.author_role or Role.BUYER
        record_id = RecordId(new_id())
        delivery = self.delivery(record_id, thread, to=SHOP if role is Role.BUYER else ANNA)
        ids = {role: message.message_id, role.other: delivery.message_id}
        return LegRecord(
            record_id=record_id,
            plan=a_plan(facts.forward_path),
            direction=Direction.TO_SELLER if role is Role.BUYER else Direction.TO_BUYER,
            thread=replace(thread, version=thread.version + 1, last_at=facts.now),
            expected_version=thread.version if expects else None,
            message_ids=ThreadMessageIds(for_buyer=ids[Role.BUYER], for_seller=ids[Role.SELLER]),
            dedupe_key=self.facts(facts.forward_path, message, at=facts.now).dedupe_key,
            delivered_text=message.new_text,
            deliveries=(delivery,),
        )

    def commit(self, facts: Facts, message: Message, *legs: LegRecord) -> None:
        """Commit one intake."""
        self.store.commit(Intake(envelope=facts.envelope, message=message, legs=legs))

    def first_mail(self, *, from_: str = ANNA, message: Message | None = None) -> LegRecord:
        """A buyer writes to the contact address for the first time."""
        mail = message or a_message(from_)
        facts = self.facts(self.contact(), mail, from_=from_)
        leg = self.first_leg(facts, mail)
        self.commit(facts, mail, leg)
        return leg

    def held_mail(self, content: bytes = b"Subject: x\r\n\r\nheld\r\n") -> LegRecord:
        """A mail that waits for a person."""
        mail = a_message(STRANGER)
        envelope = an_envelope(self.contact(), from_=STRANGER, content=content, at=self.clock.now)
        plan = a_plan(self.contact(), Disposition.HELD, HoldReason.FIRST_CONTACT_UNPROVEN)
        leg = LegRecord(record_id=RecordId(new_id()), plan=plan)
        self.store.commit(Intake(envelope=envelope, message=mail, legs=(leg,)))
        return leg


def _alias_name() -> str:
    number, letters = next(_numbers), "abcdefghijklmnopqrstuvwxyz234567"
    return "".join(letters[(number >> (5 * place)) & 31] for place in range(16))
