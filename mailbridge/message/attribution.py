"""How mail programs introduce what they quote: attributions, header blocks and separators, asked of single lines.

The words stand in `message/languages/` and `message/quirks/`. Plain string tests and short patterns, each over a few
hundred characters at most: every known library hangs on hostile text here. Does not walk a text (`message/body.py`).
"""

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from mailbridge.message.vocabulary import (
    ABOVE,
    CALENDAR,
    DATE,
    FIELDS,
    FIRST_IDEOGRAPH,
    FORWARDS,
    FROM,
    HISTORY_LINES,
    INLINE,
    OPENERS,
    PLACED,
    STEMS,
    SUBJECT,
    TITLE_BEGINNINGS,
    TITLES,
    TO,
    VERBS,
)
from mailbridge.patterns import lazy_pattern

#: more of a line than this is not looked at
MAX_LINE = 400
_MAX_ATTRIBUTION = 600
_MAX_ATTRIBUTION_LINES = 5
_MAX_HEADER_LINES = 14
_FEW_FIELDS = 3
_MAX_NAME_WORDS = 8
_MAX_WRAPPED_DATE = 40
#: Polymail and double-spaced text: so many blank lines may stand within an attribution
_MAX_CROSSED = 3
_MAX_OPEN = 90
#: with more words than these that begin small, it is a sentence
_MAX_SMALL_WORDS = 6

#: no attribution; one that counts where marked lines follow; one that makes all the rest a quote
NONE, WEAK, STRONG = 0, 1, 2

