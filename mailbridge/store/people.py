"""What a command changes about one person: a mailbox that may write, an alias pair, the state of an alias."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, Table, bindparam, func, insert, select, update

from mailbridge.domain.ids import MarketplaceId, SellerId, ThreadId
from mailbridge.domain.parties import Mailbox, Marketplace, Role
from mailbridge.domain.thread import AliasState
from mailbridge.errors import NotFound, NotPossible
from mailbridge.store.aliases import alias_by_address, aliases_of_pair, mint_pairs
from mailbridge.store.catalogue import Catalogue
from mailbridge.store.content import holder_of
from mailbridge.store.records import Authorisation, Directory, SellerRow
from mailbridge.store.rows import AnyRow, mailbox_content, mailbox_place, micros, to_json, to_mailboxes
from mailbridge.store.seal import KeyRing
from mailbridge.store.shownrows import AliasRow
from mailbridge.store.staff import seller_now, switch_if_changed
from mailbridge.store.tables import aliases, buyers, events, mailboxes, marketplaces, sellers, threads
from mailbridge.store.trade import count_up

_DIRECTORY = (
    select(marketplaces.c.reference.label("market_reference"), sellers.c.reference, sellers.c.id)
    .join(marketplaces, marketplaces.c.id == sellers.c.marketplace_id)
    .order_by(marketplaces.c.reference, sellers.c.reference)
)
_MARKET = select(marketplaces).where(marketplaces.c.reference == bindparam("reference"))
_PARTY = {
    table.name: select(table.c.id).where(
        table.c.marketplace_id == bindparam("marketplace_id"), table.c.reference == bindparam("reference")
    )
    for table in (sellers, buyers)
}
_MAILBOX = (mailboxes.c.owner_id == bindparam("owner"), mailboxes.c.address_hash == bindparam("hash"))
_KNOWN = select(mailboxes).where(*_MAILBOX)
_TAKEN = (
    select(mailboxes.c.role, func.coalesce(sellers.c.reference, buyers.c.reference).label("reference"))
    .select_from(
        mailboxes.outerjoin(sellers, sellers.c.id == mailboxes.c.owner_id).outerjoin(
            buyers, buyers.c.id == mailboxes.c.owner_id
        )
    )
    .where(
        mailboxes.c.marketplace_id == bindparam("marketplace_id"),
        mailboxes.c.address_hash == bindparam("hash"),
        mailboxes.c.owner_id != bindparam("owner"),
        mailboxes.c.is_active.is_(True),
    )
    .order_by(mailboxes.c.role, mailboxes.c.owner_id)
)
_LAST = select(func.coalesce(func.max(mailboxes.c.position), -1)).where(mailboxes.c.owner_id == bindparam("owner"))
_CHANGE = update(mailboxes).where(*_MAILBOX).values(is_active=bindparam("new_active"), content=bindparam("new_content"))
_THREAD_PARTIES = select(threads.c.marketplace_id, threads.c.seller_id, threads.c.buyer_id).where(
    threads.c.id == bindparam("thread_id")
)
_ALIAS_STATE = update(aliases).where(aliases.c.address == bindparam("written_to")).values(state=bindparam("new_state"))


def directory(connection: Connection, catalogue: Catalogue) -> Directory:
    """All marketplaces and sellers, in the order of their references."""
    rows = tuple(
        SellerRow(
            marketplace=row.market_reference,
            reference=row.reference,
            seller=catalogue.seller(connection, SellerId(row.id)),
        )
        for row in connection.execute(_DIRECTORY)
    )
    return Directory(marketplaces=catalogue.marketplaces(connection), sellers=rows)


def marketplace_called(connection: Connection, catalogue: Catalogue, reference: str) -> Marketplace | None:
    """The marketplace with this reference; None when there is none."""
    row = connection.execute(_MARKET, {"reference": reference}).one_or_none()
    return None if row is None else catalogue.marketplace(connection, MarketplaceId(row.id))


def authorise(connection: Connection, keys: KeyRing, wanted: Authorisation, now: datetime) -> None:
    """Let a seller write from one more mailbox.

    NotFound when a reference names nothing; NotPossible when it is somebody else's there, and not said to be shared.
    """
    market = _market(connection, wanted.marketplace)
    owner = _party(connection, sellers, market.id, wanted.seller)
    if not wanted.may_be_shared:
        _refuse_taken(connection, keys.lookup(wanted.mailbox.address.addr_spec), market.id, owner)
    _add_mailbox(connection, keys, _Owner(market.id, Role.SELLER, owner), wanted.mailbox)
    switch_if_changed(connection, seller_now(connection, keys, SellerId(owner)), now)
    _note(connection, "seller.authorised", now, {"seller": owner})
    count_up(connection)


def adopt(
    connection: Connection, keys: KeyRing, *, thread_id: ThreadId, role: Role, mailbox: Mailbox, now: datetime
) -> None:
    """Let this side of a thread write from this mailbox too; NotFound when there is no such thread."""
    row = connection.execute(_THREAD_PARTIES, {"thread_id": thread_id}).one_or_none()
    if row is None:
        raise NotFound(f"no conversation {thread_id}")
    owner = row.seller_id if role is Role.SELLER else row.buyer_id
    _add_mailbox(connection, keys, _Owner(row.marketplace_id, role, owner), mailbox)
    if role is Role.SELLER:
        switch_if_changed(connection, seller_now(connection, keys, SellerId(owner)), now)
    _note(connection, f"{role.value}.address_adopted", now, {role.value: owner})
    count_up(connection)


def _refuse_taken(connection: Connection, address_hash: bytes, marketplace_id: str, owner: str) -> None:
    """T-47: a slip of the hand, or a buyer's fine words, would let him write as the shop."""
    values = {"marketplace_id": marketplace_id, "hash": address_hash, "owner": owner}
    taken = connection.execute(_TAKEN, values).first()
    if taken is not None:
        who = f"{taken.role} {taken.reference}" if taken.reference else f"a {taken.role}"
        raise NotPossible(f"this is the mailbox of {who} of the same marketplace; if both use it, say --shared")


