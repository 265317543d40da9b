"""The form in which DKIM hashes a message (RFC 6376 §3.4, §3.7, §5.4.2): what signing and verifying share.

The reading of tag lists is dkimpy's; this is its one door. Fields and body are canonicalised here, equal to dkimpy's
octet for octet (property tests hold that): dkimpy's body takes quadratic time on a long run of spaces, its fields four
times as long as these. Does not decide whether a signature is valid and asks no DNS.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from dkim.canonicalization import strip_trailing_lines
from dkim.util import InvalidTagValueList, parse_tag_value

_FOLD = re.compile(rb"\r\n(?![ \t])")
_FIELD_NAME = re.compile(rb"[\x21-\x39\x3b-\x7e]+")


@dataclass(frozen=True, slots=True)
class Field:
    """One header field as it stands in the octets."""

    #: as written
    name: bytes
    #: what follows the colon, folded as written, with its final CRLF
    value: bytes

    @property
    def key(self) -> bytes:
        """The name in lower case."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Parts:
    """A message cut into header fields and body."""

    fields: tuple[Field, ...]
    body: bytes


def cut(octets: bytes) -> Parts | None:
    """Cut a message; None where the header is not made of proper fields: two parsers could differ on it (T-37)."""
    header, _, body = octets.partition(b"\r\n\r\n")
    line_ends = header.count(b"\r\n")
    if header.count(b"\n") != line_ends or header.count(b"\r") != line_ends:
        return None
    fields = []
    for line in _FOLD.split(header.removesuffix(b"\r\n")):
        name, colon, value = line.partition(b":")
        if not colon or not _FIELD_NAME.fullmatch(name):
            return None
        fields.append(Field(name, value + b"\r\n"))
    return Parts(tuple(fields), body)


def read_tags(text: bytes) -> dict[str, bytes] | None:
    """Read a tag list (RFC 6376 §3.2); None where it is none, or names a tag twice."""
    try:
        tags: dict[bytes, bytes] = parse_tag_value(text)
    except (InvalidTagValueList, IndexError):
        return None
    return {name.decode("ascii", "replace"): value for name, value in tags.items()}


def hashed_fields(fields: Iterable[Field], names: Iterable[bytes], form: bytes) -> bytes:
    """The named fields in canonical form, bottom-most first for a name that stands more than once (RFC 6376 §5.4.2).

    `names` are lower case; a name with no field left adds nothing. `form` is b"relaxed" or b"simple".
    """
    left: dict[bytes, list[Field]] = defaultdict(list)
    for field in fields:
        left[field.key].append(field)
    chosen = [left[name].pop() for name in names if left.get(name)]
    return b"".join([_hashed_field(field, form) for field in chosen])


def hashed_signature(signature: Field, form: bytes) -> bytes:
    """The signature field itself as it goes into the hash: b= emptied, no CRLF at its end (RFC 6376 §3.7)."""
    tags = [_emptied(tag) for tag in signature.value.split(b";")]
    return _hashed_field(Field(signature.name, b";".join(tags)), form).rstrip()


def _emptied(tag: bytes) -> bytes:
    name = tag.partition(b"=")[0]
    return name + b"=" if name.strip() == b"b" else tag


def _hashed_field(field: Field, form: bytes) -> bytes:
    """One field in canonical form with its line end (RFC 6376 §3.4.1, §3.4.2)."""
    if form == b"simple":
        return field.name + b":" + field.value
    unfolded = field.value.replace(b"\r\n", b"").replace(b"\n", b"")
    return field.name.lower() + b":" + _with_single_spaces(unfolded).strip() + b"\r\n"


def _with_single_spaces(octets: bytes) -> bytes:
    """Every run of blanks as one space."""
    spaced = octets.replace(b"\t", b" ")
    while b"  " in spaced:
        spaced = spaced.replace(b"  ", b" ")
    return spaced


def hashed_body(body: bytes, form: bytes) -> bytes:
    """The body in canonical form (RFC 6376 §3.4.3, §3.4.4)."""
    if form == b"simple":
        return _end_once(body)
    # Runs first and line ends after them: the same result as the other way round, and halving runs costs a regular
    # expression's time tenfold less: each pass is one scan, and a run of n is gone after log n passes.
    ended = _end_once(_with_single_spaces(body).replace(b" \r\n", b"\r\n"))
    return b"" if ended == b"\r\n" else ended


def _end_once(body: bytes) -> bytes:
    """All empty lines at the end become one CRLF."""
    kept = body.rstrip(b"\r\n")
    line_ends = len(body) - len(kept)
    if body.count(b"\r\n", len(kept)) * 2 == line_ends:
        return kept + b"\r\n"
    return bytes(strip_trailing_lines(body))  # bare CR or LF at the end
