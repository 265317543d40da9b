"""Gmail on the web, Android and iOS (2012 to 2026).

The attribution stands in a div of its own, only the blockquote is the quote: a div.gmail_quote also holds answers
written between quotes. Outlook and Hotmail rename the classes when they quote them.
"""

from mailbridge.message.quirk import Quirk

QUIRK = Quirk(
    client="Gmail",
    quotes=(
        "blockquote.gmail_quote",
        "div.gmail_attr",
        "blockquote.x_gmail_quote",
        "div.x_gmail_attr",
        "blockquote.ecxgmail_quote",
    ),
    signatures=(
        "div.gmail_signature",
        "div.x_gmail_signature",
    ),
    footers=("sent from gmail mobile",),
)
