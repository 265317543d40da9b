"""Yandex Mail (2010 to 2026).

Date, name and address end with a colon, without a verb; the blockquote is bare, so the words tell.
"""

from mailbridge.message.quirk import Quirk

QUIRK = Quirk(
    client="Yandex Mail",
    footers=(
        "-- отправлено из мобильного приложения яндекс",
        "отправлено из мобильной яндекс",
    ),
)
