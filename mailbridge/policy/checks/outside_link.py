"""Finds links that lead away from the market (S-25): with a scheme, with www, bare domains (cases.md P8), and domains
in disguise: hxxp, shop[.]com, "shop dot com", blanks around the dot or between the letters.

The only door of linkify-it-py, which is given one word at a time and only words that may hold a link. Does not follow
links: where a shortener leads is not known, and its detail says so. The targets behind HTML text are given to it by
`htmlform.py`; where the words shown name another host than the target, the detail says so too.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache

from linkify_it import LinkifyIt

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Finding
from mailbridge.message.wrappedlinks import target_of
from mailbridge.policy.anchors import shown_hosts
from mailbridge.policy.scanning import MAX_FINDINGS, TOO_MUCH, Parameters, Read, found_in, is_own_domain, strings
from mailbridge.policy.shadow import is_latin
from mailbridge.policy.spelling import BRACKETED_DOT, STOP_WORDS, TLD, TLDS, WORD_TLDS

#: what a rule may look for alone
KINDS = ("shortener", "disguised")
# A word that may hold a link: a scheme, or a dot between two letters or digits. Linear: no quantifier meets another.
_CANDIDATE = re.compile(r"://|\w\.[^\W\d_]{2}", re.UNICODE)
_MAX_WORD = 2048
# A bare `word.word` is often a missing blank ("nie.ma", "got it.It"): it counts under these top-level domains only.
_BARE_TLDS = frozenset(TLDS) - {"no", "si", "top", "pro", "link", "life", "page", "world", "market", "art", "email"}
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{1,20}://|www\.", re.IGNORECASE)

_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_PATH = r"(?:/[^\s]{0,200})?"
_END = r"(?![\w'’-])"
#: a dot in brackets proves itself, whatever stands behind it
_BRACKETED = re.compile(
    rf"(?<![\w@.])(?:{_LABEL}(?:\.|{BRACKETED_DOT})){{0,3}}{_LABEL}{BRACKETED_DOT}(?:{TLD}){_END}{_PATH}",
    re.IGNORECASE,
)
#: a dot as a word: for each the top-level domains that can not go on a sentence ("un point de vente", "el punto es")
_DOT_WORD = (
    r"(?:\s{1,2}dot\s{1,2}(?:com|net|org|info|biz|eu|shop|store|online|io|co|pl|de|uk|it|fr|es)"
    r"|\s{1,2}kropk[aą]\s{1,2}(?:com|net|org|info|eu|pl|de|it|uk|shop|sklep|store|online|co)"
    r"|\s{1,2}punto\s{1,2}(?:com|net|org|info|eu|it|pl|shop|online)"
    r"|\s{1,2}punkt\s{1,2}(?:com|net|org|info|eu|de(?!\s(?:facto|luxe|jure))|at|ch|shop|online|pl)"
    r"|\s{1,2}point\s{1,2}(?:com|net|org|fr|eu|shop)"
    r"|\s{1,2}(?:точка|крапка)\s{1,2}(?:com|net|org|ua|ru|pl|ком|нет|ру|юа))"
)
_SPELLED = re.compile(
    rf"(?<![\w@.])(?:www\s{{1,2}}(?:dot|kropka|punto|punkt|point)\s{{1,2}})?{_LABEL}(?:[.]{_LABEL})?{_DOT_WORD}{_END}{_PATH}",
    re.IGNORECASE,
)
#: blanks on both sides of the dot, or before it
_SPACED_DOT = re.compile(rf"(?<![\w@.])(?:www\s?\.\s?)?({_LABEL})(?:\s{{1,2}}\.\s{{0,2}}|\s?\.\n)({TLD}){_END}{_PATH}")
_WWW = re.compile(
    rf"(?<![\w.])www[\s.,_-]{{1,3}}({_LABEL})[\s.,_-]{{1,3}}({TLD}){_END}{_PATH}",
    re.IGNORECASE,
)
#: "type acmelamps com into your browser"
_TYPED = re.compile(
    rf"(?<![\w@.-])([^\W_][\w-]{{4,40}})\s(com|net|eu|pl|fr|org|shop|(?:de|it|es)(?=\s{{0,2}}(?:[,.;:!?)]|\Z))){_END}"
)
_SPEAKS_OF_SITES = re.compile(
    r"przeglądark|pasku? adres|browser|address bar|adresszeile|barra de(?:gli|lle)? indirizzi|navigateur|barre d|"
    r"navegador|wpisz|wpisać|eintipp|eingeb|digit[ai]",
    re.IGNORECASE,
)
_CONTEXT = 60
_COMMA = re.compile(rf"(?<![\w@.,])([^\W_][\w-]{{2,40}}),(com|net|org|eu|shop|store|pl){_END}{_PATH}")
_SPELLED_DOT = re.compile(
    rf"{BRACKETED_DOT}|\s{{1,2}}(?:dot|kropk[aą]|punto|punkt|point|точка|крапка)\s{{1,2}}", re.IGNORECASE
)
_DOT_HINTS = re.compile(r"[Dd][Oo][Tt]|DOT|[Kk]rop|KROP|[Pp]un[tk]|PUN|[Pp]oint|POINT|точк|крапк")
#: names with a dot that lead nowhere
_NO_SITES = frozenset({"asp.net", "vb.net", "ado.net", "paint.net", "socket.io", "p.iva.it"})
#: hosts whose links lead where nobody can tell
_SHORTENERS = frozenset(
    "bit.ly tinyurl.com t.co goo.gl is.gd v.gd ow.ly buff.ly rb.gy cutt.ly shorturl.at t.ly tiny.cc tiny.pl rebrand.ly "
    "bl.ink s.id short.io soo.gd lnkd.in fb.me amzn.to ebay.us etsy.me qr.ae adf.ly bc.vc u.to clck.ru vk.cc j.mp x.co "
    "shorte.st ouo.io linktr.ee lnk.bio bio.link beacons.ai taplink.cc allmylinks.com trib.al dlvr.it snip.ly urlz.fr "
    "urly.it t2m.io wp.me youtu.be/redirect 1url.com skr.sk kutt.it zws.im".split()
)
#: candidates of each kind that are looked at in one text (I6)
_MAX_CANDIDATES = 2_000


def find(message: Message, facts: Facts, parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding per link, as written; its detail is the host, and what is odd about it."""
    allowed, kinds = strings(parameters, "allowed_domains"), strings(parameters, "only")
    found: list[Finding] = []
    for place, start, end, words, url in found_in(message, facts, _links):
        host = _host(unwrapped(url))
        if host and is_own_domain(host, facts, allowed) and is_latin(words):
            continue
        odd = _oddities(host, url, message)
        if kinds and not any(kind in kinds for kind, _ in odd):
            continue
        detail = "; ".join((host or TOO_MUCH, *(said for _, said in odd)))
        found.append(Finding(check="outside_link", place=place, start=start, end=end, words=words, detail=detail))
        if len(found) == MAX_FINDINGS:
            break
    return tuple(found)


