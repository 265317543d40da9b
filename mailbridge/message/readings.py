"""A text as a person reads it or a program follows it, letter by letter, with the way back to where each one stands.

Case, marks, look-alikes of other scripts, characters that nobody sees, entities, percent forms, escapes and tags are
undone. Knows no secrets: `message/needles.py` and `message/hidden.py` search here and cut there. Shares nothing with
the leak gate.
"""

import enum
import re
import unicodedata
from array import array
from collections.abc import Callable, Iterator
from functools import lru_cache

from mailbridge.message.entities import without_entities
from mailbridge.message.named import CLOSE, OPEN
from mailbridge.patterns import lazy_pattern

#: what a mark reads as: longer than any gap inside a secret
_SEAM = "\n" * 16
_BLOCK_LENGTH = 32_768
_OVERLAP = 1_024
REST_OF_TAG = r'[^<>"]*+(?:"[^"]*+"[^<>"]*+)*+>'
TAG = lazy_pattern(rf"</?[a-z]{REST_OF_TAG}", re.IGNORECASE)
#: elements that begin and end lines
BLOCK_NAMES = (
    "address|article|aside|blockquote|br|caption|center|dd|details|div|dl|dt|figcaption|figure|footer|h[1-6]"
    "|header|hr|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
_BLOCK_TAG = lazy_pattern(rf"</?(?:{BLOCK_NAMES})\b", re.IGNORECASE)
#: words for the sign of an address, in the letters of readings
AT_WORDS = "at|malpa|chiocciola|arroba|klammeraffe|kukac|zavinac"
_LINE_START = lazy_pattern(r"\n[>\s|]*")
_ENTITY = r"&(?:amp;)*+(?:\#[0-9]{1,40}+;?|\#[xX][0-9a-fA-F]{1,40}+;?|[A-Za-z][A-Za-z0-9]{1,31};)"
_PERCENT = r"(?:%(?:25)*[0-9A-Fa-f]{2})+"
#: of JSON, scripts, RTF; \n also of calendars and cards
_ESCAPE = r"\\(?:(?:u00|x|')[0-9A-Fa-f]{2}|[nNrt])"
_COMMON = rf"(?P<mark>{OPEN}\d+{CLOSE})|(?P<entity>{_ENTITY})|(?P<percent>{_PERCENT})|(?P<escape>{_ESCAPE})"
_OTHER = rf"(?P<other>[^\x00-\x7f{OPEN}]+|.)"
_LOOK_ALIKES = dict(
    zip(
        "\u0430\u0441\u0435\u0456\u0458\u043e\u0440\u0455\u0445\u0443\u0501\u03bf\u03b1\u0142\u00f8\u0111\u0131\u3002\u2010\u2011\u2013",
        "aceijopsxydoalodi.---",
        strict=True,
    )
)
_BLANKS = frozenset("\u2800\u3164\u115f\u1160\uffa0")


class Way(enum.Enum):
    """How the text is read."""

    TEXT = "text"
    #: sanitised HTML: tags are passed over, those of blocks are blanks
    HTML = "html"
    #: quoted-printable that nobody undid
    QUOTED = "quoted"
    #: "-40" for "@", as one filter of links writes it (P19)
    DASHED = "dashed"


def _pieces(plain: str, more: str = "") -> re.Pattern[str]:
    return lazy_pattern(rf"(?P<run>[{plain}]+)|{_COMMON}{more}|{_OTHER}", re.DOTALL)


_PIECES = {
    Way.TEXT: _pieces(r"\n\t -$'-\[\]-~"),
    Way.HTML: _pieces(r"\n\t -$'-;=-\[\]-~", rf"|(?P<tag>{TAG.pattern})"),
    Way.QUOTED: _pieces(r"\n\t -$'-<>-\[\]-~", r"|(?P<soft>=[ \t]*+\n)|(?P<quoted>(?:=[0-9A-Fa-f]{2})+)"),
    Way.DASHED: _pieces(r"\n\t -$'-,.-\[\]-~", r"|(?P<dashed>-[0-9A-Fa-f]{2})"),
}


class Reading:
    """What one piece of a text reads as."""

    __slots__ = ("_at", "_ends", "_starts", "text")

    def __init__(self, source: str, way: Way, *, at: int = 0) -> None:
        """`at` is where the piece begins in the whole text."""
        self._at = at
        self._starts, self._ends = array("I"), array("I")
        pieces: list[str] = []
        for match in _PIECES[way].finditer(source):
            start, end = match.span()
            kind = match.lastgroup or "run"
            if kind == "run":
                pieces.append(match[0].lower())
                self._starts.extend(range(start, end))
                self._ends.extend(range(start + 1, end + 1))
            else:
                for read, begins, stops in _UNDONE[kind](match[0]):
                    pieces.append(read)
                    self._starts.extend([start + begins] * len(read))
                    self._ends.extend([start + stops] * len(read))
        #: lower case, without marks; each character has its place in the source
        self.text = "".join(pieces)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where in the whole text these characters stand."""
        return self._at + self._starts[start], self._at + self._ends[end - 1]


def readings(source: str, way: Way) -> Iterator[tuple[int, Reading]]:
    """Read a long text in pieces that overlap: yield each with where the next one begins."""
    begin = 0
    while begin < len(source):
        end = begin + _BLOCK_LENGTH
        if end >= len(source):
            end = len(source)
        else:
            cut = source.rfind("<" if way is Way.HTML else "\n", begin + 1, end)
            end = end if cut == -1 else cut
        yield end, Reading(source[begin : end + _OVERLAP], way, at=begin)
        begin = end


def replaced(text: str, label: str, way: Way, spans: Callable[[Reading], list[tuple[int, int]]]) -> str:
    """The text with the label in place of what `spans` finds, as places in the whole; the same where that is none."""
    pieces: list[str] = []
    done = 0
    for end, reading in readings(text, way):
        for start, stop in spans(reading):
            if done <= start < end:
                pieces += [text[done:start], label, kept(text[start:stop], way)]
                done = stop
    return "".join([*pieces, text[done:]]) if pieces else text


def kept(cut: str, way: Way) -> str:
    """What of a cut piece stays: tags, and line ends with the marks of quotes behind them."""
    if way is Way.HTML:
        return "".join(TAG.findall(cut)) if "<" in cut else ""
    return "".join(_LINE_START.findall(cut)) if "\n" in cut else ""


def skeleton(text: str) -> str:
    """The text in the letters of readings: what a secret is looked for as."""
    return text.lower() if text.isascii() else "".join(map(_plain_form, text.lower()))


@lru_cache(maxsize=8192)
def _plain_form(character: str) -> str:
    if character.isascii():
        return character.lower()
    read = []
    for each in unicodedata.normalize("NFKD", character).lower():
        category = unicodedata.category(each)
        if category in {"Mn", "Me", "Cf"}:
            continue
        is_blank = category[0] == "Z" or each in _BLANKS
        read.append(" " if is_blank else _LOOK_ALIKES.get(each, each))
    return "".join(read)


_Undone = Iterator[tuple[str, int, int]]


def _each(text: str) -> _Undone:
    for at, character in enumerate(text):
        yield _plain_form(character), at, at + 1


def _whole(read: str, written: str) -> _Undone:
    yield skeleton(read), 0, len(written)


def _mark(written: str) -> _Undone:
    yield _SEAM, 0, len(written)


def _entity(written: str) -> _Undone:
    bare = written
    while bare.startswith("&amp;"):
        bare = "&" + bare[5:]
    return _whole(without_entities(bare), written)


_ONE_PERCENT = lazy_pattern(r"%(?:25)*([0-9A-Fa-f]{2})")


def _percent(written: str) -> _Undone:
    forms = list(_ONE_PERCENT.finditer(written))
    octets = bytes(int(form[1], 16) for form in forms)
    if not octets.isascii():
        yield from _whole(octets.decode("utf-8", "replace"), written)
        return
    for form, octet in zip(forms, octets, strict=True):
        yield chr(octet).lower(), form.start(), form.end()


def _hexadecimal(written: str) -> _Undone:
    return _whole(chr(int(written[-2:], 16)), written)


def _escape(written: str) -> _Undone:
    return _hexadecimal(written) if len(written) > 2 else _whole("\n", written)


def _quoted(written: str) -> _Undone:
    return _percent(written.replace("=", "%"))


def _nothing(_: str) -> _Undone:
    return iter(())


def _tag(written: str) -> _Undone:
    if _BLOCK_TAG.match(written):
        yield " ", 0, len(written)


_UNDONE = {
    "mark": _mark,
    "entity": _entity,
    "percent": _percent,
    "escape": _escape,
    "other": _each,
    "tag": _tag,
    "soft": _nothing,
    "quoted": _quoted,
    "dashed": _hexadecimal,
}
