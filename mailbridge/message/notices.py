"""Last paragraphs that the author did not write for this mail: imprints, confidentiality notices, scanners, lists.

Looks at one paragraph. Which paragraphs are asked about is settled in `message/endings.py`; what is doubtful stays new
text: a sentence lost is worse than a footer too many.
"""

from mailbridge.message.marks import FOOTER, IMPRINT, NEW
from mailbridge.message.vocabulary import DISCLAIMERS, IMPRINTS, LISTING, SCANNED, SECRECY, TRIM, begins_with
from mailbridge.patterns import lazy_pattern

#: a notice is longer than a remark
_MIN_NOTICE = 60
_DIGIT = lazy_pattern(r"\d")


def lines_above_notice(paragraph: list[str]) -> int:
    """How many lines stand above a confidentiality notice that has no blank line above it; 0 where there is none."""
    for at in range(1, len(paragraph)):
        if begins_with(paragraph[at].strip(TRIM).lower(), DISCLAIMERS):
            lowered = " ".join(paragraph[at:]).lower()
            is_notice = len(lowered) > _MIN_NOTICE and not lowered.endswith("?")
            return at if is_notice and any(words in lowered for words in SECRECY) else 0
    return 0


def kind_of_notice(paragraph: list[str], *, is_all: bool) -> int:
    """What a last paragraph is; a letter that consists of nothing else is the author's."""
    if is_all:
        return NEW
    first = paragraph[0].strip(TRIM).lower()
    lowered = " ".join(paragraph)[:3000].lower()
    if len(lowered) < 400 and any(words in lowered for words in SCANNED):
        return FOOTER
    if begins_with(first, DISCLAIMERS) and len(lowered) > _MIN_NOTICE and any(words in lowered for words in SECRECY):
        return IMPRINT
    if begins_with(first, DISCLAIMERS) and len(paragraph) == 1 and len(lowered) < 30:
        return IMPRINT  # a heading alone: "Disclaimer"
    if _DIGIT.search(lowered) and not lowered.endswith("?") and _count(IMPRINTS, lowered) >= 2:
        return IMPRINT
    if len(lowered) < 500 and _count(LISTING, lowered) >= 2:
        return FOOTER
    return NEW


def _count(phrases: tuple[str, ...], lowered: str) -> int:
    return len([phrase for phrase in phrases if phrase in lowered])
