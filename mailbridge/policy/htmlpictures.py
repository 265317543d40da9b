"""The pictures that an author put into his mail himself: what only his quotes show was shown to him before.

The quotes are told apart only where there is a picture at all. Finds nothing itself.
"""

from functools import lru_cache
from urllib.parse import urlsplit

from mailbridge.domain.message import Message
from mailbridge.message.htmlreading import split_html
from mailbridge.message.pictures import Picture, pictures_in
from mailbridge.message.wrappedlinks import target_of

#: signs of an address that an author is shown
_SHOWN = 200


def new_pictures(message: Message) -> tuple[Picture, ...]:
    """The pictures outside of quotes, in the order of the HTML."""
    html = message.body.html
    if html is None or not pictures_in(html):
        return ()
    return _outside_of_quotes(html) if message.quoted_text else pictures_in(html)


@lru_cache(maxsize=2)
def _outside_of_quotes(html: str) -> tuple[Picture, ...]:
    """Kept for the checks that ask one after the other, like the pictures themselves."""
    return pictures_in(split_html(html)[0])


def host_of(url: str) -> str:
    """The host that a web address leads to, behind what a mail filter put before it; "" for any other address."""
    target = target_of(url) or url
    try:
        parts = urlsplit(target if "://" in target else f"https:{target}" if target.startswith("//") else target)
        return (parts.hostname or "").lower() if parts.scheme.lower() in ("http", "https", "ftp") else ""
    except ValueError:
        return ""


def shortened(url: str) -> str:
    """The address as an author is shown it."""
    return url if len(url) <= _SHOWN else f"{url[:_SHOWN]}…"
