"""Find the quotes of a text in one walk over its lines (D11, Q1 to Q4). Linear on any input.

Text between and below quotes is new text; only behind a quoted header block, a separator, or an attribution without ">"
does the rest count as history. What a single line is, is asked in `message/attribution.py`.
"""

import re

from mailbridge.message.attribution import (
    ENDINGS,
    MAX_LINE,
    STRONG,
    find_attribution,
    is_forward,
    is_header_block,
    is_history_line,
    is_notes_header,
    is_rule,
    is_separator,
    is_title,
    says_inline,
)
from mailbridge.message.devicelines import is_last_line
from mailbridge.message.markedlines import is_attribution_tail, is_no_quote, is_wrapped
from mailbridge.message.marks import FORWARD, HISTORY, NEW, OWN, QUOTED, SIGNATURE, SOFT

#: more lines that end like an attribution than these are looked at in no mail (I6)
_MAX_ATTRIBUTIONS = 2_000
_MAX_HEADERS = 2_000
_ATTRIBUTION_ENDS = frozenset(ENDINGS)
#: so many lines above a history are asked whether it holds answers
_MAX_ABOVE = 60
_MAX_TITLE_LINES = 14
_BLANKS = " \t\r\u00a0"
#: what a line may end with unseen: marks of bold print, and clients that write from right to left set direction marks
_UNSEEN = "*_ \t\r\u00a0\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
#: a marked line with such an end may be something else
_DOUBTFUL_ENDS = "<: \t\r\u00a0"
#: how an attribution ends without a colon
_BARE_VERBS = ("wrote", "schrieb", "a écrit", "scritto", "escribió", "napisał(a)", "napisał", "skrev", "書きました")
#: a title stands in a line of its own
_MAX_TITLE = 60
#: a line that ends so, begins with a letter and has no colon introduces nothing; a long one may be no title either, and
#: ends with none of `_BARE_VERBS`
_MARKS = frozenset(".,;!?")
_LONG_ENDS = _MARKS | frozenset("acdfghijklmnpqrsuwxyz")
#: marks that count behind an attribution only: a bar, arrows, initials, and what people made up
_OTHER_MARK = re.compile(r"[|»＞》:}\]%]|[A-Z][A-Za-z]{0,2}>|[-=~+|:*#%]{1,3}[>\]|})]")
_INITIALS = re.compile(r"[A-Z][A-Za-z]{1,2}>")
#: so many different ones are counted in no text
_MAX_INITIALS = 20
_ELISION = re.compile(r"\s{0,8}[\[(<{]?\s?(?:\.{2,}|…|snip|schnipp|cut|ciach|gekürzt)\s?[\])>}]?\s{0,8}", re.IGNORECASE)
#: so many lines of a quote may hold what introduces it
_MAX_INTRODUCTION = 3
#: a date and a time alone on their line
_MAX_NOTES_DATE = 40
_FENCE = "```"
_MAX_FENCED = 200


