"""The words of all languages and clients in the form the recognisers ask for; built once, when first imported.

Which language a mail is in is not asked: people answer in one language from a program in another.
"""

import re
from collections.abc import Callable, Iterable, Mapping

from mailbridge.message.language import Language, words
from mailbridge.message.languages import LANGUAGES
from mailbridge.message.quirks import QUIRKS
from mailbridge.patterns import lazy_pattern

#: what may stand around the words of a line
TRIM = "*_-–—~•·<>()[]{}\"'“”„|:!.,;=# \t\u00a0\u200b"
#: from here on scripts write without blanks (CJK)
FIRST_IDEOGRAPH = "\u2e80"

#: names of days and months up to this length are words of other languages, too: "mi", "pro", "mars"
_MAX_SHORT = 4

# Kinds of header fields, as bits: what a quoted header holds is a sum of them.
FROM, DATE, TO, SUBJECT, OTHER = 1, 2, 4, 8, 16


def _all(pick: Callable[[Language], Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for language in LANGUAGES for word in pick(language)))


def _by_first_word(beginnings: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Most lines are told apart by their first word alone; where words are not set apart, by the first character."""
    grouped: dict[str, list[str]] = {}
    for beginning in beginnings:
        first = beginning[0] if beginning[0] >= FIRST_IDEOGRAPH else beginning.split(" ", 1)[0].rstrip(":,")
        grouped.setdefault(first, []).append(beginning)
    return {word: tuple(group) for word, group in grouped.items()}


#: verbs of attributions, a longer one before its beginning
VERBS = tuple(sorted(_all(lambda language: language.wrote), key=len, reverse=True))
VERB_WORDS = frozenset(VERBS)
#: those that hold no other: a text with any verb has one of these
STEMS = tuple(verb for verb in VERBS if not any(other != verb and other in verb for other in VERBS))
#: what an attribution begins with before its date
OPENERS = _by_first_word(sorted(_all(lambda language: language.opens), key=len, reverse=True))
#: weekdays and months
CALENDAR = frozenset(_all(lambda language: (*language.days, *language.months)))
#: header field name, lower case, to its kind
FIELDS = {
    **dict.fromkeys(_all(lambda language: language.other), OTHER),
    **dict.fromkeys(_all(lambda language: language.copy), TO),
    **dict.fromkeys(_all(lambda language: language.to), TO),
    **dict.fromkeys(_all(lambda language: language.subject), SUBJECT),
    **dict.fromkeys(_all(lambda language: language.sent), DATE),
    **dict.fromkeys(_all(lambda language: language.from_), FROM),
}
#: titles that stand between dashes
TITLES = frozenset(_all(lambda language: (*language.original, *language.forwarded))) | {
    title for quirk in QUIRKS for title in quirk.titles
}
#: the same, as beginnings: "Forwarded message from ..."
TITLE_BEGINNINGS = tuple(sorted(TITLES))
FORWARDS = tuple(sorted(_all(lambda language: language.forwarded)))
INLINE = _all(lambda language: language.inline)
#: what a person calls his answers, and with it where he says that they stand
PLACED = {
    answers: tuple(f"{answers} {place}" for place in language.places)
    for language in LANGUAGES
    for answers in language.answers
}
ABOVE = _all(lambda language: language.above)
HISTORY_LINES = tuple(
    (beginning, re.compile(pattern)) for quirk in QUIRKS for beginning, pattern in quirk.history_lines
)
#: what programs add below, by first word
DEVICES = _by_first_word(
    (*_all(lambda language: language.device), *(footer for quirk in QUIRKS for footer in quirk.footers))
)
#: what needs no name of a device to be a program's line
DEVICES_ALONE = tuple(footer for quirk in QUIRKS for footer in quirk.footers)
#: links in a program's own line, below which it puts the history and nobody writes
LAST_LINKS = tuple(link for quirk in QUIRKS for link in quirk.last_links)
#: a word with its hyphens and apostrophes: "e-post" is no post
_WORD = lazy_pattern(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
#: with these a person speaks of himself
FIRST_PERSON = frozenset(_all(lambda language: language.first_person))
POSSESSIVES = frozenset(_all(lambda language: language.possessives))
#: how, with whom and when goods are sent; names of days and months so short that they are other words are left out
PARCELS = (
    frozenset(_all(lambda language: language.parcels))
    | frozenset(
        words(
            "dhl|ups|gls|dpd|fedex|tnt|usps|hermes|inpost|postnl|postnord|bpost|seur|mrw|brt|bartolini|sda|evri|yodel|royal|"
            "dachser|schenker|nacex|packeta|zasilkovna|ppl|sameday|colissimo|chronopost|"
            "correos|ctt|orlen|pocztex|bring|matkahuolto|posti|omniva|dostavista|itella|venipak"
        )
    )
    | frozenset(word for word in CALENDAR if len(word) > _MAX_SHORT)
)
CLOSINGS = frozenset(_all(lambda language: language.closings))
CLOSINGS_BY_WORD = _by_first_word(CLOSINGS)
DISCLAIMERS = _by_first_word(_all(lambda language: language.disclaimer))
SECRECY = _all(lambda language: language.secrecy)
IMPRINTS = _all(lambda language: language.imprint)
SCANNED = _all(lambda language: language.scanned)
LISTING = _all(lambda language: language.listing)


def begins_with(lowered: str, beginnings: Mapping[str, tuple[str, ...]]) -> str:
    """The known beginning of this line, "" for none; most lines are told apart by their first word."""
    word = lowered[:1] if lowered[:1] >= FIRST_IDEOGRAPH else lowered.split(" ", 1)[0].rstrip(":,.!")
    for beginning in beginnings.get(word, ()):
        if lowered.startswith(beginning):
            return beginning
    return ""


def spoken_words(lowered: str) -> list[str]:
    """The words of a line, without numbers and signs."""
    return _WORD.findall(lowered)
