"""RCPT: whether an address of ours means anything, said before the mail is sent (B12, T-21).

Says nothing of who may write there: that is known only after DATA. A live and an unknown address cost the same look-up.
"""

from typing import assert_never

from mailbridge.domain import reply as replies
from mailbridge.domain.facts import (
    ActionDestination,
    AliasDestination,
    ContactDestination,
    Destination,
    MailboxTestDestination,
    RecordOnlyDestination,
    ReturnPathDestination,
    RoleDestination,
    UnknownDestination,
)
from mailbridge.domain.reply import Reply
from mailbridge.domain.thread import AliasState
from mailbridge.errors import StoreSuspect, StoreUnavailable
from mailbridge.policy.resolve import refusal_at_unknown
from mailbridge.store.store import Store


def admit(forward_path: str, store: Store) -> Reply:
    """The reply to RCPT TO for this addr-spec."""
    try:
        return _reply_to(store.destination(forward_path))
    except (StoreUnavailable, StoreSuspect):
        return replies.STORE_UNAVAILABLE


def _reply_to(destination: Destination) -> Reply:
    match destination:
        case UnknownDestination():
            return refusal_at_unknown(destination)
        case AliasDestination(alias=alias):
            return replies.ALIAS_EXPIRED if alias.state is AliasState.EXPIRED else replies.RECIPIENT_OK
        case ReturnPathDestination(is_expired=is_expired):
            return replies.RETURN_PATH_INVALID if is_expired else replies.RECIPIENT_OK
        case ActionDestination(is_used=is_used, is_expired=is_expired, is_in_force=is_in_force):
            is_over = is_expired or (is_used and not is_in_force)
            return replies.ACTION_INVALID if is_over else replies.RECIPIENT_OK
        case ContactDestination() | RecordOnlyDestination() | MailboxTestDestination() | RoleDestination():
            return replies.RECIPIENT_OK
        case _:
            assert_never(destination)
