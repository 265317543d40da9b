"""Cleans old Office files (doc, xls, ppt; MS-CFB, MS-OLEPS) in place: properties, authors' names and EXIF become blank.

Nothing moves: a stream is overwritten by octets of the same length, and what the file says stays as it is. Comments and
tracked changes stay, without the names in their tables. Outlook's messages and files with macros are refused. The only
door of olefile for cleaning.
"""

import io
import re
import struct
from collections.abc import Iterator, Sequence
from typing import Any

import olefile

from mailbridge.containers.outcome import MAX_MEMBERS, Refused
from mailbridge.domain.files import Trouble

_KINDS = {"worddocument": "doc", "workbook": "xls", "book": "xls", "powerpoint document": "ppt"}
_ENCRYPTED = frozenset({"encryptedpackage", "encryptedsummary", "encryptedsummaryinfo"})
_ACTIVE = frozenset({"macros", "_vba_project_cur", "_vba_project", "\x01ole10native"})
_SUMMARIES = frozenset({"\x05summaryinformation", "\x05documentsummaryinformation"})
#: where Word and PowerPoint keep names of people once more
_TABLES = frozenset({"0table", "1table", "current user"})
#: properties that name people: author, last saved by, manager, company (MS-OLEPS 3.1)
_PEOPLE = (4, 8, 14, 15)
_LEAST_NAME = 3
_HEADER, _FORMAT = 28, 16
#: of Word's file information block (MS-DOC 2.5.2)
_FIB_FLAGS, _FIB_ENCRYPTED = 10, 0x0100
#: records of Excel (MS-XLS 2.3)
_EOF, _FILE_PASS, _WRITE_ACCESS = 0x000A, 0x002F, 0x005C
#: of JPEG: application data and comments, less what decoders need (ITU-T T.81, Annex B)
_JPEG = re.compile(rb"\xff\xd8(?=\xff[\xc0-\xfe])")
_TELLING = frozenset({*range(0xE0, 0xF0), 0xFE})
_NEEDED = (b"JFIF\x00", b"ICC_PROFILE\x00", b"Adobe")


def clean_ole(octets: bytes, removed: set[str]) -> tuple[str, bytes]:
    """Its kind, and the same document without what tells about its makers. Refused where it can not be done."""
    into = io.BytesIO(octets)
    try:
        with olefile.OleFileIO(into, write_mode=True) as ole:
            kind = _checked(ole)
            _clean(ole, kind, removed)
            return kind, into.getvalue()
    except OSError:  # what the library says of a broken file
        raise Refused(Trouble.BROKEN) from None


def _checked(ole: Any) -> str:
    """Its kind. Refused for what is encrypted, runs, or is no document."""
    if _comes_back(ole.fat, ole.root.isectStart):
        raise Refused(Trouble.BROKEN)
    paths = ole.listdir(streams=True, storages=True)
    if len(paths) > MAX_MEMBERS:
        raise Refused(Trouble.TOO_MANY_PARTS)
    parts = {part.lower() for path in paths for part in path}
    if parts & _ENCRYPTED:
        raise Refused(Trouble.ENCRYPTED)
    kind = next((_KINDS[path[0].lower()] for path in paths if len(path) == 1 and path[0].lower() in _KINDS), "")
    if not kind:
        raise Refused(Trouble.BROKEN if ole.parsing_issues or not paths else Trouble.UNSUPPORTED)
    if parts & _ACTIVE:
        raise Refused(Trouble.ACTIVE)
    return kind


def _comes_back(table: Sequence[int], at: int) -> bool:
    """True for a chain of sectors without an end, which the library would follow for ever."""
    for _ in range(len(table) + 1):
        if at >= len(table):
            return False
        at = table[at]
    return True


