"""Samsung Email on Galaxy phones (2012 to 2026).

A titled header block, translated; the signature has an id.
"""

from mailbridge.message.quirk import Quirk

QUIRK = Quirk(
    client="Samsung Email",
    signatures=("div#composer_signature",),
    titles=("original message",),
    footers=(
        "sent from my samsung",
        "sent from samsung mobile",
        "sent from my galaxy",
    ),
)
