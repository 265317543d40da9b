"""Hotmail, Windows Live Mail and Windows Mail (2006 to 2016).

A rule with an id that gives it away, then a header block.
"""

from mailbridge.message.quirk import Quirk

QUIRK = Quirk(
    client="Hotmail and Windows Live Mail",
    history=("hr#stopSpelling",),
    signatures=("div[data-signatureblock]",),
)
