"""Last paragraphs that the author did not write for this mail: imprints, confidentiality notices, scanners, lists.

Looks at one paragraph. Which paragraphs are asked about is settled in `message/endings.py`; what is doubtful stays new
text: a sentence lost is worse than a footer too many.
"""

import re

from mailbridge.message.marks import FOOTER, IMPRINT, NEW
from mailbridge.message.vocabulary import (
    DISCLAIMERS,
    FIRST_PERSON,
    IMPRINTS,
    LISTING,
    POSSESSIVES,
    SCANNED,
    SECRECY,
    TRIM,
    begins_with,
    spoken_words,
)
from mailbridge.patterns import lazy_pattern

#: a notice is longer than a remark
_MIN_NOTICE = 60
_MAX_SCANNED = 400
_MAX_LISTING = 500
_FEW_WORDS = 3
_DIGIT = lazy_pattern(r"\d")
#: behind one of its words company data has a number so near
_NEAR = 16
#: "i" alone is an article in Italian and "and" in Polish
_SPEAKERS = FIRST_PERSON - {"i"}
#: phrases that do not overlap: "to unsubscribe from" is one
_LISTING = lazy_pattern("|".join(map(re.escape, sorted(LISTING, key=len, reverse=True))))
#: a note of a scanner speaks of a mail, or has a link or the name of the scanner
_OF_MAIL = lazy_pattern(
    r"(?<!\w)(?:mail|email|messag|nachricht|wiadomo|courri|correo|mensa|bericht|zpráv|správ|üzenet|besked|melding|meddeland"
    r"|viest|mesaj|письм|сообщ|лист|повідом|メール|邮件|https?:|www\.|avast|avg|norton|mcafee|eset|kaspersky|bitdefender"
    r"|sophos|mimecast|f-secure|g data|avira|clamav|trend micro)"
)


def lines_above_notice(paragraph: list[str]) -> int:
    """How many lines stand above a confidentiality notice that has no blank line above it; 0 where there is none."""
    for at in range(1, len(paragraph)):
        if begins_with(paragraph[at].strip(TRIM).lower(), DISCLAIMERS):
            lowered = " ".join(paragraph[at:]).lower()
            is_notice = len(lowered) > _MIN_NOTICE and not lowered.endswith("?")
            return at if is_notice and any(words in lowered for words in SECRECY) else 0
    return 0


def kind_of_notice(paragraph: list[str], *, is_all: bool, is_apart: bool) -> int:
    """What a last paragraph is; a letter that consists of nothing else is the author's.

    `is_apart` tells that a row of dashes or the like stands above it.
    """
    if is_all:
        return NEW
    first = paragraph[0].strip(TRIM).lower()
    lowered = " ".join(paragraph)[:3000].lower()
    if (
        len(lowered) < _MAX_SCANNED
        and any(words in lowered for words in SCANNED)
        and (is_apart or _is_of_mail(lowered))
    ):
        return FOOTER
    if begins_with(first, DISCLAIMERS) and len(lowered) > _MIN_NOTICE and any(words in lowered for words in SECRECY):
        return IMPRINT
    if begins_with(first, DISCLAIMERS) and len(paragraph) == 1 and len(lowered) < 30:
        return IMPRINT  # a heading alone: "Disclaimer"
    if not lowered.endswith("?") and _is_about_a_company(lowered):
        return IMPRINT
    # "You can unsubscribe from the mailing list under Settings" is what a seller answers: two of their words make a
    # footer only below a row that sets it apart, or a third must be there.
    if len(lowered) < _MAX_LISTING and _has_of_listing(lowered, 2 if is_apart else 3):
        return FOOTER
    return NEW


def _has_of_listing(lowered: str, least: int) -> bool:
    """True where so many of a list's phrases stand here, none within another."""
    if sum(phrase in lowered for phrase in LISTING) < least:
        return False  # most texts have none at all
    return len(set(_LISTING.findall(lowered))) >= least


def _is_of_mail(lowered: str) -> bool:
    """True where a scanner speaks: of a mail, with link or name, or in three words. Laptops are virus free, too."""
    if not _SPEAKERS.isdisjoint(spoken_words(lowered)):
        return False
    return _OF_MAIL.search(lowered) is not None or len(lowered.split()) <= _FEW_WORDS


def _is_about_a_company(lowered: str) -> bool:
    """True for two kinds of company data with a number, unless he tells them: "*our* VAT number is ...".

    One who asks for an invoice says whose number it is; an imprint has no need to.
    """
    found = [(lowered.index(phrase), len(phrase)) for phrase in IMPRINTS if phrase in lowered]
    if len(found) < 2 or any(POSSESSIVES.intersection(lowered[:at].split()[-1:]) for at, _ in found):
        return False
    return any(_DIGIT.search(lowered, at + length, at + length + _NEAR) for at, length in found)
