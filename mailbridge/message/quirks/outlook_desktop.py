"""Outlook 2003 to 2024 on Windows, Outlook for Mac.

Word writes the HTML: no quote element at all, but a header block behind a border, then the history to the end. The
header block is read as text; the one element here is of Outlook for Mac 2011.
"""

from mailbridge.message.quirk import Quirk

QUIRK = Quirk(
    client="Outlook for Windows",
    quotes=("div#OLK_SRC_BODY_SECTION",),
    titles=(
        "original message",
        "original appointment",
    ),
)
