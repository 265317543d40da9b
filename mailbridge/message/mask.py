"""Take out of a message what must not reach its reader (promise 2): both forms of the text, subject, names of files.

Text that holds no secret passes as it is. What the reader gets as HTML is sanitised always. Files keep their
octets: the leak gate looks into them. Hidden strings (class H) are taken out of subject, names and quotes, never
out of the author's own new words. Proves nothing: the leak gate does, over the composed octets, with code of its
own.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from html import unescape

from mailbridge.domain.message import Attachment, Body, Message
from mailbridge.domain.secrets import Secrets
from mailbridge.errors import GateBroken
from mailbridge.message.body import quoted_flags, split_plain
from mailbridge.message.htmlreading import split_html
from mailbridge.message.markup import change_quotes, remove_blocks
from mailbridge.message.named import OPEN, without_names
from mailbridge.message.needles import Needles, unmarked
from mailbridge.message.sanitise import sanitise

_QUOTE_MARKS = re.compile(r"^[>\s|]*")
_QUOTE_CHARACTERS = "> |\t\u00a0"
_CONTENT_ID = re.compile(r"""cid:([^\s"'<>()]+)""")
_IMAGE = re.compile(r"<[iI][mM][gG]\b")
_MAILTO_WITHOUT_ADDRESS = re.compile(r' href="mailto:[^"@]*"', re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskRequest:
    """What is to be hidden from one reader, and what stands in its place."""

    secrets: Secrets
    #: addr-spec, lower case, to what is shown instead: an alias or a label; a secret address that is not listed gets
    #: `label`
    replacement: Mapping[str, str]
    #: shown in place of anything else that is removed, e.g. "[removed]"
    label: str
    #: lines of ours (lead, footer) as sent to the author: removed where they come back in quotes
    own_lines: tuple[str, ...] = ()
    #: True: quoted history is cut instead of masked
    cut_history: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Masked:
    """What may be composed for the reader."""

    subject: str
    body: Body
    attachments: tuple[Attachment, ...]
    #: short kinds of what was taken out, sorted: "address", "history" ...; for log and console, never content
    removed: tuple[str, ...] = ()


class _Masker:
    """One request at work."""

    __slots__ = ("_first_words", "_hidden", "_needles", "_own_lines", "_request", "removed")

    def __init__(self, request: MaskRequest) -> None:
        self._request = request
        self._needles = Needles(request.secrets, request.replacement, request.label)
        self._hidden = tuple(sorted({h for h in request.secrets.hidden if h.strip()}, key=len, reverse=True))
        self._own_lines = tuple(_collapsed(line) for line in request.own_lines if line.strip())
        #: a client may have wrapped a line anywhere, so only its first word says whether it may be there
        self._first_words = frozenset(line.split(None, 1)[0] for line in self._own_lines)
        self.removed: set[str] = set()

    def line(self, text: str) -> str:
        """Subject or name of a file: no class may stand there."""
        return self._without_hidden(self._needles.replaced(text, self.removed))

    def plain(self, text: str) -> str:
        """Plain text: quotes lose our lines, hidden strings and the names beside addresses."""
        if self._request.cut_history:
            new_text, quoted = split_plain(text)
            if quoted:
                self.removed.add("history")
                text = new_text
        shown: list[str] = []
        marked = self._needles.marked(text, shown, self.removed)
        own = [word for word in self._first_words if word in text]
        changes_quotes = bool(shown) or self._holds_hidden(text)
        if not own and not changes_quotes:
            return text
        lines = marked.split("\n")
        # An address tells an attribution from a sentence; a mark does not.
        flags = quoted_flags(text.split("\n") if shown and marked.count("\n") == text.count("\n") else lines)
        if own and 1 in flags:
            lines, flags = self._without_own_lines(lines, flags, own)
        if changes_quotes and 1 in flags:
            lines = _by_runs(lines, flags, self._quoted_text)
        return unmarked("\n".join(lines), shown)

    def html(self, html: str) -> str:
        """HTML: sanitised; quotes as in `plain`."""
        if self._request.cut_history:
            new_html, quoted = split_html(html)
            if quoted:
                self.removed.add("history")
                html = new_html
        seen = unescape(html) if "&" in html else html
        if any(word in seen for word in self._first_words):
            html = remove_blocks(html, self._is_own_block)
        if self._holds_hidden(seen):
            html = change_quotes(html, self._without_hidden)
        clean = sanitise(html)
        if clean.count("<img") < len(_IMAGE.findall(html)):
            self.removed.add("remote image")
        shown: list[str] = []
        marked = self._needles.marked(clean, shown, self.removed)
        if not shown:
            return clean
        return _MAILTO_WITHOUT_ADDRESS.sub("", unmarked(self._without_names(marked), shown))

    def _holds_hidden(self, text: str) -> bool:
        lowered = text.lower() if self._hidden else ""
        return any(hidden.lower() in lowered for hidden in self._hidden)

    def _quoted_text(self, text: str) -> str:
        return self._without_hidden(self._without_names(text))

    def _without_names(self, marked: str) -> str:
        shown = without_names(marked) if OPEN in marked else marked
        if shown is not marked and len(shown) < len(marked):
            self.removed.add("name")
        return shown

    def _without_hidden(self, text: str) -> str:
        lowered = text.lower()
        for hidden in self._hidden:
            if hidden.lower() in lowered:
                pattern = re.compile(rf"(?<!\w){re.escape(hidden)}(?!\w)", re.IGNORECASE)
                text, count = pattern.subn(lambda _: self._request.label, text)
                if count:
                    self.removed.add("hidden")
        return text

    def _is_own_block(self, text: str) -> bool:
        is_own = _collapsed(text) in self._own_lines
        if is_own:
            self.removed.add("own line")
        return is_own

    def _without_own_lines(self, lines: list[str], flags: bytearray, words: list[str]) -> tuple[list[str], bytearray]:
        """Drop our own lines, which begin with these words, from quotes, also where a client has wrapped them."""
        starts = [at for word in words for at, line in enumerate(lines) if word in line and flags[at]]
        dropped: set[int] = set()
        for index in sorted(starts):
            if index not in dropped:
                dropped.update(range(index, index + self._own_line_count(lines, index)))
        if not dropped:
            return lines, flags
        self.removed.add("own line")
        kept = [index for index in range(len(lines)) if index not in dropped]
        return [lines[index] for index in kept], bytearray(flags[index] for index in kept)

    def _own_line_count(self, lines: list[str], index: int) -> int:
        """How many lines from here are one line of ours, 0 for none."""
        words = lines[index].lstrip(_QUOTE_CHARACTERS).split(None, 1)
        if not words or words[0] not in self._first_words:
            return 0
        joined = ""
        for count in range(1, 6):
            if index + count > len(lines):
                return 0
            joined = _collapsed(f"{joined} {_QUOTE_MARKS.sub('', lines[index + count - 1])}")
            if not joined:
                return 0
            if joined in self._own_lines:
                return count
            if not any(line.startswith(joined) for line in self._own_lines):
                return 0
        return 0


def mask(message: Message, request: MaskRequest) -> Masked:
    """Return what of the message its reader may get. Raises GateBroken and nothing else."""
    try:
        return _masked(message, _Masker(request))
    except Exception as fault:  # fail closed whatever the fault is (I10)
        raise GateBroken(f"masker failed: {type(fault).__name__}") from fault


def _masked(message: Message, masker: _Masker) -> Masked:
    body, attachments = message.body, message.attachments
    html = body.html
    if attachments:
        attachments, html = _renamed(attachments, html, masker)
    plain = masker.plain(body.plain) if body.plain is not None else None
    html = masker.html(html) if html is not None else None
    return Masked(
        subject=masker.line(message.subject),
        body=Body(plain=plain, html=html),
        attachments=attachments,
        removed=tuple(sorted(masker.removed)),
    )


def _renamed(
    attachments: tuple[Attachment, ...], html: str | None, masker: _Masker
) -> tuple[tuple[Attachment, ...], str | None]:
    """Mask names of files; give content ids that name no host (T-57), in the HTML too."""
    renamed: list[Attachment] = []
    new_ids: dict[str, str] = {}
    for number, attachment in enumerate(attachments, start=1):
        content_id = None
        if attachment.content_id is not None:
            content_id = f"part{number}@inline.invalid"
            new_ids.setdefault(attachment.content_id, content_id)
        renamed.append(replace(attachment, filename=masker.line(attachment.filename), content_id=content_id))
    if html is not None and new_ids:
        # In one pass: an id that is the beginning of another, or of a new one, must not grow with every file (I6).
        html = _CONTENT_ID.sub(lambda used: f"cid:{new_ids.get(used[1], used[1])}", html)
    return tuple(renamed), html


def _by_runs(lines: list[str], flags: bytearray, change: Callable[[str], str]) -> list[str]:
    """Apply `change` to each run of quoted lines as one text, so that what is wrapped over lines is seen whole."""
    changed: list[str] = []
    index = 0
    while index < len(lines):
        end = index
        while end < len(lines) and flags[end] == flags[index]:
            end += 1
        run = lines[index:end]
        changed += change("\n".join(run)).split("\n") if flags[index] else run
        index = end
    return changed


def _collapsed(text: str) -> str:
    return " ".join(text.split())
