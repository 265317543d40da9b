"""Find the secrets of one reader in text, and put a mark in the place of each: the masker's own search.

What is written openly is found by plain search: honest mail holds nothing else. Only where the letters of the text say
that more may be there is it read letter by letter (`message/readings.py`) and searched by patterns that allow for what
people and programs put between. Shares no code with the leak gate. Does not know what a mail is.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from mailbridge.domain.secrets import Secrets
from mailbridge.message.encodings import hidden_runs
from mailbridge.message.named import CLOSE, MARK, OPEN
from mailbridge.message.readings import AT_WORDS, TAG, Reading, Way, kept, readings, skeleton
from mailbridge.message.shadows import folded, lowered, signs, undone, without_dashed, without_quoted_printable

_MIN_TRACE = 4
_MAX_HOST = 255
_HOST_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789.-"
_ATTRIBUTE = re.compile(r'="([^"]*)"')
_WITH_VALUES = re.compile(r'<[a-z][^<>"]*"[^>]*')

_GAP = r"[^a-z0-9]{0,8}"
_WORD_GAP = r"[^a-z0-9]{1,8}"
# "=" in return paths made of an address, "_" in the names that directories give to guests from elsewhere
_AT = rf"(?:{_GAP}[@=_]{_GAP}|{_WORD_GAP}(?:{AT_WORDS}){_WORD_GAP})"
_DOT_WORDS = "dot|punkt|kropka|punto|point"
_DOT = rf"(?:{_WORD_GAP}(?:(?:{_DOT_WORDS}){_WORD_GAP})?)"
_SIGN = rf"(?:@|[(\[{{]\s?(?:{AT_WORDS})\s?[)\]}}]){_GAP}"


@dataclass(slots=True)
class Marked:
    """A text with marks in the place of what was found; one value serves all texts of a mail."""

    #: for each mark what kind of secret it is ("address", "domain", "trace", "encoded") and which one
    found: list[tuple[str, str]] = field(default_factory=list)

    def mark(self, kind: str, secret: str) -> str:
        """A new mark."""
        self.found.append((kind, secret))
        return f"{OPEN}{len(self.found) - 1}{CLOSE}"

    def shown(self, text: str, show: Callable[[str, str], str]) -> str:
        """The text with what `show` says of kind and secret in the place of each mark."""
        return MARK.sub(lambda mark: show(*self.found[int(mark[1])]), text) if OPEN in text else text


class Needles:
    """The secrets of one reader, ready to be searched for."""

    __slots__ = ("_domains", "_open", "_parts")

    def __init__(self, secrets: Secrets, others: tuple[str, ...] = ()) -> None:
        """`others` are addresses that are no secrets and yet are to be replaced."""
        # Longest first: bob@firm.example.com before bob@firm.example
        addresses = sorted({a.lower() for a in (*secrets.addresses, *others)}, key=len, reverse=True)
        traces = sorted({t.lower() for t in secrets.traces if len(t) >= _MIN_TRACE}, key=len, reverse=True)
        self._domains = tuple(domain.lower() for domain in secrets.domains)
        #: kind and secret of all that is found as it is written
        self._open = (*(("address", a) for a in addresses), *(("trace", t) for t in traces))
        #: kind, secret, and what is among the signs of any text that holds it
        self._parts = (
            *(("address", a, _parts(a)) for a in addresses),
            *(("domain", d, _parts(d)) for d in self._domains),
            *(("trace", t, _parts(t)) for t in traces),
        )

    def are_in(self, text: str) -> bool:
        """True where any of the secrets stands in this text."""
        marks = Marked()
        self.marked(text, marks)
        return bool(marks.found)

    def marked(self, text: str, marks: Marked, *, way: Way = Way.TEXT) -> str:
        """Return the text with a mark in the place of each secret."""
        text, lower = self._mark_open(text.replace(OPEN, "").replace(CLOSE, ""), marks)
        bare = undone(TAG.sub("", lower) if way is Way.HTML else lower)
        if self._may_be_in(bare):
            text = self._cut(text, marks, way)
        if way is Way.HTML and self._may_be_in_odd(undone("\n".join(_WITH_VALUES.findall(lower)))):
            text = self._cut_in_tags(text, marks)
        text = self._cut_odd(text, bare, marks)
        return self._cut_encoded(text, marks)

    def _mark_open(self, text: str, marks: Marked) -> tuple[str, str]:
        """Mark addresses and traces that are written as they are; returns the text, and the same in lower case."""
        lower = lowered(text)
        if len(lower) != len(text):  # one letter, \u0130, becomes two
            return text, lower
        found = [(at, kind, secret) for kind, secret in self._open for at in _places(kind, lower, secret)]
        if not found:
            return text, lower
        spans: list[tuple[int, int, str]] = []
        for at, kind, secret in sorted(found, key=lambda each: (each[0], -len(each[2]))):
            if not spans or at >= spans[-1][1]:
                spans.append((at, at + len(secret), marks.mark(kind, secret)))
        return _with_marks(text, spans), _with_marks(lower, spans)

    def _may_be_in(self, read: str) -> bool:
        """False only where no secret can be found in this text, in which everything is undone, by any pattern."""
        plain = folded(read)
        there = signs(plain)
        for kind, _, parts in self._parts:
            if all(part in there for part in parts) and (kind != "domain" or _addressed(parts).search(there)):
                return True
        return any(next(_places("domain", plain, domain), None) is not None for domain in self._domains)

    def _cut(self, text: str, marks: Marked, way: Way) -> str:
        """Read the text letter by letter, and put a mark in the place of what is found."""
        spans: list[tuple[int, int, str]] = []
        for end, reading in readings(text, way):
            for start, stop, kind, secret in self._found(reading):
                if start < end and (not spans or start >= spans[-1][1]):
                    spans.append((start, stop, marks.mark(kind, secret) + kept(text[start:stop], way)))
        return _with_marks(text, spans) if spans else text

    def _cut_in_tags(self, text: str, marks: Marked) -> str:
        """As `_cut` for the values of attributes."""

        def cut(attribute: re.Match[str]) -> str:
            value = attribute[1]
            read = undone(lowered(value))
            masked = self._cut(value, marks, Way.TEXT) if self._may_be_in(read) else value
            return f'="{self._cut_odd(masked, read, marks)}"'

        return TAG.sub(lambda tag: _ATTRIBUTE.sub(cut, tag[0]) if '="' in tag[0] else tag[0], text)

    def _cut_odd(self, text: str, read: str, marks: Marked) -> str:
        """As `_cut` where the text, which reads as `read`, is in one of the odd ways."""
        for way, other in ((Way.QUOTED, without_quoted_printable(read)), (Way.DASHED, without_dashed(read))):
            if other is not read and self._may_be_in(other):
                text = self._cut(text, marks, way)
        return text

    def _may_be_in_odd(self, read: str) -> bool:
        """As `_may_be_in`, in the odd ways too."""
        others = (read, without_quoted_printable(read), without_dashed(read))
        return any(self._may_be_in(other) for other in dict.fromkeys(others))

    def _cut_encoded(self, text: str, marks: Marked) -> str:
        """Mark what is base64, hexadecimal or uuencoded and holds a secret."""
        spans: list[tuple[int, int, str]] = []
        for start, end, held in hidden_runs(text):
            if (not spans or start >= spans[-1][1]) and self._may_be_in(undone(held.lower())):
                spans.append((start, end, marks.mark("encoded", "") + _line_start_within(text, start, end)))
        return _with_marks(text, spans) if spans else text

    def _found(self, reading: Reading) -> list[tuple[int, int, str, str]]:
        """What stands in a reading, in order: where in the source, kind and secret."""
        there = signs(reading.text)
        found = []
        for kind, secret, parts in self._parts:
            if all(part in there for part in parts):
                pattern = _PATTERNS[kind](secret)
                found += [(*reading.place(*m.span()), kind, secret) for m in pattern.finditer(reading.text)]
        return sorted(found, key=lambda each: (each[0], -each[1]))


@lru_cache(maxsize=4096)
def _addressed(parts: tuple[bytes, ...]) -> re.Pattern[bytes]:
    """How any address of a domain with these parts stands among the signs of a text."""
    return re.compile(b"@" + f"(?:{_DOT_WORDS})?".encode().join(parts))


@lru_cache(maxsize=4096)
def _parts(secret: str) -> tuple[bytes, ...]:
    """The words of a secret as they are among the signs of a text."""
    words = (signs(skeleton(word)) for word in secret.replace("@", ".").split("."))
    return tuple(word for word in words if word)


def _places(kind: str, lowered: str, secret: str) -> Iterator[int]:
    """Where the secret stands by itself, in text that is lower case."""
    is_there = _STANDS[kind]
    at = lowered.find(secret)
    while at != -1:
        end = at + len(secret)
        if is_there(lowered, at, end):
            yield at
            at = lowered.find(secret, end)
        else:
            at = lowered.find(secret, at + 1)


def _is_address(lowered: str, start: int, end: int) -> bool:
    return not _is_word(lowered[max(0, start - 1) : start]) and not _goes_on(lowered, end)


def _is_host(lowered: str, start: int, end: int) -> bool:
    before, after = lowered[max(0, start - 1) : start], lowered[end : end + 2]
    if _is_word(before) or before in {".", "_", "@"} or _goes_on(lowered, end):
        return False
    return not (after[:1] == "." and _is_word(after[1:]) and after[1:] != "-")


def _is_domain(lowered: str, start: int, end: int) -> bool:
    if _goes_on(lowered, end) or lowered[max(0, start - 1) : start] not in {".", "@"}:
        return False
    return lowered[max(0, start - _MAX_HOST) : start].rstrip(_HOST_CHARACTERS)[-1:] == "@"


_STANDS = {"address": _is_address, "trace": _is_host, "domain": _is_domain}


def _goes_on(lowered: str, end: int) -> bool:
    """No domain goes on with a dash behind its last label: what stands there is a sentence."""
    after = lowered[end : end + 1]
    return after != "-" and _is_word(after)


def _is_word(character: str) -> bool:
    return character == "-" or (character.isascii() and character.isalnum())


def _line_start_within(text: str, start: int, end: int) -> str:
    """The last line start of a piece that is cut where something follows on that line: quoted text stays quoted."""
    line_end = text.rfind("\n", start, end)
    return kept(text[line_end:end], Way.TEXT) if line_end != -1 and text[end:].partition("\n")[0].strip() else ""


def _with_marks(text: str, spans: list[tuple[int, int, str]]) -> str:
    pieces: list[str] = []
    done = 0
    for start, end, mark in spans:
        pieces += [text[done:start], mark]
        done = end
    return "".join([*pieces, text[done:]])


@lru_cache(maxsize=512)
def _address_pattern(address: str) -> re.Pattern[str]:
    local_part, _, domain = skeleton(address).rpartition("@")
    if not (local_part + domain).isascii() or not any(map(str.isalnum, local_part)):
        return re.compile(rf"(?<!\w){re.escape(local_part)}{_GAP}[@=_]{_GAP}{re.escape(domain)}(?!\w)")
    return re.compile(rf"(?<![a-z0-9]){_spaced(local_part)}{_AT}{_spaced(domain)}(?![a-z0-9])")


@lru_cache(maxsize=512)
def _domain_pattern(domain: str) -> re.Pattern[str]:
    """Any address of the domain, or of one below it."""
    domain = skeleton(domain)
    spaced = _spaced(domain) if domain.isascii() else re.escape(domain)
    local_part = r"(?<![a-z0-9._+-])[a-z0-9!#$'*+/?^_`{|}~.-]{1,64}+\s{0,3}"
    return re.compile(rf"(?:{local_part})?{_SIGN}(?:[a-z0-9-]{{1,63}}\.){{0,8}}{spaced}(?![a-z0-9])")


@lru_cache(maxsize=2048)
def _trace_pattern(trace: str) -> re.Pattern[str]:
    trace = skeleton(trace)
    return re.compile(rf"(?<![a-z0-9._@-]){re.escape(trace)}(?![a-z0-9]|\.[a-z0-9])")


_PATTERNS = {"address": _address_pattern, "domain": _domain_pattern, "trace": _trace_pattern}


def _spaced(text: str) -> str:
    """The pattern of a local part or domain whose characters stand apart."""
    labels = (_GAP.join(c for c in label if c.isascii() and c.isalnum()) for label in text.split("."))
    return _DOT.join(label for label in labels if label)
