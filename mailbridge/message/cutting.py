"""Cut named words and files out of a message, so that the rest can go out (features.md N-06); or words for us (N-11).

The words are the author's own, in both forms of his text, in the subject and in the targets of links; a label stands
in their place. Says nothing about what has to be cut: that is `policy/mending.py`, which judges what is left.
"""

import re
from dataclasses import dataclass, replace
from html import escape

from mailbridge.domain.message import Body, Message
from mailbridge.message.body import with_body
from mailbridge.message.entities import without_entities
from mailbridge.message.hidden import Hidden
from mailbridge.message.readings import Reading, Way, replaced, skeleton

# Each alternative ends where the next begins, so the cost is linear however the quotes stand (T-70).
_SHOWN_ATTRIBUTE = re.compile(
    r"\s(?:href|src|alt|title)\s{0,9}=\s{0,9}(?:\"([^\"]{1,2000})\"|'([^']{1,2000})'|([^\s\"'<>]{1,2000}))",
    re.IGNORECASE,
)
_LETTER = re.compile(r"\w")
_BLANKS = r"\s{1,40}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """What is to be taken out of a message."""

    #: exactly as they stand in its text
    words: frozenset[str] = frozenset()
    #: names of its attachments
    files: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.words or self.files)


def without(message: Message, cut: Cut, label: str) -> Message:
    """The message without these words and files; `label` stands where words were."""
    scissors = _Scissors(cut.words, label)
    plain, html = message.body.plain, message.body.html
    kept = replace(
        message,
        subject=scissors.plain(message.subject),
        attachments=tuple(each for each in message.attachments if each.filename not in cut.files),
    )
    body = Body(
        plain=None if plain is None else scissors.plain(plain), html=None if html is None else scissors.html(html)
    )
    return kept if body == message.body else with_body(kept, body)


def without_marked(message: Message, marked: frozenset[str]) -> Message:
    """The message without these words for us, each with the mark that makes it one: "#close" in the text, "[close]" in
    the subject. The same word without its mark is the author's own, and stays.
    """
    subject = message.subject
    for word in marked:
        subject = subject.replace(word, " ") if word.startswith("[") else subject
    in_text = "|".join(_marked(word) for word in sorted(marked, key=len, reverse=True) if word.startswith("#"))
    kept = message if subject == message.subject else replace(message, subject=" ".join(subject.split()))
    if not in_text:
        return kept
    pattern, (plain, html) = re.compile(in_text), (message.body.plain, message.body.html)

    def places(reading: Reading) -> list[tuple[int, int]]:
        return [reading.place(*found.span()) for found in pattern.finditer(reading.text)]

    body = Body(
        plain=None if plain is None else replaced(plain, "", Way.TEXT, places),
        html=None if html is None else replaced(html, "", Way.HTML, places),
    )
    return with_body(kept, body)


def _marked(word: str) -> str:
    """A pattern for readings, however blanks and line ends stand between its parts."""
    return rf"(?<!\w){_BLANKS.join(map(re.escape, skeleton(word).split()))}(?!\w)"


class _Scissors:
    """Cuts these words out of one text after another."""

    def __init__(self, words: frozenset[str], label: str) -> None:
        self._label = label
        longest_first = sorted((word.strip() for word in words if word.strip()), key=len, reverse=True)
        #: what has no letter or digit (signs, emoji) can only be looked for as it stands
        self._signs = [word for word in longest_first if not _LETTER.search(word)]
        self._said = [word for word in longest_first if _LETTER.search(word)]
        self._exact = [re.compile(rf"(?<!\w){re.escape(word)}(?!\w)") for word in self._said]
        self._anyhow = Hidden(self._said, as_written=True)

    def plain(self, text: str) -> str:
        """Subject or plain text."""
        for pattern in self._exact:
            text = pattern.sub(lambda _: self._label, text)
        text = self._anyhow.replaced(text, self._label, way=Way.TEXT)
        for sign in self._signs:
            text = text.replace(sign, self._label)
        return text

    def html(self, html: str) -> str:
        """HTML: the text that is shown, and what leads or points elsewhere."""
        html = self._anyhow.replaced(html, escape(self._label), way=Way.HTML)
        for sign in self._signs:
            html = html.replace(escape(sign), escape(self._label))
        return _SHOWN_ATTRIBUTE.sub(self._attribute, html)

    def _attribute(self, match: re.Match[str]) -> str:
        value = without_entities(match[1] or match[2] or match[3])
        return "" if any(word in value for word in self._said) else match[0]
