"""Recovery: the envelope of a mail that lies in a mailbox, read from the fields its last server wrote on top of it.

A mailbox keeps no RCPT TO; Delivered-To and its kin are what is left of it. Which fields are believed, and in which
order, is the admin's setting. Whether an address is ours is asked of the path. Parses nothing but these fields.
"""

import re
from collections.abc import Sequence

from mailbridge.domain.address import split_addr_spec
from mailbridge.message.fields import parse_author_field

_HEADER_END = re.compile(rb"(?:\A|\r?\n)\r?\n")
_FIELD = re.compile(rb"^([!-9;-~]+)[ \t]*:(.*(?:\r?\n[ \t].*)*)", re.MULTILINE)
_MAX_HEADER_OCTETS = 256 * 1024
_MAX_ADDRESSES = 50


class HeaderBlock:
    """The header fields of a mail, each with its lines unfolded."""

    def __init__(self, content: bytes) -> None:
        head = content[:_MAX_HEADER_OCTETS]
        end = _HEADER_END.search(head)
        self._fields: dict[bytes, list[bytes]] = {}
        for found in _FIELD.finditer(head[: end.start()] if end else head):
            value = re.sub(rb"\r?\n[ \t]", b" ", found.group(2)).strip()
            self._fields.setdefault(found.group(1).lower(), []).append(value)

    def values(self, name: str) -> list[bytes]:
        """The bodies of all fields of this name, topmost first."""
        return self._fields.get(name.lower().encode("ascii", "replace"), [])

    def recipients(self, fields: Sequence[str]) -> list[tuple[str, ...]]:
        """The addr-specs that each field names, best field first; fields without any are left out."""
        named = (tuple(self._addresses(name)) for name in fields)
        return [addresses for addresses in named if addresses]

    def _addresses(self, name: str) -> list[str]:
        found: dict[str, str] = {}
        for value in self.values(name)[:_MAX_ADDRESSES]:
            addr_spec = _addr_spec(value)
            if addr_spec is not None:
                found.setdefault(addr_spec.lower(), addr_spec)
        return list(found.values())

    def reverse_path(self) -> str | None:
        """The addr-spec of the topmost Return-Path; None for `<>`.

        Where the receiving server wrote none, the one author stands for it: "null reverse-path" would make every mail
        of that mailbox an automatic one (RFC 3834 §2).
        """
        written = self.values("Return-Path")
        if written:
            return _addr_spec(written[0])
        authors = self.values("From")
        mailboxes = parse_author_field(authors[0]) if len(authors) == 1 else None
        return mailboxes[0].addr_spec if mailboxes and len(mailboxes) == 1 else None


def _addr_spec(value: bytes) -> str | None:
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if text.startswith("<") and text.endswith(">"):
        text = text[1:-1]
    parts = split_addr_spec(text)
    return None if parts is None else f"{parts[0]}@{parts[1]}"
