"""Apple Mail on macOS, Mail on iPhone and iPad (iOS 5 to 18).

The attribution stands inside the quote. On iOS people type inside div#AppleMailSignature, so that is no signature
here; its "Sent from my iPhone" is found as a line.
"""

from mailbridge.message.quirk import Quirk

QUIRK = Quirk(
    client="Apple Mail",
    quotes=("blockquote[type=cite]",),
)
