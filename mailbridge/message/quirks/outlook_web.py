"""Outlook on the web, Outlook.com and new Outlook for Windows (2016 to 2026).

A rule and div#divRplyFwdMsg with the header block, then the history to the end. Ids get an x_ before them when they
are quoted.
"""

from mailbridge.message.quirk import Quirk

QUIRK = Quirk(
    client="Outlook on the web",
    history=(
        "div#divRplyFwdMsg",
        "div#x_divRplyFwdMsg",
        "div#mail-editor-reference-message-container",
    ),
    signatures=(
        "div#Signature",
        "div#x_Signature",
    ),
)