def _oddities(host: str, url: str, message: Message) -> list[tuple[str, str]]:
    """What is odd about a link: its kind, and what to say about it."""
    odd = []
    if host.removeprefix("www.") in _SHORTENERS:
        odd.append(("shortener", "a shortener"))
    html = message.body.html
    if html is not None:
        others = [shown for shown in shown_hosts(html, url) if not _are_related(shown, host)]
        odd += [("disguised", f"shown as {shown}") for shown in others[:1]]
    return odd


def _are_related(one: str, other: str) -> bool:
    one, other = one.removeprefix("www."), other.removeprefix("www.")
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


@cache
def _linkifier() -> LinkifyIt:
    linkifier = LinkifyIt()
    linkifier.tlds([*_BARE_TLDS], keep_old=True)
    # Addresses are the business of another check.
    return linkifier.add("mailto:", None)


def _links(text: str) -> Iterator[Read]:
    """Every link in this text; in no order, and one may stand within another."""
    yield from _written_openly(text)
    for pattern, read in _ways(text):
        for looked_at, candidate in enumerate(pattern.finditer(text)):
            if looked_at == _MAX_CANDIDATES:
                yield Read(candidate.start(), candidate.end(), "")
                break
            host = read(candidate)
            if host:
                yield Read(candidate.start(), candidate.end(), f"//{host}")


