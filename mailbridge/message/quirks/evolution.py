"""GNOME Evolution 2 to 3.56.

The quote is the usual one, the signature stands in a wrapper.
"""

from mailbridge.message.quirk import Quirk

QUIRK = Quirk(
    client="Evolution",
    quotes=("blockquote[type=cite]",),
    signatures=("div.-x-evo-signature-wrapper",),
)
