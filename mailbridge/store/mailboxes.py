"""Writes the mailboxes of parties: the list given is the whole list, what is missing is no longer active.

On one marketplace a buyer shares a mailbox with no other buyer; sellers may share one. Addresses of ours are refused
(T-47).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from mailbridge.domain.parties import Mailbox
from mailbridge.store.prepared import Values
from mailbridge.store.rows import AnyRow, mailbox_content, mailbox_place, to_mailboxes
from mailbridge.store.seal import KeyRing, Sealer
from mailbridge.store.tables import mailboxes

_CHUNK = 500
_OF_OWNERS = select(mailboxes).where(mailboxes.c.owner_id.in_(bindparam("keys", expanding=True)))
_OF_BUYERS = select(mailboxes).where(
    mailboxes.c.marketplace_id == bindparam("marketplace_id"),
    mailboxes.c.role == "buyer",
    mailboxes.c.address_hash.in_(bindparam("keys", expanding=True)),
)
_KEY = (mailboxes.c.owner_id == bindparam("owner"), mailboxes.c.address_hash == bindparam("hash"))
_CHANGE = (
    update(mailboxes)
    .where(*_KEY)
    .values(
        position=bindparam("new_position"),
        is_primary=bindparam("new_is_primary"),
        is_active=bindparam("new_is_active"),
        content=bindparam("new_content"),
    )
)
_RETIRE = update(mailboxes).where(*_KEY).values(is_active=False)
_DELETE = delete(mailboxes).where(*_KEY)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxOwner:
    """A party and the mailboxes it shall have."""

    id: str
    marketplace_id: str
    #: "seller" or "buyer"
    role: str
    holder: Sealer
    mailboxes: tuple[Mailbox, ...]
    #: True when it has no mailboxes yet
    is_new: bool
    #: is told field and reason of what can not be
    complain: Callable[[str, str], None]


@dataclass(slots=True)
class MailboxPlan:
    """Rows to write."""

    new: list[Values]
    changed: list[Values]
    retired: list[Values]
    #: inactive rows of other buyers that make room
    removed: list[Values]
    #: active mailboxes of each owner as they will be, with what was set about them
    active: dict[str, tuple[Mailbox, ...]]

    def write(self, connection: Connection) -> None:
        """Write them."""
        if self.removed:
            connection.execute(_DELETE, self.removed)
        if self.new:
            connection.execute(insert(mailboxes), self.new)
        if self.changed:
            connection.execute(_CHANGE, [_as_change(values) for values in self.changed])
        if self.retired:
            connection.execute(_RETIRE, self.retired)


def plan_mailboxes(
    connection: Connection, keys: KeyRing, owners: list[MailboxOwner], our_domains: frozenset[str]
) -> MailboxPlan:
    """What is to be written for all owners; what can not be is complained about and left out."""
    before = _before(connection, owners)
    taken = _taken_by_buyers(connection, keys, owners)
    plan = MailboxPlan([], [], [], [], {})
    for owner in owners:
        own = before.get(owner.id, {})
        kept: dict[bytes, Mailbox] = {}
        for position, given in enumerate(owner.mailboxes):
            address_hash = keys.lookup(given.address.addr_spec)
            if address_hash in kept or not _may_have(owner, given, taken, address_hash, our_domains):
                continue
            kept[address_hash] = mailbox = _with_terms(owner, given, own.get(address_hash))
            _make_room(owner, taken, address_hash, plan)
            values = _values(owner, mailbox, position, address_hash)
            (plan.changed if address_hash in own else plan.new).append(values)
        plan.active[owner.id] = tuple(mailbox for mailbox in kept.values() if mailbox.is_active)
        gone = set(own) - set(kept)
        plan.retired += [{"owner": owner.id, "hash": address_hash} for address_hash in gone]
    return plan


def _as_change(values: Values) -> Values:
    changed = {f"new_{name}": values[name] for name in ("position", "is_primary", "is_active", "content")}
    return {"owner": values["owner_id"], "hash": values["address_hash"], **changed}


def _make_room(
    owner: MailboxOwner, taken: dict[tuple[str, bytes], AnyRow | str], address_hash: bytes, plan: MailboxPlan
) -> None:
    if owner.role != "buyer":
        return
    holder = taken.get((owner.marketplace_id, address_hash))
    if isinstance(holder, Row) and holder.owner_id != owner.id:
        plan.removed.append({"owner": holder.owner_id, "hash": address_hash})
    taken[owner.marketplace_id, address_hash] = owner.id


def _may_have(
    owner: MailboxOwner,
    mailbox: Mailbox,
    taken: dict[tuple[str, bytes], AnyRow | str],
    address_hash: bytes,
    our_domains: frozenset[str],
) -> bool:
    if mailbox.address.domain in our_domains:
        owner.complain(
            "mailboxes", "a mailbox in an alias domain of ours would be a loop: give the party's own address"
        )
        return False
    holder = taken.get((owner.marketplace_id, address_hash)) if owner.role == "buyer" else None
    if isinstance(holder, Row) and holder.owner_id != owner.id and holder.is_active:
        owner.complain("mailboxes", "a mailbox of this buyer belongs to another buyer of the marketplace")
        return False
    if isinstance(holder, str) and holder != owner.id:
        owner.complain("mailboxes", "a mailbox of this buyer is given to another buyer in the same file")
        return False
    return True


def _values(owner: MailboxOwner, mailbox: Mailbox, position: int, address_hash: bytes) -> Values:
    return {
        "owner_id": owner.id,
        "address_hash": address_hash,
        "marketplace_id": owner.marketplace_id,
        "role": owner.role,
        "scope": "" if owner.role == "buyer" else owner.id,
        "position": position,
        "is_primary": mailbox.is_primary,
        "is_active": mailbox.is_active,
        "content": mailbox_content(mailbox, owner.holder, mailbox_place(owner.id, address_hash)),
    }


def _with_terms(owner: MailboxOwner, mailbox: Mailbox, before: AnyRow | None) -> Mailbox:
    """The mailbox with what was set about it before, where nothing is said of that now."""
    if mailbox.staff is not None or before is None or owner.role != "seller":
        return mailbox
    [known] = to_mailboxes([before], owner.holder)
    return replace(mailbox, staff=known.staff)


def _before(connection: Connection, owners: list[MailboxOwner]) -> dict[str, dict[bytes, AnyRow]]:
    known = [owner.id for owner in owners if not owner.is_new]
    found: dict[str, dict[bytes, AnyRow]] = {}
    for chunk in _chunks(known):
        for row in connection.execute(_OF_OWNERS, {"keys": chunk}):
            found.setdefault(row.owner_id, {})[row.address_hash] = row
    return found


def _taken_by_buyers(
    connection: Connection, keys: KeyRing, owners: list[MailboxOwner]
) -> dict[tuple[str, bytes], AnyRow | str]:
    asked: dict[str, list[object]] = {}
    for owner in owners:
        if owner.role == "buyer":
            hashes = (keys.lookup(mailbox.address.addr_spec) for mailbox in owner.mailboxes)
            asked.setdefault(owner.marketplace_id, []).extend(hashes)
    return {
        (market_id, row.address_hash): row
        for market_id, hashes in asked.items()
        for chunk in _chunks(hashes)
        for row in connection.execute(_OF_BUYERS, {"marketplace_id": market_id, "keys": chunk})
    }


def _chunks(keys: list[Any]) -> Iterable[list[Any]]:
    return (keys[start : start + _CHUNK] for start in range(0, len(keys), _CHUNK))
