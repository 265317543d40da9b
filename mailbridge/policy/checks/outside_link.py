"""Finds links that lead away from the market (S-25): with a scheme, with www, and bare domains (cases.md P8).

The only door of linkify-it-py, which is given one word at a time and only words that may hold a link. Does not follow
links and does not read the targets behind HTML text.
"""

import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import unquote

from linkify_it import LinkifyIt

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Finding
from mailbridge.policy.scanning import MAX_FINDINGS, Parameters, is_own_domain, strings, texts_of

# A word that may hold a link: a scheme, or a dot between two letters or digits. Linear: no quantifier meets another.
_CANDIDATE = re.compile(r"://|\w\.[^\W\d_]{2}", re.UNICODE)
_MAX_WORD = 2048
# A bare `word.word` is often a missing blank ("nie.ma", "got it.It"): it counts under these top-level domains only.
_BARE_TLDS = frozenset(
    (
        *("com", "net", "org", "info", "biz", "eu", "shop", "store", "online", "site", "app", "dev", "io", "co", "me"),
        *("pl", "it", "de", "uk", "fr", "es", "cz", "sk", "at", "ch", "nl", "be", "se", "dk", "pt", "ro", "hu", "ua"),
        *("lt", "lv", "ee", "ie"),
    )
)
#: scanners that rewrite every link for their reader, and where the true one stands
_WRAPPERS = (
    ("safelinks.protection.outlook.com", re.compile(r"[?&]url=([^&]+)")),
    ("urldefense.com", re.compile(r"/v3/__(.+?)__;")),
    ("linkprotect.cudasvc.com", re.compile(r"[?&]a=([^&]+)")),
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{1,20}://|www\.", re.IGNORECASE)


def find(message: Message, facts: Facts, parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding per link, as written; its detail is the host."""
    allowed = strings(parameters, "allowed_domains")
    found: list[Finding] = []
    for place, text in texts_of(message, facts):
        for start, end, url in _links(text):
            host = _host(unwrapped(url))
            if is_own_domain(host, facts, allowed):
                continue
            words = text[start:end]
            found.append(Finding(check="outside_link", place=place, start=start, end=end, words=words, detail=host))
            if len(found) == MAX_FINDINGS:
                return tuple(found)
    return tuple(found)


@cache
def _linkifier() -> LinkifyIt:
    linkifier = LinkifyIt()
    linkifier.tlds([*_BARE_TLDS], keep_old=True)
    # Addresses are the business of another check.
    return linkifier.add("mailto:", None)


def _links(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and target of every link in this text."""
    reached = -1
    for candidate in _CANDIDATE.finditer(text):
        if candidate.start() < reached:
            continue
        start, reached = _word_around(text, candidate.start())
        word = text[start:reached]
        for match in _linkifier().match(word) or ():
            if _counts(match.raw):
                yield start + match.index, start + match.last_index, match.url


def unwrapped(url: str) -> str:
    """The link that a mail scanner wrapped into one of its own; any other link as it is (cases.md P19)."""
    host = _host(url)
    for scanner, pattern in _WRAPPERS:
        if host == scanner or host.endswith(f".{scanner}"):
            inner = pattern.search(url)
            return unquote(inner[1]) if inner is not None else url
    return url


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
    starts_sentence = tld[:1].isupper() and not tld.isupper()
    return bool(path) or (tld.lower() in _BARE_TLDS and not starts_sentence)


def _host(url: str) -> str:
    rest = url.partition("//")[2] or url
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0].rpartition("@")[2]
    return authority.partition(":")[0].lower()
