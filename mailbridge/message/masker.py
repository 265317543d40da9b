"""Mask one text after another for one reader: subject and names of files, plain text, HTML.

In the author's own new words only class R is taken out, and a label says so (P14). In what is quoted an address becomes
the alias that the reader knows, the name beside it goes, and so does class H. Does not know of files: that is
`message/mask.py`.
"""

import copy
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape

from mailbridge.domain.secrets import Secrets
from mailbridge.message.armour import armour_spans
from mailbridge.message.body import quoted_flags, split_plain
from mailbridge.message.entities import without_entities
from mailbridge.message.hidden import Hidden
from mailbridge.message.htmllines import lines_of, settled, without_text
from mailbridge.message.htmlreading import split_html
from mailbridge.message.named import MARK, OPEN, without_names
from mailbridge.message.needles import Marked, Needles
from mailbridge.message.owntokens import without_tokens
from mailbridge.message.readings import Way
from mailbridge.message.sanitise import sanitise
from mailbridge.message.wrappedlinks import unwrapped

_QUOTE_MARKS = re.compile(r"^[>\s|]*")
_IMAGE = re.compile(r"<im(?:g|age)\b", re.IGNORECASE)
_MAILTO_WITHOUT_ADDRESS = re.compile(r' href="mailto:[^"@]*"', re.IGNORECASE)
_STYLED_NO_LINK = re.compile(r'<a style="[^"]*">')
#: an address tells an attribution from a sentence; a mark does not
_ANY_ADDRESS = "x@x.invalid"
_MAX_WRAPPED = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskRequest:
    """What is to be hidden from one reader, and what stands in its place."""

    secrets: Secrets
    #: addr-spec, lower case, to what is shown instead in a quote: an alias, a name or a label; a secret address that is
    #: not listed gets `label`, an address that is no secret is replaced everywhere
    replacement: Mapping[str, str]
    #: shown in place of an address that is removed, e.g. "[address removed]"
    label: str
    #: shown in place of anything else; "" for `label`
    other_label: str = ""
    #: stands under the text where a file is missing; "" for `label`
    file_label: str = ""
    #: stands under the text where a digital signature or key is missing; "" for `label`
    signature_label: str = ""
    #: lines of ours (lead, footer) as sent to the author: removed where they come back in quotes
    own_lines: tuple[str, ...] = ()
    #: addr-spec, lower case, to the addr-spec that stands for the same person with this reader: in calendars (P9)
    people: Mapping[str, str] = field(default_factory=dict)
    #: True: quoted history is cut instead of masked
    cut_history: bool = False


