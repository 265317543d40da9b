"""Finds domains that are not written as domains are: hxxp, shop[.]com, "shop dot com", a blank or a comma for the dot.

The weaker the form, the more must speak for it: "un point de vente", "el punto es que", "fine . It works" are none.
Whose hosts they are is decided by `checks/outside_link.py`.
"""

import re
from collections.abc import Callable, Iterator

from mailbridge.patterns import lazy_pattern
from mailbridge.policy.prescan import Clues
from mailbridge.policy.scanning import Read
from mailbridge.policy.shadow import Shadow
from mailbridge.policy.spelling import BRACKETED_DOT, BRACKETED_DOT_ONLY, STOP_WORDS, TLD, WORD_TLDS

_PATH = r"(?:/[^\s]{0,200})?"
_END = r"(?![\w'’-])"
_LABEL = r"[^\W_][\w-]{0,62}"
#: the labels before a dot, at its very place; the last of them is the host's name
_LABELS = lazy_pattern(
    rf"(?<![\w@.-])(?:{_LABEL}(?:\.|{BRACKETED_DOT}|\s(?:d[o0]t|kropka|punto|punkt|point)\s)){{0,3}}{_LABEL}\Z"
)
_LABEL_ONLY = lazy_pattern(rf"(?<![\w@.-])(?:www\.)?{_LABEL}\Z")
_WINDOW = 90

# All are looked for in lower-case text, and begin with a sign or one of few letters: else they cost ten times as much.
_BRACKETED = lazy_pattern(rf"{BRACKETED_DOT_ONLY}\s{{0,2}}(?:{TLD}){_END}{_PATH}")
#: a dot as a word: for each the top-level domains that can not go on a sentence
_SPELLED = (
    r"\s(?:d[o0]t\s{1,2}(?:com|net|org|info|biz|eu|shop|store|online|io|co|pl|de|uk|it|fr|es)"
    r"|kropk[aą]\s{1,2}(?:com|net|org|info|eu|pl|de|it|uk|shop|sklep|store|online|co)"
    r"|punto\s{1,2}(?:com|net|org|info|eu|it|pl|shop|online|es(?=\s?(?:[.,;:!?)\n]|\Z)))"
    r"|punkt\s{1,2}(?:com|net|org|info|eu|de(?!\s(?:facto|luxe|jure))|at|ch|shop|online|pl)"
    r"|point\s{1,2}(?:com|net|org|fr|eu|shop)"
    r"|(?:точка|крапка)\s{1,2}(?:com|net|org|ua|ru|pl|ком|нет|ру|юа))"
)
_WORD = lazy_pattern(rf"{_SPELLED}{_END}{_PATH}")
#: blanks on both sides of the dot, or before it
_SPACED_DOT = lazy_pattern(rf"\s{{1,2}}\.\s{{0,2}}({TLD}){_END}{_PATH}")
_DOT_AT_END = lazy_pattern(rf"\.(?:\n(?={TLD})| (?=com))({TLD}){_END}{_PATH}")
_WWW = lazy_pattern(rf"www[\s.,_-]{{1,3}}({_LABEL})[\s.,_-]{{1,3}}({TLD}){_END}{_PATH}")
_COMMA = lazy_pattern(
    rf"(?:,|\s,\s?(?=com|net|org|shop))(co,uk|org,uk|com,pl|com|net|org|eu|shop|store|pl|uk){_END}{_PATH}"
)
#: "type acmelamps com into your browser"
_TYPED = lazy_pattern(rf"\s(com|net|eu|pl|fr|org|shop|(?:de|it|es)(?=\s{{0,2}}(?:[,.;:!?)]|\Z))){_END}")
_OF_SITES = (
    r"przeglądark|pasku? adres|browser|address bar|adresszeile|barra de(?:gli|lle)? indirizzi|navigateur|barre d|"
    r"navegador|wpisz|wpisać|eintipp|eingeb|digit[ai]"
)
_SPEAKS_OF_SITES = lazy_pattern(_OF_SITES)
#: a name and its ending with something between that is no dot
_PARTS = lazy_pattern(
    rf"(?<![\w/.])[a-z][\w-]{{2,40}}(?:(?:\s[/|+,~–-]\s|\s?[|+~]\s?|,\s)[\w-]{{2,30}}){{0,2}}(?:\s[/|+,~–-]\s|\s?[|+~]\s?|,\s)(?:{TLD})(?![\w/])"
)
_OF_DOTS = (
    r"kropecz\w{1,4}|kropk\w{1,4} (?:mi[eę]dzy|pomi[eę]dzy|zamiast)|(?:mi[eę]dzy|pomi[eę]dzy) nimi|"
    r"dots? (?:between|instead)|(?:between|join) (?:them|each)|with dots|full stops? (?:between|instead)|"
    r"puntini|punti in mezzo|punti al posto|con i punti|"
    r"punkte? dazwischen|dazwischen|punkte? statt|mit punkten|des points|points entre|con puntos|puntos entre"
)
_SPEAKS_OF_DOTS = lazy_pattern(_OF_DOTS)
_FAR = 90
_HXXP = lazy_pattern(
    rf"h(?:xxp|\*\*p|txp)s?\s?:?\s?/{{0,2}}\s?((?:{_LABEL}(?:\s?\.\s?|{BRACKETED_DOT})){{1,4}}{_LABEL}){_PATH}"
)
_SPELLED_DOT = lazy_pattern(rf"{BRACKETED_DOT}|\s{{1,2}}(?:d[o0]t|kropk[aą]|punto|punkt|point|точка|крапка)\s{{1,2}}")
_CONTEXT = 60
_MIN_TYPED, _MIN_BEFORE_COMMA = 5, 3
#: candidates of each kind that are looked at in one text: more than any honest one has (I6)
_MAX_CANDIDATES = 1_000