class QuoteWalk:
    """One walk over the lines: `flags` becomes what each is, `columns` where a quote begins within a line."""

    __slots__ = (
        "columns",
        "flags",
        "has_quotes",
        "has_soft_quotes",
        "headers",
        "lines",
        "looked_at",
        "mark",
        "marks",
        "no_mark",
        "passed_on",
        "prompts",
    )

    def __init__(self, lines: list[str], marks: bytearray | None) -> None:
        self.lines = lines
        self.marks = marks
        self.flags = bytearray(len(lines))
        self.columns: dict[int, int] = {}
        self.headers = 0
        #: where a mail begins that is nothing but a message of somebody else; -1 for any other
        self.passed_on = -1
        #: another mark of quoted lines than ">"; "" for none
        self.mark = ""
        #: what looks like initials before a mark and is none
        self.no_mark: set[str] = set()
        #: whether the lines that begin with ">>>" are all there are; None before it was asked
        self.prompts: bool | None = None
        self.looked_at = 0
        #: whether the HTML has marked a quote further up
        self.has_quotes = False
        #: whether an attribution has said that blockquotes are quotes here: then those between answers are, too
        self.has_soft_quotes = False

    def find_quotes(self) -> None:
        """Flag quoted lines and what introduces them, from the first line to the last."""
        flags, marks = self.flags, self.marks
        for index, line in enumerate(self.lines):
            if not line or flags[index]:
                continue
            begin = line[0]
            is_plain = marks is None and begin == ">" and line[1:2] == " "
            if is_plain and flags[index - 1] == QUOTED and line[-1] not in _DOUBTFUL_ENDS:
                flags[index] = QUOTED  # most lines of most quotes
                continue
            if marks is not None and marks[index] and (marks[index] != SOFT or self.has_soft_quotes):
                is_done = self._take_mark(index)
            elif begin == ">" or (begin in _BLANKS and line.lstrip()[:1] == ">"):
                is_done = self._take_marked(index, line)
            else:
                is_done = bool(self.mark or ">" in line[2:4]) and self._take_other_marked(index, line)
            if is_done:
                continue
            if (
                begin.isalpha()
                and ":" not in line
                and "：" not in line
                and (line[-1] in _MARKS if len(line) < _MAX_TITLE else line[-1] in _LONG_ENDS)
            ):
                continue  # most lines of most letters
            if begin in "` " and line.lstrip().startswith(_FENCE):
                self._keep_fenced(index)
            elif self._introduces_rest(index, line):
                return

    def _keep_fenced(self, index: int) -> None:
        """What stands between two rows of three backticks is the author's, whatever it looks like."""
        for at in range(index + 1, min(index + _MAX_FENCED, len(self.lines))):
            if self.lines[at].lstrip().startswith(_FENCE):
                self.flags[index : at + 1] = bytes((OWN,)) * (at + 1 - index)
                return

    def _introduces_rest(self, index: int, line: str) -> bool:
        """Look at a line that bears no mark; True where it settles what all the rest is."""
        end = line[-1]
        if end in _UNSEEN:
            end = line.rstrip(_UNSEEN)[-1:]
        may_end = end in _ATTRIBUTION_ENDS or line.endswith(_BARE_VERBS)
        if may_end and (end != ">" or self._is_marked_next(index)) and self._take_attribution(index):
            return True
        if not self.flags[index] and self._begins_history(index):
            return self._take_history(index)
        if line[0].isdigit() and len(line) < _MAX_NOTES_DATE and is_notes_header(self.lines, index):
            return self._take_history(index - 1)
        if "://" in line and is_last_line(line) and self._has_words_above(index):
            self._flag(index + 1, len(self.lines))
            return True
        return False

    def _has_words_above(self, index: int) -> bool:
        """True where the author has written above: who has not may have typed below the line of his program."""
        lines, flags = self.lines, self.flags
        return any(flags[at] == NEW and lines[at] and not lines[at].isspace() for at in range(index - 1, -1, -1))

    def _take_mark(self, index: int) -> bool:
        """Follow what the HTML says of this line."""
        mark = self.marks[index] if self.marks is not None else NEW
        if mark == QUOTED:
            if not self.has_quotes and is_forward(self.lines[index]):
                # The element of a client's quote holds what he passes on, too.
                self.flags[index:] = bytes((FORWARD,)) * (len(self.lines) - index)
                return True
            self.has_quotes = True
            self.flags[index] = QUOTED
        elif mark == SOFT:
            self.flags[index] = QUOTED
        elif mark == HISTORY:
            self._take_history(index)
        elif self._begins_history(index):  # in the element of a signature
            return False
        else:
            self.flags[index] = SIGNATURE
        return True

    def _take_history(self, index: int) -> bool:
        """All from here on is history, or passed on; True where nothing more is to be found below.

        Passed on is what is titled so, and what has nothing of the author's above it. In the latter only the header is
        taken here: there may be a quote below.
        """
        marked = self._marked_behind_header(index)
        if not marked and not any(map(str.strip, self.lines[:index])):
            self.passed_on = index
            end = index + 1
            while end < len(self.lines) and self.lines[end].strip() and end < index + _MAX_TITLE_LINES:
                end += 1
            self.flags[index:end] = bytes((FORWARD,)) * (end - index)
            return False
        if is_forward(self.lines[index]) and QUOTED not in self.flags[:index]:
            self.flags[index:] = bytes((FORWARD,)) * (len(self.lines) - index)
            return True
        self._flag_history(index, marked)
        if marked:
            self._take_other_marks(marked)
        return not marked

    def _flag_history(self, start: int, marked: int) -> None:
        """Flag history up to the marked lines that follow, or to the end; not where it holds answers, he says."""
        end = marked or len(self.lines)
        above = [line for line, flag in zip(self.lines[:start], self.flags, strict=False) if not flag]
        is_mixed = not marked and says_inline(above[-_MAX_ABOVE:])
        self.flags[start:end] = bytes((FORWARD if is_mixed else QUOTED,)) * (end - start)

    def _marked_behind_header(self, index: int) -> int:
        """Where marked lines begin right behind this header, 0 if none do: then there may be answers between them."""
        at = index + 1
        while at < len(self.lines) and at < index + _MAX_TITLE_LINES:
            line = self.lines[at]
            if not line or line.isspace():
                at = _next_words(self.lines, at)
                return at if at < len(self.lines) and self._is_marked(at) else 0
            if self._is_marked(at):
                return at
            at += 1
        return 0

    def finish(self) -> None:
        """Settle what only the whole text tells.

        What stands below the header of a mail that is passed on is passed on too, unless it answers marked lines.
        A mail that is nothing but one quote, and has no line that says whose, is passed on as well.
        """
        if OWN in self.flags:
            self.flags = self.flags.replace(bytes((OWN,)), bytes((NEW,)))
        if self.passed_on < 0:
            if self.has_quotes and self._is_all_unsigned_quote():
                self.flags = self.flags.replace(bytes((QUOTED,)), bytes((FORWARD,)))
            return
        quoted = self.flags.find(QUOTED, self.passed_on)
        if quoted >= 0 and any(
            flag == NEW and line and not line.isspace()
            for flag, line in zip(self.flags[quoted:], self.lines[quoted:], strict=True)
        ):
            self.flags[self.passed_on :] = self.flags[self.passed_on :].replace(bytes((FORWARD,)), bytes((QUOTED,)))
        else:
            self.flags[self.passed_on :] = self.flags[self.passed_on :].replace(bytes((NEW,)), bytes((FORWARD,)))

    def _is_all_unsigned_quote(self) -> bool:
        """True where the HTML marks every line as quoted, and the first ones introduce nothing."""
        with_words = [at for at, line in enumerate(self.lines) if line and not line.isspace()]
        if any(self.flags[at] != QUOTED for at in with_words):
            return False
        first = with_words[:_MAX_INTRODUCTION]
        return not any(self._begins_history(at) or find_attribution(self.lines, at) for at in first)

    def _take_marked(self, index: int, line: str) -> bool:
        """Flag a line that begins with ">", unless it is no quote after all."""
        if line.startswith(">>>") and is_history_line(line):
            self._flag(index, len(self.lines))
            return True
        if line.startswith(">>> ") and self._has_prompts(index):
            return False
        is_doubtful = line[-1] in _DOUBTFUL_ENDS or line[1:2] == "F"
        if is_doubtful and (is_attribution_tail(self.lines, index) or is_no_quote(self.lines, index, line.lstrip())):
            return False
        self.flags[index] = QUOTED
        if index > 1 and not self.flags[index - 1]:
            self._take_wrapped(index - 1)
        return True

    def _take_other_marked(self, index: int, line: str) -> bool:
        """Flag a line with the other mark of this text; initials are one where two lines bear them: "AK> "."""
        if not self.mark:
            match = _INITIALS.match(line)
            if match is None or match[0] in self.no_mark or len(self.no_mark) >= _MAX_INITIALS:
                return False
            if sum(other.startswith(match[0]) for other in self.lines) > 1:
                self.mark = match[0]
            else:
                self.no_mark.add(match[0])
        if not self.mark or not line.lstrip().startswith(self.mark):
            return False
        self.flags[index] = QUOTED
        return True

    def _has_prompts(self, index: int) -> bool:
        """True where ">>> " is the prompt of a program that the author shows: nothing is quoted less deeply."""
        if self.prompts is None:
            self.prompts = not any(line[:1] == ">" and line[:3] != ">>>" for line in self.lines)
        return self.prompts and QUOTED not in self.flags[:index]

    def _take_wrapped(self, index: int) -> None:
        """Flag the line between two marked ones if it is the end of the one above."""
        line, above = self.lines[index], self.lines[index - 1]
        if self.flags[index - 1] == QUOTED and line and is_wrapped(above, line):
            self.flags[index] = QUOTED

    def _take_attribution(self, index: int) -> bool:
        """Flag an attribution that ends here and what it introduces; True where that is all the rest."""
        lines = self.lines
        if self.looked_at >= _MAX_ATTRIBUTIONS:
            return False
        self.looked_at += 1
        found = find_attribution(lines, index)
        if found is None:
            return False
        following = _next_words(lines, index + 1)
        if following < len(lines) and _ELISION.fullmatch(lines[following][:MAX_LINE]):
            following = _next_words(lines, following + 1)
        is_marked = following < len(lines) and self._is_marked(following)
        if found.strength < STRONG and is_marked and self._is_bare_blockquote(following):
            # "Your page writes:" above a blockquote of his own; a program's attribution has a date.
            is_marked = any(map(str.isdigit, "".join(lines[found.line : index + 1])))
        if not is_marked and (found.strength < STRONG or not self._ends_openly(found.line, index, following)):
            return False
        if found.column:
            self.columns[found.line] = found.column
        self._flag_history(found.line, following if is_marked else 0)
        if is_marked:
            self._take_other_marks(following)
        return not is_marked

    def _is_bare_blockquote(self, index: int) -> bool:
        return self.marks is not None and self.marks[index] == SOFT and not self.lines[index].lstrip().startswith(">")

    def _ends_openly(self, first: int, last: int, following: int) -> bool:
        """Without marked lines behind it, it must end with a colon, stand alone, or stand at the very end."""
        lines = self.lines
        if lines[last].rstrip(f"{_UNSEEN}-").endswith((":", "：")) or following == len(lines):
            return True
        is_alone = following > last + 1 and (first == 0 or not lines[first - 1].strip())
        return is_alone and lines[last].rstrip().endswith(_BARE_VERBS)

    def _is_marked_next(self, index: int) -> bool:
        """True where marked lines follow, or nothing: an attribution without colon ends with its address only there."""
        following = _next_words(self.lines, index + 1)
        return following == len(self.lines) or self._is_marked(following)

    def _is_marked(self, index: int) -> bool:
        """True for a line that bears a mark, also one that counts only behind an attribution."""
        line = self.lines[index].lstrip()
        if self.marks is not None and self.marks[index] in (QUOTED, SOFT):
            return True
        if line.startswith(">"):
            return not is_no_quote(self.lines, index, line)
        return _OTHER_MARK.match(line) is not None

    def _take_other_marks(self, index: int) -> None:
        """From an attribution on, lines count as quoted that bear the mark of the first one behind it."""
        lines, flags, marks = self.lines, self.flags, self.marks
        if marks is not None and marks[index] == SOFT:
            self.has_soft_quotes = True
            for at in range(index, len(lines)):
                if lines[at] and marks[at] != SOFT:
                    return
                flags[at] = QUOTED
        elif match := _OTHER_MARK.match(lines[index].lstrip()):
            self.mark = match[0]

    def _begins_history(self, index: int) -> bool:
        """True where all from this line on is quoted history."""
        line = self.lines[index]
        has_colon = ":" in line or "：" in line
        if has_colon and (":" in line[:40] or "：" in line[:40]) and self._is_header(index):
            return True
        begin = line[0]
        if begin.isalpha():
            if line[-1] in ":： \t\r" and is_separator(line):
                return True
            return len(line) < _MAX_TITLE and self._is_title_above_header(index)
        if is_rule(line):
            following = _next_words(self.lines, index + 1)
            return following < min(index + 4, len(self.lines)) and (
                self._is_header(following) or self._is_title_above_header(following)
            )
        return is_separator(line) or is_history_line(line) or self._is_title_above_header(index)

    def _is_header(self, index: int) -> bool:
        self.headers += 1
        return self.headers <= _MAX_HEADERS and is_header_block(self.lines, index)

    def _is_title_above_header(self, index: int) -> bool:
        return is_title(self.lines[index]) and self._is_header_behind(index)

    def _is_header_behind(self, index: int) -> bool:
        following = _next_words(self.lines, index + 1)
        return following < len(self.lines) and self._is_header(following)

    def _flag(self, start: int, end: int) -> None:
        self.flags[start:end] = bytes((QUOTED,)) * (end - start)


def _next_words(lines: list[str], index: int) -> int:
    """The next line that is not blank, or the number of lines."""
    while index < len(lines) and (not lines[index] or lines[index].isspace()):
        index += 1
    return index
