"""The style sheets of an HTML mail, written into its elements: no sheet crosses, and without its own a mail looks odd.

Outlook gives every paragraph its margin and font by a class. Only what a class or an element name selects is read, in
the order of CSS; no media, no pseudo-classes but links, no neighbours. Makes nothing safe: `message/sanitise.py` does,
before and behind.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape, unescape

_MAX_SHEET = 65_536
_MAX_RULES = 300
_MAX_SHEETS = 20
#: kinds of elements, by name and classes, that are told apart
_MAX_KINDS = 2_000
_NO_CLASSES: frozenset[str] = frozenset()
#: characters that a mail may grow by
_MAX_GROWTH = 262_144
_OPENING = re.compile(r"<!--|<style\b([^>]{0,500})>", re.IGNORECASE)
_CLOSING = re.compile(r"</style", re.IGNORECASE)
_MEDIA = re.compile(r"media\s*=\s*[\"']?([^\"'>]*)", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_SELECTOR = re.compile(r"([a-z][a-z0-9]*)?((?:\.[A-Za-z_-][\w-]*){0,4})(:link)?", re.IGNORECASE)
_BODY = re.compile(r"<body\b([^>]{0,4000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\b(class|style)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
#: of the body, what its text inherits; its frame is the reader's own
_INHERITED = re.compile(r"(?:font|color|line-height|direction|background-color)[a-z-]*:")
# Works on the sanitiser's own output: lower-case names, every attribute in double quotes.
_START_TAG = re.compile(r'<([a-z][a-z0-9]*)((?: [a-z]+="[^"]*")*)>')
_CLASS = re.compile(r' class="([^"]*)"')
_STYLE = re.compile(r' style="([^"]*)"')
_FILTERED = re.compile(r'<p(?: style="([^"]*)")?>')


@dataclass(frozen=True, slots=True)
class Rule:
    """One selector with its declarations."""

    #: lower case; "" for any element
    element: str
    classes: frozenset[str]
    declarations: str
    #: of CSS: the higher wins, the later among equals
    weight: tuple[int, int, int]


class Sheet:
    """The rules of one mail."""

    def __init__(self, rules: list[Rule]) -> None:
        self._rules = sorted(rules, key=lambda rule: rule.weight)
        self._elements = frozenset(rule.element for rule in rules)
        self._classes = frozenset(name for rule in rules for name in rule.classes)
        #: element and those of its classes that the sheet knows, to declarations
        self._known: dict[tuple[str, frozenset[str]], str] = {}

    def declarations_for(self, element: str, classes: str) -> str:
        """What the sheet says of an element with these classes, each declaration before those that win over it."""
        names = frozenset(classes.lower().split()) & self._classes if classes else _NO_CLASSES
        if not names and element not in self._elements:
            return ""
        known = self._known.get((element, names))
        if known is None:
            if len(self._known) > _MAX_KINDS:
                return ""
            found = (rule for rule in self._rules if rule.element in {"", element} and rule.classes <= names)
            known = self._known[element, names] = ";".join(rule.declarations for rule in found)
        return known


def sheet_of(html: str, filtered: Callable[[str], str]) -> Sheet | None:
    """The sheet of a mail as it came, None where it has none; `filtered` is the sanitiser."""
    if "<style" not in html and "<STYLE" not in html:
        return None
    rules: list[Rule] = []
    for text in _sheets(html):
        rules += _rules(text, len(rules))
    rules = rules[:_MAX_RULES]
    return Sheet(_filtered(rules, filtered)) if rules else None


def inlined(clean: str, sheet: Sheet | None, kept_classes: frozenset[str]) -> str:
    """Sanitised HTML, which still has its classes, with the sheet in its elements; of its classes these are kept."""
    room = _MAX_GROWTH

    def dressed(tag: re.Match[str]) -> str:
        nonlocal room
        element, attributes = tag[1], tag[2]
        given = _CLASS.search(attributes)
        classes = given[1] if given else ""
        declarations = sheet.declarations_for(element, classes) if sheet is not None else ""
        if given is not None:
            names = [name for name in classes.split() if name in kept_classes]
            kept = f' class="{" ".join(names)}"' if names else ""
            attributes = attributes[: given.start()] + kept + attributes[given.end() :]
        if declarations and len(declarations) < room:
            room -= len(declarations)
            own = _STYLE.search(attributes)
            if own is None:
                attributes += f' style="{declarations}"'
            else:
                attributes = f'{attributes[: own.start()]} style="{declarations};{own[1]}"{attributes[own.end() :]}'
        return f"<{element}{attributes}>"

    return _START_TAG.sub(dressed, clean)


def body_style(html: str, sheet: Sheet | None, filtered: Callable[[str], str]) -> str:
    """What the text inherits from the body element, as the value of a style attribute; "" for nothing."""
    body = _BODY.search(html)
    if body is None:
        return ""
    values = {name.lower(): unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(body[1])}
    own = _FILTERED.match(filtered(f'<p style="{escape(values.get("style", ""))}"></p>'))
    by_sheet = sheet.declarations_for("body", values.get("class", "")) if sheet is not None else ""
    both = f"{by_sheet};{own[1] or ''}" if own is not None else by_sheet
    return ";".join(each for each in _pieces(both) if _INHERITED.match(each))


def _pieces(declarations: str) -> Iterator[str]:
    """Declarations of a style attribute, in which quotes are entities."""
    for piece in unescape(declarations).split(";"):
        if piece.count('"') % 2 == 0 and piece.strip():
            yield escape(piece.strip())


def _sheets(html: str) -> Iterator[str]:
    """The texts of the style elements that every program shows; what stands in comments is for one program alone."""
    at, total = 0, 0
    for _ in range(_MAX_SHEETS * 10):
        opening = _OPENING.search(html, at)
        if opening is None or total > _MAX_SHEET:
            return
        if opening[0] == "<!--":
            end = html.find("-->", opening.end() - 2)
            if end == -1:
                return
            at = end + 3
            continue
        closing = _CLOSING.search(html, opening.end())
        if closing is None:
            return
        at = closing.end()
        total += closing.start() - opening.end()
        media = _MEDIA.search(opening[1] or "")
        if media is None or media[1].strip().lower() in {"", "all", "screen"}:
            yield html[opening.end() : closing.start()][:_MAX_SHEET]


def _rules(text: str, order: int) -> list[Rule]:
    text = _COMMENT.sub(" ", text)
    rules: list[Rule] = []
    at = 0
    while len(rules) < _MAX_RULES and (brace := text.find("{", at)) != -1:
        prelude = text[at:brace].rpartition(";")[2].strip()
        if prelude.startswith("@"):
            at = _behind_block(text, brace)
            continue
        end = text.find("}", brace)
        end = len(text) if end == -1 else end
        declarations = " ".join(text[brace + 1 : end].split())
        for selector in prelude.split(",")[:20]:
            rule = _rule(selector.strip(), declarations, order + len(rules))
            rules += [rule] if rule is not None else []
        at = end + 1
    return rules


def _behind_block(text: str, brace: int) -> int:
    """The end of a block with blocks inside (@media), or without (@font-face)."""
    depth = 0
    for each in re.finditer(r"[{}]", text[brace:]):
        depth += 1 if each[0] == "{" else -1
        if depth == 0:
            return brace + each.end()
    return len(text)


def _rule(selector: str, declarations: str, order: int) -> Rule | None:
    match = _SELECTOR.fullmatch(selector)
    if match is None or not (match[1] or match[2]) or not declarations:
        return None
    element, classes = (match[1] or "").lower(), frozenset(match[2].lower().split(".")) - {""}
    return Rule(element, classes, declarations, (len(classes) + (match[3] is not None), int(bool(element)), order))


def _filtered(rules: list[Rule], filtered: Callable[[str], str]) -> list[Rule]:
    """The rules with what the sanitiser leaves of their declarations, by one call."""
    written = "".join(f'<p style="{escape(rule.declarations)}"></p>' for rule in rules)
    left = _FILTERED.findall(filtered(written))
    return [
        Rule(rule.element, rule.classes, declarations, rule.weight)
        for rule, declarations in zip(rules, left, strict=True)
        if declarations
    ]