class Masker:
    """One request at work."""

    def __init__(self, request: MaskRequest) -> None:
        self._request = request
        self._secret_addresses = {address.lower() for address in request.secrets.addresses}
        self._replacement = {address.lower(): shown for address, shown in request.replacement.items()}
        self._needles = Needles(request.secrets, tuple(self._replacement))
        self._other_label = request.other_label or request.label
        self._hidden = Hidden(request.secrets.hidden)
        self._own_lines = tuple(_collapsed(line) for line in request.own_lines if line.strip())
        #: a client may have wrapped a line anywhere, so only its first word says whether it may be there
        self._first_words = frozenset(line.split(None, 1)[0] for line in self._own_lines)
        self.file_label = request.file_label or request.label
        self.signature_label = request.signature_label or request.label
        self.people = {address.lower(): stands_for for address, stands_for in request.people.items()}
        #: short kinds of what was taken out
        self.removed: set[str] = set()
        #: those of them that were the author's own new words
        self.own_words: set[str] = set()
        #: one flag for each line, 1 where it is quoted
        self.flags_of: Callable[[list[str]], bytearray] = quoted_flags

    def for_history(self) -> "Masker":
        """The same request for text that is history as a whole: a mail inside the mail. Books what it removes here."""
        masker = copy.copy(self)
        masker.flags_of = _all_quoted
        return masker

    def kinds_in(self, text: str) -> set[str]:
        """Kinds of the secrets that stand in this text; books nothing."""
        marks = Marked()
        self._needles.marked(text, marks)
        return {kind for kind, _ in marks.found}

    def line(self, text: str) -> str:
        """Subject or name of a file: no class may stand there."""
        marks = Marked()
        shown = marks.shown(self._needles.marked(without_tokens(text), marks), self._in_new_text)
        return self._without_hidden(shown, Way.TEXT)

    def everywhere(self, text: str) -> str:
        """Text that is data about people (a calendar, a card): no class may stand there; addresses become aliases."""
        marks = Marked()
        shown = marks.shown(self._needles.marked(without_tokens(text), marks), self._in_quote)
        return self._without_hidden(shown, Way.TEXT)

    def plain(self, text: str) -> str:
        """Plain text: quotes lose our lines, hidden strings and the names beside addresses."""
        if self._request.cut_history:
            new_text, quoted = split_plain(text)
            if quoted:
                self.removed.add("history")
                text = new_text
        bare = without_tokens(unwrapped(text, is_html=False))
        marks = Marked()
        marked = self._needles.marked(bare, marks)
        own = [word for word in self._first_words if word in bare]
        if not marks.found and not own and not self._hidden.may_be_in(bare):
            return bare
        lines = marked.split("\n")
        flags = self.flags_of(_with_any_address(marked).split("\n"))
        if own and 1 in flags:
            dropped = self._own_lines_among(lines, flags, own)
            lines = [line for index, line in enumerate(lines) if index not in dropped]
            flags = bytearray(flag for index, flag in enumerate(flags) if index not in dropped)
        return "\n".join(
            self._in_run("\n".join(lines[start:end]), marks, is_quoted=bool(flags[start]), way=Way.TEXT)
            for start, end in _runs(flags)
        )

    def html(self, html: str) -> str:
        """HTML: sanitised; quotes as in `plain`."""
        if self._request.cut_history:
            new_html, quoted = split_html(html)
            if quoted:
                self.removed.add("history")
                html = new_html
        clean = self._without_armour(sanitise(html))
        if clean.count("<img") < len(_IMAGE.findall(html)):
            self.removed.add("remote image")
        clean = without_tokens(unwrapped(clean, is_html=True))
        marks = Marked()
        marked = self._needles.marked(clean, marks, way=Way.HTML)
        seen = without_entities(clean)
        own = [word for word in self._first_words if word in seen]
        if not marks.found and not own and not self._hidden.may_be_in(seen):
            return clean
        masked = self._in_lines(marked, marks, own)
        if not marks.found:
            return masked
        # What leads nowhere must not look like a link either.
        return _STYLED_NO_LINK.sub("<a>", _MAILTO_WITHOUT_ADDRESS.sub("", masked))

    def _without_armour(self, html: str) -> str:
        """HTML without signatures and keys that stand in its text; the tags between them stay."""
        spans = armour_spans(html)
        if not spans:
            return html
        self.removed.add("signature")
        self.own_words.add("signature")
        pieces: list[str] = []
        done = 0
        for start, end in spans:
            pieces += [html[done:start], without_text(html[start:end])]
            done = end
        return settled("".join([*pieces, html[done:]]))

    def html_file(self, html: str) -> str:
        """A page that is a file: sanitised only where something is to be masked, else it stays the author's own."""
        before, self.removed = self.removed, set()
        masked = self.html(html)
        is_clean = not self.removed - {"remote image"} and not self._needles.are_in(html)
        before |= self.removed
        self.removed = before
        return html if is_clean else masked

    def _in_lines(self, marked: str, marks: Marked, own: list[str]) -> str:
        lines = lines_of(marked)
        flags = self.flags_of([_with_any_address(line.text) for line in lines])
        dropped: set[int] = set()
        if own and 1 in flags:
            dropped = self._own_lines_among([line.text for line in lines], flags, own)
        pieces: list[str] = []
        done = 0
        for start, end in _runs(flags):
            for first, last in _parted(start, end, dropped):
                # What stands between two lines are tags; they belong to the line behind them.
                piece = marked[done : lines[last - 1].end]
                if first in dropped:
                    piece = without_text(piece)
                pieces.append(self._in_run(piece, marks, is_quoted=bool(flags[start]), way=Way.HTML))
                done = lines[last - 1].end
        pieces.append(self._in_run(marked[done:], marks, is_quoted=False, way=Way.HTML))
        return settled("".join(pieces)) if dropped else "".join(pieces)

    def _in_run(self, marked: str, marks: Marked, *, is_quoted: bool, way: Way) -> str:
        """One piece that is all new or all quoted, with what is shown in the place of its marks."""
        if is_quoted:
            if OPEN in marked:
                bare = without_names(marked)
                self.removed |= {"name"} if len(bare) < len(marked) else set()
                marked = bare
            marked = self._without_hidden(marked, way)
        if OPEN not in marked:
            return marked
        show = self._in_quote if is_quoted else self._in_new_text
        return marks.shown(marked, (lambda kind, secret: escape(show(kind, secret))) if way is Way.HTML else show)

    def _in_quote(self, kind: str, secret: str) -> str:
        self.removed.add(kind)
        return self._replacement.get(secret, self._label(kind))

    def _in_new_text(self, kind: str, secret: str) -> str:
        self.removed.add(kind)
        if secret in self._replacement and secret not in self._secret_addresses:
            return self._replacement[secret]
        self.own_words.add(kind)
        return self._label(kind)

    def _label(self, kind: str) -> str:
        return self._request.label if kind in {"address", "domain"} else self._other_label

    def _without_hidden(self, text: str, way: Way) -> str:
        if not self._hidden.may_be_in(text):
            return text
        label = escape(self._other_label) if way is Way.HTML else self._other_label
        masked = self._hidden.replaced(text, label, way=way)
        self.removed |= {"hidden"} if masked != text else set()
        return masked

    def _own_lines_among(self, texts: list[str], flags: bytearray, words: list[str]) -> set[int]:
        """Indexes of the quoted lines that are ours; these words begin ours. Clients wrap them anywhere."""
        dropped: set[int] = set()
        for index in sorted(at for word in words for at, text in enumerate(texts) if word in text):
            if flags[index] and index not in dropped:
                dropped.update(range(index, index + self._own_line_count(texts, index)))
        self.removed |= {"own line"} if dropped else set()
        return dropped

    def _own_line_count(self, texts: list[str], index: int) -> int:
        """How many lines from here are one line of ours, the longest that it may be; 0 for none."""
        joined, found = "", 0
        for count in range(1, _MAX_WRAPPED):
            if index + count > len(texts):
                break
            line = _collapsed(_QUOTE_MARKS.sub("", texts[index + count - 1]))
            joined = _collapsed(f"{joined} {line}")
            if line and joined in self._own_lines:
                found = count
            if not joined or not any(line.startswith(joined) for line in self._own_lines):
                break
        return found


def _parted(start: int, end: int, dropped: set[int]) -> list[tuple[int, int]]:
    """A run in pieces: each dropped index is one of its own."""
    pieces: list[tuple[int, int]] = []
    for at in sorted(index for index in dropped if start <= index < end):
        pieces += [(start, at)] if start < at else []
        pieces.append((at, at + 1))
        start = at + 1
    return [*pieces, (start, end)] if start < end else pieces


def _with_any_address(line: str) -> str:
    return MARK.sub(_ANY_ADDRESS, line) if OPEN in line else line


def _all_quoted(lines: list[str]) -> bytearray:
    return bytearray(b"\x01" * len(lines))


def _runs(flags: bytearray) -> list[tuple[int, int]]:
    """From where to where neighbours have one flag."""
    runs: list[tuple[int, int]] = []
    start = 0
    while start < len(flags):
        other = flags.find(1 - flags[start], start)
        end = len(flags) if other == -1 else other
        runs.append((start, end))
        start = end
    return runs


def _collapsed(text: str) -> str:
    return " ".join(text.split())
