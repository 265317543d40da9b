"""Finds out whether a message is outreach, why it is sent, and what of the record speaks against it (S-22, S-23, E-11).

Outreach is what a seller writes to a buyer who wrote nothing in that thread; an answer is never outreach. Facts only:
which of it may go is a rule's to say.
"""

import unicodedata
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache

from mailbridge.domain.facts import AliasDestination, Facts
from mailbridge.domain.ids import OrderId
from mailbridge.domain.message import Message
from mailbridge.domain.outreach import OptOutKind, Outreach, OutreachHistory, Reason
from mailbridge.domain.parties import Direction
from mailbridge.patterns import lazy_pattern
from mailbridge.policy.plan import Route

#: what a seller writes in brackets in the subject, or behind his buyer's alias, in any of our languages; letters and
#: digits only, without accents
REASON_WORDS: dict[Reason, list[str]] = {
    Reason.CUSTOM_CHOICE: (
        "customchoice custom choice personalisation personalization personalizacja wybor personalizzazione scelta "
        "personalisierung auswahl"
    ).split(),
    Reason.ORDER_PROBLEM: (
        "orderproblem problem problemzzamowieniem problema problemaordine problemaconlordine bestellproblem"
    ).split(),
    Reason.INVOICE: "invoice faktura fattura rechnung".split(),
    Reason.NEEDED_DATA: (
        "neededdata data question info information dane pytanie dati domanda informazioni daten angaben frage ruckfrage"
    ).split(),
    Reason.RETURN: "return zwrot reso retoure ruckgabe rucksendung".split(),
    Reason.REVIEW: "review opinia recensione bewertung".split(),
    Reason.DELIVERY: (
        "delivery appointment dostawa termin termindostawy consegna appuntamento lieferung liefertermin"
    ).split(),
    Reason.HOME_SERVICE: "homeservice service assembly usluga montaz servizio montaggio montage".split(),
    Reason.NEEDED_TO_RECEIVE: "neededtoreceive important wazne importante wichtig".split(),
}
_BY_WORD = {word: reason for reason, words in REASON_WORDS.items() for word in words}
_IN_BRACKETS = lazy_pattern(r"\[([^\[\]]{2,40})\]")
_NO_LETTER = lazy_pattern(r"[\W_]+")
#: letters that have no accent to drop
_PLAIN = str.maketrans({"ł": "l", "ß": "ss", "đ": "d", "ø": "o"})
_SUBJECT_READ = 1000


def outreach_of(message: Message, facts: Facts, route: Route) -> Outreach | None:
    """What the seller starts with this message; None where it is an answer, a buyer's, or went there directly."""
    destination = facts.destination
    if route.direction is not Direction.TO_BUYER or not isinstance(destination, AliasDestination):
        return None
    thread = next((thread for thread in facts.threads if thread.id == route.thread_id), None)
    if thread is not None and thread.seller_was_written_to:
        return None
    order_id: OrderId | None = thread.order_id if thread is not None else None
    if route.opening is not None:
        order_id = route.opening.order_id
    return Outreach(
        seller_id=destination.seller.id,
        buyer_id=destination.buyer.id,
        order_id=order_id,
        reason=facts.pardon.reason or reason_in(message.subject, destination.tag),
        today=day_began(facts.now, destination.marketplace.time_zone),
    )


def reason_in(subject: str, tag: str = "") -> Reason | None:
    """The reason given; of several the one that allows least, so that a second one opens no door."""
    words = [tag, *_IN_BRACKETS.findall(subject[:_SUBJECT_READ])]
    found = [reason for word in words if (reason := reason_named(word)) is not None]
    return min(found, key=lambda reason: reason.is_critical, default=None)


def reason_named(word: str) -> Reason | None:
    """The reason that this word names, in any language, case, accents and blanks aside.

    >>> reason_named("Order problem"), reason_named("RÜCKGABE"), reason_named("hello")
    (<Reason.ORDER_PROBLEM: 'order_problem'>, <Reason.RETURN: 'return'>, None)
    """
    return _BY_WORD.get(_plain(word))


def without_reasons(subject: str) -> str:
    """The subject without the reasons in it: they are for us, not for the buyer (D8).

    >>> without_reasons("[Faktura] Twoje zamówienie [48213]")
    'Twoje zamówienie [48213]'
    """
    if "[" not in subject:
        return subject
    left = _IN_BRACKETS.sub(lambda match: match[0] if reason_named(match[1]) is None else "", subject)
    return subject if left == subject else " ".join(left.split())


def is_unwanted(outreach: Outreach, history: OutreachHistory) -> bool:
    """True where the buyer said that he wants no such message of this seller (S-15)."""
    return any(
        opt_out.seller_id in {None, outreach.seller_id}
        and (opt_out.kind is OptOutKind.ALL or outreach.reason is Reason.REVIEW)
        for opt_out in history.opt_outs
    )


def day_began(now: datetime, zone: tzinfo) -> datetime:
    """Aware UTC of the midnight before, in this time zone.

    >>> from datetime import timezone
    >>> day_began(datetime(2026, 3, 1, 23, 30, tzinfo=UTC), timezone(timedelta(hours=1))).isoformat()
    '2026-03-01T23:00:00+00:00'
    """
    return now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0, fold=0).astimezone(UTC)


def whole_days(since: datetime, now: datetime, zone: tzinfo) -> int:
    """Whole days from one moment to another as people of this time zone count them: a day ends at the same time of day.

    >>> whole_days(datetime(2026, 3, 1, 9, 30, tzinfo=UTC), datetime(2026, 3, 31, 9, 29, tzinfo=UTC), UTC)
    29
    """
    first, last = since.astimezone(zone).replace(tzinfo=None), now.astimezone(zone).replace(tzinfo=None)
    return max((last - first) // timedelta(days=1), 0)


@lru_cache(maxsize=256)
def _plain(word: str) -> str:
    folded = unicodedata.normalize("NFKD", word.casefold().translate(_PLAIN))
    return _NO_LETTER.sub("", "".join(letter for letter in folded if not unicodedata.combining(letter)))
