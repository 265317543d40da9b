"""The door to the parser that makes text of HTML.

HTML that is nested or sized beyond any honest mail is never given to a tree builder (T-68, measured: 100,000 open
tags take 20 s). Does not make HTML safe (`message/sanitise.py`), nor tells new text from
quoted (`message/htmlreading.py`).
"""

import re

from resiliparse.extract.html2text import extract_plain_text

from mailbridge.message.entities import without_entities

MAX_HTML_CHARACTERS = 1_000_000
MAX_HTML_DEPTH = 500
#: signs that may begin a tag: tree builders take 80 octets and more for each
MAX_HTML_TAGS = 200_000
_FEW_TAGS = 1000

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# These end by themselves, or hold nothing.
_ANY_TAG = re.compile(r"<[^<>]*>")
_SHALLOW = frozenset(
    """
    p li td tr th tbody thead tfoot dt dd option br img hr input meta link col area base wbr source track embed param
    """.split()
)
# Only from where a run begins: a long run without a line end would be walked again from each of its blanks (T-68).
_BLANKS = re.compile(r"(?<![ \t\u00a0])[ \t\u00a0]++\n")
_MANY_LINES = re.compile(r"\n{3,}")


def is_bounded(html: str) -> bool:
    """True where the HTML is small and flat enough for tree builders; a cheap count, never too low a depth."""
    if len(html) > MAX_HTML_CHARACTERS:
        return False
    count = html.count("<")
    if count <= _FEW_TAGS // 2:
        return True
    if count > MAX_HTML_TAGS:
        return False
    open_tags: dict[str, int] = {}
    depth = 0
    for match in _TAG.finditer(html):
        name = match[2].lower()
        if name in _SHALLOW:
            continue
        if not match[1]:
            open_tags[name] = open_tags.get(name, 0) + 1
            depth += 1
            if depth > MAX_HTML_DEPTH:
                return False
        elif open_tags.get(name):
            open_tags[name] -= 1
            depth -= 1
    return True


def html_to_text(html: str) -> str:
    """Return the visible text, blocks on lines of their own."""
    return _MANY_LINES.sub("\n\n", _BLANKS.sub("\n", visible_lines(html))).strip()


def visible_lines(html: str) -> str:
    """Return the visible text as it comes, with blanks at the ends of lines and more empty ones than anybody wants."""
    if not is_bounded(html):
        return _crude_text(html)
    text: str = extract_plain_text(html, list_bullets=False, alt_texts=False)
    return text.replace("\u00a0", " ")


def _crude_text(html: str) -> str:
    """The text of HTML that no tree builder may see: tags cut out, entities undone."""
    return " ".join(without_entities(_ANY_TAG.sub(" ", html)).split())
