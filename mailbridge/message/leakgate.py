"""The last look before commit: is any secret of the author's side in the composed octets? (promise 2, T-48 to T-57, K5)

Walks the octets with decoders of its own; shares no code with the masker or the parser, so that one fault can not
blind both. Class R is looked for everywhere, class H in headers, names and quoted text. Fails closed: what it can
not look into is a leak, and its own failure is GateBroken. Does not repair anything. Archives, PDF and Office files
are opened by screening, not here.
"""

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from email.header import decode_header
from urllib.parse import unquote_to_bytes

from mailbridge.domain.address import OwnAddress
from mailbridge.domain.secrets import Leak, Secrets
from mailbridge.errors import GateBroken
from mailbridge.message.leakforms import decoded_forms
from mailbridge.message.leakplaces import all_places, quoted_places
from mailbridge.message.leaksearch import Search

_MAX_DEPTH = 10
_MAX_PARTS = 3000
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_FOLD = re.compile(r"\r?\n[ \t]+")
_BOUNDARY = re.compile(rb"""boundary\*?\s*=\s*(?:"([^"]{1,200})"|([^\s;"]{1,200}))""", re.IGNORECASE)
_CHARSET = re.compile(r"""charset\*?\s*=\s*"?([a-z0-9._:-]{1,40})""", re.IGNORECASE)
_EXTENDED = re.compile(r"\*(?:\d+\*?)?=")
_RFC2231_SECTION = re.compile(r"""\s*;?\s*[a-z-]+\*\d*\*?=(?:[a-z0-9-]*'[a-z-]*')?"?""", re.IGNORECASE)
_LATER_SECTION = re.compile(r"\*[1-9]")
_LOOKS_LIKE_MAIL = re.compile(rb"\A(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}\r?\n")
# What a mail program would fetch or run: it tells the author's server who reads, and when (T-54).
_LOADS = re.compile(
    r"<(?:script|base|link|iframe|frame|object|embed|applet|video|audio|source|meta[^<>]*\shttp-equiv)\b"
    r"|<[a-z][^<>]*\s(?:src|srcset|background|poster|lowsrc|dynsrc)\s*=\s*[\"']?\s*(?:[a-z]+:)?//"
    r"|<(?:[a-z][^<>]*|style\b[^<>]*>[^<]*)(?:url\s*\(\s*(?:[\"']|&quot;)?\s*(?:[a-z]+:)?//|@import\b)",
    re.IGNORECASE,
)
# In calendars and cards nothing is the author's own sentence: class H counts in all of it.
_KINDS_ABOUT_PEOPLE = frozenset({"text/calendar", "text/vcard", "text/x-vcard", "text/x-vcalendar", "text/directory"})
_DATA_ABOUT_PEOPLE = re.compile(r"\s*BEGIN:V(?:CARD|CALENDAR)", re.IGNORECASE)
_FOLDED_TEXT = re.compile(r"\r?\n[ \t]")


def find_leaks(octets: bytes, secrets: Secrets, *, reader: OwnAddress) -> tuple[Leak, ...]:
    """Return every place where a secret stands, () for a clean mail. Raises GateBroken and nothing else.

    Who may see everything (no secret at all) may also see what loads from elsewhere.
    """
    if secrets == Secrets():
        return ()
    try:
        gate = _Gate(Search(secrets), reader.key)
        gate.walk(octets, "", 0)
        return tuple(dict.fromkeys(gate.leaks))
    except Exception as fault:  # fail closed whatever the fault is (I10)
        raise GateBroken(f"leak gate failed: {type(fault).__name__}") from fault


