"""BlackBerry 7 and 10 (2009 to 2018).

The title "Original Message" stands without dashes.
"""

from mailbridge.message.quirk import Quirk

QUIRK = Quirk(
    client="BlackBerry",
    history=(
        "div#_origbody",
        "div#_originalContent",
    ),
    signatures=("div#_signaturePlaceholder",),
    titles=("original message",),
)
