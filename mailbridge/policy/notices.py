"""Decides whether the author of a message may be sent a notice of ours, and in which language.

A notice goes to an authenticated From address only, never to a bare reverse-path (no backscatter, I8). Does not decide
what the notice says or which kind it is.
"""

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Automatic, Message
from mailbridge.domain.parties import Seller
from mailbridge.policy.originator import is_addressed_openly, party_writing, proof_of
from mailbridge.policy.plan import Notice, NoticeKind

#: languages that texts exist in (D18)
LANGUAGES = ("en", "pl", "it", "de")


def is_automatic(message: Message, facts: Facts) -> bool:
    """True for mail that no person wrote, and for every null reverse-path (RFC 5321 §4.5.5): never answered (T-23)."""
    return message.automatic is not Automatic.NO or facts.envelope.reverse_path is None


def may_notify(message: Message, facts: Facts) -> bool:
    """True when the author is authenticated, addressed us openly, and is a person (design.md §2)."""
    if is_automatic(message, facts):
        return False
    return is_addressed_openly(message, facts) and proof_of(message, facts) is not None


def language_for_author(message: Message, facts: Facts) -> str:
    """The language a notice to the author is written in: on record, else the mail's own, else the market's."""
    party = party_writing(facts)
    on_record = party.language if party is not None else ""
    known = facts.marketplace.languages if facts.marketplace is not None else LANGUAGES
    wishes = (on_record, message.language if message.language in known or isinstance(party, Seller) else "")
    default = facts.marketplace.language if facts.marketplace is not None else "en"
    return next((wish for wish in (*wishes, default) if wish in LANGUAGES), "en")


def notices_to_author(kind: NoticeKind, message: Message, facts: Facts) -> tuple[Notice, ...]:
    """The one notice of this kind, or none where the author may not be written to, or in no marketplace's name."""
    if facts.marketplace is None or not may_notify(message, facts):
        return ()
    return (Notice(kind=kind, language=language_for_author(message, facts)),)
