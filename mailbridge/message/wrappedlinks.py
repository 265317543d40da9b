"""Undo the links that mail filters put in the place of others: the reader's address stands in many of them (P19).

Known filters only, by host. What can not be undone because the filter keeps the target to itself is left as it is;
if it carries an address, the masker takes that out. Follows nothing on the network.
"""

import base64
import binascii
import re
from collections.abc import Callable
from html import escape
from urllib.parse import parse_qs, unquote, urlsplit

from mailbridge.message.entities import without_entities
from mailbridge.message.shadows import lowered

_LINK = re.compile(r"https?://[^\s\"'<>\\^`{|}\x00-\x1f]{8,8000}", re.IGNORECASE)
_HINTS = (
    "safelinks.protection.outlook",
    "urldefense.",
    "mimecast",
    "linkprotect.cudasvc",
    "secure-web.cisco",
    "clicktime",
    "protection.sophos",
    "fireeye.com",
    "hornetsecurity.com",
    "google.com/url",
    "avanan.click",
)
_MAX_TARGET = 4_000
_MAX_NESTED = 4
_V3 = re.compile(r"/v3/__(.+?)__;([^!]*)!", re.DOTALL)
_V3_RUN = re.compile(r"\*(\*.)?")
_ONE_SLASH = re.compile(r"^(https?:/)([^/])", re.IGNORECASE)
_V3_RUN_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_ENCODED_TARGET = re.compile(r"/(https?%3A%2F%2F[^/?#]+)", re.IGNORECASE)
_TRAILING = ".,;:!?)]"


def unwrapped(text: str, *, is_html: bool) -> str:
    """The text with the target in the place of each wrapped link."""
    lower = lowered(text) if "http" in text or "HTTP" in text else ""
    if not any(hint in lower for hint in _HINTS):
        return text

    def bare(link: re.Match[str]) -> str:
        written = link[0]
        tail = written[len(written.rstrip(_TRAILING)) :] if not is_html else ""
        url = written.removesuffix(tail) if tail else written
        target = target_of(without_entities(url) if is_html else url)
        if target is None:
            return written
        return (escape(target) if is_html else target) + tail

    return _LINK.sub(bare, text)


def target_of(url: str) -> str | None:
    """Where a wrapped link leads, None for a link that is not wrapped, or whose target the filter keeps to itself."""
    target = None
    for _ in range(_MAX_NESTED):
        inner = _unwrapped_once(target or url)
        if inner is None:
            break
        target = inner
    return target


def _unwrapped_once(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        undo = next((undo for suffix, undo in _FILTERS if host == suffix or host.endswith(f".{suffix}")), None)
        found = undo(url) if undo is not None else None
    except (ValueError, LookupError, binascii.Error):
        return None
    if not found or len(found) > _MAX_TARGET or not found.lower().startswith(("http://", "https://", "mailto:")):
        return None
    return "".join(found.split())


def _parameter(name: str, *, path: str = "") -> Callable[[str], str | None]:
    """The filter whose links hold the target in this parameter, where `path` stands in them."""

    def read(url: str) -> str | None:
        parts = urlsplit(url)
        return parse_qs(parts.query, max_num_fields=100).get(name, [None])[0] if path in parts.path else None

    return read


def _proofpoint(url: str) -> str | None:
    if "/v3/__" in url:
        return _proofpoint_v3(url)
    written = _parameter("u")(url)
    if written is None:
        return None
    return unquote(written.replace("-", "%").replace("_", "/")) if "/v2/" in url else written


def _proofpoint_v3(url: str) -> str | None:
    """`*` stands for the next octet of what is encoded at the end, `**X` for a run of them."""
    found = _V3.search(url)
    if found is None:
        return None
    letters = found[2].rstrip("=")
    octets = base64.urlsafe_b64decode(letters + "=" * (-len(letters) % 4)).decode("utf-8", "replace")
    at = 0

    def next_ones(run: re.Match[str]) -> str:
        nonlocal at
        count = _V3_RUN_LETTERS.index(run[1][1]) + 2 if run[1] else 1
        at += count
        return octets[at - count : at]

    # Some programs on the way take a double slash for one.
    return _ONE_SLASH.sub(r"\1/\2", _V3_RUN.sub(next_ones, unquote(found[1])))


def _in_path(url: str) -> str | None:
    found = _ENCODED_TARGET.search(url)
    return unquote(found[1]) if found else None


def _sophos(url: str) -> str | None:
    written = _parameter("u")(url)
    return base64.b64decode(written + "=" * (-len(written) % 4)).decode("utf-8", "replace") if written else None


def _avanan(url: str) -> str | None:
    """`/v2/___https://...___.token`"""
    found = re.search(r"___(https?://.+?)___", url)
    return found[1] if found else None


#: host, and how its links are undone
_FILTERS: tuple[tuple[str, Callable[[str], str | None]], ...] = (
    ("safelinks.protection.outlook.com", _parameter("url")),
    ("safelinks.protection.outlook.us", _parameter("url")),
    ("safelinks.protection.outlook.de", _parameter("url")),
    ("urldefense.com", _proofpoint),
    ("urldefense.us", _proofpoint),
    ("urldefense.proofpoint.com", _proofpoint),
    ("linkprotect.cudasvc.com", _parameter("a")),
    ("secure-web.cisco.com", _in_path),
    ("clicktime.symantec.com", _parameter("u")),
    ("trendmicro.com", _parameter("url", path="clicktime")),
    ("protection.sophos.com", _sophos),
    ("fireeye.com", _parameter("u", path="/url")),
    ("hornetsecurity.com", _parameter("u")),
    ("avanan.click", _avanan),
    ("google.com", _parameter("q", path="/url")),
)
