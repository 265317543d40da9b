"""Lines that programs and phones add below a text: "Sent from my iPhone", "Get Outlook for iOS" and their kin.

Looks at one line. Where it stands, and what becomes of the lines around it, is settled in `message/endings.py`.
"""

from mailbridge.message.language import words as listed
from mailbridge.message.vocabulary import (
    DEVICES,
    DEVICES_ALONE,
    FIRST_PERSON,
    LAST_LINKS,
    PARCELS,
    TRIM,
    begins_with,
    spoken_words,
)
from mailbridge.patterns import lazy_pattern

_MAX_DEVICE_LINE = 160
_MAX_DEVICE_SOURCE = 600
#: the name of a device stands so near
_NEAR = 36
_MAX_DEVICE_WORDS = 14
_LINK = lazy_pattern(r"\(https?://[^\s()]{1,500}\)|<?https?://[^\s<>]{1,500}>?|<mailto:[^\s<>]{1,320}>|[\[\]]")
#: one of these stands in a program's line
_DEVICE_NOUNS = listed(
    "iphon|ipad|ipod|android|outlook|mail|yahoo|aol|samsung|galaxy|blackberry|phone|smartphone|handy|mobil|"
    "mobiel|windows|proton|huawei|xiaomi|redmi|nokia|htc|pixel|spark|tablet|telef|telem|téléphone|okostel|"
    "móvil|celular|komórk|puhelim|телефон|устройств|пристро|смартфон|почт|пошт|アプリ|nine|superhuman|fairphone|"
    "motorola|xperia|sony|oneplus|oppo|lg |asus|ios|mac|watch|thunderbird|k-9|aquamail|bluemail|typeapp|"
    "gerät|appareil|dispositivo|apparaat|zařízen|zariaden|készülék|enhed|enhet|laitte|dispozitiv|urządzen|"
    "tuta|gmail|canary|em client|missive|mixmax|icloud|mailtrack|手机|手機|平板|libero|orange|poczt|posta|pošt|"
    "correo|courrier|e-post|sähköpost"
)
_MODEL = lazy_pattern(r"\b[A-Z]{2,}\b|\b[A-Z]+\d|\b\d+[A-Z]+\b")


def is_last_line(line: str) -> bool:
    """True for a program's line below which it puts the history and nobody writes."""
    return any(link in line for link in LAST_LINKS) and is_device_line(line)


def is_device_line(line: str) -> bool:
    """True for "Sent from my iPhone", "Get Outlook for iOS" and their kin."""
    word = line.split(None, 1)[0].lower().strip(TRIM)
    if len(line) > _MAX_DEVICE_SOURCE or not (word in DEVICES or word[:1] in DEVICES):
        return False
    bare = _LINK.sub("", line).strip(TRIM)
    if not bare or len(bare) > _MAX_DEVICE_LINE:
        return False
    lowered = bare.lower()
    begin = begins_with(lowered, DEVICES)
    if not begin:
        return False
    if lowered.startswith(DEVICES_ALONE) or (lowered == begin.strip() and "://" in line):
        return True
    near = lowered[: len(begin) + _NEAR].split(",", 1)[0]
    sentence = lowered.split(". ", 1)[0].split()
    if len(sentence) > _MAX_DEVICE_WORDS or "?" in bare or _is_said(lowered[len(begin) :]):
        return False
    # A model that nobody has heard of: "Sent from my Wiko RIDGE FAB 4G"
    return any(noun in near for noun in _DEVICE_NOUNS) or (
        "," not in bare and _MODEL.search(bare, len(begin)) is not None
    )


def _is_said(rest: str) -> bool:
    """True where a person goes on: "sent by" registered mail today; "from my" phone I fail; "sent with" it: a cable."""
    spoken = spoken_words(rest)
    return ": " in rest or not (PARCELS.isdisjoint(spoken) and FIRST_PERSON.isdisjoint(spoken))
