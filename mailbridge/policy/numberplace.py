"""Whether a number without a word for telephones stands where somebody would put a contact.

It does not behind a word that may name it, in a row or a longer id, nor in a sentence about the numbers of things. When
in doubt it does not: a seller who writes of parts and parcels must never be refused.
"""

from mailbridge.patterns import lazy_pattern
from mailbridge.policy.numbernames import NAMES, OTHER_WORDS, PARTING, PLAIN

_BEFORE, _BEHIND = 140, 70
_END_OF_SENTENCE = lazy_pattern(r"[.!?…](?=\s|\Z)|\n")
_BREAK = lazy_pattern(r"[!?…\n]")
_WORDS = lazy_pattern(r"[^\s,;:()\[\]\"'„”“«»*•/]+")
#: letters or signs right behind it that make it part of an id, of a row, or a measure
_GOES_ON = lazy_pattern(
    r"[-.,/]?[0-9]|[/=+×_\\]|\s?=|\s?[x×*]\s?[0-9]|-[A-Za-z]|[ \t][A-Z](?![^\W_]|['’.])|[ \t][A-Z]?[0-9]|\s?-\s?[0-9]"
    r"|\s(?:szt|pcs|stk|pz|pieces|people|os[oó]b|[kmgt]b|[kmgt]?w|[kmgt]?v|m?ah|[mcdk]m|[km]g|[km]?hz|nm|bar)\b",
)
_LAST_TOKEN = lazy_pattern(r"(\S+)\s*\Z")
_SAME_BEFORE = lazy_pattern(r"([0-9][0-9 ()./-]{3,20}[0-9])\s?[,;/]?\s?\Z")
_LABEL = lazy_pattern(r"[A-ZÄÖÜ]{1,5}[.:-]?")
_ENDS_TOKEN = (",", ";", "-", "–", "—", "•", "*", "!", "?", "…", ")", "→", ">", "|")
_TITLE = lazy_pattern(r"[A-ZŻŹĆŁŚÓÄÖÜÉÈ][a-zżźćńółęąśäöüßéèàù]+")
_SHORT_WORD = 4
#: a name behind these is a person's
_TO = frozenset("to do an ad chiama call ask pytaj".split())


def may_be_contact(text: str, start: int, end: int, *, is_strong: bool) -> bool:
    """Whether a number at this place may be a contact; a strong form needs less to speak for it."""
    if _GOES_ON.match(text, end):
        return False
    before = _line_before(text, start)
    last = _LAST_TOKEN.search(before)
    if is_strong and text.startswith("(", start):
        return True
    if last is not None and _is_label(last[1], before):
        return False
    if is_strong:
        return True
    behind = text[end : end + _BEHIND]
    stop = _END_OF_SENTENCE.search(behind)
    around = f"{_BREAK.split(before)[-1]} {behind[: stop.start()] if stop is not None else behind}"
    if any(_names_number(word) for word in _WORDS.findall(around.lower())):
        return False
    return last is None or _may_follow(last[1], before, text[start:end], is_last=not text[end:].strip(" .!)\n"))


def _line_before(text: str, start: int) -> str:
    """What is written before it in its line; the line above where that ends with a colon."""
    before = text[max(start - _BEFORE, 0) : start].rstrip("+(")
    lines = before.split("\n")
    if lines[-1].strip(" \t>*•-"):
        return lines[-1]
    above = next((line for line in reversed(lines[:-1]) if line.strip()), "")
    return above if above.rstrip().endswith(":") else ""


def _is_label(token: str, before: str) -> bool:
    """PNC, FD, #: a few capitals in a text that has others are a kind of number."""
    is_loud = sum(map(str.isupper, before)) > sum(map(str.islower, before))
    return token.endswith(("#", "№", "°", "=", "_")) or (_LABEL.fullmatch(token) is not None and not is_loud)


def _names_number(word: str) -> bool:
    bare = word.strip(".-!?")
    return word.startswith(NAMES) or bare in OTHER_WORDS


def _may_follow(token: str, before: str, number: str, *, is_last: bool) -> bool:
    """Whether a number that no word calls one may follow this token."""
    if token[-1].isdigit() or token[:1].isdigit():
        same = _SAME_BEFORE.search(before)
        return same is not None and sum(map(str.isdigit, same[1])) == sum(map(str.isdigit, number))
    bare = token.strip(".,:;!?()\"'„”“«»-–—*•").lower()
    if token.endswith(_ENDS_TOKEN) or not bare:
        return True
    if token.endswith("."):
        return len(bare) > _SHORT_WORD or bare in PLAIN
    if bare in PLAIN:
        return bare not in PARTING
    if _TITLE.fullmatch(token.rstrip(":")) is None:
        return False
    words = before.split()
    is_person = len(words) > 1 and words[-2].lower() in _TO
    if is_person or token.endswith(":"):
        return is_person
    return is_last or (len(words) > 1 and _TITLE.fullmatch(words[-2]) is not None)
