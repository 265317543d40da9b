"""Files inside mails that are themselves files of a mail: where they stand, and how cleaned ones take their place.

Only the encoded body of a part is exchanged; header fields and everything between stay as they were. As deep as mails
lie in each other. Does not clean.
"""

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mailbridge.domain.message import Attachment
from mailbridge.message.enclosed import looks_like_mail
from mailbridge.message.structure import LimitPassed, Part, decoded_body, read_structure

_MAX_DEPTH = 5
_MAIL = frozenset({"message/rfc822", "message/global"})
_LINE = 76


@dataclass(frozen=True, slots=True, kw_only=True)
class EnclosedFile:
    """One part of a mail inside a mail that is no text."""

    #: where its body stands in the octets of the outer file
    start: int
    end: int
    #: undone
    octets: bytes
    #: False where only rewriting its header would let another file stand in its place
    is_replaceable: bool


def is_mail_file(attachment: Attachment) -> bool:
    """True for a file that is a mail, by its type or by how it begins."""
    return attachment.content_type in _MAIL or looks_like_mail(attachment.octets)


def enclosed_files(octets: bytes) -> tuple[EnclosedFile, ...]:
    """Every part of a mail, and of mails inside it, that is neither text nor multipart; () for what is not read."""
    return tuple(_files_in(octets, 0, 0))


def _files_in(octets: bytes, offset: int, depth: int) -> Iterator[EnclosedFile]:
    if depth > _MAX_DEPTH:
        return
    try:
        root = read_structure(octets)
    except LimitPassed:
        return  # the masker does not keep what can not be read
    for part in _leaves(root):
        kind = part.content_type.value
        encoding = (part.first("content-transfer-encoding") or b"").strip().lower()
        if kind in _MAIL and encoding in {b"", b"7bit", b"8bit", b"binary"}:
            yield from _files_in(octets[part.start : part.end], offset + part.start, depth + 1)
        elif kind not in {"text/plain", "text/html"}:
            yield EnclosedFile(
                start=offset + part.start,
                end=offset + part.end,
                octets=decoded_body(octets, part),
                is_replaceable=encoding == b"base64",
            )


def _leaves(root: Part) -> Iterator[Part]:
    waiting = [root]
    while waiting:
        part = waiting.pop()
        if part.children:
            waiting += reversed(part.children)
        else:
            yield part


def with_files(octets: bytes, cleaned: Mapping[EnclosedFile, bytes]) -> bytes:
    """The mail with these files in place of those that stood there."""
    pieces: list[bytes] = []
    reached = 0
    for file in sorted(cleaned, key=lambda one: one.start):
        pieces += [octets[reached : file.start], _encoded(cleaned[file])]
        reached = file.end
    return b"".join((*pieces, octets[reached:]))


def _encoded(octets: bytes) -> bytes:
    letters = base64.b64encode(octets)
    return b"\r\n".join(letters[at : at + _LINE] for at in range(0, len(letters), _LINE))