#: what an attribution may end with
ENDINGS = ":：>-"
_DECORATION = "-_=*#~—– \t"
_TIME = lazy_pattern(r"(?<![\d.])\d{1,2} ?[:.h時时] ?\d{2}(?!\d|\.\d)|\d{1,2}h\b|\d{1,2}[時时点]")
_DATED = lazy_pattern(r"(?:19|20)\d\d|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d[:.h]\d\d")
_FULL_DATE = lazy_pattern(r"\d{1,4}[./-] ?\d{1,2}[./-] ?\d{2,4}|(?<!\d)\d{4}(?!\d)")
_FIRST_WORD = lazy_pattern(r"[^\W\d_]+")
_BEGINS_WITH_NUMBER = lazy_pattern(r"\W{0,3}\d")
_MAILBOX = lazy_pattern(r"[<\[(](?:mailto:)?[^\s<>()\[\]@]{1,100}@[^\s<>()\[\]@]{1,100}[>\])]")
_ADDRESS = lazy_pattern(r"[^\s<>()\[\]@]@[\w-]+\.")
#: vowel signs of scripts that set them above and below letters: no word characters for `re`
_SIGNS = "\u0300-\u036f\u05b0-\u05c7\u064b-\u065f\u0900-\u0903\u093a-\u094f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_FIELD = lazy_pattern(rf"[\s*_>|]{{0,8}}([^\W\d_][\w{_SIGNS} .'’/()-]{{0,24}}?)[\s*_\u00a0]{{0,3}}[:：]")
_INNER_FIELD = lazy_pattern(r"[\s*]([^\W\d_][\w’']{0,11})\*? ?[:：]")
_INVISIBLE = lazy_pattern("[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
#: "Thanks. On Wed, 4 Apr 2012 ... wrote:" in one line
_INNER_OPENER = lazy_pattern(
    r"(?<=[\s.!?)\w])(?:-{2,} ?)?\b(?:On|Am|Le|Il|Il giorno|El|Op|Den|Em|W dniu|Dnia|Dne|Dňa|Pe)\s(?=[^\W_])"
)
_COPULA = lazy_pattern(
    r"(?: (?:are|is|were|all|marked|written|given|sind|stehen|alle|sono|scritte|sont|notées|están|son|zijn|staan|są"
    r"|jsou|são|estão|är|er|står|дал|дала|выделены)\b)+"
)
_SAYS_I = (" i wrote", " ich schrieb", " schrieb ich", " j'ai écrit", " ho scritto", " napisałem", " napisałam")


class Attribution(NamedTuple):
    """An attribution that ends with the line asked about."""

    #: line and column where it begins
    line: int
    column: int
    #: WEAK or STRONG
    strength: int


def is_separator(line: str) -> bool:
    """True for "-----Original Message-----" and its kin in any language: all that follows is a quote."""
    stripped = line.strip()[:MAX_LINE]
    core = stripped.strip(_DECORATION)
    if not core:
        return False
    lowered = core.lower()
    if core == stripped:
        return lowered.rstrip(":： ") in TITLES and lowered.startswith(FORWARDS) and stripped[-1] in ":："
    left = stripped.index(core[0])
    right = len(stripped) - left - len(core)
    if left >= 2 and right >= 2:
        plain = lowered.rstrip(": ")
        if plain in TITLES or (left >= 3 and plain.startswith(TITLE_BEGINNINGS)):
            return True
        return left >= 3 and _is_attribution_between_dashes(core, lowered)
    return (left >= 2 and lowered.rstrip(": ") in FORWARDS) or _is_above_marker(lowered)


def _is_attribution_between_dashes(core: str, lowered: str) -> bool:
    """Zoho: "---- On Wed, 24 Feb 2021 ... wrote ----"; Lotus Notes: "-----Anna Kos wrote: -----"."""
    if any(phrase in lowered for phrase in ABOVE):
        return True
    return len(core) <= 200 and (lowered.rstrip(": ").endswith(VERBS) or _strength(f"{core}:") == STRONG)


def _is_above_marker(lowered: str) -> bool:
    return len(lowered) <= 120 and any(phrase in lowered for phrase in ABOVE)


def is_forward(line: str) -> bool:
    """True for a separator that says that a message is passed on: "---------- Forwarded message ---------"."""
    return line.strip()[:MAX_LINE].strip(f"{_DECORATION}:：").lower().startswith(FORWARDS)


def says_inline(lines: Sequence[str]) -> bool:
    """True where these lines say that answers stand within the quote below: nobody can tell them apart there."""
    lowered = "\n".join(line[:MAX_LINE] for line in lines).lower()
    # "my answers are marked in red" as "my answers in red"
    short = _COPULA.sub("", lowered)
    if any(phrase in lowered for phrase in INLINE):
        return True
    return any(word in short and any(phrase in short for phrase in placed) for word, placed in PLACED.items())


def is_history_line(line: str) -> bool:
    """True for a line of which only one client makes the beginning of its history."""
    lowered = line.strip()[:MAX_LINE].lower()
    return any(lowered.startswith(begin) and pattern.fullmatch(lowered) for begin, pattern in HISTORY_LINES)


def is_title(line: str) -> bool:
    """True for such a title without dashes: it counts where a header block follows (BlackBerry)."""
    return line.strip()[:MAX_LINE].rstrip(": ").lower() in TITLES


def is_rule(line: str) -> bool:
    """True for a row of one character, perhaps with blanks between, as clients draw above a quoted header."""
    stripped = line[:MAX_LINE].replace(" ", "").strip()
    return len(stripped) >= 3 and stripped[0] in "_-=*—–" and stripped == stripped[0] * len(stripped)


def is_header_block(lines: Sequence[str], index: int) -> bool:
    """True where a quoted header (From, Sent, To ...) begins here; two lines alone are the author's words (Q3)."""
    first = _field_kind(lines[index])
    if not first & (FROM | DATE | TO | SUBJECT):
        return not first and "@" in lines[index] and _is_foreign_header_block(lines, index)
    kinds = _kinds_within(lines[index], first)
    seen = [lines[index][:MAX_LINE]]
    dates = [lines[index][:MAX_LINE]] if kinds & DATE else []
    gap = 0
    for line in lines[index + 1 : index + _MAX_HEADER_LINES]:
        kind = _field_kind(line)
        if kind:
            kind = _kinds_within(line, kind)
            kinds |= kind
            gap = 0
            if kind & DATE:
                dates.append(line[:MAX_LINE])
        else:
            gap += 1
            if gap > 2:
                break
            continue
        seen.append(line[:MAX_LINE])
    return _is_enough(kinds, has_address="@" in "\n".join(seen), dates="\n".join(dates))


def is_notes_header(lines: Sequence[str], index: int) -> bool:
    """True where Lotus Notes puts a header without colons: a name, this line with the time, "To", "Subject" alone."""
    stripped = lines[index].strip()
    if not index or not lines[index - 1].strip() or not (_TIME.search(stripped) and _FULL_DATE.search(stripped)):
        return False
    below = [line.strip().lower() for line in lines[index + 1 : index + _MAX_HEADER_LINES] if line.strip()]
    if not below or FIELDS.get(below[0]) != TO:
        return False
    return any(FIELDS.get(line) == SUBJECT for line in below)


def _is_foreign_header_block(lines: Sequence[str], index: int) -> bool:
    """True for a header in a language that nobody listed: three fields, a mailbox in the first, then a time."""
    fields = [line[:MAX_LINE] for line in lines[index : index + _FEW_FIELDS]]
    if len(fields) < _FEW_FIELDS or not all(map(_FIELD.match, fields)) or not _MAILBOX.search(fields[0]):
        return False
    return any(_TIME.search(line) and _FULL_DATE.search(line) for line in map(_visible, fields[1:]))


def _is_enough(kinds: int, *, has_address: bool, dates: str) -> bool:
    count = (kinds & (FROM | DATE | TO | SUBJECT)).bit_count()
    if count == 4:
        return True
    is_timed = _TIME.search(_visible(dates)) is not None
    if count == 3:
        # "From: Anna, To: Max, Date: Friday after 15:00" is what a person writes for a courier.
        return has_address or (is_timed and bool(kinds & FROM) and _FULL_DATE.search(_visible(dates)) is not None)
    return count == 2 and bool(kinds & DATE) and not kinds & SUBJECT and has_address and is_timed


def _field_kind(line: str) -> int:
    if ":" not in line[:40] and "：" not in line[:40]:
        return 0
    match = _FIELD.match(line if line.isascii() else _visible(line[:MAX_LINE]))
    return FIELDS.get(match[1].strip().lower(), 0) if match else 0


def _kinds_within(line: str, kind: int) -> int:
    """Some programs run the fields of a header together in one line."""
    if len(line) > 30:
        for match in _INNER_FIELD.finditer(line, 8, MAX_LINE):
            kind |= FIELDS.get(match[1].lower(), 0)
    return kind


def find_attribution(lines: Sequence[str], index: int) -> Attribution | None:
    """Return the attribution that ends with this line, wrapped over at most five; None if there is none."""
    last = lines[index].rstrip()
    if len(last) > MAX_LINE or not _may_end(last):
        return None
    joined, weak, crossed = "", None, 0
    for first in range(index, max(-1, index - _MAX_ATTRIBUTION_LINES - _MAX_CROSSED), -1):
        line = lines[first].strip()
        if not line and crossed < _MAX_CROSSED and (joined.startswith("<") or _is_open(lines, first - 1)):
            crossed += 1
            continue
        if not line or len(line) > MAX_LINE or (line[0] == ">" and first != index):
            break
        joined = f"{line} {joined}" if joined else line
        if len(joined) > _MAX_ATTRIBUTION:
            break
        strength = _strength(joined.lstrip("-*_ ").rstrip("*_ "))
        if strength == STRONG:
            return Attribution(first - _begins_above(lines, first, joined), 0, STRONG)
        if strength == WEAK and weak is None:
            weak = Attribution(first, 0, WEAK)
        if first >= index - 2 and (inner := _inner_start(lines[first], joined)):
            return Attribution(first, inner, STRONG)
    return weak


def _is_open(lines: Sequence[str], above: int) -> bool:
    """True for the beginning of an attribution that goes on behind a blank line: "On 16 Nov 2026, Max Berg <"."""
    line = lines[above].strip()[-MAX_LINE:] if above >= 0 else ""
    if line.endswith("<"):
        return True
    is_short = 0 < len(line) <= _MAX_OPEN and line[-1] not in ".!?:;"
    return is_short and _DATED.search(line) is not None and _begins_with_date(_visible(line).lower())


def _begins_above(lines: Sequence[str], first: int, joined: str) -> int:
    """1 where the date of this attribution was wrapped: "El lun, 16 nov", then "2026 a las 15:04, Max escribió:"."""
    above = lines[first - 1].strip() if first else ""
    if not above or len(above) > _MAX_WRAPPED_DATE or not joined[0].isdigit() or above[0] == ">" or above[-1] in ".!?:":
        return 0
    return int(_begins_with_date(_visible(above).lower()) and _strength(f"{above} {joined}") == STRONG)


def _may_end(last: str) -> bool:
    """A cheap look at the last line: most lines that end with a colon introduce something else."""
    if "@" in last or last in (">:", ">") or _DATED.search(last):
        return True
    return _has_verb(last.lower())


def _has_verb(lowered: str) -> bool:
    for stem in STEMS:  # noqa: SIM110 - half the time of any()
        if stem in lowered:
            return True
    return False


def _inner_start(line: str, joined: str) -> int:
    """The column where an attribution begins behind the author's own words in one line; 0 for none."""
    for match in _INNER_OPENER.finditer(line, 1, MAX_LINE):
        offset = len(line) - len(line.lstrip())
        rest = joined[match.start() - offset :].lstrip("- ")
        if _strength(rest) == STRONG and _TIME.search(rest):
            return match.start()
    return 0


def _strength(text: str) -> int:
    """Judge one candidate as a whole, from its first word to its last."""
    text = _visible(text)
    lowered = text.lower()
    verb = next(verb for verb in VERBS if verb in lowered) if _has_verb(lowered) else ""
    has_address = "@" in text and _ADDRESS.search(text) is not None
    if not (verb or has_address):
        return WEAK if _is_name_with_time(text) else NONE
    if any(words in lowered for words in _SAYS_I):
        return NONE
    strength = NONE
    if _begins_with_date(lowered):
        strength = _dated_strength(text, lowered, verb, has_address=has_address)
    elif verb:
        strength = _named_strength(text, lowered, verb, has_address=has_address)
    if strength < STRONG and has_address and text.endswith((":", "：")):
        strength = max(strength, _addressed_strength(text))
    return strength


def _is_name_with_time(text: str) -> bool:
    """True for "Max Berg, 2026-11-16 15:04:", which counts before marked lines only."""
    return (
        text.endswith(":")
        and len(text.split()) <= _MAX_NAME_WORDS
        and bool(_TIME.search(text) and _FULL_DATE.search(text))
    )


def _addressed_strength(text: str) -> int:
    """In whatever language: a mailbox in brackets with date and time is an attribution, without them it may be one."""
    if ("<" not in text and "(" not in text) or len(text) > MAX_LINE:
        return NONE
    words = text.split()
    small = [word for word in words if word[0].islower() and "@" not in word and word.strip(".,:") not in CALENDAR]
    if len(small) <= _MAX_SMALL_WORDS and _TIME.search(text) and _FULL_DATE.search(text):
        return STRONG
    return WEAK if len(words) <= _MAX_NAME_WORDS else NONE


def _visible(text: str) -> str:
    """Composed, and without the direction marks that Windows Mail sets around every number."""
    return text if text.isascii() else unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def _begins_with_date(lowered: str) -> bool:
    """True where it begins with a date, or with what stands before one ("on", "am", "w dniu")."""
    if _is_date_at(lowered):
        return True
    first = lowered[:1] if lowered[:1] >= FIRST_IDEOGRAPH else lowered.split(" ", 1)[0]
    for opener in OPENERS.get(first, ()):
        if lowered.startswith(opener):
            if len(opener) > 9:  # "wiadomość napisana przez ...": the date comes later
                return True
            rest = lowered[len(opener) :].lstrip(" ,:")
            if _is_date_at(rest) or rest.startswith(("dem ", "giorno ", "date ", "dnia ", "dniu ", "data ")):
                return True
    return False


def _is_date_at(lowered: str) -> bool:
    if _BEGINS_WITH_NUMBER.match(lowered):
        return True
    word = _FIRST_WORD.match(lowered)
    return word is not None and word[0] in CALENDAR


def _dated_strength(text: str, lowered: str, verb: str, *, has_address: bool) -> int:
    if not _DATED.search(text):
        is_short = text.endswith((":", "：")) and len(text.split()) <= _MAX_NAME_WORDS
        return WEAK if verb and (is_short or any(map(str.isdigit, text))) else NONE
    if not verb:
        return STRONG if text.endswith((":", "：")) else WEAK
    if verb == "said" and not has_address:
        return WEAK  # people say things in their own letters too
    if verb in ("wrote", "writes", "said") and not lowered.rstrip(" :：>-_*,").endswith(verb):
        return NONE  # "On 3 May I wrote to them at 10:00:" goes on behind its verb
    return STRONG if has_address or _TIME.search(text) else WEAK


def _named_strength(text: str, lowered: str, verb: str, *, has_address: bool) -> int:
    """ "Anna Kos <anna@shop.example> wrote on 3 May 2026 at 10:00:", "Zitat von Anna Kos:"."""
    if not text.endswith((":", "：", "-")):
        return NONE
    at = lowered.index(verb)
    before = text[:at].split()
    if len(before) > _MAX_NAME_WORDS or any(word.endswith(("!", "?", ";", ":")) for word in before):
        return NONE
    if not before and not text[at + len(verb) :].strip(" :："):
        return NONE
    after = text[at + len(verb) :]
    is_short = len(before) <= 5
    is_name = bool(before) and all(not word[0].islower() or "@" in word for word in before)
    if is_name and is_short and _FULL_DATE.search(after) and (_TIME.search(after) or has_address):
        return STRONG
    return WEAK if is_short or has_address else NONE
