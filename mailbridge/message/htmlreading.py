"""Read a reply in HTML: its visible text as lines, each with the mark of its element; and cut history out of HTML.

One walk over the tree; what the elements do not tell, the words do (`message/body.py`). HTML beyond any honest mail is
read as text without marks. Does not make HTML safe: that is `message/sanitise.py`.
"""

from selectolax.lexbor import LexborHTMLParser, LexborNode

from mailbridge.domain.reading import SOURCE_BREAK
from mailbridge.message.body import history_flags
from mailbridge.message.marks import HISTORY, NEW, QUOTED, SIGNATURE, SOFT
from mailbridge.message.markup import html_to_text, is_bounded
from mailbridge.message.quirks import QUIRKS
from mailbridge.message.selectors import Selectors

#: so many tags can be nested in each other without harm
_FEW_TAGS = 2_000

_INLINE, _BLOCK, _PARAGRAPH, _BREAK, _CELL, _PRE, _SKIPPED, _PICTURE, _RULE = range(9)
_TAGS = {
    **dict.fromkeys(
        """
        address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure
        footer form header html legend li main menu nav ol section summary table tbody tfoot thead tr ul
        """.split(),
        _BLOCK,
    ),
    **dict.fromkeys("p h1 h2 h3 h4 h5 h6".split(), _PARAGRAPH),
    **dict.fromkeys("td th".split(), _CELL),
    **dict.fromkeys("head script style template title noframes".split(), _SKIPPED),
    "br": _BREAK,
    "hr": _RULE,
    "img": _PICTURE,
    "pre": _PRE,
}
#: numbers of the tags that the parser knows; those of others differ from tree to tree
_KNOWN_TAGS = 190
_TAG_KINDS: dict[int, int] = {}
#: the number that lexbor gives to texts
_TEXT_TAG = 2
_CELL_END = "\t"
_BULLETS = ("•", "·", "◦", "▪")
_SELECTORS = Selectors(
    [
        *((selector, SIGNATURE) for quirk in QUIRKS for selector in quirk.signatures),
        *((selector, QUOTED) for quirk in QUIRKS for selector in quirk.quotes),
        *((selector, HISTORY) for quirk in QUIRKS for selector in quirk.history),
    ]
)


def html_lines(html: str) -> tuple[list[str], bytearray]:
    """Return the visible text as lines, and the mark of each line."""
    tree = _tree(html)
    if tree is None:
        lines = html_to_text(html).split("\n")
        return lines, bytearray(len(lines))
    page = _Page(tree, has_narrow_paragraphs="MsoNormal" in html, keeps_leaves=False)
    return page.lines, page.marks


def split_html(html: str) -> tuple[str, str]:
    """Return (HTML without the quoted history, the text that was taken out, "" if nothing was)."""
    tree = _tree(html)
    if tree is None:
        return html, ""
    page = _Page(tree, has_narrow_paragraphs="MsoNormal" in html, keeps_leaves=True)
    flags = history_flags(page.lines, page.marks)
    quoted = "\n".join(line for line, flag in zip(page.lines, flags, strict=True) if flag)
    if not quoted.strip():
        return html, ""
    _remove_quoted(page, flags)
    body = tree.body
    return (body.inner_html or "") if body is not None else "", quoted


def _tree(html: str) -> LexborHTMLParser | None:
    """The tree, or None where there are no tags or too many for any honest mail."""
    tags = html.count("<")
    if not tags or (tags - html.count("</") > _FEW_TAGS and not is_bounded(html)):
        return None
    return LexborHTMLParser(html)


def _remove_quoted(page: "_Page", flags: bytearray) -> None:
    """Take out the leaves on quoted lines, and then the elements that held nothing else."""
    last = len(flags) - 1
    kept: dict[int, list[int]] = {}  # of texts that go over several lines, those that stay
    for leaf, line in page.leaves:
        kept.setdefault(leaf.mem_id, [])
        if not flags[min(line, last)]:
            kept[leaf.mem_id].append(line)
    emptied: dict[int, LexborNode] = {}
    for leaf, line in page.leaves:
        if not flags[min(line, last)] or leaf.mem_id not in kept:
            continue
        lines = kept.pop(leaf.mem_id)
        if lines:
            leaf.replace_with("\n".join(page.lines[at] for at in lines))
            continue
        if leaf.parent is not None:
            emptied[leaf.parent.mem_id] = leaf.parent
        leaf.remove()
    _remove_emptied(emptied)