def spelled_hosts(shadow: Shadow) -> Iterator[Read]:
    """Each with its host; in no order, and one may stand within another."""
    lower = shadow.lower
    for pattern, read in _ways(lower):
        for looked_at, candidate in enumerate(pattern.finditer(lower)):
            if looked_at == _MAX_CANDIDATES:
                yield Read(candidate.start(), candidate.end(), "")
                break
            start, host = read(lower, candidate)
            if host:
                yield Read(start, candidate.end(), host)


_Reader = Callable[[str, re.Match[str]], tuple[int, str]]


def _ways(lower: str) -> Iterator[tuple[re.Pattern[str], _Reader]]:
    """How a domain may be disguised in this text: what is looked for, and what reads where it begins and its host."""
    for number in _CLUES.in_text(lower):
        yield _WAYS[number][1]


def _before(lower: str, match: re.Match[str], pattern: re.Pattern[str]) -> re.Match[str] | None:
    return pattern.search(lower, max(match.start() - _WINDOW, 0), match.start())


def _by_labels(lower: str, match: re.Match[str]) -> tuple[int, str]:
    end = match.start()
    while end > 0 and lower[end - 1] == " " and match.start() - end < 2:
        end -= 1
    labels = _LABELS.search(lower, max(end - _WINDOW, 0), end)
    if labels is None:
        return 0, ""
    host = _host_of_words(lower[labels.start() : match.end()])
    return labels.start(), "" if host.split(".")[-2] in STOP_WORDS else host


def _by_blank(lower: str, match: re.Match[str]) -> tuple[int, str]:
    label = _before(lower, match, _LABEL_ONLY)
    if label is None:
        return 0, ""
    name, tld = label[0].removeprefix("www."), match[1]
    is_shown = "www" in label[0] or "/" in match[0] or any(sign in name for sign in "-0123456789")
    if name in STOP_WORDS or name.isdigit() or (tld in WORD_TLDS and not is_shown):
        return 0, ""
    return label.start(), f"{name}.{tld}"


def _by_www(lower: str, match: re.Match[str]) -> tuple[int, str]:
    is_part = lower[match.start() - 1 : match.start()].isalnum()
    return match.start(), "" if is_part else f"{match[1]}.{match[2]}"


def _by_comma(lower: str, match: re.Match[str]) -> tuple[int, str]:
    label = _before(lower, match, _LABEL_ONLY)
    if label is None or len(label[0]) < _MIN_BEFORE_COMMA or label[0].isdigit() or label[0] in STOP_WORDS:
        return 0, ""
    return label.start(), f"{label[0]}.{match[1].replace(',', '.')}"


def _by_parts(lower: str, match: re.Match[str]) -> tuple[int, str]:
    """haft-i-igielka / shoper / pl, where words say that dots belong between."""
    around = lower[max(match.start() - _FAR, 0) : match.end() + _FAR]
    parts = re.findall(r"[\w-]+", match[0])
    return match.start(), ".".join(parts) if _SPEAKS_OF_DOTS.search(around) and not parts[0].isdigit() else ""


def _by_typing(lower: str, match: re.Match[str]) -> tuple[int, str]:
    label = _before(lower, match, _LABEL_ONLY)
    if label is None or len(label[0]) < _MIN_TYPED or label[0] in STOP_WORDS:
        return 0, ""
    around = lower[max(label.start() - _CONTEXT, 0) : match.end() + _CONTEXT]
    return label.start(), f"{label[0]}.{match[1]}" if _SPEAKS_OF_SITES.search(around) else ""


def _by_scheme(lower: str, match: re.Match[str]) -> tuple[int, str]:
    return match.start(), _host_of_words(match[1])


def _host_of_words(words: str) -> str:
    dotted = _SPELLED_DOT.sub(".", words.partition("/")[0])
    return re.sub(r"\.{2,9}", ".", "".join(dotted.split())).strip(".").lower()


_ENDS = r"(?:\W|$)"
#: what a text must hold for each way: a look for all of these costs less than one of the ways
_WAYS: tuple[tuple[str, tuple[re.Pattern[str], _Reader]], ...] = (
    (rf"{BRACKETED_DOT_ONLY}\s{{0,2}}(?:{TLD}){_ENDS}", (_BRACKETED, _by_labels)),
    (_SPELLED + _ENDS, (_WORD, _by_labels)),
    (rf"\s\.\s{{0,2}}(?:{TLD}){_ENDS}", (_SPACED_DOT, _by_blank)),
    (rf"\.(?:\n(?:{TLD})| com){_ENDS}", (_DOT_AT_END, _by_blank)),
    (r"www[\s.,_-]", (_WWW, _by_www)),
    (rf",\s?(?:com|net|org|eu|shop|store|pl|co,uk|org,uk|uk){_ENDS}", (_COMMA, _by_comma)),
    (_OF_SITES, (_TYPED, _by_typing)),
    (_OF_DOTS, (_PARTS, _by_parts)),
    (r"h(?:xxp|\*\*p|txp)", (_HXXP, _by_scheme)),
)
_CLUES = Clues(*(pattern for pattern, _ in _WAYS))
