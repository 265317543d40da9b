"""Unpacks winmail.dat (MS-OXTNEF): files and, where nothing else holds it, the text. The only door of tnefparse.

The envelope of properties itself is never passed on. Its structure is checked before the library sees it, so that its
loops are as long as the file, not as long as the file claims. Messages inside are opened like the message itself.
"""

import struct
from dataclasses import dataclass, field
from typing import Any

from tnefparse import TNEF

from mailbridge.containers.compressedrtf import decompressed
from mailbridge.containers.outcome import MAX_DEPTH, MAX_MEMBERS, Refused, Unpacked
from mailbridge.containers.rtfbody import shown_text
from mailbridge.domain.files import Trouble

_HEADER = 6
_OBJECT_HEADER = 9
_CHECKSUM = 2
#: an object is of the message or of an attachment
_LEVELS = frozenset({1, 2})
_MOST_OBJECTS = 10_000
#: attributes that are lists of properties: a count, then each of at least four octets
_PROPERTY_LISTS = frozenset({0x9003, 0x9005})
_LEAST_PROPERTY = 4


@dataclass(slots=True)
class Contents:
    """What was in it."""

    files: list[Unpacked] = field(default_factory=list)
    plain: str | None = None
    html: str | None = None


def unpack_tnef(octets: bytes) -> Contents:
    """Files and text of a winmail.dat. Refused where it is broken."""
    contents = Contents()
    end = _checked(octets)
    try:
        _take(TNEF(octets[:end], do_checksum=False), contents, 0)
    except Refused:
        raise
    except Exception:  # noqa: BLE001  # whatever the library meets, the file is one nobody opened
        raise Refused(Trouble.BROKEN) from None
    return contents


def _checked(octets: bytes) -> int:
    """Walk the objects as they claim to be: each must fit, and be followed by its sum (MS-OXTNEF 2.1.3).

    Where they end: what begins like no object behind them is the work of careless mail programs.
    """
    at = _HEADER
    count = 0
    while at < len(octets):
        count += 1
        if count > _MOST_OBJECTS:
            raise Refused(Trouble.TOO_MANY_PARTS)
        is_garbage = octets[at] not in _LEVELS and count > 1
        if is_garbage or not octets[at : at + _OBJECT_HEADER].strip(b"\x00\r\n"):
            return at
        if at + _OBJECT_HEADER > len(octets):
            raise Refused(Trouble.BROKEN)
        name, length = struct.unpack_from("<HxxI", octets, at + 1)
        start = at + _OBJECT_HEADER
        at = start + length + _CHECKSUM
        if at > len(octets):
            raise Refused(Trouble.BROKEN)
        if sum(octets[start : start + length]) & 0xFFFF != struct.unpack_from("<H", octets, at - _CHECKSUM)[0]:
            raise Refused(Trouble.BROKEN)
        if name in _PROPERTY_LISTS:
            claimed = struct.unpack_from("<I", octets, start)[0] if length >= _LEAST_PROPERTY else length + 1
            if claimed * _LEAST_PROPERTY > length:
                raise Refused(Trouble.BROKEN)
    return at


def _take(tnef: Any, contents: Contents, depth: int) -> None:
    if depth >= MAX_DEPTH:
        raise Refused(Trouble.TOO_DEEP)
    plain, html = _texts(tnef)
    if depth == 0:
        contents.plain, contents.html = plain, html
    elif plain:
        _add(contents, f"message{len(contents.files) + 1}.txt", plain.encode("utf-8", "replace"))
    elif html:
        _add(contents, f"message{len(contents.files) + 1}.html", html.encode("utf-8", "replace"))
    for attachment in tnef.attachments:
        if hasattr(attachment, "embed"):
            _take(attachment.embed, contents, depth + 1)
        else:
            _add(contents, _name_of(attachment), bytes(attachment.data))


def _add(contents: Contents, name: str, octets: bytes) -> None:
    if len(contents.files) >= MAX_MEMBERS:
        raise Refused(Trouble.TOO_MANY_PARTS)
    contents.files.append(Unpacked(name=name, octets=octets))


def _name_of(attachment: Any) -> str:
    try:
        name = attachment.long_filename()
    except UnicodeDecodeError:
        name = bytes(attachment._name).decode("cp1252", "replace")  # noqa: SLF001  # the library guesses UTF-8 only
    if isinstance(name, bytes):
        name = name.decode("cp1252", "replace")
    return str(name).strip("\x00 ") or "file"


def _texts(tnef: Any) -> tuple[str | None, str | None]:
    """Plain and HTML text; RTF is read as plain text where there is nothing else."""
    plain, html = _decoded(tnef.body, tnef.codepage), _decoded(tnef.htmlbody, tnef.codepage)
    packed = tnef._rtfbody  # noqa: SLF001  # its property needs a library that is not installed
    if not plain and not html and packed:
        plain = shown_text(decompressed(bytes(packed)))
    return plain or None, html or None


def _decoded(text: object, codepage: str | None) -> str:
    if isinstance(text, list | tuple):
        text = text[0] if text else ""
    if isinstance(text, bytes):
        try:
            return text.decode(codepage or "cp1252", "replace").strip("\x00")
        except LookupError:
            return text.decode("cp1252", "replace").strip("\x00")
    return str(text).strip("\x00") if text else ""
