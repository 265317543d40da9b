"""Open-Xchange App Suite 7 and 8: mailbox.org, IONOS, Comcast and many hosters (2014 to 2026).

The attribution stands inside the usual quote, the verb behind the time; the signature has a class.
"""

from mailbridge.message.quirk import Quirk

QUIRK = Quirk(
    client="Open-Xchange",
    signatures=("div.io-ox-signature",),
)
