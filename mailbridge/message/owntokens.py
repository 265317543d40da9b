"""Takes the secrets of our own one-use addresses and links out of text that goes on to somebody else.

They stand in mail of ours and come back in quotes. Whoever has one may use it, so its reader keeps it for himself: a
seller must not stop, for a buyer, the messages of other sellers.
"""

import re
from typing import Final

#: stands for the secret in lines of ours, so that they are known again in a quote
TOKEN_MASK: Final = "…"
_TOKEN: Final = re.compile(r"(\bact-|/u/|%2fu%2f)[a-z2-7]{32}(?![a-z0-9])", re.IGNORECASE)
_MARKS: Final = ("act-", "/u/", "%2fu%2f")


def without_tokens(text: str) -> str:
    """The text with a mask in the place of each secret; the rest as it is.

    >>> without_tokens(f"to act-{'a2' * 16}@relay.example or https://m.example/u/{'b3' * 16}.")
    'to act-…@relay.example or https://m.example/u/….'
    """
    lower = text.lower()
    if not any(mark in lower for mark in _MARKS):
        return text
    return _TOKEN.sub(rf"\1{TOKEN_MASK}", text)
