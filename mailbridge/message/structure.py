"""Cut the octets of a mail into header fields and MIME parts (RFC 5322 §2.1, RFC 2045, RFC 2046), within limits.

Iterative, by offsets, no recursion; every limit is checked while scanning and before anything is decoded (T-60,
T-61). A delimiter of an outer multipart ends all inner ones, as RFC 2046 §5.1.2 wants it. `message/rfc822` is
entered so that its depth counts, yet it stays one leaf for the reader. Does not decode text and does not decide
what a part is for.
"""

import base64
import binascii
import quopri
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from mailbridge.domain.message import OpaqueReason
from mailbridge.message.parameters import Structured, read_structured

MAX_DEPTH = 50
MAX_PARTS = 1000
MAX_FIELDS = 1000
MAX_FIELD_OCTETS = 64 * 1024
MAX_HEADER_OCTETS = 256 * 1024

# One field with its folded lines. Names of printable octets (RFC 5322 §2.2); blanks before the colon are obsolete
# syntax.
_FIELD = re.compile(rb"([!-9;-~]+)([ \t]*):([^\n]*(?:\n[ \t][^\n]*)*)(?:\n|\Z)")
_BLANK_LINE = re.compile(rb"\r?\n")
_LINE = re.compile(rb"[^\n]*(?:\n|\Z)")
_MULTIPART_DEFAULT = Structured("text/plain", {"charset": "us-ascii"})
_DIGEST_DEFAULT = Structured("message/rfc822")
_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderField:
    """One header field as it stands in the octets."""

    #: lower case
    name: str
    #: field body, folds and line ends kept
    body: bytes
    #: False where blanks stand before the colon or in front of the name (T-35)
    is_proper: bool = True


@dataclass(slots=True, kw_only=True)
class Part:
    """One MIME part. Built in steps by `read_structure`, read-only afterwards."""

    #: "" for the message itself, "1.2" for the second part of its first part
    path: str
    depth: int
    fields: tuple[HeaderField, ...]
    content_type: Structured
    #: where its body stands in the octets
    start: int
    end: int
    children: list["Part"] = field(default_factory=list)

    def first(self, name: str) -> bytes | None:
        """Return the body of the first field of this lower-case name."""
        for header_field in self.fields:
            if header_field.name == name:
                return header_field.body
        return None


