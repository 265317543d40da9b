"""Outlook for iOS and Android (2 to 5, 2026).

The history stands in a div of its own, "Get Outlook for iOS" with its short link above it.
"""

from mailbridge.message.quirk import Quirk

QUIRK = Quirk(
    client="Outlook for iOS and Android",
    history=("div.ms-outlook-mobile-reference-message",),
    signatures=(
        "div#ms-outlook-mobile-signature",
        "div.ms-outlook-mobile-signature",
    ),
    last_links=("https://aka.ms/",),
)
