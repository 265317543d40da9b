"""Takes the secrets of our own one-use addresses and links out of text that goes on to somebody else.

They stand in mail of ours and come back in quotes. Whoever has one may use it, so its reader keeps it for himself: a
seller must not stop, for a buyer, the messages of other sellers.
"""

import re
from typing import Final

#: stands for the secret in lines of ours, so that they are known again in a quote
TOKEN_MASK: Final = "…"
_SECRET: Final = r"[a-z2-7]{32}(?![a-z0-9])"
#: what stands before a secret, and the two together; each begins with letters that are searched for at once
_FORMS: Final = tuple((mark, re.compile(f"{mark}{_SECRET}")) for mark in ("act-", "/u/", "%2fu%2f"))


def without_tokens(text: str) -> str:
    """The text with a mask in the place of each secret; the rest as it is.

    >>> without_tokens(f"to act-{'a2' * 16}@relay.example or https://m.example/u/{'b3' * 16}.")
    'to act-…@relay.example or https://m.example/u/….'
    """
    # Letters of ASCII only, so that every place stays the same.
    lower = text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")
    forms = [(mark, form) for mark, form in _FORMS if mark in lower]
    if not forms:
        return text
    spans = sorted((found.start() + len(mark), found.end()) for mark, form in forms for found in form.finditer(lower))
    pieces, done = [], 0
    for start, end in spans:
        pieces += [text[done:start], TOKEN_MASK]
        done = end
    return "".join([*pieces, text[done:]])
