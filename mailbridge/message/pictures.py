"""Which pictures an HTML text shows or loads: where from, how big, and inside which link.

Reads elements only; what may be shown is decided by `message/sanitise.py`, which takes everything remote out. HTML that
is too much for a tree builder is read by its tags alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from mailbridge.message.entities import without_entities
from mailbridge.message.markup import is_bounded

#: HTML with more is read by its tags alone, and not to its end: whoever finds nothing here finds nothing there
_MAX_PICTURES = 300
#: without one of these nothing is shown or loaded
_SIGNS = ("<img", "url(", "background", "<input", "<video", "<image", "<source", "<embed", "<object", "<iframe")
_SELECTOR = "img, input[type=image], [background], [style*='url('], video, image, source, embed, object, iframe"
_SOURCES = ("src", "background", "poster", "data", "href", "xlink:href")
_URL_OF_STYLE = re.compile(r"url\(\s{0,9}[\"']?([^\"')\s]{1,4000})", re.IGNORECASE)
_IMPORT = re.compile(r"@import[^;]{0,4000};?", re.IGNORECASE)
_FONT = re.compile(r"\.(?:woff2?|ttf|eot|otf|css)(?:[?#]|$)", re.IGNORECASE)
_SHEET = re.compile(r"<style\b[^>]{0,999}>(.{1,200000}?)</style", re.IGNORECASE | re.DOTALL)
_SIZE = re.compile(r"\s{0,9}([0-9]{1,5})")
_STYLED_SIZE = re.compile(r"(?<![\w-])(?:max-)?(width|height)\s{0,9}:\s{0,9}([0-9]{1,5})(?!%)", re.IGNORECASE)
_OUT_OF_SIGHT = re.compile(
    r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden|opacity\s{0,9}:\s{0,9}0(?![.\d])", re.IGNORECASE
)
_CRUDE = re.compile(r"(?:<img\b[^<>]{0,4000}?\bsrc\s{0,9}=\s{0,9}|url\()[\"']?([^\"'\s<>()]{1,4000})", re.IGNORECASE)
_BLANKS_IN_URLS = str.maketrans("", "", "\t\r\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture as its element says it; nothing was loaded."""

    #: where it comes from, as written: "cid:...", "https://...", "data:..."
    source: str
    #: what stands for it in words
    alt: str = ""
    #: in pixels as written, attribute or style; None where neither says so
    width: int | None = None
    height: int | None = None
    #: True where the element hides it
    is_hidden: bool = False
    #: True for one behind other content
    is_background: bool = False
    #: target of the link it stands in; "" outside of one
    link: str = ""

    @property
    def is_remote(self) -> bool:
        """True where showing it asks another machine."""
        return self.source[:8].lower().startswith(("http://", "https://", "//", "ftp://"))


@lru_cache(maxsize=2)
def pictures_in(html: str) -> tuple[Picture, ...]:
    """Every picture in the order of the HTML; kept for the checks that ask one after the other."""
    small = html.lower()
    if not any(sign in small for sign in _SIGNS):
        return ()
    if small.count("<img") + small.count("url(") > _MAX_PICTURES or not is_bounded(html):
        crude = (Picture(source=_clean(found[1])) for found in _CRUDE.finditer(html))
        return tuple(picture for _, picture in zip(range(_MAX_PICTURES), crude, strict=False))
    return (*_shown(LexborHTMLParser(html)), *_of_sheets(html, small))[:_MAX_PICTURES]


def _shown(tree: LexborHTMLParser) -> Iterator[Picture]:
    for node in tree.css(_SELECTOR):
        attributes = node.attributes
        style = attributes.get("style") or ""
        sizes = _sizes(attributes, style)
        is_hidden = "hidden" in attributes or bool(_OUT_OF_SIGHT.search(style))
        for source, is_background in _sources(attributes, style):
            yield Picture(
                source=source,
                alt=(attributes.get("alt") or "").strip(),
                width=sizes.get("width"),
                height=sizes.get("height"),
                is_hidden=is_hidden,
                is_background=is_background,
                link=_link_around(node) if not is_background else "",
            )


def _sources(attributes: dict[str, str | None], style: str) -> Iterator[tuple[str, bool]]:
    for name in _SOURCES:
        source = _clean(attributes.get(name) or "")
        if source:
            yield source, name == "background"
    for one in (attributes.get("srcset") or "").split(",")[:9]:
        if one.strip():
            yield _clean(one.split()[0]), False
    if "(" in style:
        yield from ((_clean(found[1]), True) for found in _URL_OF_STYLE.finditer(style))


def _of_sheets(html: str, small: str) -> Iterator[Picture]:
    """What style sheets load behind elements; neither fonts nor other sheets."""
    if "<style" not in small or "url(" not in small:
        return
    for sheet in _SHEET.finditer(html):
        for found in _URL_OF_STYLE.finditer(_IMPORT.sub("", sheet[1])):
            if not _FONT.search(found[1]):
                yield Picture(source=_clean(found[1]), is_background=True)


def _sizes(attributes: dict[str, str | None], style: str) -> dict[str, int]:
    sizes = {name.lower(): int(size) for name, size in _STYLED_SIZE.findall(style)} if style else {}
    for name in ("width", "height"):
        written = attributes.get(name) or ""
        number = _SIZE.match(written)
        if number is not None and "%" not in written:
            sizes.setdefault(name, int(number[1]))
    return sizes


def _link_around(node: LexborNode) -> str:
    at = node.parent
    while at is not None:
        if at.tag == "a":
            return _clean(at.attributes.get("href") or "")
        at = at.parent
    return ""


def _clean(url: str) -> str:
    return without_entities(url).translate(_BLANKS_IN_URLS).strip()
