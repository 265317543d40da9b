"""Zimbra 6 to 10 (also Comcast, Free, Laposte).

A marked rule, then a header block or an attribution.
"""

from mailbridge.message.quirk import Quirk

QUIRK = Quirk(
    client="Zimbra",
    quotes=("[data-marker=__QUOTED_TEXT__]",),
    history=(
        "hr#zwchr",
        "hr[data-marker=__DIVIDER__]",
    ),
    signatures=(
        "[data-marker=__SIG_PRE__]",
        "[data-marker=__SIG_POST__]",
    ),
    titles=("original message",),
)
