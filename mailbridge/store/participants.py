"""Who takes part in a message, as far as its destination and the mailbox in From tell.

Finds people; whether the author really is who From says is weighed by `policy/originator.py`.
"""

import re
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select

from mailbridge.domain.facts import (
    ActionDestination,
    AliasDestination,
    ContactDestination,
    Destination,
    MailboxTestDestination,
    RecordOnlyDestination,
)
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Buyer, Marketplace, Party, Role, Seller, mailbox_of
from mailbridge.domain.thread import Alias
from mailbridge.message.subjects import find_tags
from mailbridge.store.catalogue import NO_ALIASES, Catalogue, PairAliases
from mailbridge.store.conducttables import sanctions
from mailbridge.store.content import KEY_COLUMNS, KEYED_RECORDS, open_details, record_sealer
from mailbridge.store.destinations import Destinations
from mailbridge.store.rows import instant
from mailbridge.store.seal import KeyRing
from mailbridge.store.tables import records

_LOOKED_AT = 10
_ACTED_ON = (
    select(records.c.details, records.c.received_at, *KEY_COLUMNS)
    .select_from(KEYED_RECORDS)
    .where(records.c.id == bindparam("id"))
)
_STEP_AGAINST = select(sanctions.c.seller_id).where(sanctions.c.id == bindparam("id"))
# What may be an order or offer number in a subject: a word of at least four characters with a digit in it.
_NUMBER = re.compile(r"(?=[\w/-]{0,40}\d)[A-Za-z0-9][A-Za-z0-9_/-]{3,40}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Participants:
    """The people of one message, and what of theirs is to be read."""

    marketplace: Marketplace | None = None
    #: as in `Facts`
    author: Party | None = None
    seller: Seller | None = None
    buyer: Buyer | None = None
    #: the pair whose threads and orders count
    pair: tuple[Seller, Buyer] | None = None
    #: both aliases of the pair, and the one written to
    aliases: PairAliases = NO_ALIASES
    alias: Alias | None = None
    #: order and offer references that a tag or the subject may name, looked for at the seller of the contact address
    named: tuple[str, ...] = ()
    contact: Seller | None = None


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds the people of one message."""

    keys: KeyRing
    catalogue: Catalogue
    destinations: Destinations

    def find(self, connection: Connection, destination: Destination, message: Message) -> Participants:
        """The people behind `destination` and the message's author."""
        author = message.author.addr_spec if message.author is not None else ""
        if isinstance(destination, AliasDestination):
            return self._at_alias(connection, destination, message, author)
        if isinstance(destination, ContactDestination):
            return self._at_contact(connection, destination, message, author)
        if isinstance(destination, RecordOnlyDestination | MailboxTestDestination):
            return self._at_record_only(connection, destination.marketplace, message, author)
        if isinstance(destination, ActionDestination):
            return self._at_action(connection, destination, author)
        return Participants()

    def _at_alias(
        self, connection: Connection, destination: AliasDestination, message: Message, author: str
    ) -> Participants:
        behind = self.catalogue.behind_alias(connection, destination.alias.address.key)
        return Participants(
            marketplace=destination.marketplace,
            author=_writer(destination, author),
            pair=(destination.seller, destination.buyer),
            aliases=behind[1] if behind is not None else NO_ALIASES,
            alias=destination.alias,
            named=_named("", message.subject),
        )

    def _at_contact(
        self, connection: Connection, destination: ContactDestination, message: Message, author: str
    ) -> Participants:
        market, contact = destination.marketplace, destination.seller
        seller, buyer = self._by_mailbox(connection, market, author)
        aliases = self.catalogue.aliases_of(connection, contact.id, buyer.id) if buyer is not None else NO_ALIASES
        return Participants(
            marketplace=market,
            author=buyer,
            seller=seller,
            buyer=buyer,
            pair=(contact, buyer) if buyer is not None else None,
            aliases=aliases,
            # Mail to the contact address reaches the seller, as mail to the alias that stands for him would.
            alias=aliases.for_seller,
            named=_named(destination.tag, message.subject),
            contact=contact,
        )

    def _at_record_only(
        self, connection: Connection, market: Marketplace, message: Message, author: str
    ) -> Participants:
        from_seller, from_buyer = self._by_mailbox(connection, market, author)
        seller, buyer = from_seller, from_buyer
        # A mail between the two: who wrote is one side, the first known party of the other side in To is the other.
        for mailbox in message.to[:_LOOKED_AT]:
            if seller is not None and buyer is not None:
                break
            to_seller, to_buyer = self._by_mailbox(connection, market, mailbox.addr_spec)
            seller, buyer = (seller, to_buyer) if from_seller is not None else (seller or to_seller, buyer or to_buyer)
        is_pair = seller is not None and buyer is not None
        return Participants(
            marketplace=market,
            author=from_seller or from_buyer,
            seller=seller,
            buyer=buyer,
            pair=(seller, buyer) if seller is not None and buyer is not None and is_pair else None,
            aliases=self.catalogue.aliases_of(connection, seller.id, buyer.id) if seller and buyer else NO_ALIASES,
        )

    def _at_action(self, connection: Connection, destination: ActionDestination, author: str) -> Participants:
        """The party that the record acted on is said to come from, or the step is against, if this author is it."""
        if destination.sanction_id is not None:
            seller = self.catalogue.seller(
                connection, connection.execute(_STEP_AGAINST, {"id": destination.sanction_id}).scalar_one()
            )
            return Participants(author=seller if mailbox_of(seller, author) else None, seller=seller)
        row = connection.execute(_ACTED_ON, {"id": destination.record_id}).one()
        details = open_details(row.key_record_id, row.details, record_sealer(row, self.keys))
        behind = self.destinations.find(connection, details["forward_path"], instant(row.received_at))
        if isinstance(behind, AliasDestination):
            return Participants(author=_writer(behind, author), seller=behind.seller, buyer=behind.buyer)
        if isinstance(behind, ContactDestination):
            _, buyer = self._by_mailbox(connection, behind.marketplace, author)
            return Participants(author=buyer, seller=behind.seller, buyer=buyer)
        return Participants()

    def _by_mailbox(
        self, connection: Connection, market: Marketplace, addr_spec: str
    ) -> tuple[Seller | None, Buyer | None]:
        return self.catalogue.parties_by_mailbox(connection, market.id, addr_spec) if addr_spec else (None, None)


def _writer(destination: AliasDestination, author: str) -> Party | None:
    """The party opposite to whom the alias stands for, if this addr-spec is one of its active mailboxes."""
    party: Party = destination.seller if destination.alias.stands_for is Role.BUYER else destination.buyer
    return party if author and mailbox_of(party, author) is not None else None


def _named(tag: str, subject: str) -> tuple[str, ...]:
    words = [named.partition("-")[2] for named in (tag, *find_tags(subject)) if "-" in named]
    words += _NUMBER.findall(subject)[:_LOOKED_AT]
    return tuple(dict.fromkeys(spelling for word in words for spelling in (word, word.lower(), word.upper())))
