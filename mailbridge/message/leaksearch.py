"""How the leak gate looks for secrets in text: folding, the forms a text can hide in, and what counts as a hit.

Uses the standard library only and shares nothing with `message/needles.py`, on purpose. Does not walk a mail.
"""

import binascii
import quopri
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from urllib.parse import unquote

from mailbridge.domain.secrets import Secrets

_ROUNDS = 3
_MIN_TRACE = 4
_MIN_PHONE_DIGITS = 7
_BASE64_RUN = re.compile(r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{16,}")
_URL_SAFE = str.maketrans("-_", "+/")
_QP_TRIPLET = re.compile(r"=[0-9A-Fa-f]{2}")
_MARKUP = re.compile(r"<!--|-->|</?[A-Za-z!?][^<>]*>")
# Each begins with a character that must be there; blanks around the sign are closed up afterwards.
_SPELLED = re.compile(r"[(\[{]\s{0,5}(at|ät|małpa|chiocciola|dot|punkt|kropka|punto|@|\.)\s{0,5}[)\]}]")
_BLANKS_BEFORE_SIGN = re.compile(r"(?<!\s)\s{1,5}(?=[\x01\x02@])")
_BLANKS_AFTER_SIGN = re.compile(r"([\x01\x02@])\s{1,5}")
_PHONE = re.compile(r"\+?\d(?:[\s().\xa0/-]{0,3}\d){6,}")
_BETWEEN_DIGITS = r"[\s().\xa0/-]{0,3}"
_QUOTE_ELEMENT = re.compile(r"<blockquote", re.IGNORECASE)
# Format characters and variation selectors: they leave no trace on the screen.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff9-\ufffb\U000e0001\U000e0020-\U000e007f\U000e0100-\U000e01ef]+"
)
_LETTERS_AND_DIGITS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_HOST_CHARACTERS = _LETTERS_AND_DIGITS | frozenset("-.")


class Search:
    """The secrets of one exchange, folded; asks whether a text holds one."""

    __slots__ = ("_addresses", "_domains", "_hidden", "_phones", "_traces", "has_hidden")

    def __init__(self, secrets: Secrets) -> None:
        self._addresses = tuple(dict.fromkeys(_folded(address) for address in secrets.addresses))
        self._domains = tuple(dict.fromkeys(_folded(domain) for domain in secrets.domains))
        self._traces = tuple(dict.fromkeys(_folded(trace) for trace in secrets.traces if len(trace) >= _MIN_TRACE))
        self._hidden = tuple(
            dict.fromkeys(" ".join(_folded(hidden).split()) for hidden in secrets.hidden if hidden.strip())
        )
        phones = ("".join(filter(str.isdigit, hidden)) for hidden in self._hidden if _PHONE.fullmatch(hidden))
        self._phones = tuple(_phone_pattern(digits[-9:]) for digits in phones if len(digits) >= _MIN_PHONE_DIGITS)
        self.has_hidden = bool(self._hidden)

    def is_routing_in(self, text: str) -> bool:
        """True where a secret of class R stands in the text as it is, up to case, width and invisible characters."""
        return self._is_routing_in_folded(_folded(text))

    def is_routing_in_octets(self, octets: bytes) -> bool:
        """As `is_routing_in`, for octets of any kind: each octet is looked at as one character."""
        return self._is_routing_in_folded(octets.decode("latin-1").lower())

    def _is_routing_in_folded(self, folded: str) -> bool:
        return (
            any(address in folded and _stands_alone(folded, address) for address in self._addresses)
            or any(domain in folded and _follows_at(folded, domain) for domain in self._domains)
            or any(trace in folded and _is_whole_trace(folded, trace) for trace in self._traces)
        )

    def is_hidden_in(self, text: str) -> bool:
        """True where a secret of class H stands in the text as whole words, or a phone number in any grouping."""
        folded = " ".join(_folded(text).split())
        if any(hidden in folded and _is_whole_word(folded, hidden) for hidden in self._hidden):
            return True
        return any(phone.search(folded) for phone in self._phones)


def decoded_forms(text: str, *, is_html: bool) -> Iterator[tuple[str, str]]:
    """Yield (name of the layer, text) for the text itself and for each form that hides something else."""
    yield "text", text
    form = text
    for _ in range(_ROUNDS):
        undone = unescape(unquote(form) if "%" in form else form)
        if undone == form:
            break
        form = undone
        yield "entity or percent", form
    if is_html or "<" in form:
        bare = _MARKUP.sub("", form)
        if bare != form:
            yield "markup", bare
            form = bare
    spelled = _unspelled(form)
    if spelled != form:
        yield "spelled", spelled
    if "=" in text and _QP_TRIPLET.search(text):
        yield "quoted-printable", quopri.decodestring(text.encode("utf-8", "replace")).decode("utf-8", "replace")
    runs = "\n".join(_decoded_runs(text))
    if runs:
        yield "base64", runs