class LimitPassed(Exception):
    """A limit of this module was passed; caught by `message/parse.py`."""

    def __init__(self, reason: OpaqueReason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def read_header(content: bytes, start: int, end: int) -> tuple[tuple[HeaderField, ...], int]:
    """Read the header that begins at `start`; return its fields and where the body begins. Raises LimitPassed."""
    fields: list[HeaderField] = []
    position = start
    while position < end:
        blank = _BLANK_LINE.match(content, position, end)
        if blank:
            return tuple(fields), blank.end()
        match = _FIELD.match(content, position, end)
        if match:
            fields.append(
                HeaderField(
                    name=match[1].decode("ascii").lower(), body=match[3].strip(b" \t\r"), is_proper=not match[2]
                )
            )
            reached = match.end()
        else:
            odd = _odd_line(content, position, end, is_first=position == start)
            if odd is None:
                return tuple(fields), position
            reached, improper = odd
            fields += improper
        _check_header(reached - position, reached - start, len(fields))
        position = reached
    return tuple(fields), end


def _odd_line(content: bytes, position: int, end: int, *, is_first: bool) -> tuple[int, list[HeaderField]] | None:
    """Judge a header line that is no field: where to go on and what it hides; None where the body begins."""
    line = _LINE.match(content, position, end)
    if line is None or not is_first:
        return None
    if line[0].startswith((b"From ", b">From ")):  # left over from a mailbox file
        return line.end(), []
    if line[0][:1] in b" \t":
        name, colon, body = line[0].strip().partition(b":")
        hidden = [HeaderField(name=name.strip().decode("latin-1").lower(), body=body.strip(), is_proper=False)]
        return line.end(), hidden if colon else []
    return None


def _check_header(field_octets: int, header_octets: int, field_count: int) -> None:
    if field_octets > MAX_FIELD_OCTETS or header_octets > MAX_HEADER_OCTETS:
        raise LimitPassed(OpaqueReason.HEADER_TOO_BIG)
    if field_count > MAX_FIELDS:
        raise LimitPassed(OpaqueReason.TOO_MANY_FIELDS)


def read_structure(content: bytes) -> Part:
    """Return the tree of parts. Raises LimitPassed, nothing else."""
    root = _read_part(content, (0, len(content)), path="", depth=0, default=_MULTIPART_DEFAULT)
    waiting = [root]
    count = 1
    while waiting:
        part = waiting.pop()
        if part.depth > MAX_DEPTH:
            raise LimitPassed(OpaqueReason.TOO_DEEP)
        waiting += _read_children(content, part, room=MAX_PARTS - count)
        count += len(part.children)
    return root


def _read_children(content: bytes, part: Part, *, room: int) -> Sequence[Part]:
    """Fill `part.children`; return what is to be entered next."""
    kind = part.content_type.value
    if kind in {"message/rfc822", "message/global"}:
        if part.first("content-transfer-encoding") not in {None, b"7bit", b"8bit", b"binary"}:
            return ()
        region = (part.start, part.end)
        # A leaf for the reader: not in `children`, only its depth is looked at.
        return (_read_part(content, region, path=part.path, depth=part.depth + 1, default=_MULTIPART_DEFAULT),)
    if not kind.startswith("multipart/"):
        return ()
    boundary = part.content_type.parameters.get("boundary", "").rstrip()
    if not boundary:
        return ()
    regions = split_multipart(content, (part.start, part.end), boundary.encode("utf-8", "replace"), limit=room)
    default = _DIGEST_DEFAULT if kind == "multipart/digest" else _MULTIPART_DEFAULT
    prefix = f"{part.path}." if part.path else ""
    for number, region in enumerate(regions, start=1):
        path = f"{prefix}{number}"
        part.children.append(_read_part(content, region, path=path, depth=part.depth + 1, default=default))
    return part.children


def _read_part(content: bytes, region: tuple[int, int], *, path: str, depth: int, default: Structured) -> Part:
    fields, body_start = read_header(content, *region)
    content_type = default
    for header_field in fields:
        if header_field.name == "content-type":
            declared = read_structured(header_field.body)
            # RFC 2045 §5.2: what can not be read is text/plain.
            content_type = declared if _TYPE.fullmatch(declared.value) else _MULTIPART_DEFAULT
            break
    return Part(
        path=path,
        depth=depth,
        fields=fields,
        content_type=content_type,
        start=body_start,
        end=max(body_start, region[1]),
    )


def split_multipart(content: bytes, region: tuple[int, int], boundary: bytes, *, limit: int) -> list[tuple[int, int]]:
    """Return where the parts between the delimiter lines stand (RFC 2046 §5.1.1). Raises LimitPassed over `limit`."""
    delimiter = b"--" + boundary
    begin, end = region
    regions: list[tuple[int, int]] = []
    part_start: int | None = None
    position = content.find(delimiter, begin, end)
    while position != -1:
        line_end = content.find(b"\n", position, end)
        line_end = end if line_end == -1 else line_end + 1
        tail = content[position + len(delimiter) : line_end].strip(b" \t\r\n") if line_end - position < 1000 else b"?"
        at_line_start = position == begin or content[position - 1] == 0x0A
        if at_line_start and tail in {b"", b"--"}:
            if part_start is not None:
                regions.append((part_start, _without_line_end(content, part_start, position)))
                if len(regions) > limit:
                    raise LimitPassed(OpaqueReason.TOO_MANY_PARTS)
            part_start = line_end
            if tail == b"--":
                return regions
        position = content.find(delimiter, max(line_end - 1, position + 1), end)
    if part_start is not None:  # the close delimiter is missing
        regions.append((part_start, end))
    return regions


def _without_line_end(content: bytes, start: int, position: int) -> int:
    """The line end before a delimiter belongs to the delimiter (RFC 2046 §5.1.1)."""
    if position > start and content[position - 1] == 0x0A:
        position -= 1
        if position > start and content[position - 1] == 0x0D:
            position -= 1
    return position


def decoded_body(content: bytes, part: Part) -> bytes:
    """Undo the transfer encoding (RFC 2045 §6); what can not be undone is returned as it stands."""
    body = content[part.start : part.end]
    encoding = (part.first("content-transfer-encoding") or b"").split(b";")[0].strip().lower()
    if encoding == b"base64":
        return _from_base64(body)
    if encoding == b"quoted-printable":
        return quopri.decodestring(body)
    if encoding in {b"x-uuencode", b"uuencode", b"x-uue", b"uue"}:
        return _from_uuencode(body)
    return body


def _from_base64(body: bytes) -> bytes:
    try:
        return binascii.a2b_base64(body)
    except binascii.Error:
        # Truncated: keep the whole groups of four (what every client shows).
        letters = re.sub(rb"[^A-Za-z0-9+/]", b"", body)
        return base64.b64decode(letters[: len(letters) // 4 * 4])


def _from_uuencode(body: bytes) -> bytes:
    octets = bytearray()
    for line in body.splitlines():
        if line.startswith(b"begin ") or not line.strip() or line.strip() in {b"`", b"end"}:
            continue
        try:
            octets += binascii.a2b_uu(line)
        except binascii.Error:
            count = (((line[0] - 32) & 63) * 4 + 5) // 3  # encoders that leave blanks at the end out
            try:
                octets += binascii.a2b_uu(line[:count])
            except binascii.Error:
                continue
    return bytes(octets)