def _written_openly(text: str) -> Iterator[Read]:
    reached, looked_at = -1, 0
    for candidate in _CANDIDATE.finditer(text):
        if candidate.start() < reached:
            continue
        start, reached = _word_around(text, candidate.start())
        looked_at += 1
        if looked_at > _MAX_CANDIDATES:
            yield Read(start, reached, "")
            return
        word = text[start:reached]
        for match in _linkifier().match(word) or ():
            if _counts(match.raw) and match.raw.lower() not in _NO_SITES:
                yield Read(start + match.index, start + match.last_index, match.url)


def _ways(text: str) -> Iterator[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]]:
    """How a domain may be disguised in this text: what is looked for, and what reads its host; "" for no host."""
    if "hx" in text or "hX" in text or "HX" in text or "h**" in text or "htx" in text:
        yield _HXXP, _by_scheme
    if any(bracket in text for bracket in ("(.", "[.", "( .", "[ .", "{.", "<.")) or _DOT_HINTS.search(text):
        yield _BRACKETED, _by_brackets
        yield _SPELLED, _by_word
    if " ." in text or ".\n" in text:
        yield _SPACED_DOT, _by_blank
    if "www" in text or "WWW" in text:
        yield _WWW, _by_www
    if _SPEAKS_OF_SITES.search(text):
        yield _TYPED, _by_typing
    if ",com" in text or ",pl" in text or ",net" in text or ",eu" in text or ",shop" in text:
        yield _COMMA, _by_comma


_HXXP = re.compile(
    rf"(?<!\w)(?:hxxps?|h\*\*ps?|htxps?)\s?:?\s?/{{0,2}}\s?((?:{_LABEL}(?:\s?\.\s?|{BRACKETED_DOT})){{1,4}}{_LABEL}){_PATH}",
    re.IGNORECASE,
)


def _by_typing(match: re.Match[str]) -> str:
    text, label = match.string, match[1].lower()
    around = text[max(match.start() - _CONTEXT, 0) : match.end() + _CONTEXT]
    return f"{label}.{match[2]}" if label not in STOP_WORDS and _SPEAKS_OF_SITES.search(around) else ""


def _by_scheme(match: re.Match[str]) -> str:
    return _host_of_words(match[1])


def _by_brackets(match: re.Match[str]) -> str:
    host = _host_of_words(match[0])
    labels = host.split(".")
    return "" if len(labels) < 2 or labels[-2] in STOP_WORDS else host


def _by_word(match: re.Match[str]) -> str:
    host = _host_of_words(match[0])
    return "" if host.split(".")[-2] in STOP_WORDS else host


def _by_blank(match: re.Match[str]) -> str:
    label, tld = match[1].lower(), match[2]
    if label in STOP_WORDS or tld != tld.lower():
        return ""
    is_shown = any(sign in match[0] for sign in ("www", "/")) or any(sign in label for sign in "-0123456789")
    if tld in WORD_TLDS and (not is_shown or label.isdigit()):
        return ""
    return f"{label}.{tld}" if not label.isdigit() else ""


def _by_www(match: re.Match[str]) -> str:
    return f"{match[1]}.{match[2]}".lower()


def _by_comma(match: re.Match[str]) -> str:
    return f"{match[1]}.{match[2]}".lower()


def _host_of_words(words: str) -> str:
    dotted = _SPELLED_DOT.sub(".", words.partition("/")[0])
    return re.sub(r"\.{2,9}", ".", "".join(dotted.split())).strip(".").lower()


def unwrapped(url: str) -> str:
    """The link that a mail scanner wrapped into one of its own; any other link as it is (cases.md P19)."""
    return target_of(url) or url


def _word_around(text: str, position: int) -> tuple[int, int]:
    start = position
    while start > 0 and position - start < _MAX_WORD and not text[start - 1].isspace():
        start -= 1
    end = position
    while end < len(text) and end - position < _MAX_WORD and not text[end].isspace():
        end += 1
    return start, end


def _counts(raw: str) -> bool:
    """False for what is more likely a missing blank than a domain."""
    if _SCHEME.match(raw) or raw.startswith("//"):
        return True
    host, _, path = raw.partition("/")
    tld = host.rpartition(".")[2]
    # "It" begins a sentence, and Makefile.PL is a file.
    starts_sentence = tld[:1].isupper() and not host.isupper()
    return bool(path) or (tld.lower() in _BARE_TLDS and not starts_sentence)


def _host(url: str) -> str:
    rest = url.partition("//")[2] or url
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0].rpartition("@")[2]
    return authority.partition(":")[0].lower()
