"""Finds files whose real type is not allowed, or that are something else than their name says (S-25).

The real type is told by the first octets; what has no such mark is text when it reads as text. Does not unpack
anything: an archive or Office file is what its container says it is.
"""

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Attachment, Message
from mailbridge.domain.verdict import Finding, Place
from mailbridge.policy.scanning import MAX_FINDINGS, Parameters, strings

#: first octets, offset, type
_MARKS: tuple[tuple[bytes, int, str], ...] = (
    (b"%PDF-", 0, "pdf"),
    (b"\xff\xd8\xff", 0, "jpg"),
    (b"\x89PNG\r\n\x1a\n", 0, "png"),
    (b"GIF87a", 0, "gif"),
    (b"GIF89a", 0, "gif"),
    (b"WEBP", 8, "webp"),
    (b"ftypheic", 4, "heic"),
    (b"ftypheix", 4, "heic"),
    (b"ftypmif1", 4, "heic"),
    (b"ftypavif", 4, "avif"),
    (b"II*\x00", 0, "tif"),
    (b"MM\x00*", 0, "tif"),
    (b"BM", 0, "bmp"),
    (b"PK\x03\x04", 0, "zip"),
    (b"PK\x05\x06", 0, "zip"),
    (b"Rar!\x1a\x07", 0, "rar"),
    (b"7z\xbc\xaf\x27\x1c", 0, "7z"),
    (b"\x1f\x8b", 0, "gz"),
    (b"BZh", 0, "bz2"),
    (b"\xfd7zXZ\x00", 0, "xz"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0, "ole"),
    (b"{\\rtf", 0, "rtf"),
    (b"MZ", 0, "exe"),
    (b"\x7fELF", 0, "elf"),
    (b"ID3", 0, "mp3"),
    (b"OggS", 0, "ogg"),
    (b"ftyp", 4, "mp4"),
    (b"\x78\x9f\x3e\x22", 0, "tnef"),
)
#: what a name may end in, and the real types that honour it
_BY_NAME: dict[str, frozenset[str]] = {
    "pdf": frozenset({"pdf"}),
    "jpg": frozenset({"jpg"}),
    "jpeg": frozenset({"jpg"}),
    "jpe": frozenset({"jpg"}),
    "png": frozenset({"png"}),
    "gif": frozenset({"gif"}),
    "webp": frozenset({"webp"}),
    "heic": frozenset({"heic"}),
    "heif": frozenset({"heic"}),
    "tif": frozenset({"tif"}),
    "tiff": frozenset({"tif"}),
    "txt": frozenset({"txt"}),
    "csv": frozenset({"txt"}),
    "docx": frozenset({"zip"}),
    "xlsx": frozenset({"zip"}),
    "pptx": frozenset({"zip"}),
    "odt": frozenset({"zip"}),
    "ods": frozenset({"zip"}),
    "doc": frozenset({"ole"}),
    "xls": frozenset({"ole"}),
}
_SYNONYMS = {"jpeg": "jpg", "jpe": "jpg", "heif": "heic", "tiff": "tif"}
#: what a rule may allow
KNOWN_TYPES: tuple[str, ...] = tuple(
    sorted({_SYNONYMS.get(name, name) for name in _BY_NAME} | {kind for *_, kind in _MARKS} - {"ole"})
)
_PICTURES = frozenset({"jpg", "png", "gif", "webp", "heic", "tif"})
_LOOKED_AT = 4096
_SHORT_MARK = 3
#: octets that stand in text: tab, line ends, form feed, escape (ISO-2022), and everything printable or 8-bit
_TEXT = bytes([9, 10, 12, 13, 27, *range(32, 127), *range(128, 256)])


def find(message: Message, _facts: Facts, parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding per file; its words are the file name, its detail says why."""
    allowed = frozenset(strings(parameters, "allowed"))
    found: list[Finding] = []
    for attachment in message.attachments:
        reason = _why_not(attachment, allowed)
        if reason:
            found.append(
                Finding(check="attachment_type", place=Place.ATTACHMENT, words=attachment.filename, detail=reason)
            )
    return tuple(found[:MAX_FINDINGS])


def real_type(attachment: Attachment) -> str:
    """The type by content: a name of KNOWN_TYPES, "ole", or "unknown"."""
    head = attachment.octets[:_LOOKED_AT]
    is_text = _reads_as_text(head)
    for mark, offset, kind in _MARKS:
        # A mark of two letters stands at the start of honest words too.
        if head.startswith(mark, offset) and not (is_text and len(mark) <= _SHORT_MARK):
            return kind
    return "txt" if is_text else "unknown"


def _why_not(attachment: Attachment, allowed: frozenset[str]) -> str:
    ending = attachment.filename.rpartition(".")[2].lower() if "." in attachment.filename else ""
    ending = _SYNONYMS.get(ending, ending)
    real = real_type(attachment)
    honoured = _BY_NAME.get(ending) or (frozenset({ending}) if ending in KNOWN_TYPES else None)
    if honoured is not None:
        is_picture = {ending, real} <= _PICTURES  # a PNG called jpg is a slip of the client, not a trick
        if real not in honoured and not is_picture and attachment.octets:
            return f"named {ending}, is {real}"
        return "" if ending in allowed and (not is_picture or real in allowed) else f"{ending} is not allowed"
    if not ending and real in allowed:
        return ""
    # Active content reads as text too (html, svg, js, ics): it goes by its name, which is not allowed.
    return f"{real} named {ending or 'without ending'} is not allowed"


def _reads_as_text(head: bytes) -> bool:
    return not head.translate(None, _TEXT) and bool(head)
