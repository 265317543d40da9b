"""The door to the HTML parsers: text of HTML, and changes to its blocks and quotes.

HTML that is nested or sized beyond any honest mail is never given to a tree builder (T-68, measured: 100,000 open
tags take 20 s). Does not make HTML safe (`message/sanitise.py`), nor tells new text from
quoted (`message/htmlreading.py`).
"""

import re
from collections.abc import Callable
from html import unescape

from resiliparse.extract.html2text import extract_plain_text
from selectolax.lexbor import LexborHTMLParser, LexborNode

from mailbridge.message.attribution import is_header_block

MAX_HTML_CHARACTERS = 1_000_000
MAX_HTML_DEPTH = 500
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

# What mail programs wrap a quote in. Plain <blockquote> is not among them (Q2).
_QUOTES = ", ".join(
    (
        "blockquote[type=cite]",
        "blockquote.gmail_quote",
        "div.gmail_attr",
        "div.x_gmail_quote",
        "div.moz-cite-prefix",
        "div.moz-forward-container",
        "blockquote[style*='border-left']",
        "div.yahoo_quoted",
        "blockquote.protonmail_quote",
        "div.protonmail_quote",
        "blockquote.tutanota_quote",
        "div.tutanota_quote",
        "div.zmail_extra",
        "div#isReplyContent",
        "div#OLK_SRC_BODY_SECTION",
        "div.ms-outlook-mobile-reference-message",
        "div#mail-editor-reference-message-container",
    )
)
# From here on everything that follows beside it is quoted.
_CUTS = ", ".join(
    (
        "div#divRplyFwdMsg",
        "div#x_divRplyFwdMsg",
        "hr#stopSpelling",
        "hr#zwchr",
        "div[style*='border-top:solid #E1E1E1']",
        "div[style*='border-top: solid #E1E1E1']",
        "div[style*='border-top:solid #B5C4DF']",
        "div[style*='border-top: 1pt solid rgb(225, 225, 225)']",
        "div[style*='border-top-color: rgb(225, 225, 225)']",
    )
)


def is_bounded(html: str) -> bool:
    """True where the HTML is small and flat enough for tree builders; a cheap count, never too low a depth."""
    if len(html) > MAX_HTML_CHARACTERS:
        return False
    if html.count("<") <= _FEW_TAGS // 2:
        return True
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
    return " ".join(unescape(_ANY_TAG.sub(" ", html)).split())


def _outermost(nodes: list[LexborNode]) -> list[LexborNode]:
    """Leave out what stands inside another of these: a node must not be touched once its ancestor was removed."""
    among = {node.mem_id for node in nodes}
    return [node for node in nodes if not _has_ancestor(node, among)]


def _has_ancestor(node: LexborNode, among: set[int]) -> bool:
    ancestor = node.parent
    while ancestor is not None:
        if ancestor.mem_id in among:
            return True
        ancestor = ancestor.parent
    return False


def _is_quoted_header(node: LexborNode) -> bool:
    if node.tag == "hr":
        return True
    lines = [line for line in html_to_text(node.html or "").split("\n") if line.strip()]
    return bool(lines) and is_header_block(lines, 0)


def remove_blocks(html: str, is_removed: Callable[[str], bool]) -> str:
    """Remove the innermost blocks whose whole text `is_removed` says yes to."""
    if not is_bounded(html):
        return html
    tree = LexborHTMLParser(html)
    chosen = [
        node
        for node in tree.css("p, div, td, span, font, small, li, pre, i, em")
        if _is_innermost(node) and is_removed(node.text(deep=True))
    ]
    for node in _outermost(chosen):
        node.remove()
    body = tree.body
    return (body.inner_html or "") if chosen and body is not None else html


def _is_innermost(node: LexborNode) -> bool:
    """True where no other block stands inside; a selector matches the node itself too."""
    return all(inner.mem_id == node.mem_id for inner in node.css("p, div, td, table"))


def change_quotes(html: str, change: Callable[[str], str]) -> str:
    """Apply `change` to each run of text inside quotes."""
    if not is_bounded(html):
        return html
    tree = LexborHTMLParser(html)
    quotes = [*tree.css(_QUOTES), *tree.css("div.gmail_quote, blockquote")]
    cut = next((node for node in tree.css(_CUTS) if _is_quoted_header(node)), None)
    while cut is not None:
        quotes.append(cut)
        cut = cut.next
    # Collected before the first change: a walk must not go over nodes that are being replaced.
    texts = [inner for node in _outermost(quotes) for inner in node.traverse(include_text=True) if inner.tag == "-text"]
    for node in texts:
        text = node.text(deep=False)
        changed = change(text)
        if changed != text:
            node.replace_with(changed)
    body = tree.body
    return (body.inner_html or "") if body is not None else html
