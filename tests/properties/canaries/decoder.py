"""The third decoder: what can be read out of octets by any means, squeezed to letters and digits.

Neither the masker's nor the gate's code, and no idea of theirs: everything is decoded by the standard library, then all
that is no letter or digit is thrown away, so that blanks, tags, line ends and signs between letters hide nothing.
"""

import base64
import binascii
import quopri
import re
import unicodedata
from collections.abc import Iterable, Iterator
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import Message
from html import unescape as _unescape
from urllib.parse import unquote

_RUN = re.compile(r"[A-Za-z0-9+/_-]{20,}")
_WRAPPED = re.compile(r"(?<=[A-Za-z0-9+/=])[ \t]*\r?\n[> \t|]*(?=[A-Za-z0-9+/=])")
_HEXADECIMAL = re.compile(r"(?:[0-9a-fA-F]{2}){10,}")
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_ESCAPE = re.compile(r"\\(?:u00|x|')([0-9a-fA-F]{2})")
_LINE_ESCAPE = re.compile(r"\\[nNrt]")
_DASHED = re.compile(r"-([0-9A-Fa-f]{2})")
_UU = re.compile(r"^begin [0-7]{3} .*?^end", re.MULTILINE | re.DOTALL)
_FOLD = re.compile(r"\r?\n[ \t]")
_LIKE = str.maketrans("аеоріхсуѕјԁαο", "aeopixcysjdao")
_ASCII_KEPT = bytes(octet for octet in range(128) if chr(octet).isalnum())
_ASCII_LOST = bytes(sorted(set(range(256)) - set(_ASCII_KEPT)))
_ZEROS = re.compile(r"&#0+(?=[0-9])")
_MANY_DIGITS = re.compile(r"&#[0-9]{20,}")
_NO_LETTER = re.compile(r"[\W_]+")
_ROUNDS = 4


def unescape(text: str) -> str:
    """The library's own, which raises for thousands of digits."""
    return _unescape(_MANY_DIGITS.sub("", _ZEROS.sub("&#", text)))


def squeezed(text: str) -> str:
    """Letters and digits alone, in one case, without marks."""
    if text.isascii():
        return text.lower().encode().translate(None, _ASCII_LOST).decode()
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_LIKE).replace("ł", "l").replace("ø", "o")
    return _NO_LETTER.sub("", plain)


def forms_of_address(address: str) -> tuple[str, ...]:
    """An address as it is squeezed, and with its signs as words."""
    local_part, _, domain = address.lower().partition("@")
    spelled = local_part + "at" + domain.replace(".", "dot")
    return tuple(
        dict.fromkeys(
            (
                squeezed(address),
                squeezed(spelled),
                squeezed(local_part.replace(".", "dot")) + squeezed("at" + domain.replace(".", "dot")),
            )
        )
    )


def found(octets: bytes, canaries: Iterable[str]) -> list[str]:
    """Those of the squeezed canaries that can be read out of the octets."""
    left = {canary for canary in canaries if canary}
    hits: list[str] = []
    for text in texts(octets):
        seen = squeezed(text)
        hits += [canary for canary in left if canary in seen]
        left.difference_update(hits)
    return sorted(hits)


def texts(octets: bytes) -> Iterator[str]:
    """Everything that can be read out of a mail."""
    mail = message_from_bytes(octets, policy=policy.compat32)
    for part in mail.walk():
        yield "\n".join(_header(part))
        payload = part.get_payload(decode=True)
        if not isinstance(payload, bytes):
            continue
        yield from _of_payload(payload, part.get_content_charset() or "utf-8")
        if _looks_like_mail(payload):
            yield from texts(payload)


def _header(part: "Message[str, str]") -> Iterator[str]:
    for name, value in part.items():
        raw = str(value)
        yield f"{name}: {raw}"
        try:
            yield str(make_header(decode_header(raw)))
        except (UnicodeError, LookupError, ValueError):
            yield raw.encode("ascii", "replace").decode()
        if "*" in raw:
            yield unquote(
                re.sub(r"""\s*;?\s*[a-z-]+\*\d*\*?=(?:[a-z0-9-]*'[a-z-]*')?"?""", "", raw, flags=re.IGNORECASE)
            )
        if "%" in raw or "&" in raw:
            yield unescape(unquote(raw))


def _looks_like_mail(payload: bytes) -> bool:
    return re.match(rb"(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}\r?\n", payload[:20_000]) is not None


def _of_payload(payload: bytes, charset: str) -> Iterator[str]:
    for codec in dict.fromkeys((charset, "utf-8", "latin-1")):
        try:
            text = payload.decode(codec, "replace")
        except LookupError:
            continue
        yield from _forms(text)
        if text.isascii():
            return
    if b"\x00" in payload:
        yield payload.replace(b"\x00", b"").decode("latin-1")


def _forms(text: str) -> Iterator[str]:
    yield text
    plain = text
    for _ in range(_ROUNDS):
        undone = _LINE_ESCAPE.sub(" ", _ESCAPE.sub(lambda form: chr(int(form[1], 16)), unescape(unquote(plain))))
        if undone == plain:
            break
        plain = undone
        yield plain
    if "<" in text:
        yield _TAG.sub("", text)
        yield _TAG.sub("", plain)
        yield re.sub(r"<!--|-->", "", plain)
    if _FOLD.search(text):
        yield _FOLD.sub("", text)
    if "=" in text:
        yield quopri.decodestring(text.encode("utf-8", "replace")).decode("utf-8", "replace")
    if "-40" in text:
        yield _DASHED.sub(lambda form: chr(int(form[1], 16)), text)
    yield from _encoded(plain)


def _encoded(text: str, depth: int = 2) -> Iterator[str]:
    runs = set(_RUN.findall(text)) | (set(_RUN.findall(_WRAPPED.sub("", text))) if "\n" in text else set())
    for run in runs:
        for start in range(4):
            inner = _base64(run[start:])
            if inner:
                yield inner
                if depth:
                    yield from _encoded(inner, depth - 1)
        if _HEXADECIMAL.fullmatch(run[: len(run) // 2 * 2]):
            yield bytes.fromhex(run[: len(run) // 2 * 2]).decode("latin-1")
    for block in _UU.findall(text):
        lines = (_uu_line(line) for line in block.split("\n")[1:-1])
        yield b"".join(lines).decode("latin-1")


def _base64(run: str) -> str:
    letters = run.translate(str.maketrans("-_", "+/"))
    try:
        octets = base64.b64decode(
            letters[: len(letters) // 4 * 4] + {2: letters[-2:] + "==", 3: letters[-3:] + "="}.get(len(letters) % 4, "")
        )
    except binascii.Error:
        return ""
    return unquote(octets.replace(b"\x00", b"").decode("latin-1"))


def _uu_line(line: str) -> bytes:
    try:
        return binascii.a2b_uu(line.lstrip("> ").rstrip("\r").encode("ascii", "replace"))
    except binascii.Error:
        return b""
