"""Proton Mail on the web and mobile (2016 to 2026).

The quote stands in an element of its own, the signature in another.
"""

from mailbridge.message.quirk import Quirk

QUIRK = Quirk(
    client="Proton Mail",
    quotes=(
        "div.protonmail_quote",
        "blockquote.protonmail_quote",
    ),
    signatures=(
        "div.protonmail_signature_block",
        "div.protonmail_signature_block-user",
    ),
    footers=(
        "sent with proton mail",
        "sent with protonmail",
        "sent from proton mail",
        "sent from protonmail",
    ),
)
