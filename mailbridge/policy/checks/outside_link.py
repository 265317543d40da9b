"""Finds links that lead away from the market (S-25): with a scheme, with www, bare domains (cases.md P8), and domains
in disguise: hxxp, shop[.]com, "shop dot com", blanks around the dot or between the letters.

The only door of linkify-it-py, which is given one word at a time and only words that may hold a link. Does not follow
links: where a shortener leads is not known, and its detail says so. The targets behind HTML text are given to it by
`htmlform.py`; where the words shown name another host than the target, the detail says so too.
"""

import re
from collections.abc import Iterator
from functools import cache

from linkify_it import LinkifyIt

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Finding
from mailbridge.message.wrappedlinks import target_of
from mailbridge.patterns import lazy_pattern
from mailbridge.policy.anchors import shown_hosts
from mailbridge.policy.codes import through_codes
from mailbridge.policy.hints import hints_in
from mailbridge.policy.hints_of_places import PLACES
from mailbridge.policy.scanning import MAX_FINDINGS, TOO_MUCH, Parameters, Read, found_in, is_own_domain, strings
from mailbridge.policy.shadow import Shadow, is_latin
from mailbridge.policy.spelledhosts import spelled_hosts
from mailbridge.policy.spelling import TLDS

#: what a rule may look for alone
KINDS = ("shortener", "disguised")
# A word that may hold a link: a scheme, or a dot before two letters. Linear: no quantifier meets another.
_CANDIDATE = lazy_pattern(r"://|\.([^\W\d_]{2,63})")
#: what may follow a label of a host that is not the last, or a host
_GO_ON = frozenset("./:?#-0123456789_")
_MAX_WORD = 2048
# A bare `word.word` is often a missing blank ("nie.ma", "got it.It"): it counts under these top-level domains only.
_BARE_TLDS = frozenset(TLDS) - {"no", "si", "top", "pro", "link", "life", "page", "world", "market", "art", "email"}
_SCHEME = lazy_pattern(r"[a-z][a-z0-9+.-]{1,20}://|www\.", re.IGNORECASE)

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
_MAX_CANDIDATES = 300


def find(message: Message, facts: Facts, parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding per link, as written; its detail is the host, and what is odd about it."""
    allowed, kinds = strings(parameters, "allowed_domains"), strings(parameters, "only")
    found: list[Finding] = []
    for place, start, end, words, url in found_in(message, facts, _links):
        host = _host(unwrapped(url))
        if host and is_own_domain(host, facts, allowed) and is_latin(words):
            continue
        if _is_of_own_market(host, facts):
            continue
        odd = _oddities(host, url, message)
        if kinds and not any(kind in kinds for kind, _ in odd):
            continue
        detail = "; ".join((host or TOO_MUCH, *(said for _, said in odd)))
        found.append(Finding(check="outside_link", place=place, start=start, end=end, words=words, detail=detail))
        if len(found) == MAX_FINDINGS:
            break
    return tuple(found)


def _is_of_own_market(hint: str, facts: Facts) -> bool:
    """True where another market is named that is this one."""
    name = hint.partition(", ")[2]
    own = facts.marketplace
    return bool(name) and own is not None and any(name in domain for domain in (own.name.lower(), *own.own_domains))


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


def _links(shadow: Shadow) -> Iterator[Read]:
    """Every link in this text; in no order, and one may stand within another."""
    yield from _written_openly(shadow.text)
    for spelled in spelled_hosts(shadow):
        yield Read(spelled.start, spelled.end, spelled.value and f"//{spelled.value}")
    yield from through_codes(shadow, lambda plain: _written_openly(plain.text))
    for hint in hints_in(shadow.text, PLACES):
        yield Read(hint.start, hint.end, f"//{hint.value}")


def _written_openly(text: str) -> Iterator[Read]:
    reached, looked_at = -1, 0
    for candidate in _CANDIDATE.finditer(text):
        if candidate.start() < reached or not _may_be_domain(text, candidate):
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


def _may_be_domain(text: str, candidate: re.Match[str]) -> bool:
    """A scheme, or a dot behind a letter or digit with what may be a top-level domain, or a path, behind it."""
    if candidate[0] == "://":
        return True
    before = text[candidate.start() - 1 : candidate.start()]
    if not (before.isalnum() or before == "_"):
        return False
    label = candidate[1]
    return label.lower() in _BARE_TLDS or not label.isascii() or text[candidate.end() : candidate.end() + 1] in _GO_ON


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
