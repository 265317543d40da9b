"""Zoho Mail (2014 to 2026).

An attribution between dashes.
"""

from mailbridge.message.quirk import Quirk

QUIRK = Quirk(
    client="Zoho Mail",
    quotes=(
        "div.zmail_extra",
        "blockquote.zmail_extra",
    ),
)
