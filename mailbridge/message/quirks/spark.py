"""Spark and Airmail on macOS and iOS (2014 to 2026).

Quote and signature are named.
"""

from mailbridge.message.quirk import Quirk

QUIRK = Quirk(
    client="Spark and Airmail",
    quotes=(
        "div[name=messageReplySection]",
        "blockquote.clean_bq",
    ),
    signatures=(
        "div[name=messageSignatureSection]",
        "div[id^=bloop_sign]",
    ),
    footers=(
        "sent from spark",
        "sent via superhuman",
        "sent from superhuman",
        "sent from airmail",
        "sent from newton",
    ),
)
