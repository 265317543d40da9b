"""Roundcube 0.9 to 1.6.

The attribution has an id, the quote is the usual one.
"""

from mailbridge.message.quirk import Quirk

QUIRK = Quirk(
    client="Roundcube",
    quotes=(
        "p#reply-intro",
        "blockquote[type=cite]",
    ),
)