class _Gate:
    """One look over one mail."""

    def __init__(self, search: Search, reader: str) -> None:
        self._search = search
        self._reader = reader
        self._parts = 0
        #: how many mails are around what is looked at
        self._inside = 0
        self.leaks: list[Leak] = []

    def walk(self, octets: bytes, path: str, depth: int) -> None:
        """Look at one entity: header and body, or each of its parts."""
        self._parts += 1
        if depth > _MAX_DEPTH or self._parts > _MAX_PARTS:
            self._found("routing", f"{path}/not inspected")
            return
        header, body = _split_entity(octets)
        fields = _fields(header)
        self._look_at_header(fields, path, is_ours=depth == 0)
        content_type = _value(fields, "content-type") or "text/plain"
        if content_type.lower().startswith("multipart/"):
            boundary = _BOUNDARY.search(header)
            if boundary is None:
                self._look_at_octets(body, path)
                return
            delimiter = b"--" + (boundary[1] or boundary[2])
            for number, part in enumerate(_split_parts(body, delimiter)):
                place = f"{path}.{number}" if path else str(number)
                if number == 0:  # preamble
                    self._look_at_octets(part, place)
                else:
                    self.walk(part, place, depth + 1)
            return
        self._look_at_leaf(fields, content_type, body, path or "1", depth)

    def _found(self, klass: str, place: str) -> None:
        self.leaks.append(Leak(klass=klass, place=place))

    def _look_at_header(self, fields: list[tuple[str, str]], path: str, *, is_ours: bool) -> None:
        if is_ours:
            # The reader's own address in To is no leak, even where it is a secret of the other side too (one person,
            # two parts).
            fields = [(name, body.lower().replace(self._reader, "") if name == "to" else body) for name, body in fields]
        seen = "\n".join(f"{name}: {_decoded_field(body)}" for name, body in fields)
        if not self._is_routing_in_a_form_of(seen) and not self._search.is_hidden_in(seen):
            return
        for name, body in fields:
            text = f"{name}: {_decoded_field(body)}"
            if self._is_routing_in_a_form_of(text):
                self._found("routing", f"{path}/{name}")
            if self._search.is_hidden_in(text):
                self._found("hidden", f"{path}/{name}")

    def _is_routing_in_a_form_of(self, text: str) -> bool:
        return any(self._search.is_routing_in(form) for _, form in decoded_forms(text, is_html=False))

    def _look_at_leaf(
        self, fields: list[tuple[str, str]], content_type: str, body: bytes, path: str, depth: int
    ) -> None:
        encoding = _value(fields, "content-transfer-encoding").strip().lower()
        content = _transfer_decoded(body, encoding)
        kind = content_type.partition(";")[0].strip().lower()
        is_file = _value(fields, "content-disposition") != ""
        if encoding in {"base64", "quoted-printable"}:
            self._look_at_octets(body[-200:] if encoding == "base64" else body, f"{path}/encoded")
        declared = _CHARSET.search(content_type)
        charset = declared[1] if declared else "utf-8"
        if is_file or kind.startswith("message/"):
            self._look_at_file(content, kind, path, depth)
            if charset.lower() not in {"utf-8", "us-ascii"}:
                self._look_at_text(_as_text(content, charset), f"{path}/charset", is_html=b"<" in content[:2000])
            return
        text = _as_text(content, charset)
        if kind == "text/html" and _LOADS.search(text):
            self._found("routing", f"{path}/remote")
        self._look_at_text(text, path, is_html=kind == "text/html")
        # A mail inside is history, whoever wrote it.
        if self._inside and any(map(self._search.is_hidden_in, all_places(text, is_html=kind == "text/html"))):
            self._found("hidden", f"{path}/inside")

    def _look_at_file(self, content: bytes, kind: str, path: str, depth: int) -> None:
        self._look_at_octets(content, path)
        if _LOOKS_LIKE_MAIL.match(content[:20_000]) or kind.startswith("message/"):
            self._inside += 1
            self.walk(content, f"{path}.0", depth + 1)
            self._inside -= 1
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            if not kind.startswith("text/"):
                return
            text = content.decode("latin-1")
        self._look_at_text(text, path, is_html=b"<" in content[:2000])
        is_about_people = kind in _KINDS_ABOUT_PEOPLE or _DATA_ABOUT_PEOPLE.match(text) is not None
        if is_about_people and self._search.is_hidden_in(_FOLDED_TEXT.sub("", text)):
            self._found("hidden", f"{path}/data")
        if _FOLDED_TEXT.search(text):  # calendars and cards are folded so, whatever their type says (RFC 5545 §3.1)
            self._look_at_text(_FOLDED_TEXT.sub("", text), f"{path}/unfolded", is_html=False)

    def _look_at_text(self, text: str, path: str, *, is_html: bool) -> None:
        may_be_hidden = is_routing = False
        for layer, form in decoded_forms(text, is_html=is_html):
            may_be_hidden = may_be_hidden or self._search.may_be_hidden_in(form)
            if not is_routing and self._search.is_routing_in(form):
                self._found("routing", f"{path}/{layer}")
                is_routing = True
        if may_be_hidden and any(self._search.is_hidden_in(place) for place in quoted_places(text, is_html=is_html)):
            self._found("hidden", f"{path}/quoted")

    def _look_at_octets(self, octets: bytes, path: str) -> None:
        """Octets of any kind, as 8-bit and as UTF-16 text."""
        if self._search.is_routing_in_octets(octets):
            self._found("routing", f"{path}/octets")
        elif b"\x00" in octets and self._search.is_routing_in_octets(octets.replace(b"\x00", b"")):
            self._found("routing", f"{path}/utf-16")


