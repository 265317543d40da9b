"""Freshdesk, a ticket system whose agents write to buyers (2014 to 2026).

A div and a blockquote of the same class, the attribution between them.
"""

from mailbridge.message.quirk import Quirk

QUIRK = Quirk(
    client="Freshdesk",
    quotes=("blockquote.freshdesk_quote",),
)
