"""What a mail shows in its HTML form and does not say in its text form: judged like the rest, since clients show the
HTML.

A check is asked once more, about the lines and link targets that only the HTML has; what the text form says too, was
judged there. Only where something is found is the HTML cut into new and quoted. Finds nothing itself.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import unquote

from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Finding, Place
from mailbridge.message.body import split_reply
from mailbridge.message.entities import without_entities
from mailbridge.message.htmlreading import split_html
from mailbridge.message.markup import visible_lines
from mailbridge.patterns import lazy_pattern

#: what asks one check about a message
Ask = Callable[[Message], tuple[Finding, ...]]

# Each alternative ends where the next begins, so the cost is linear however the quotes stand (T-70).
_TARGET = lazy_pattern(
    r"(?:href|alt|title)\s{0,9}=\s{0,9}(?:\"([^\"]{1,2000})\"|'([^']{1,2000})'|([^\s\"'<>]{1,2000}))", re.IGNORECASE
)
# They name style sheets and the like, which nobody sees and the sanitiser takes out.
_NOT_SHOWN = lazy_pattern(r"<(?:link|LINK|base|BASE)\b[^<>]*>")
_IGNORED_IN_URLS = str.maketrans("", "", "\t\r\n")  # as browsers do
_BLANKS = lazy_pattern(r"\s+")
_TAG = lazy_pattern(r"<[^<>]{0,2000}>")
#: how far before a link is looked for what is shown, and how many letters of it tell where the link stands
_LOOKED_BACK, _LETTERS = 3_000, 20
#: a link that stands more often, or below or above a longer text, is none of a signature (T-70)
_MOST_LINKS, _LONGEST = 20, 20_000
_PLACES = {Place.NEW_TEXT: Place.HTML, Place.QUOTED_TEXT: Place.QUOTED_HTML}
_MAX_PLACES_LOOKED_AT = 1_000


class HtmlForm:
    """The HTML form of one message, read when a check first asks about it."""

    def __init__(self, message: Message) -> None:
        self._message = message
        self._strange: str | None = None
        self._cut: Message | None = None
        self._said = ""
        #: where each target of a link stands, and which of them stand below the author's words
        self._places: defaultdict[str, list[int]] | None = None
        self._are_below: dict[str, bool] = {}
        #: the letters of what stands below his words, and of his words
        self._below = self._above = ""

    def findings(self, ask: Ask) -> tuple[Finding, ...]:
        """What a check of texts finds in the HTML only; its place says whether that is new or quoted."""
        strange = self.strange_text()
        if not strange or not self._news(ask(self._with(strange, ""))):
            return ()
        return self._news(ask(self._in_two()))

    def strange_text(self) -> str:
        """The lines and link targets that the text form does not have; "" for a mail without HTML."""
        if self._strange is None:
            self._strange = "\n".join(self._strange_lines())
        return self._strange

    def is_below(self, words: str) -> bool:
        """True where these words are targets of links only, and each of them stands below the author's words."""
        message = self._message
        if self._places is None:
            self._below = _letters(f"{message.sign_off} {message.signature} {message.imprint}"[:_LONGEST])
            self._above = _letters(message.new_text[: min(message.sign_off_at, _LONGEST)])
            self._places = defaultdict(list)
            for match in _TARGET.finditer(message.body.html or ""):
                self._places[_target_of(match)].append(match.start())
        if words not in self._are_below:
            places = self._places.get(words, ())
            is_told = 0 < len(places) <= _MOST_LINKS and message.sign_off_at <= _LONGEST
            self._are_below[words] = is_told and all(map(self._stands_below, places))
        return self._are_below[words]

    def _stands_below(self, place: int) -> bool:
        head = _shown_before(self._message.body.html or "", place)
        return head != "" and head in self._below and head not in self._above

    def _strange_lines(self) -> Iterator[str]:
        html, plain = self._message.body.html, self._message.body.plain
        if html is None:
            return
        if plain is not None:
            said = {"", *(line.lstrip("> ").rstrip() for line in plain.split("\n"))}
            yield from (line for line in visible_lines(html).split("\n") if line.strip() not in said)
        yield from _targets(html)

    def _in_two(self) -> Message:
        """The HTML as if it were the text of the message: what its author wrote now, and what he quotes."""
        if self._cut is None:
            html = self._message.body.html or ""
            new_text, quoted_text = split_reply(None, html)
            self._cut = self._with("\n".join((new_text, *_targets(split_html(html)[0]))), quoted_text)
        return self._cut

    def _with(self, new_text: str, quoted_text: str) -> Message:
        return replace(self._message, subject="", new_text=new_text, quoted_text=quoted_text)

    def _news(self, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """Those in a text whose words the text form does not have, each once."""
        news = (
            replace(finding, place=_PLACES[finding.place], start=0, end=0)
            for finding in found
            if finding.place in _PLACES and not self._is_said(finding.words)
        )
        return tuple(dict.fromkeys(news))

    def _is_said(self, words: str) -> bool:
        if not self._said:
            self._said = _flat(f"{self._message.own_text}\n{self._message.quoted_text}")
        return _stands_in(_flat(words), self._said)


def _targets(html: str) -> Iterator[str]:
    """Where the links of this HTML lead: URLs, addresses of mailto:, numbers of tel:; and what stands for a picture or
    beside the pointer, which clients show too; each once."""
    seen: set[str] = set()
    for match in _TARGET.finditer(_NOT_SHOWN.sub("", html)):
        target = _target_of(match)
        if target not in seen and not target.startswith("#"):
            seen.add(target)
            yield target


def _target_of(match: re.Match[str]) -> str:
    target = without_entities(match[1] or match[2] or match[3]).translate(_IGNORED_IN_URLS).strip()
    scheme, colon, rest = target.partition(":")
    return unquote(rest.partition("?")[0]) if colon and scheme.lower() in ("mailto", "tel") else target


def _shown_before(html: str, place: int) -> str:
    """The last letters that are shown before the tag at this place."""
    before = html[max(place - _LOOKED_BACK, 0) : place].rpartition("<")[0]
    return _letters(without_entities(_TAG.sub(" ", before.partition(">")[2] if place > _LOOKED_BACK else before)))[
        -_LETTERS:
    ]


def _letters(text: str) -> str:
    return "".join(sign for sign in text.lower() if sign.isalnum())


def _flat(text: str) -> str:
    return _BLANKS.sub(" ", text).casefold().strip()


def _stands_in(words: str, text: str) -> bool:
    """True where the words stand in the text and are no part of longer ones."""
    at = text.find(words)
    for _ in range(_MAX_PLACES_LOOKED_AT):
        if at < 0:
            return False
        if not _goes_on(text[at - 1 : at]) and not _goes_on(text[at + len(words) : at + len(words) + 2]):
            return True
        at = text.find(words, at + 1)
    return False


def _goes_on(neighbours: str) -> bool:
    """True where a word goes on: a letter, a digit, or a sign that joins them."""
    first, second = neighbours[:1], neighbours[1:2]
    return first.isalnum() or first in {"@", "_"} or (first in {".", "-", "/"} and second.isalnum())
