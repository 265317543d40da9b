"""The webmail of GMX, WEB.DE, mail.com and 1&1 (2012 to 2026).

The quote is named; in plain text it is a header block that begins with the date.
"""

from mailbridge.message.quirk import Quirk

QUIRK = Quirk(
    client="GMX, WEB.DE, mail.com and 1&1",
    quotes=(
        "div[name=quote]",
        "div[name=quoted-content]",
    ),
    footers=(
        "diese nachricht wurde von meinem android mobiltelefon mit gmx",
        "diese nachricht wurde von meinem android mobiltelefon mit web.de",
        "sent using the mobile mail app",
        "gesendet mit der telekom mail app",
        "gesendet mit der gmx",
        "gesendet mit der web.de",
    ),
)
