"""The page of a conversation on the marketplace, as a link for its seller (S-54, S-55, S-57, S-58, S-79, S-85).

The template is data of the area. Only an address on the marketplace's own domains is ever given, every field is
percent-encoded, and where a field of it has no value there is no link: half an address leads nowhere.
"""

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote, urlsplit

from mailbridge.domain.parties import Marketplace
from mailbridge.domain.thread import Thread

#: what may stand in braces, and what of the conversation it is
FIELDS: Final = ("reference", "thread", "order", "offer")
_FIELD: Final = re.compile(r"\{([^{}]*)\}")
#: of RFC 3986 what stands in an address by itself; braces aside
_ALLOWED: Final = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*")


def why_no_link(template: str) -> str:
    """What is wrong with this template; "" when it is one.

    >>> why_no_link("https://market.example/talk/{reference}"), why_no_link("https://{order}.example/")
    ('', 'must be an https address with a host of its own; fields may stand behind the host only')
    """
    unknown = [name for name in _FIELD.findall(template) if name not in FIELDS]
    if unknown:
        return f'"{{{unknown[0]}}}" is no field; there are {", ".join(f"{{{name}}}" for name in FIELDS)}'
    plain = _FIELD.sub("0", template)
    if not _ALLOWED.fullmatch(plain):
        return "has a character that may not stand in an address"
    if not _has_host(template):
        return "must be an https address with a host of its own; fields may stand behind the host only"
    return ""


def _has_host(template: str) -> bool:
    try:
        parts = urlsplit(template)
        return parts.scheme == "https" and bool(parts.hostname) and not set("{}@") & set(parts.netloc)
    except ValueError:
        return False


def link_of(template: str, thread: Thread, market: Marketplace) -> str:
    """The address of this conversation's page; "" where there is none, or it is not on the market's own domains."""
    if not template or not is_own(template, market):
        return ""
    values = _values(thread)
    if not all(values[name] for name in _FIELD.findall(template)):
        return ""
    return _FIELD.sub(lambda found: quote(values[found[1]], safe=""), template)


def is_own(template: str, market: Marketplace) -> bool:
    """True where the host is a domain of the marketplace or below one."""
    host = (urlsplit(template).hostname or "").lower()
    return any(host == domain.lower() or host.endswith(f".{domain.lower()}") for domain in market.own_domains)


def _values(thread: Thread) -> Mapping[str, str]:
    return {
        "reference": thread.market_reference,
        "thread": thread.reference,
        "order": thread.order_reference,
        "offer": thread.offer_reference,
    }
