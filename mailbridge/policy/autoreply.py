"""Decides whether a buyer's first contact is acknowledged automatically (S-36), by RFC 3834 and threats.md T-27, T-28.

Answers only a person who is authenticated and wrote to us openly, once, when a thread begins, in an area that is
switched on (S-41, S-42). Whether it still goes out when it is due is `ackbrakes.py`. Does not write the text and does
not decide when the sellers' clock stops.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

from mailbridge.domain.acknowledgement import NO_WISHES, Switches
from mailbridge.domain.facts import AliasDestination, ContactDestination, Facts
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Direction, Marketplace, Seller
from mailbridge.patterns import lazy_pattern
from mailbridge.policy.notices import is_automatic, language_for_author
from mailbridge.policy.originator import Proof, is_addressed_openly, proof_of
from mailbridge.policy.plan import Route

# RFC 3834 §2, and the usual names of mailboxes that nobody reads (cases.md B2): an answer would meet a robot.
_ROBOT = lazy_pattern(
    r"(?:mailer-daemon|postmaster|bounces?|no-?reply|do-?not-?reply|listserv|majordomo|owner-.*|.*-(?:request|bounces?|owner))"
    r"(?:[+._-].*)?",
    re.IGNORECASE,
)
# Subjects that mail programs of absent people and of help desks begin with, of those that put no mark in the header
# (cases.md B4). To say nothing costs little, so words are enough here; nothing else is decided by them.
_SOUNDS_AUTOMATIC = lazy_pattern(
    r"(?:\[?auto(?:matic)?(?:[ _-]?(?:reply|response|answer|antwort|resposta))\b"
    r"|out[ -]of[ -](?:the[ -])?office\b|on vacation\b|(?:i am|i'm) away\b|away from (?:the |my )?(?:office|mail)"
    r"|automatische (?:antwort|antwoord|r\S{1,12}ckmeldung)|abwesen(?:d\b|heit)|ich bin nicht im b.{1,2}ro"
    r"|autoodpowied|automatyczna odpowied|odpowied\S{1,2} automatyczna|poza biurem|nieobecno|jestem na urlopie"
    r"|risposta automatica|fuori (?:sede|ufficio)|assente dall|assenza dall"
    r"|r.ponse automatique|absence du bureau|absent du bureau|respuesta autom.tica|fuera de (?:la )?oficina"
    r"|resposta autom.tica|ausente d|automaatne vastus|automatick. odpov|automatikus v.lasz|automatiskt? svar"
    r"|autosvar|automaattinen vastaus|ticket (?:received|created)\b|case (?:received|created)\b"
    r"|we(?: have|'ve) received your (?:message|request|e-?mail))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledge:
    """The first contact is acknowledged."""

    #: how long after the time of receipt
    after: timedelta
    #: language code
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """No acknowledgement; `reason` names why, for log and explain."""

    reason: str


def switches_of(market: Marketplace, seller: Seller | None) -> Switches:
    """What holds for this seller: what he set himself, else what his market has. On only where an area is (S-42)."""
    wishes = seller.acknowledgement if seller is not None else NO_WISHES
    areas = market.acknowledged_areas if wishes.areas is None else wishes.areas
    is_on = market.acknowledges if wishes.is_on is None else wishes.is_on
    after_s = market.acknowledge_after_s if wishes.after_s is None else wishes.after_s
    copies = market.copies_acknowledgements if wishes.copies is None else wishes.copies
    return Switches(is_on=is_on and bool(areas), areas=areas, after=timedelta(seconds=after_s), copies=copies)


def may_acknowledge(message: Message, facts: Facts, route: Route) -> Acknowledge | Silent:
    """Decide whether this message gets an automatic reply.

    Silent for a null reverse-path and for any Auto-Submitted other than "no" (RFC 3834 §2), for lists, for robots, for
    authors that only a person has confirmed, and for everything that does not begin a thread.
    """
    if facts.marketplace is None:
        return Silent(reason="no_marketplace")
    switches = switches_of(facts.marketplace, _seller_written_to(facts))
    reason = _why_no_first_contact(route, switches) or _why_not_answered(message, facts, route)
    if reason:
        return Silent(reason=reason)
    return Acknowledge(after=switches.after, language=language_for_author(message, facts))


def _seller_written_to(facts: Facts) -> Seller | None:
    destination = facts.destination
    return destination.seller if isinstance(destination, AliasDestination | ContactDestination) else None


def _why_no_first_contact(route: Route, switches: Switches) -> str:
    if route.direction is not Direction.TO_SELLER or route.opening is None:
        return "not_a_first_contact"
    if not switches.is_on:
        return "switched_off"
    return "" if route.opening.area in switches.areas else "area_switched_off"


def _why_not_answered(message: Message, facts: Facts, route: Route) -> str:
    if is_automatic(message, facts) or message.classification.kind.is_automatic:
        return "automatic"
    proof = proof_of(message, facts)
    if route.is_unproven or proof is None or proof is Proof.CONFIRMED:
        return "author_unproven"
    if not is_addressed_openly(message, facts):
        return "not_addressed_openly"
    author = message.author
    if author is None or _ROBOT.fullmatch(author.addr_spec.rpartition("@")[0]):
        return "robot_mailbox"
    if message.asks_no_answer:
        return "asks_for_none"
    return "sounds_automatic" if _SOUNDS_AUTOMATIC.match(message.subject.strip()) else ""