def _remove_emptied(emptied: dict[int, LexborNode]) -> None:
    while emptied:
        _, node = emptied.popitem()
        above = node.parent
        if above is None or node.tag == "body" or node.css_first("img") is not None or node.text(deep=True).strip():
            continue
        emptied[above.mem_id] = above
        node.remove()


class _Page:
    """The lines of a tree."""

    __slots__ = (
        "_after_cell",
        "_gap",
        "_had_block_in_cell",
        "_has_blank",
        "_has_narrow_paragraphs",
        "_history",
        "_is_in_new_cell",
        "_keeps_leaves",
        "_line",
        "_line_mark",
        "_mark",
        "_open",
        "_pre_depth",
        "_space",
        "leaves",
        "lines",
        "marks",
    )

    def __init__(self, tree: LexborHTMLParser, *, has_narrow_paragraphs: bool, keeps_leaves: bool) -> None:
        self.lines: list[str] = []
        self.marks = bytearray()
        #: texts, breaks and pictures with the line they stand on, if asked for
        self.leaves: list[tuple[LexborNode, int]] = []
        self._keeps_leaves = keeps_leaves
        self._has_narrow_paragraphs = has_narrow_paragraphs
        #: open blocks: the node that follows each, its kind, the mark in force before it, itself, and the
        #: number of lines before it
        self._open: list[tuple[int, int, int, int, int]] = []
        self._line: list[str] = []
        self._line_mark = self._mark = NEW
        self._space = ""
        self._gap = self._has_blank = self._history = self._is_in_new_cell = self._had_block_in_cell = False
        self._pre_depth = 0
        #: number of lines when a cell of one line has just ended; -1 otherwise
        self._after_cell = -1
        if tree.body is not None:
            self._walk(tree.body)

    def _walk(self, body: LexborNode) -> None:
        """Go over all nodes, from the first to the last."""
        open_blocks, kinds = self._open, _TAG_KINDS
        for node in body.traverse(include_text=True):
            if open_blocks and node.mem_id == open_blocks[-1][0]:
                self._close(node.mem_id)
            number = node.tag_id
            if number == _TEXT_TAG:
                content = node.text_content or ""
                if content.isspace():
                    self._blank(content)
                else:
                    self._text(node, content)
                continue
            kind = kinds.get(number)
            if kind is None:
                kind = _tag_kind(node)
            if kind:
                self._enter(node, kind)
        self._break()

    def _enter(self, node: LexborNode, kind: int) -> None:
        if kind == _BREAK:
            if self._keeps_leaves:
                self.leaves.append((node, len(self.lines)))
            self._break(is_forced=True)
        elif kind == _CELL:
            self._enter_cell(node)
        else:
            if kind != _PICTURE:
                self._enter_block(node, kind)
            if self._keeps_leaves and kind in (_PICTURE, _RULE):
                self.leaves.append((node, len(self.lines)))

    def _enter_cell(self, node: LexborNode) -> None:
        """Cells of a row stand beside each other: where each holds one line, they make one."""
        if self._after_cell == len(self.lines) and not self._line and self.lines[-1]:
            self._line, self._line_mark = [self.lines.pop()], self.marks.pop()
            if self._space == "" and self._had_block_in_cell and not self._line[0].endswith(_BULLETS):
                self._space = SOURCE_BREAK
        self._space = self._space or _CELL_END
        self._is_in_new_cell = True
        if self._gap and not self._line and self.lines:
            self._end_gap()
        self._open.append((self._following(node), _CELL, self._mark, node.mem_id, len(self.lines)))

    def _enter_block(self, node: LexborNode, kind: int) -> None:
        if (self._line and not self._is_in_new_cell) or self._has_blank:
            self._break()
        before = self._mark
        if kind == _PARAGRAPH and not self._has_narrow_paragraphs and not self._is_in_new_cell:
            self._gap = True
        elif kind == _PRE:
            self._pre_depth += 1
        attributes = node.attributes
        if (attributes or node.tag == "blockquote") and before != QUOTED:
            mark = _mark_of(node, attributes)
            if mark == HISTORY:
                self._history = True
            elif mark:
                self._mark = mark
        self._open.append((self._following(node), kind, before, node.mem_id, len(self.lines)))

    def _following(self, node: LexborNode) -> int:
        """The number of the first node behind this one and all it holds; 0 at the end."""
        innermost = self._open[-1] if self._open else None
        at: LexborNode | None = node
        while at is not None:
            after = at.next
            if after is not None:
                return after.mem_id
            at = at.parent
            if innermost is not None and at is not None and at.mem_id == innermost[3]:
                return innermost[0]
        return 0

    def _close(self, following: int) -> None:
        """End the blocks that end before this node."""
        if self._line or self._has_blank:
            self._break()
        self._had_block_in_cell = self._open[-1][1] != _CELL
        while self._open and self._open[-1][0] == following:
            _, kind, self._mark, _, begun = self._open.pop()
            if kind == _PARAGRAPH and not self._has_narrow_paragraphs:
                self._gap = True
            elif kind == _PRE:
                self._pre_depth -= 1
            is_cell_of_one_line = kind == _CELL and len(self.lines) == begun + 1
            self._after_cell = len(self.lines) if is_cell_of_one_line else -1

    def _blank(self, content: str) -> None:
        """A text of blanks: between words it is one, alone on its line a hard one makes a blank line."""
        if "\n" in content:
            self._space = SOURCE_BREAK
        elif self._line:
            self._space = self._space or " "
        if not self._line and "\u00a0" in content:
            self._has_blank = True

    def _text(self, node: LexborNode, content: str) -> None:
        """A text that is not blank."""
        if self._open and self._open[-1][1] == _SKIPPED:
            return
        if "\n" not in content:
            self._words(content, " ".join(content.split()), node)
        elif self._pre_depth or content.count("\n>") > 1:  # plain text put into HTML as it was
            self._lines_of(node, content)
        else:
            self._words(content, _joined(content), node)

    def _lines_of(self, node: LexborNode, content: str) -> None:
        *first, last = content.split("\n")
        for line in first:
            self._words(line, line.rstrip(), node)
            self._break(is_forced=True)
        self._words(last, last, node)

    def _words(self, content: str, words: str, node: LexborNode) -> None:
        if not words:
            return
        if self._line:
            space = self._space
            if content[0].isspace() and (not space or content[0] == "\n"):
                space = content[0]
            if space and not (space == _CELL_END and self._line[-1].endswith(_BULLETS)):
                self._line.append(SOURCE_BREAK if space in ("\n", "\r", SOURCE_BREAK) else " ")
        else:
            if self._gap:
                self._end_gap()
            self._line_mark = self._mark
            if self._history:
                self._line_mark, self._history = HISTORY, False
        if self._keeps_leaves:
            self.leaves.append((node, len(self.lines)))
        self._is_in_new_cell = False
        self._line.append(words)
        self._space = content[-1] if content[-1].isspace() else ""

    def _end_gap(self) -> None:
        """Between paragraphs stands one blank line."""
        self._gap = False
        if self.lines and self.lines[-1]:
            self.lines.append("")
            self.marks.append(self._mark)

    def _break(self, *, is_forced: bool = False) -> None:
        """End the line; a forced break or a hard blank alone make one blank line."""
        if self._line:
            self.lines.append("".join(self._line))
            self.marks.append(self._line_mark)
            self._line = []
        elif (is_forced or self._has_blank) and self.lines and self.lines[-1]:
            self.lines.append("")
            self.marks.append(self._mark)
        self._has_blank = self._is_in_new_cell = False
        self._space = ""


def _mark_of(node: LexborNode, attributes: dict[str, str | None]) -> int:
    tag = node.tag or ""
    if tag == "blockquote":
        return _SELECTORS.mark_of(tag, attributes) or SOFT
    return _SELECTORS.mark_of(tag, attributes)


def _joined(content: str) -> str:
    """Words with one blank between them, line ends of the source kept apart from other blanks."""
    lines = (" ".join(line.split()) for line in content.split("\n"))
    return SOURCE_BREAK.join(line for line in lines if line)


def _tag_kind(node: LexborNode) -> int:
    number = node.tag_id
    kind = _TAGS.get(node.tag or "", _INLINE)
    if number < _KNOWN_TAGS:
        _TAG_KINDS[number] = kind
    return kind
