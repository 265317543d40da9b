"""Tell what stands below the author's words apart from them: sign-off, signature, imprint, what programs and lists add.

Looks at stretches of new text only, and in each at its last lines: a formula in the middle of a letter is content. What
is doubtful stays new text. Quotes are found before, in `message/body.py`.
"""

from mailbridge.message.devicelines import is_device_line
from mailbridge.message.marks import FOOTER, FORWARD, IMPRINT, NEW, OWN, QUOTED, SIGN_OFF, SIGNATURE
from mailbridge.message.notices import kind_of_notice, lines_above_notice
from mailbridge.message.vocabulary import (
    CALENDAR,
    CLOSINGS,
    CLOSINGS_BY_WORD,
    DISCLAIMERS,
    LISTING,
    SCANNED,
    TRIM,
    begins_with,
)
from mailbridge.patterns import lazy_pattern

#: of a stretch of new text, so many lines with words are looked at from its end
_LOOKED_AT = 40
_MAX_SIGNATURE_LINES = 30
_MAX_PLAIN_DASHES_LINES = 15
_MAX_SIGN_OFF_LINES = 12
_MAX_SIGN_OFF_LENGTH = 90
_MIN_SENTENCE = 12
#: what sets the data of a signature apart
_BARS = frozenset("|•·@")
#: so many lines above a formula are asked whether the author wrote there
_MAX_ABOVE = 200
_MAX_CLOSING = 70
_MAX_NAME = 40
_MAX_PARAGRAPHS = 6
#: of what stands below a rule, so many lines say whether a list added it
_MAX_LIST_LINES = 7
_MAX_LOOKED_AT = 3_000
_END_OF_CLOSING = ",.!;:…、。！，؛، \t\r\u00a0*_-–—)🙂😊"
#: behind these stands a signature; the others are used as rules too
_SURE_DELIMITERS = frozenset(("-- ", "--", "--\t"))
_DELIMITERS = frozenset(("--", "---", "__", "___", "- -", "-- --", "–", "—", "——", "––"))
_DASH_NAME = lazy_pattern(r"[-–—/~*]{1,2} ?[^\W\d_][\w.'’-]{0,20}(?: [\w.'’-]{1,20}){0,3}[.!]?")
#: people of every language write these above what they forgot
_AFTERTHOUGHTS = frozenset(("ps", "pps", "nb", "zs", "пс"))
#: "Kind regards *from* Vienna"
_FROM = frozenset("from aus vom von z ze da dal de du desde do fra från uit van din из з".split())
_NAME = lazy_pattern(r"[A-ZÀ-ÖØ-ÞА-ЯЁІЇЄΑ-Ω][\w’'-]{0,20}\.?")
#: Yahoo Groups
_GROUP_RULE = "__._,_.___"
_RULE_CHARACTERS = frozenset("-_=*—–•~#.+")


def mark_endings(lines: list[str], flags: bytearray) -> None:
    """Change flags of new text into what stands below it; quotes are flagged already."""
    end = len(lines)
    looked_at = 0
    while end > 0 and looked_at < _MAX_LOOKED_AT:
        while end > 0 and flags[end - 1] in (QUOTED, FORWARD):
            end -= 1
        start = max(flags.rfind(QUOTED, 0, end), flags.rfind(FORWARD, 0, end)) + 1
        if start < end:
            looked_at += _mark_stretch(lines, flags, start, end)
        end = start


def _mark_stretch(lines: list[str], flags: bytearray, start: int, end: int) -> int:
    """Mark one stretch of new text; return how many lines were looked at."""
    tail = _tail(lines, start, end)
    if not tail:
        return 1
    tail = _cut_delimiter(lines, flags, tail, end)
    tail = _cut_list_footer(lines, flags, tail, end)
    _mark_devices(lines, flags, tail)
    tail = _cut_notices(lines, flags, tail, is_first=start == 0)
    _mark_sign_off(lines, flags, tail, start)
    return len(tail)


def _tail(lines: list[str], start: int, end: int) -> list[int]:
    """The last lines with words of a stretch, from first to last."""
    found: list[int] = []
    at = end - 1
    while at >= start and len(found) < _LOOKED_AT:
        if lines[at] and not lines[at].isspace():
            found.append(at)
        at -= 1
    found.reverse()
    return found


