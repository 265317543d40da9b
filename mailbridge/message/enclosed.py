"""Mails inside a mail (message/rfc822, .eml): built anew from what may be read, as deep as they lie in each other.

Keeps subject, date, author, text and files, all masked; nothing else of a header survives (T-48, T-55). What is
encrypted or can not be read is not kept. Does not mask: it is told how.
"""

import re
from collections.abc import Callable
from hashlib import sha256

from mailbridge.domain.message import HeaderMailbox, Message
from mailbridge.message.compose import Enclosed, compose_enclosed
from mailbridge.message.fields import parse_address_field
from mailbridge.message.parse import parse

_HEADER_LINE = re.compile(rb"[!-9;-~]{1,70}:[ \t]?[^\r\n]*\r?\n")
_WELL_KNOWN = re.compile(
    rb"^(?:from|subject|date|message-id|received|mime-version|return-path):", re.IGNORECASE | re.MULTILINE
)
_NOBODY = "removed@removed.invalid"
_MAX_HEADER = 16_384


def looks_like_mail(octets: bytes) -> bool:
    """True for octets that begin with a header of a mail."""
    head = octets[:_MAX_HEADER].lstrip(b"\r\n")
    return _HEADER_LINE.match(head) is not None and len(set(map(bytes.lower, _WELL_KNOWN.findall(head)))) >= 2


def rebuilt(octets: bytes, masked: Callable[[Message], Message | None], mask: Callable[[str], str]) -> bytes | None:
    """The mail with `masked` applied to what it says and `mask` to its author; None where it may not be kept."""
    message = parse(octets)
    if message.opaque is not None:
        return None
    kept = masked(message)
    if kept is None:
        return None
    name, addr_spec = _author(message.authors[0] if message.authors else None, mask)
    return compose_enclosed(
        Enclosed(
            from_name=name,
            from_addr_spec=addr_spec,
            subject=kept.subject,
            date=message.date,
            body=kept.body,
            attachments=kept.attachments,
            # Nobody can write a text that holds its own digest.
            boundary=sha256(octets).hexdigest()[:24],
        )
    )


def _author(author: HeaderMailbox | None, mask: Callable[[str], str]) -> tuple[str, str]:
    if author is None:
        return "", _NOBODY
    addr_spec = mask(author.addr_spec)
    if addr_spec == author.addr_spec:
        return mask(author.display_name), addr_spec
    is_address = bool(parse_address_field(addr_spec))
    return ("", addr_spec) if is_address else (addr_spec, _NOBODY)
