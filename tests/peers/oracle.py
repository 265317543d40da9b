"""The leak oracle: whether any canary of one side stands in any byte that the other side got (threats.md I4).

Every layer is opened with the standard library only: transfer encodings, charsets, encoded words, RFC 2231, HTML
entities, percent signs, nested messages, base64 in text, zip members. Shares no code with the masker or the gate.
"""

import base64
import binascii
import html
import io
import quopri
import re
import urllib.parse
import zipfile
from collections.abc import Iterable, Iterator
from email import message_from_bytes, policy
from email.header import decode_header
from email.message import Message
from email.utils import collapse_rfc2231_value

_BASE64_RUN = re.compile(r"[A-Za-z0-9+/_-]{12,}={0,2}")
_INVISIBLE = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x34F])
_MAX_DEPTH = 6


def find_canaries(octets: bytes, canaries: Iterable[str]) -> list[tuple[str, str]]:
    """Each (canary, place) that is found; the place names the part and the layer."""
    wanted = sorted({canary.lower() for canary in canaries if canary})
    found: dict[tuple[str, str], None] = {}
    for place, text in layers(octets):
        flat = text.lower().translate(_INVISIBLE)
        squeezed = re.sub(r"\s+", "", flat)
        for canary in wanted:
            if canary in flat or re.sub(r"\s+", "", canary) in squeezed:
                found[canary, place] = None
    return list(found)


def layers(octets: bytes) -> Iterator[tuple[str, str]]:
    """(place, text) of everything that can be read out of a mail."""
    yield from _texts("raw", octets.decode("latin-1"))
    yield from _texts("raw/quoted-printable", quopri.decodestring(octets).decode("utf-8", "replace"))
    for number, part in enumerate(message_from_bytes(octets, policy=policy.compat32).walk()):
        place = f"part {number} {part.get_content_type()}"
        yield from _header_texts(place, part)
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            yield from _payload_texts(place, payload, part.get_content_charset())


def _header_texts(place: str, part: "Message[str, str]") -> Iterator[tuple[str, str]]:
    for name, value in part.items():
        text = "".join(_decoded(word, charset) for word, charset in decode_header(str(value)))
        yield from _texts(f"{place} {name}", f"{value}\n{text}")
    for kind in ("content-type", "content-disposition"):
        for key, parameter in part.get_params([], header=kind):
            yield from _texts(f"{place} {kind} {key}", collapse_rfc2231_value(parameter))
    filename = part.get_filename()
    if filename:
        yield from _texts(f"{place} file name", filename)


def _decoded(word: bytes | str, charset: str | None) -> str:
    if isinstance(word, str):
        return word
    try:
        return word.decode(charset or "latin-1", "replace")
    except LookupError:
        return word.decode("latin-1")


def _payload_texts(place: str, payload: bytes, charset: str | None) -> Iterator[tuple[str, str]]:
    for name in dict.fromkeys((charset or "utf-8", "utf-8", "latin-1", "utf-16-le", "utf-16-be", "utf-7")):
        try:
            yield from _texts(f"{place} as {name}", payload.decode(name, "replace"))
        except LookupError:
            continue
    if payload.startswith(b"PK"):
        yield from _zip_texts(place, payload)


def _zip_texts(place: str, payload: bytes) -> Iterator[tuple[str, str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(payload)) as archive:
            yield from _texts(f"{place} zip comment", archive.comment.decode("latin-1"))
            for member in archive.infolist():
                yield from _texts(
                    f"{place} zip {member.filename}", f"{member.filename}\n{archive.read(member).decode('latin-1')}"
                )
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError):
        return


def _texts(place: str, text: str, depth: int = 0) -> Iterator[tuple[str, str]]:
    """The text, and what it hides in entities, percent signs, tags and base64; again and again."""
    yield place, text
    if depth >= _MAX_DEPTH:
        return
    for layer, plainer in (
        ("entities", html.unescape(text)),
        ("percent", urllib.parse.unquote(text)),
        ("without tags", re.sub(r"<[^<>]*>", "", text)),
        ("without comments", re.sub(r"<!--|-->", "", text)),
    ):
        if plainer != text:
            yield from _texts(f"{place}/{layer}", plainer, depth + 2)
    for run in _BASE64_RUN.findall(text):
        inner = _from_base64(run)
        if inner is not None:
            yield from _texts(f"{place}/base64", inner, depth + 2)


def _from_base64(run: str) -> str | None:
    padded = run.rstrip("=").translate(str.maketrans("-_", "+/"))
    padded += "=" * (-len(padded) % 4)
    try:
        octets = base64.b64decode(padded, validate=True)
    except binascii.Error:
        return None
    # A run of ordinary letters decodes to noise; noise has no canary in it, but costs time.
    printable = sum(32 <= octet < 127 or octet in (9, 10, 13) for octet in octets)
    return octets.decode("latin-1") if octets and printable / len(octets) > 0.8 else None