def _cut_delimiter(lines: list[str], flags: bytearray, tail: list[int], end: int) -> list[int]:
    """Mark the signature behind "-- " (RFC 3676 §4.3) or a row that stands for it; return what is above it."""
    are_apart = False  # whether such a row stands between paragraphs further up
    for place, at in enumerate(tail):
        line = lines[at]
        if len(line) > 6 or line[0].isalnum() or line.strip() not in _DELIMITERS or flags[at] == OWN:
            continue
        below = tail[place + 1 :]
        marked = _marked_signature(flags, below)
        if marked:
            # The HTML says where the signature ends: what stands below it is no part of it.
            _set(flags, at, below[marked - 1], SIGNATURE)
            return [*tail[:place], *below[marked:]]
        kind = _kind_behind(line, [lines[other] for other in below])
        if kind == NEW:
            are_apart = True
        elif line == "-- " or not are_apart:
            _set(flags, at, end, kind)
            return tail[:place]
    return tail


def _marked_signature(flags: bytearray, below: list[int]) -> int:
    """How many of the lines behind a delimiter the HTML marks as the signature, from the first on."""
    for count, at in enumerate(below):
        if flags[at] != SIGNATURE:
            return count
    return len(below)


def _kind_behind(line: str, below: list[str]) -> int:
    """What stands behind such a row; new text where it sets paragraphs apart: no signature begins with a question."""
    if not below:
        return FOOTER
    if line in _SURE_DELIMITERS or line.strip() == "--":
        limit = _MAX_SIGNATURE_LINES if line == "-- " else _MAX_PLAIN_DASHES_LINES
        is_apart = line != "-- " and (_goes_on(below) or below[0].rstrip().endswith("?"))
        return SIGNATURE if len(below) <= limit and not is_apart else NEW
    lowered = " ".join(below).lower()
    if any(words in lowered for words in (*LISTING, *SCANNED)):
        return FOOTER
    is_short = len(below) <= 8 and all(len(other) <= _MAX_SIGN_OFF_LENGTH for other in below)
    if not is_short or any(other.rstrip().endswith(("?", ":")) for other in below):
        return NEW
    return SIGNATURE if line.strip() in ("__", "___") else SIGN_OFF


def _goes_on(below: list[str]) -> bool:
    """True where the letter goes on behind two dashes: a long sentence that is no notice of lawyers or scanners."""
    for line in below:
        lowered = line.lower()
        if begins_with(lowered.strip(TRIM), DISCLAIMERS) or any(words in lowered for words in (*SCANNED, *LISTING)):
            return False
        words = line.split()
        if len(line) > _MAX_SIGN_OFF_LENGTH and len(words) >= _MIN_SENTENCE and not _BARS.intersection(line):
            return sum(word[:1].islower() for word in words) > len(words) // 2
    return False


def _cut_list_footer(lines: list[str], flags: bytearray, tail: list[int], end: int) -> list[int]:
    """Mark what a mailing list or service adds behind a long rule."""
    for place, at in enumerate(tail):
        if lines[at][0].isalnum():
            continue
        line = lines[at].strip()
        is_rule = len(line) >= 10 and line[0] in "_-=*~#" and line == line[0] * len(line)
        if not is_rule and not line.startswith(_GROUP_RULE):
            continue
        below = " ".join(lines[other] for other in tail[place + 1 : place + 1 + _MAX_LIST_LINES]).lower()
        if any(words in below for words in LISTING):
            _set(flags, at, end, FOOTER)
            return tail[:place]
    return tail


def _cut_notices(lines: list[str], flags: bytearray, tail: list[int], *, is_first: bool) -> list[int]:
    """From the end up, mark paragraphs that are imprint, confidentiality notice or a scanner's note."""
    for _ in range(_MAX_PARAGRAPHS):
        while tail and flags[tail[-1]] != NEW:
            tail = tail[:-1]
        first = len(tail) - 1
        while first > 0 and tail[first - 1] == tail[first] - 1 and flags[tail[first - 1]] == NEW:
            first -= 1
        if first < 0 or (first > 0 and lines[tail[first - 1]].rstrip().endswith((":", "："))):
            return tail  # "Here is what you need for the invoice:" makes company data an answer
        paragraph = [lines[at].strip() for at in tail[first:]]
        is_all = is_first and (first == 0 or (first == 1 and _is_greeting(lines[tail[0]])))
        is_apart = _is_rule(paragraph[0]) or (first > 0 and _is_rule(lines[tail[first - 1]]))
        kind = kind_of_notice(paragraph, is_all=is_all, is_apart=is_apart)
        if kind == NEW:
            own = lines_above_notice(paragraph)
            if not own:
                return tail
            first, kind = first + own, IMPRINT
        _set(flags, tail[first], tail[-1] + 1, kind)
        tail = tail[:first]
        while tail and _is_rule(lines[tail[-1]]):
            flags[tail[-1]] = kind
            tail = tail[:-1]
    return tail


