"""Read message/delivery-status: a group of fields about the mail, and one for each recipient (RFC 3464 §2.1).

Lenient where programs are: a missing address type, angle brackets, comments, a group without Action.
"""

import re
from dataclasses import dataclass

from mailbridge.domain.reply import DsnAction, EnhancedStatus

_MAX_OCTETS = 64 * 1024
_MAX_GROUPS = 101
_MAX_VALUE = 4_000
_GROUP_END = re.compile(r"\n[ \t]*\n")
_FIELD = re.compile(r"^([A-Za-z][A-Za-z0-9-]{0,60})[ \t]*:(.*(?:\n[ \t]+.*)*)", re.MULTILINE)
_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_XTEXT = re.compile(r"\+([0-9A-F]{2})")
_ANGLED = re.compile(r"<([^<>\s]{1,320})>")
_BARE = re.compile(r"[^\s<>()\[\]:;,\"]{1,320}@[^\s<>()\[\]:;,\"]{1,255}")
_ACTIONS = (
    ("fail", DsnAction.FAILED),
    ("delay", DsnAction.DELAYED),
    ("defer", DsnAction.DELAYED),
    ("deliver", DsnAction.DELIVERED),
    ("relay", DsnAction.RELAYED),
    ("expand", DsnAction.EXPANDED),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientGroup:
    """What a report says of one recipient."""

    #: as the mail was addressed where the report says so, else as it was delivered to; "" where neither is an address
    recipient: str
    #: None where neither Action nor Status tells
    action: DsnAction | None
    #: None without a Status that can be read
    status: EnhancedStatus | None
    #: Diagnostic-Code without its type, folds undone
    diagnostic: str


def recipient_groups(body: bytes) -> tuple[RecipientGroup, ...]:
    """The groups of a report that are about recipients, in order."""
    text = body[:_MAX_OCTETS].decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    groups = [_fields(group) for group in _GROUP_END.split(text)[:_MAX_GROUPS]]
    return tuple(_of_group(fields) for fields in groups if _is_about_recipient(fields))


def _fields(group: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    for match in _FIELD.finditer(group):
        value = " ".join(match[2][:_MAX_VALUE].split())
        fields.setdefault(match[1].lower(), value)
    return fields


def _is_about_recipient(fields: dict[str, str]) -> bool:
    return any(name in fields for name in ("final-recipient", "original-recipient", "action", "status"))


def _of_group(fields: dict[str, str]) -> RecipientGroup:
    status = _status(fields.get("status", ""))
    return RecipientGroup(
        recipient=_recipient(fields),
        action=_action(fields.get("action", ""), status),
        status=status,
        diagnostic=_after_type(fields.get("diagnostic-code", "")),
    )


def _recipient(fields: dict[str, str]) -> str:
    for name in ("original-recipient", "final-recipient", "x-actual-recipient"):
        address = address_in(_XTEXT.sub(_from_xtext, fields.get(name, "")))
        if address:
            return address
    return ""


def _from_xtext(match: re.Match[str]) -> str:
    """RFC 3461 §4: "+3D" is "="; what would be a control character stays."""
    letter = chr(int(match[1], 16))
    return letter if letter.isprintable() and letter not in "<> " else match[0]


def address_in(value: str) -> str:
    """The address in "rfc822; <a@b>" and its like; a bare local part as it stands; "" where there is none."""
    value = _after_type(value)
    angled = _ANGLED.search(value)
    bare = _BARE.search(angled[1] if angled else value)
    return valid(bare[0]) if bare else ""


def valid(address: str) -> str:
    """The address without marks around it; "" where it can be none (RFC 5321 §4.1.2): "a...@b" was shortened."""
    address = address.strip(".'\"=`")
    local_part, _, domain = address.rpartition("@")
    return address if local_part and domain and ".." not in address and "@" not in local_part else ""


def _after_type(value: str) -> str:
    kind, semicolon, rest = value.partition(";")
    return rest.strip() if semicolon and re.fullmatch(r"[\w .+-]{1,30}", kind.strip()) else value.strip()


def _status(value: str) -> EnhancedStatus | None:
    match = _STATUS.search(value)
    return EnhancedStatus(int(match[1]), int(match[2]), int(match[3])) if match else None


def _action(value: str, status: EnhancedStatus | None) -> DsnAction | None:
    word = value.strip().lower()
    for beginning, action in _ACTIONS:
        if word.startswith(beginning):
            return action
    by_class = {2: DsnAction.DELIVERED, 4: DsnAction.DELAYED, 5: DsnAction.FAILED}
    return by_class[status.klass] if status is not None else None
