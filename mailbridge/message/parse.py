"""Turn the octets of a mail into a Message. Never raises: what can not be read is an opaque message with its reason.

Limits are checked on raw octets first (`message/structure.py`), header fields are read by our own guarded
accessors, and only what a decision needs is decoded. Does not judge: no rule, no fact, no clock.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from mailbridge.domain.classification import Classification, MailKind
from mailbridge.domain.message import Automatic, HeaderMailbox, Message, OpaqueReason
from mailbridge.domain.reading import PartKind
from mailbridge.message.automatic import automatic_kind
from mailbridge.message.body import as_seen, read_reply
from mailbridge.message.classification import Evidence, classify
from mailbridge.message.fields import MAX_ADDRESSES, parse_address_field, parse_author_field, parse_message_ids
from mailbridge.message.parts import Content, read_content
from mailbridge.message.structure import HeaderField, LimitPassed, Part, read_header, read_structure
from mailbridge.message.trace import trace_secrets
from mailbridge.message.words import decode_field, unfold

Fields = Mapping[str, list[bytes]]

KIND_UNKNOWN = "kind unknown"

_MAX_SUBJECT = 1000
_FRONT_FIELDS = (
    "authentication-results",
    "x-spam-flag",
    "x-spam-status",
    "x-spam",
    "x-spam-level",
    "x-spam-action",
    "x-spamd-result",
)
_MAX_FRONT_FIELDS = 50
_ADDRESS_FIELDS = ("from", "to", "cc", "reply-to")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?![a-z])")
_SUPPRESSES = frozenset({"all", "autoreply"})
_MAX_OFFSET = timedelta(hours=24)


def parse(content: bytes) -> Message:
    """Read a mail."""
    try:
        return _read(content)
    except LimitPassed as limit:
        return _opaque(content, limit.reason)
    except Exception:  # noqa: BLE001 - T-63: every fault of every parser ends here, the mail is held
        return _opaque(content, OpaqueReason.UNREADABLE)


def _read(content: bytes) -> Message:
    root = read_structure(content)
    fields = _by_name(root.fields)
    defects: list[str] = []
    _check_address_count(fields)
    found = read_content(content, root)
    defects += found.defects
    if found.opaque is not None:
        return _with_header(content, root, fields, defects, Content(opaque=found.opaque))
    return _with_header(content, root, fields, defects, found)


def _opaque(content: bytes, reason: OpaqueReason) -> Message:
    """A message of which at most the header was read: who writes and to whom decides where it is held."""
    try:
        header, body_start = read_header(content, 0, len(content))
        root = Part(
            path="",
            depth=0,
            fields=header,
            content_type=read_structure(b"").content_type,
            start=body_start,
            end=body_start,
        )
        fields = _by_name(header)
        _check_address_count(fields)
        return _with_header(content, root, fields, [], Content(opaque=reason))
    except Exception:  # noqa: BLE001 - T-63: not even the header could be read
        return Message(opaque=reason, defects=("header unreadable",))


def _by_name(header: tuple[HeaderField, ...]) -> dict[str, list[bytes]]:
    fields: dict[str, list[bytes]] = {}
    for header_field in header:
        fields.setdefault(header_field.name, []).append(header_field.body)
    return fields


def _check_address_count(fields: Fields) -> None:
    count = sum(body.count(b"@") for name in _ADDRESS_FIELDS for body in fields.get(name, ()))
    if count > MAX_ADDRESSES:
        raise LimitPassed(OpaqueReason.TOO_MANY_ADDRESSES)


def _with_header(content: bytes, root: Part, fields: Fields, defects: list[str], found: Content) -> Message:
    authors = _authors(root, defects)
    message_id = _message_id(fields, defects)
    reading = read_reply(found.body.plain, found.body.html)
    message = Message(
        authors=authors,
        from_field_count=len(fields.get("from", ())),
        to=_mailboxes(fields, "to", defects),
        cc=_mailboxes(fields, "cc", defects),
        reply_to=_mailboxes(fields, "reply-to", defects),
        message_id=message_id,
        in_reply_to=_ids(fields, "in-reply-to"),
        references=_ids(fields, "references"),
        subject=_first(fields, "subject")[:_MAX_SUBJECT],
        date=_date(fields, defects),
        body=found.body,
        new_text=as_seen(reading, PartKind.NEW, PartKind.SIGN_OFF),
        sign_off=as_seen(reading, PartKind.SIGN_OFF),
        quoted_text=as_seen(reading, PartKind.QUOTE, PartKind.FORWARD),
        signature=as_seen(reading, PartKind.SIGNATURE, PartKind.FOOTER),
        imprint=as_seen(reading, PartKind.IMPRINT),
        attachments=found.attachments,
        automatic=automatic_kind(fields, root.content_type, authors) if fields else Automatic.NO,
        asks_no_answer=_asks_no_answer(fields),
        language=_language(fields),
        defects=tuple(dict.fromkeys(defects)),
        opaque=found.opaque,
        trace_secrets=trace_secrets(fields, message_id),
        received_count=len(fields.get("received", ())),
        front_fields=_front_fields(root.fields),
    )
    return _classified(message, content, root, fields)


def _classified(message: Message, content: bytes, root: Part, fields: Fields) -> Message:
    """The message with what kind of mail it is."""
    evidence = Evidence(
        content=content,
        root=root,
        fields=fields,
        authors=message.authors,
        readers=tuple(mailbox.addr_spec.lower() for mailbox in (*message.to, *message.cc)),
        subject=message.subject,
        body=message.body,
        own_text=message.new_text + message.signature + message.imprint,
        automatic=message.automatic,
    )
    try:
        return replace(message, classification=classify(evidence))
    except Exception:  # noqa: BLE001 - T-63: a mail whose kind nobody can tell is still a mail, and read as one
        kind = MailKind.PERSON if message.automatic is Automatic.NO else MailKind.NOTIFICATION
        return replace(message, classification=Classification(kind=kind), defects=(*message.defects, KIND_UNKNOWN))


def _authors(root: Part, defects: list[str]) -> tuple[HeaderMailbox, ...]:
    authors: list[HeaderMailbox] = []
    for header_field in root.fields:
        if header_field.name != "from":
            continue
        # "From : a@b" and an indented From are read by some and not by others (T-35): nobody is the author.
        mailboxes = parse_author_field(header_field.body) if header_field.is_proper else None
        if mailboxes is None:
            defects.append("from refused")
        else:
            authors += mailboxes
    return tuple(authors)


def _mailboxes(fields: Fields, name: str, defects: list[str]) -> tuple[HeaderMailbox, ...]:
    mailboxes: list[HeaderMailbox] = []
    for body in fields.get(name, ()):
        found = parse_address_field(body)
        if found is None:
            defects.append(f"{name} refused")
        else:
            mailboxes += found
    return tuple(mailboxes)


def _message_id(fields: Fields, defects: list[str]) -> str | None:
    ids = _ids(fields, "message-id")
    if len(ids) != 1:
        defects.append("message-id missing or malformed")
    return ids[0] if ids else None


def _ids(fields: Fields, name: str) -> tuple[str, ...]:
    bodies = fields.get(name)
    return parse_message_ids(b" ".join(bodies)) if bodies else ()


def _first(fields: Fields, name: str) -> str:
    bodies = fields.get(name)
    return decode_field(bodies[0]) if bodies else ""


def _date(fields: Fields, defects: list[str]) -> datetime | None:
    bodies = fields.get("date")
    if not bodies:
        return None
    try:
        moment = parsedate_to_datetime(unfold(bodies[0][:100]))
        return moment.astimezone(UTC) if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    except (ValueError, TypeError, OverflowError, IndexError, AttributeError):
        defects.append("date malformed")
        return None


def _asks_no_answer(fields: Fields) -> bool:
    """X-Auto-Response-Suppress that names automatic answers: the Outlook of people sets it too (B3)."""
    bodies = fields.get("x-auto-response-suppress")
    return bodies is not None and not _SUPPRESSES.isdisjoint(re.split(r"[\s,;]+", unfold(bodies[0][:200]).lower()))


def _language(fields: Fields) -> str:
    bodies = fields.get("content-language")
    match = _LANGUAGE.match(unfold(bodies[0][:100]).lower()) if bodies else None
    return match[0] if match else ""


def _front_fields(header: tuple[HeaderField, ...]) -> tuple[tuple[str, str], ...]:
    front = [(item.name, decode_field(item.body)) for item in header if item.name in _FRONT_FIELDS]
    return tuple(front[:_MAX_FRONT_FIELDS])
