"""Front and Missive (2015 to 2026).

Shared inboxes: quote and signature have classes of their own.
"""

from mailbridge.message.quirk import Quirk

QUIRK = Quirk(
    client="Front, Missive and Help Scout",
    quotes=(
        "blockquote.front-blockquote",
        "div.missive_quote",
        "div.front-quote",
    ),
    signatures=("div.front-signature",),
)
