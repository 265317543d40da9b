"""Decides whether a buyer's first contact is acknowledged automatically (S-36), by RFC 3834 and threats.md T-27, T-28.

Answers only a person who is authenticated and wrote to us openly, once, when a thread begins. Does not write the
text and does not decide when the sellers' clock stops.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Direction
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


def may_acknowledge(message: Message, facts: Facts, route: Route) -> Acknowledge | Silent:
    """Decide whether this message gets an automatic reply.

    Silent for a null reverse-path and for any Auto-Submitted other than "no" (RFC 3834 §2), for lists, for robots, for
    authors that only a person has confirmed, and for everything that does not begin a thread.
    """
    reason = _why_silent(message, facts, route)
    if reason or facts.marketplace is None:
        return Silent(reason=reason or "no_marketplace")
    return Acknowledge(
        after=timedelta(seconds=facts.marketplace.acknowledge_after_s), language=language_for_author(message, facts)
    )


def _why_silent(message: Message, facts: Facts, route: Route) -> str:
    if route.direction is not Direction.TO_SELLER or route.opening is None:
        return "not_a_first_contact"
    if facts.marketplace is not None and not facts.marketplace.acknowledges:
        return "market_does_not_acknowledge"
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
    return "asks_for_none" if message.asks_no_answer else ""
