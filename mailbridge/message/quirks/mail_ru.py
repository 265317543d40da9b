"""Mail.ru on the web and mobile (2012 to 2026).

The date first, "from" and the address, no verb.
"""

from mailbridge.message.quirk import Quirk

QUIRK = Quirk(
    client="Mail.ru",
    quotes=(
        "div#mail-app-auto-quote",
        "blockquote#mail-app-auto-quote",
        "div.mail-quote-collapse",
    ),
)
