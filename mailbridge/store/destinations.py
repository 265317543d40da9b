"""What an address of ours means: role, record-only door, return path, action, alias, trial or contact address.

The answer is the same for RCPT and for the facts. Says nothing about who may write there.
"""

import re
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from mailbridge.domain.address import split_addr_spec
from mailbridge.domain.facts import (
    NOTICE_LOCAL_PART,
    TRIAL_PREFIX,
    ActionDestination,
    ActionKind,
    ContactDestination,
    Destination,
    MailboxTestDestination,
    RecordOnlyDestination,
    RoleDestination,
    UnknownDestination,
)
from mailbridge.domain.ids import RecordId, SanctionId
from mailbridge.domain.parties import Marketplace
from mailbridge.policy.outreach import reason_named
from mailbridge.policy.thread_choice import is_note_tag
from mailbridge.store.catalogue import Catalogue
from mailbridge.store.newestmessage import is_newest_of_buyer
from mailbridge.store.optouts import is_in_force
from mailbridge.store.returnpath import RETURN_PATH_MARK, read_return_path
from mailbridge.store.rows import AnyRow, micros
from mailbridge.store.seal import KeyRing
from mailbridge.store.tables import actions

#: local parts that every name of ours has (RFC 5321 §4.5.1, RFC 2142 §4) and the address our notices come from
ROLES = frozenset({"postmaster", "abuse", NOTICE_LOCAL_PART})
#: where a party tries whether its mailbox works
MAILBOX_TEST = "test"
#: shape of an alias local part (design.md D6)
ALIAS_LOCAL_PART = re.compile(r"[a-z2-7]{16}")
#: the same with a seller's reason behind it (S-23), or "note" and an order (S-76), or without
_ALIAS_AND_TAG = re.compile(rf"({ALIAS_LOCAL_PART.pattern})(?:\.([a-z0-9_/-]{{1,64}}))?")
_ACTION_LOCAL_PART = re.compile(r"act-([a-z2-7]{16,52})")
_TAG = re.compile(r"\.(?=[oi]-.|(?:question|dispute|ticket|enquiry)(?:-.|\Z))")
_ACTION = select(actions).where(actions.c.token_hash == bindparam("token_hash"))
#: what they ask for stays asked for
_LASTING = frozenset({ActionKind.REPORT.value, ActionKind.APPEAL.value})
_ACTION_PURPOSE = "action token"


def action_hash(keys: KeyRing, token: str) -> bytes:
    """What the store knows an action token by."""
    return keys.mac(_ACTION_PURPOSE, token.lower().encode("ascii", "replace"))


def _is_known(tag: str | None) -> bool:
    """Whether what stands behind an alias says something: a mistyped address of notes must not reach the buyer."""
    return tag is None or is_note_tag(tag) or reason_named(tag) is not None


class Destinations:
    """Looks addresses up; case of the local part is ignored."""

    def __init__(self, keys: KeyRing, catalogue: Catalogue, hostname: str = "") -> None:
        """`hostname` is the bridge's own name, "" for none: it has the roles of an alias domain, and no more."""
        self._keys = keys
        self._catalogue = catalogue
        self._hostname = hostname.lower()

    def find(self, connection: Connection, addr_spec: str, now: datetime) -> Destination:
        """What mail to `addr_spec` reaches."""
        parts = split_addr_spec(addr_spec)
        if parts is None:
            return UnknownDestination(is_our_domain=False)
        local_part, domain = parts[0].lower(), parts[1]
        market = self._catalogue.marketplace_of_domain(connection, domain)
        is_ours = market is not None or (domain == self._hostname and bool(domain))
        if is_ours and local_part in ROLES:
            return RoleDestination(local_part=local_part, domain=domain)
        if market is None:
            return UnknownDestination(is_our_domain=is_ours)
        found = self._by_shape(connection, local_part, market, now) or self._contact(connection, local_part, market)
        # No contact and no CC address can begin so: trade data refuses them.
        is_forged = local_part.startswith(RETURN_PATH_MARK)
        return found or UnknownDestination(is_our_domain=True, is_forged_return_path=is_forged)

    def _by_shape(
        self, connection: Connection, local_part: str, market: Marketplace, now: datetime
    ) -> Destination | None:
        address = f"{local_part}@{market.alias_domain}"
        if local_part == MAILBOX_TEST:
            return MailboxTestDestination(marketplace=market)
        if market.cc_address is not None and market.cc_address.key == address:
            return RecordOnlyDestination(marketplace=market)
        is_trial = local_part.startswith(TRIAL_PREFIX)
        alias = _ALIAS_AND_TAG.fullmatch(local_part.removeprefix(TRIAL_PREFIX))
        if alias is not None and _is_known(alias[2]):
            behind = self._catalogue.behind_alias(connection, f"{alias[1]}@{market.alias_domain}")
            if behind is not None:
                is_plain = not is_trial and alias[2] is None
                return behind[0] if is_plain else replace(behind[0], is_trial=is_trial, tag=alias[2] or "")
        if local_part.startswith(RETURN_PATH_MARK):
            return read_return_path(self._keys, local_part, market.alias_domain, now)
        action = _ACTION_LOCAL_PART.fullmatch(local_part)
        return self._action(connection, action[1], now) if action else None

    def _action(self, connection: Connection, token: str, now: datetime) -> ActionDestination | None:
        token_hash = action_hash(self._keys, token)
        row = connection.execute(_ACTION, {"token_hash": token_hash}).one_or_none()
        if row is None:
            return None
        return ActionDestination(
            kind=ActionKind(row.kind),
            token_hash=token_hash,
            record_id=None if row.record_id is None else RecordId(row.record_id),
            sanction_id=None if row.sanction_id is None else SanctionId(row.sanction_id),
            is_used=row.used_at is not None,
            is_expired=row.expires_at <= micros(now) or self._is_overtaken(connection, row),
            is_in_force=self._is_in_force(connection, row),
        )

    def _is_overtaken(self, connection: Connection, row: AnyRow) -> bool:
        """True where the buyer has written again since the seller was asked whether he waits for something."""
        is_about_newest = row.kind == ActionKind.NO_REPLY_NEEDED.value
        return is_about_newest and not is_newest_of_buyer(connection, RecordId(row.record_id))

    def _is_in_force(self, connection: Connection, row: AnyRow) -> bool:
        if row.kind in _LASTING:
            return row.used_at is not None
        return row.kind == ActionKind.OPT_OUT.value and is_in_force(connection, row)

    def _contact(self, connection: Connection, local_part: str, market: Marketplace) -> ContactDestination | None:
        """NAME or NAME.TAG; names may contain dots, so the longest registered name wins."""
        cuts = [len(local_part), *(match.start() for match in reversed(list(_TAG.finditer(local_part))))]
        for cut in cuts:
            seller = self._catalogue.seller_of_contact(connection, market.id, local_part[:cut])
            if seller is not None:
                return ContactDestination(marketplace=market, seller=seller, tag=local_part[cut + 1 :])
        return None
