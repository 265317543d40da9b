"""Cleans RTF files (Rich Text Format 1.9.1): groups that tell about the makers go, deleted text too; words and pictures
stay.

A scan by tokens with a counter for groups, no recursion. Embedded objects are refused: what is in them is a program's
business.
"""

import binascii
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from mailbridge.containers.outcome import Refused
from mailbridge.domain.files import Trouble

_MAX_DEPTH = 500
#: a control word with its number, a control sign, a brace, or text
_TOKEN = re.compile(rb"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\[^a-zA-Z]|[{}]|[^\\{}]+", re.DOTALL)
_DROPPED = {
    **dict.fromkeys(
        (b"info", b"userprops", b"company", b"generator", b"xmlnstbl", b"datastore", b"factoidname"), "properties"
    ),
    **dict.fromkeys((b"docvar", b"template", b"rsidtbl", b"passwordhash", b"mailmerge", b"fchars"), "properties"),
    **dict.fromkeys((b"annotation", b"atnid", b"atnauthor", b"atnref", b"atntime", b"atnicn", b"atndate"), "comments"),
    **dict.fromkeys((b"atrfstart", b"atrfend", b"atnparent"), "comments"),
    **dict.fromkeys((b"revtbl", b"oldcprops", b"oldpprops", b"oldtprops", b"oldsprops"), "revisions"),
}
_ACTIVE = frozenset({b"objdata", b"objocx", b"objautlink", b"objlink", b"objemb"})
_EMBEDS = re.compile(rb"\\(?:" + b"|".join(sorted(_ACTIVE)) + rb")(?![a-z])")
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")
#: control words that go wherever they stand
_WORDS = re.compile(
    rb"(?:insrsid|delrsid|charrsid|pararsid|sectrsid|tblrsid|styrsid|rsid|rsidroot|revauth|revdttm|revauthdel|revdttmdel"
    rb"|revised|revisions|revprop|crauth|crdate|atnauthor)"
)
_PICTURES = frozenset({b"jpegblip", b"pngblip"})
_HEX = re.compile(rb"[^0-9a-fA-F]+")


@dataclass(slots=True)
class _Group:
    """One open group."""

    #: how many pieces were written before it
    start: int
    #: nothing of it is written
    is_dropped: bool = False
    #: deleted by a tracked change
    is_deleted: bool = False
    is_picture: bool = False
    #: nothing but `\\*` stood in it yet
    is_fresh: bool = True


@dataclass(slots=True)
class _Scan:
    octets: bytes
    removed: set[str]
    clean_picture: Callable[[bytes], bytes]
    written: list[bytes] = field(default_factory=list)
    groups: list[_Group] = field(default_factory=list)
    #: hexadecimal digits of the picture being read
    digits: list[bytes] = field(default_factory=list)


def clean_rtf(octets: bytes, removed: set[str], clean_picture: Callable[[bytes], bytes]) -> bytes:
    """The same text without metadata. Refused where it is broken or holds objects."""
    if _CONTROLS.search(octets, 0, octets.rfind(b"}") + 1):  # the format has none
        raise Refused(Trouble.ACTIVE if _EMBEDS.search(octets) else Trouble.BROKEN)
    scan = _Scan(octets, removed, clean_picture)
    at = octets.find(b"{")
    while True:
        token = _TOKEN.match(octets, at)
        if token is None:
            raise Refused(Trouble.BROKEN)
        at = token.end()
        first = token[0][:1]
        if first == b"{":
            _open(scan)
        elif first == b"}":
            if _close(scan):
                break
        elif token[1]:
            _word(scan, token)
        else:
            _text(scan, token[0])
    if octets[at:].strip(b"\x00\r\n\t "):
        removed.add("trailing data")
    return b"".join(scan.written)


def _open(scan: _Scan) -> None:
    if len(scan.groups) >= _MAX_DEPTH:
        raise Refused(Trouble.TOO_DEEP)
    above = scan.groups[-1] if scan.groups else None
    if above is not None:
        above.is_fresh = False
    group = _Group(len(scan.written))
    if above is not None:
        group.is_dropped, group.is_deleted = above.is_dropped, above.is_deleted
    scan.groups.append(group)
    if not group.is_dropped:
        scan.written.append(b"{")


def _close(scan: _Scan) -> bool:
    """End a group; True for the outermost."""
    if not scan.groups:
        raise Refused(Trouble.BROKEN)
    group = scan.groups.pop()
    if group.is_picture and not group.is_dropped:
        scan.written.append(_picture(scan))
    is_of_dropped = scan.groups[-1].is_dropped if scan.groups else False
    if group.is_dropped and not is_of_dropped:
        del scan.written[group.start :]
    elif not group.is_dropped:
        scan.written.append(b"}")
    return not scan.groups


def _picture(scan: _Scan) -> bytes:
    digits = _HEX.sub(b"", b"".join(scan.digits))
    scan.digits.clear()
    try:
        picture = binascii.unhexlify(digits)
    except binascii.Error:
        raise Refused(Trouble.BROKEN) from None
    return b"\n" + binascii.hexlify(scan.clean_picture(picture))


def _word(scan: _Scan, token: re.Match[bytes]) -> None:
    """One control word."""
    word = token[1]
    if not scan.groups:
        raise Refused(Trouble.BROKEN)
    group = scan.groups[-1]
    if word in _ACTIVE:
        raise Refused(Trouble.ACTIVE)
    if word == b"bin":
        # No program writes pictures so any more, and what counts octets hides them from one that counts differently.
        raise Refused(Trouble.UNSUPPORTED)
    if group.is_fresh and word in _DROPPED and not group.is_dropped:
        scan.removed.add(_DROPPED[word])
        group.is_dropped = True
    group.is_fresh = False
    group.is_picture |= word in _PICTURES
    if word == b"deleted":
        group.is_deleted = token[2] != b"0"
        scan.removed.add("revisions")
        return
    if word == b"plain":
        group.is_deleted = False
    if _WORDS.fullmatch(word):
        scan.removed.add("revisions" if word.startswith((b"rev", b"cr")) else "properties")
        return
    if not group.is_dropped:
        scan.written.append(token[0])


def _text(scan: _Scan, text: bytes) -> None:
    if not scan.groups:
        raise Refused(Trouble.BROKEN)
    group = scan.groups[-1]
    if text == b"\\*":
        if not group.is_dropped:
            scan.written.append(text)
        return
    if text.strip():
        group.is_fresh = False
    if group.is_dropped or group.is_deleted:
        return
    if group.is_picture and not text.startswith(b"\\"):
        scan.digits.append(text)
        return
    scan.written.append(text)
