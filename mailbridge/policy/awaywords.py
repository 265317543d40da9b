"""Reads how somebody of a shop says by mail that he is away, or there again: `#away until 2026-12-10 #standin Jan`.

The words stand at the beginning of the first or the last line of his own words, in any of our languages. Decides what
becomes of his terms; who he is was proven before. What is set is `domain/staff.py`, what follows from it `staff.py`.
"""

import enum
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, tzinfo

from mailbridge.domain.message import Message
from mailbridge.domain.parties import Mailbox, Seller
from mailbridge.domain.staff import StaffTerms
from mailbridge.message.nameddates import dates_named
from mailbridge.patterns import lazy_pattern
from mailbridge.policy.replywords import lines_for_us, plain_word
from mailbridge.policy.staff import colleague_called, problem_with, terms_of

_AWAY = frozenset({"away", "absent", "nieobecny", "nieobecna", "assente", "abwesend"})
_BACK = frozenset(
    {"back", "jestem", "wrocilem", "wrocilam", "tornato", "tornata", "presente", "zuruck", "zurueck", "anwesend"}
)
_STAND_IN = frozenset({"standin", "zastepca", "zastepuje", "sostituto", "sostituisce", "vertretung"})
_WORDS = lazy_pattern(r"#\s?([^\W\d_]+(?:-[^\W\d_]+)?)([^#\n]{0,100})")


class Unclear(enum.Enum):
    """Why nothing is changed; the value names the sentence that people read."""

    #: no day after today is named, or more than one, or one that is more than a year ahead or can be read in two ways
    NO_DAY = "no_day"
    #: nobody or more than one is called so, or he may not take conversations
    NO_COLLEAGUE = "no_colleague"


@dataclass(frozen=True, slots=True, kw_only=True)
class AwayWords:
    """What was said."""

    #: True: he is there again
    is_back: bool = False
    #: what stands behind the word: when he is there again
    until: str = ""
    #: who gets his mail meanwhile, as he calls him; "" for nobody
    stand_in: str = ""


def away_words(message: Message) -> AwayWords | None:
    """What the author says of his absence; None where he says nothing of it."""
    said: dict[str, str] = {}
    for line in lines_for_us(message):
        for match in _WORDS.finditer(line) if line.startswith("#") else ():
            said.setdefault(plain_word(match[1]).replace("-", ""), match[2].strip(" \t.!,:;"))
    away = next((said[word] for word in said if word in _AWAY), None)
    stand_in = next((said[word] for word in said if word in _STAND_IN), "")
    if away is not None:
        return AwayWords(until=away, stand_in=stand_in)
    return AwayWords(is_back=True) if any(word in _BACK for word in said) else None


def terms_after(
    words: AwayWords, seller: Seller, mailbox: Mailbox, now: datetime, zone: tzinfo
) -> StaffTerms | Unclear:
    """The terms of this mailbox after these words, or why they stay; he is away until a day begins in `zone`."""
    terms = terms_of(mailbox)
    if words.is_back:
        return replace(terms, away_until=None, stand_in=None)
    days = dates_named(words.until, now.astimezone(zone).date())
    if len(days) != 1:
        return Unclear.NO_DAY
    place = colleague_called(seller, words.stand_in) if words.stand_in else None
    if words.stand_in and place is None:
        return Unclear.NO_COLLEAGUE
    after = replace(terms, away_until=_begin_of(days[0], zone), stand_in=place.address if place is not None else None)
    changed = (replace(one, staff=after) if one is mailbox else one for one in seller.mailboxes)
    return Unclear.NO_COLLEAGUE if problem_with(changed) is not None else after


def _begin_of(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(0), zone).astimezone(UTC)