@dataclass(frozen=True, slots=True)
class _Owner:
    marketplace_id: str
    role: Role
    id: str


def _add_mailbox(connection: Connection, keys: KeyRing, owner: _Owner, mailbox: Mailbox) -> None:
    if mailbox.address.domain in {row.alias_domain for row in connection.execute(select(marketplaces))}:
        raise NotPossible("an address in an alias domain is nobody's mailbox")
    address_hash = keys.lookup(mailbox.address.addr_spec)
    holder = holder_of(connection, keys, owner.role.value, owner.id)
    place, key = mailbox_place(owner.id, address_hash), {"owner": owner.id, "hash": address_hash}
    known = connection.execute(_KNOWN, key).first()
    if known is not None:
        [before] = to_mailboxes([known], holder)
        content = mailbox_content(replace(mailbox, staff=before.staff), holder, place)
        connection.execute(_CHANGE, {**key, "new_active": mailbox.is_active, "new_content": content})
        return
    row = {
        "owner_id": owner.id,
        "address_hash": address_hash,
        "marketplace_id": owner.marketplace_id,
        "role": owner.role.value,
        "scope": "" if owner.role is Role.BUYER else owner.id,  # a buyer shares a mailbox with no other buyer
        "position": connection.execute(_LAST, {"owner": owner.id}).scalar_one() + 1,
        "is_primary": mailbox.is_primary,
        "is_active": mailbox.is_active,
        "content": mailbox_content(mailbox, holder, place),
    }
    connection.execute(insert(mailboxes), row)


def aliases_called(connection: Connection, *, marketplace: str, seller: str, buyer: str) -> tuple[AliasRow, ...]:
    """The aliases that a pair has; NotFound when a reference names nothing."""
    market = _market(connection, marketplace)
    seller_id = _party(connection, sellers, market.id, seller)
    return aliases_of_pair(connection, seller_id, _party(connection, buyers, market.id, buyer))


def mint_alias(
    connection: Connection, *, marketplace: str, seller: str, buyer: str, now: datetime
) -> tuple[AliasRow, ...]:
    """Both aliases of a pair, minted where they were missing; NotFound when a reference names nothing."""
    market = _market(connection, marketplace)
    seller_id = _party(connection, sellers, market.id, seller)
    buyer_id = _party(connection, buyers, market.id, buyer)
    if mint_pairs(connection, [(market.id, market.alias_domain, seller_id, buyer_id)], now):
        _note(connection, "alias.minted", now, {"seller": seller_id, "buyer": buyer_id})
    return aliases_of_pair(connection, seller_id, buyer_id)


def set_alias_state(connection: Connection, address: str, state: AliasState, now: datetime) -> AliasRow:
    """Mute, expire or wake an alias; NotFound when there is none with this address."""
    changed = connection.execute(_ALIAS_STATE, {"written_to": address.lower(), "new_state": state.value})
    row = alias_by_address(connection, address)
    if changed.rowcount != 1 or row is None:
        raise NotFound(f"no alias {address}")
    _note(connection, f"alias.{state.value}", now, {"alias": row.alias.id})
    count_up(connection)
    return row


def _market(connection: Connection, reference: str) -> AnyRow:
    row = connection.execute(_MARKET, {"reference": reference}).one_or_none()
    if row is None:
        raise NotFound(f"no marketplace has the reference {reference}", kind="marketplace")
    return row


def _party(connection: Connection, table: Table, marketplace_id: str, reference: str) -> str:
    values = {"marketplace_id": marketplace_id, "reference": reference}
    found = connection.execute(_PARTY[table.name], values).scalar()
    if found is None:
        kind = table.name.removesuffix("s")
        raise NotFound(f"no {kind} of this marketplace has the reference {reference}", kind=kind)
    return str(found)


def _note(connection: Connection, kind: str, now: datetime, detail: dict[str, object]) -> None:
    event = {"at": micros(now), "kind": kind, "record_id": None, "thread_id": None}
    connection.execute(insert(events), {**event, "detail": to_json(detail)})
