"""Yahoo Mail and AOL on the web and on Android (2013 to 2026).

Ids and classes get random letters before them.
"""

from mailbridge.message.quirk import Quirk

QUIRK = Quirk(
    client="Yahoo Mail and AOL",
    quotes=(
        "div[class*=yahoo_quoted]",
        "div[id*=yahoo_quoted]",
    ),
    signatures=(
        "div#ymail_android_signature",
        "div[class*=yahoo-signature]",
    ),
    footers=(
        "yahoo mail: search, organize, conquer",
        "yahoo mail: search, organise, conquer",
        "sent from yahoo mail",
        "sent from aol",
    ),
)