def _split_entity(octets: bytes) -> tuple[bytes, bytes]:
    if octets[:1] in {b"\r", b"\n"}:
        return b"", octets
    end = _HEADER_END.search(octets)
    return (octets, b"") if end is None else (octets[: end.start()], octets[end.end() :])


def _fields(header: bytes) -> list[tuple[str, str]]:
    fields = []
    for line in _FOLD.sub(" ", header.decode("utf-8", "replace")).splitlines():
        name, _, body = line.partition(":")
        fields.append((name.strip().lower()[:60], body.strip()))
    return fields


def _value(fields: list[tuple[str, str]], name: str) -> str:
    return next((body for field_name, body in fields if field_name == name), "")


def _decoded_field(body: str) -> str:
    """The field as written, and as read with encoded-words and RFC 2231 sections undone."""
    forms = [body]
    if "=?" in body:
        joined = re.sub(r"\?=\s+=\?", "?==?", body)
        forms.append("".join(_decoded_chunk(octets, charset) for octets, charset in decode_header(joined)))
    if _EXTENDED.search(body):
        forms.append(unquote_to_bytes(_RFC2231_SECTION.sub(_seam, body)).decode("utf-8", "replace"))
    return "\n".join(forms)


def _seam(section: re.Match[str]) -> str:
    """What stands in place of `name*N*=`: nothing between sections, a break before the first."""
    return "" if _LATER_SECTION.search(section[0]) else "\n"


def _decoded_chunk(chunk: bytes | str, charset: str | None) -> str:
    return chunk if isinstance(chunk, str) else _as_text(chunk, charset or "latin-1")


def _split_parts(body: bytes, delimiter: bytes) -> Iterator[bytes]:
    """Preamble, then each part; the epilogue comes last as one more part."""
    start = 0
    at = body.find(delimiter)
    while at != -1:
        line_end = body.find(b"\n", at)
        line_end = len(body) if line_end == -1 else line_end + 1
        if (at == 0 or body[at - 1] == 0x0A) and body[at + len(delimiter) : line_end].strip() in {b"", b"--"}:
            yield body[start:at]
            start = line_end
        at = body.find(delimiter, max(at + 1, line_end - 1))
    yield body[start:]


def _transfer_decoded(body: bytes, encoding: str) -> bytes:
    if encoding == "base64":
        try:
            return binascii.a2b_base64(body)
        except binascii.Error:
            letters = re.sub(rb"[^A-Za-z0-9+/]", b"", body)
            return base64.b64decode(letters + b"A" * (-len(letters) % 4))
    return quopri.decodestring(body) if encoding == "quoted-printable" else body


def _as_text(octets: bytes, charset: str) -> str:
    try:
        return octets.decode("utf-8" if charset.lower() == "us-ascii" else charset, "replace")
    except (LookupError, UnicodeError, ValueError):
        return octets.decode("latin-1")