def hidden_places(text: str, *, is_html: bool) -> Iterator[str]:
    """Yield what of a text is quoted: there class H counts."""
    if is_html:
        start = _QUOTE_ELEMENT.search(text)
        end = text.lower().rfind("</blockquote")
        if start is not None and end != -1:
            quoted_html = text[start.start() : end]
            yield unescape(_MARKUP.sub(" ", quoted_html))
            yield unescape(_MARKUP.sub("", quoted_html))
        return
    if ">" not in text:
        return
    lines = text.split("\n")
    marked = [line.lstrip().startswith(">") for line in lines]
    quoted: list[str] = []
    for index, is_marked in enumerate(marked):
        if not is_marked:
            continue
        if not (index and marked[index - 1]):
            quoted += _introduction(lines, index)
        quoted.append(lines[index].lstrip("> \t"))
    yield "\n".join(quoted)


def _introduction(lines: list[str], index: int) -> list[str]:
    """The attribution above a quote; above that stand the author's own words, perhaps with a name under them."""
    last = next((at for at in range(index - 1, max(-1, index - 3), -1) if lines[at].strip()), None)
    if last is None or not lines[last].rstrip().endswith(":"):
        return []
    is_wrapped = last > 0 and not any(map(str.isdigit, lines[last]))
    return lines[last - 1 : last + 1] if is_wrapped else [lines[last]]


def _folded(text: str) -> str:
    if "\x00" in text:  # UTF-16 read as something else
        text = text.replace("\x00", "")
    if text.isascii():
        return text.lower()
    visible = _INVISIBLE.sub("", text)
    if not unicodedata.is_normalized("NFKC", visible):
        visible = unicodedata.normalize("NFKC", visible)
    return visible.casefold() if visible.isascii() else visible.lower()


@lru_cache(maxsize=4096)
def _phone_pattern(digits: str) -> re.Pattern[str]:
    return re.compile(_BETWEEN_DIGITS.join(digits))


def _unspelled(text: str) -> str:
    """Read "bob (at) firm (dot) example" and "bob @ firm.example" as the addresses they are."""
    if "(" in text or "[" in text or "{" in text:
        text = _SPELLED.sub(_sign_spelled, text)
    if "@" not in text and "\x01" not in text:
        return text
    text = _BLANKS_AFTER_SIGN.sub(r"\1", text)
    if " @" in text or "\n@" in text or " \x01" in text or " \x02" in text:
        text = _BLANKS_BEFORE_SIGN.sub("", text)
    return text.replace("\x01", "@").replace("\x02", ".")


def _sign_spelled(match: re.Match[str]) -> str:
    return "\x02" if match[1] in {"dot", "punkt", "kropka", "punto", "."} else "\x01"


def _decoded_runs(text: str) -> Iterator[str]:
    for run in _BASE64_RUN.finditer(text):
        letters = run[0].translate(_URL_SAFE)
        try:
            yield binascii.a2b_base64(letters + "===").decode("latin-1")
        except binascii.Error:
            continue


def _positions(folded: str, secret: str) -> Iterator[tuple[str, str, int]]:
    """Yield the characters before and after each occurrence, and where it begins."""
    at = folded.find(secret)
    while at != -1:
        after = at + len(secret)
        yield folded[at - 1] if at else "", folded[after : after + 2], at
        at = folded.find(secret, at + 1)


def _stands_alone(folded: str, address: str) -> bool:
    """Part of a longer word is another address; any other neighbour leaves it readable."""
    return any(
        before not in _LETTERS_AND_DIGITS and after[:1] not in _LETTERS_AND_DIGITS and after[:1] != "-"
        for before, after, _ in _positions(folded, address)
    )


def _follows_at(folded: str, domain: str) -> bool:
    """The domain, or a host under it, as the domain of an address."""
    for before, after, at in _positions(folded, domain):
        if after[:1] in _LETTERS_AND_DIGITS or after[:1] == "-" or before in _LETTERS_AND_DIGITS or before == "-":
            continue
        start = at
        while start and at - start < 255 and folded[start - 1] in _HOST_CHARACTERS:
            start -= 1
        if start and folded[start - 1] == "@":
            return True
    return False


def _is_whole_trace(folded: str, trace: str) -> bool:
    """A host inside a longer host name, or behind an @, is not that host: our alias domains end like our hosts."""
    return any(
        before not in _HOST_CHARACTERS
        and before not in {"@", "_"}
        and after[:1] not in _LETTERS_AND_DIGITS
        and after[:1] != "-"
        and not (after[:1] == "." and after[1:2] in _LETTERS_AND_DIGITS)
        for before, after, _ in _positions(folded, trace)
    )


def _is_whole_word(folded: str, hidden: str) -> bool:
    return any(not before.isalnum() and not after[:1].isalnum() for before, after, _ in _positions(folded, hidden))