def _is_greeting(line: str) -> bool:
    """True for "Hello Max,": company data below it and nothing else is what he was asked for."""
    return len(line) <= _MAX_NAME and line.rstrip().endswith((",", "!", "，", "、"))


def _mark_devices(lines: list[str], flags: bytearray, tail: list[int]) -> None:
    """Mark what programs add, and what stands behind it in a paragraph of its own: nobody writes there.

    That is no history, so that it is relayed whatever it is. Some do write there: an afterthought says that it is one,
    and who has put no more than a greeting above has not begun yet.
    """
    for place, at in enumerate(tail):
        if flags[at] != NEW or not is_device_line(lines[at]):
            continue
        flags[at] = FOOTER
        below = tail[place + 1 :]
        if place and below and below[0] > at + 1:
            if _is_afterthought(lines[below[0]]) or (
                place == 1 and lines[tail[0]].rstrip().endswith((",", "，", "、"))
            ):
                continue
            for other in below:
                if flags[other] == NEW and not _is_closing(lines[other]):
                    flags[other] = FOOTER
            return


def _is_afterthought(line: str) -> bool:
    """True for "PS: ..."."""
    return line.split(None, 1)[0].rstrip(":,-–").replace(".", "").lower() in _AFTERTHOUGHTS


def _mark_sign_off(lines: list[str], flags: bytearray, tail: list[int], start: int) -> None:
    """Mark the closing formula and what stands below it; a text that is nothing else is new text."""
    own = [at for at in tail if flags[at] == NEW]
    for place in range(max(0, len(own) - _MAX_SIGN_OFF_LINES), len(own)):
        at = own[place]
        is_first = place == 0 and not _has_words(lines[start:at]) and not _has_new_words(lines, flags, start)
        if not is_first and _is_closing(lines[at]) and _is_signature_like([lines[o] for o in own[place + 1 :]]):
            for other in own[place:]:
                flags[other] = SIGN_OFF
            return
    if len(own) > 1 and len(lines[own[-1]]) <= _MAX_NAME and _DASH_NAME.fullmatch(lines[own[-1]].strip()):
        is_list = lines[own[-2]].lstrip()[:1] == lines[own[-1]].lstrip()[:1]
        flags[own[-1]] = NEW if is_list else SIGN_OFF


def _has_words(lines: list[str]) -> bool:
    return any(line and not line.isspace() for line in lines)


def _has_new_words(lines: list[str], flags: bytearray, end: int) -> bool:
    """True where the author has written something further up, between quotes."""
    above = range(max(0, end - _MAX_ABOVE), end)
    return any(flags[at] == NEW and lines[at] and not lines[at].isspace() for at in above)


def _is_closing(line: str) -> bool:
    """True for a line that is a closing formula, perhaps with a name or another formula behind it."""
    if len(line) > _MAX_CLOSING:
        return False
    bare = line.strip(_END_OF_CLOSING).replace("İ", "I")  # which is two characters in lower case
    lowered = bare.lower()
    if lowered in CLOSINGS:
        return True
    begin = max(
        (
            c
            for c in CLOSINGS_BY_WORD.get(lowered.split(" ", 1)[0].rstrip(_END_OF_CLOSING), ())
            if lowered.startswith(c)
        ),
        key=len,
        default="",
    )
    if not begin:
        return False
    rest = bare[len(begin) :].lstrip(" ") if len(bare) == len(lowered) else ""
    if not rest or len(rest.split()) > 4 or rest.endswith("?"):
        return False
    if rest[0] in ",.!;–—-/|":
        return True
    # "LG Petra": a name alone, and no day of the week
    words = rest.split()
    if words[0] in _FROM and len(words) > 1:
        words = words[1:]
    return len(words) <= 3 and all(_NAME.fullmatch(word) and word.lower() not in CALENDAR for word in words)


def _is_signature_like(below: list[str]) -> bool:
    return all(len(line) <= _MAX_SIGN_OFF_LENGTH and not line.rstrip().endswith("?") for line in below)


def _is_rule(line: str) -> bool:
    stripped = line.strip()
    return bool(stripped) and _RULE_CHARACTERS.issuperset(stripped)


def _set(flags: bytearray, start: int, end: int, kind: int) -> None:
    """Mark new text; what the HTML has marked already stays."""
    for at in range(start, end):
        if flags[at] == NEW:
            flags[at] = kind