def _clean(ole: Any, kind: str, removed: set[str]) -> None:
    streams = {"/".join(path): path[-1].lower() for path in ole.listdir()}
    names = {name for path, last in streams.items() if last in _SUMMARIES for name in _people(ole, path)}
    for path, last in streams.items():
        content = ole.openstream(path).read()
        if last in _SUMMARIES:
            cleaned, what = _empty_summary(content), "properties"
        elif last in _TABLES:
            cleaned, what = _without_names(content, names), "properties"
        elif last in {"workbook", "book"}:
            cleaned, what = _without_user(content, is_wide=last == "workbook"), "properties"
        else:
            cleaned, what = content, ""
        if last == "worddocument" and int.from_bytes(content[_FIB_FLAGS : _FIB_FLAGS + 2], "little") & _FIB_ENCRYPTED:
            raise Refused(Trouble.ENCRYPTED)
        without_exif = _without_exif(cleaned)
        if without_exif != content:
            removed.update(filter(None, (what, "exif" if without_exif != cleaned else "")))
            ole.write_stream(path, without_exif)


def _people(ole: Any, path: str) -> Iterator[bytes]:
    """Names of people in a set of properties, as octets in each way they may stand elsewhere."""
    properties = ole.getproperties(path, convert_time=False)
    for number in _PEOPLE:
        value = properties.get(number)
        name = value.decode("cp1252", "replace") if isinstance(value, bytes) else str(value or "")
        name = name.strip("\x00 ")
        if len(name) >= _LEAST_NAME:
            yield name.encode("utf-16-le", "replace")
            yield value.strip(b"\x00 ") if isinstance(value, bytes) else name.encode("cp1252", "replace")


def _without_names(content: bytes, names: set[bytes]) -> bytes:
    for name in sorted(names, key=len, reverse=True):
        blank = b" \x00" * (len(name) // 2) if name[1:2] == b"\x00" else b" " * len(name)
        content = content.replace(name, blank)
    return content


def _empty_summary(content: bytes) -> bytes:
    """A set of properties, as long as it was, that only says in which charset nothing is said (MS-OLEPS 2.21)."""
    said = struct.pack("<IIIIHHHH", 24, 1, 1, 16, 2, 0, 1252, 0)
    header = content[:4] + bytes(_HEADER - 8) + struct.pack("<I", 1) + content[_HEADER : _HEADER + _FORMAT]
    return (header + struct.pack("<I", len(header) + 4) + said).ljust(len(content), b"\x00")[: len(content)]


def _without_user(book: bytes, *, is_wide: bool) -> bytes:
    """A workbook whose first part does not say who wrote it last. Refused where it is encrypted."""
    at = 0
    while at + 4 <= len(book):
        record, length = struct.unpack_from("<HH", book, at)
        if record == _FILE_PASS:
            raise Refused(Trouble.ENCRYPTED)
        if record == _WRITE_ACCESS:
            said = b"\x01\x00\x00" if is_wide else b"\x01"
            return book[: at + 4] + said.ljust(length, b" ")[:length] + _after(book, at + 4 + length)
        if record == _EOF:
            break
        at += 4 + length
    return book


def _after(book: bytes, at: int) -> bytes:
    """What follows the record. Refused where it is encrypted: that is said behind it too."""
    end = at
    while end + 4 <= len(book):
        record, length = struct.unpack_from("<HH", book, end)
        if record == _FILE_PASS:
            raise Refused(Trouble.ENCRYPTED)
        if record == _EOF:
            break
        end += 4 + length
    return book[at:]


def _without_exif(content: bytes) -> bytes:
    """Photos inside, with zeros in place of what JPEG files tell beside their picture."""
    cleaned = bytearray(content)
    for found in _JPEG.finditer(content):
        at = found.start() + 2
        while content[at : at + 1] == b"\xff" and content[at + 1 : at + 2] not in {b"\xda", b""}:
            end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
            is_needed = content.startswith(_NEEDED, at + 4)
            if content[at + 1] in _TELLING and not is_needed and at + 4 < end <= len(content):
                cleaned[at + 4 : end] = bytes(end - at - 4)
            at = max(end, at + 4)
    return bytes(cleaned)
