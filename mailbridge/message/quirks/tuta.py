"""Tuta, formerly Tutanota (2016 to 2026).

The quote has a class of its own.
"""

from mailbridge.message.quirk import Quirk

QUIRK = Quirk(
    client="Tuta",
    quotes=(
        "blockquote.tutanota_quote",
        "div.tutanota_quote",
    ),
    footers=(
        "sent from tutanota",
        "sent with tuta",
        "sent with tutanota",
        "securely sent with tutanota",
        "secured with tuta",
        "gesendet mit tuta",
        "sicher versendet mit tuta",
    ),
)
