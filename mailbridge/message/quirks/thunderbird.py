"""Thunderbird 3 to 140 and SeaMonkey.

The attribution stands before the quote, in a div of its own.
"""

from mailbridge.message.quirk import Quirk

QUIRK = Quirk(
    client="Thunderbird",
    quotes=(
        "div.moz-cite-prefix",
        "blockquote[type=cite]",
        "div.moz-forward-container",
        "table.moz-email-headers-table",
    ),
    signatures=(
        "div.moz-signature",
        "pre.moz-signature",
    ),
)
