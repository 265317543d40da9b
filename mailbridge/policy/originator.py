"""Decides who wrote a message: the table of design.md D9, in its order.

Looks at the one author, at what authentication says, and at the parties that the destination allows. Does not look
at the text, does not choose a thread, and never guesses: an author that nothing proves is held or refused, never
believed.
"""

import enum
from dataclasses import dataclass

from mailbridge.domain import reply
from mailbridge.domain.authresults import AuthResult
from mailbridge.domain.facts import AliasDestination, ContactDestination, Facts, RecordOnlyDestination
from mailbridge.domain.message import HeaderMailbox, Message
from mailbridge.domain.parties import Buyer, Direction, Mailbox, Party, Role, Seller, mailbox_of
from mailbridge.domain.reply import Reply
from mailbridge.policy.plan import Disposition, HoldReason, Intent, IntentKind, Route, Stop


class Proof(enum.Enum):
    """What proves the author."""

    #: aligned DKIM over the address written to
    DKIM = "dkim"
    #: SPF passes and MAIL FROM equals From
    SPF = "spf"
    #: SMTP AUTH as the From address
    AUTH = "auth"
    #: an `authenticated_as` entry of the mailbox passes
    AUTHENTICATED_AS = "authenticated_as"
    #: a person said so: `held release`, or "was this you?"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """The author is who From says."""

    author: HeaderMailbox
    proof: Proof
    #: which side he writes for; a stranger at a contact address is a buyer
    role: Role


def proof_of(message: Message, facts: Facts) -> Proof | None:
    """What proves the single author of this message; None when nothing does. Says nothing about who he is."""
    author = message.author
    if author is None:
        return None
    if facts.pardon.author_confirmed:
        return Proof.CONFIRMED
    authenticated_as = facts.envelope.peer.authenticated_as
    if authenticated_as is not None and authenticated_as.lower() == author.addr_spec.lower():
        return Proof.AUTH
    if facts.auth.spf_exact:
        return Proof.SPF
    is_addressed = is_addressed_openly(message, facts)
    if facts.auth.dkim_aligned and is_addressed:
        return Proof.DKIM
    mailbox = _mailbox_written_from(author, facts)
    if mailbox is not None and _stand_in_passes(mailbox, facts, is_addressed=is_addressed):
        return Proof.AUTHENTICATED_AS
    return None


def is_addressed_openly(message: Message, facts: Facts) -> bool:
    """True when the address written to stands in To or Cc.

    A signature says nothing about the envelope: without this, a signed mail could be replayed to any alias (T-39).
    """
    key = facts.forward_path.lower()
    return any(mailbox.addr_spec.lower() == key for mailbox in (*message.to, *message.cc))


def weigh(message: Message, facts: Facts) -> Proven | Stop:
    """Apply the table of D9 for an alias, contact or record-only destination."""
    author = message.author
    if any(_is_ours(mailbox, facts) for mailbox in message.authors):
        return _rejected(reply.AUTHOR_IN_OUR_DOMAIN, "author_in_our_domain")
    if author is None:
        return _rejected(reply.AUTHOR_COUNT, "author_count")
    proof = proof_of(message, facts)
    stop = _refuse_stranger(facts, proof) or _refuse_by_policy(facts, proof)
    if stop is not None:
        return stop
    if proof is not None:
        return Proven(author=author, proof=proof, role=author_role(facts))
    return _unproven(message, facts)


def party_writing(facts: Facts) -> Party | None:
    """The party that the From address belongs to, among those the destination allows; None for a stranger.

    To a contact address everybody writes as a buyer, also the seller of another shop.
    """
    match facts.destination:
        case AliasDestination():
            return facts.author
        case ContactDestination():
            return next((p for p in (facts.author, facts.buyer) if isinstance(p, Buyer)), None)
        case _:
            return facts.author or facts.seller or facts.buyer


def party_written_to(facts: Facts) -> Party | None:
    """The other side, as far as the destination tells; of a direct mail the party in To, None for a stranger."""
    destination = facts.destination
    if isinstance(destination, ContactDestination):
        return destination.seller
    if isinstance(destination, AliasDestination):
        return destination.seller if destination.alias.stands_for is Role.SELLER else destination.buyer
    if isinstance(destination, RecordOnlyDestination):
        return facts.buyer if author_role(facts) is Role.SELLER else facts.seller
    return None


def author_role(facts: Facts) -> Role:
    """The side the author writes for: the one the alias does not stand for; at a contact address the buyer's."""
    match facts.destination:
        case AliasDestination():
            return facts.destination.alias.stands_for.other
        case ContactDestination():
            return Role.BUYER
        case _:
            return Role.SELLER if isinstance(party_writing(facts), Seller) else Role.BUYER


def direction_of(facts: Facts) -> Direction:
    """Which way a message of this author goes."""
    return Direction.TO_BUYER if author_role(facts) is Role.SELLER else Direction.TO_SELLER


def _is_ours(mailbox: HeaderMailbox, facts: Facts) -> bool:
    return mailbox.addr_spec.rpartition("@")[2].lower() in facts.our_domains


def _mailbox_written_from(author: HeaderMailbox, facts: Facts) -> Mailbox | None:
    party = party_writing(facts)
    return mailbox_of(party, author.addr_spec) if party is not None else None


def _stand_in_passes(mailbox: Mailbox, facts: Facts, *, is_addressed: bool) -> bool:
    auth = facts.auth
    signed_by = {s.domain for s in auth.dkim if s.result is AuthResult.PASS and s.covers_message}
    for entry in mailbox.authenticated_as:
        if "@" in entry:
            if auth.spf is AuthResult.PASS and auth.spf_addr_spec is not None and auth.spf_addr_spec.lower() == entry:
                return True
        elif is_addressed and entry in signed_by:
            return True
    return False


def _refuse_stranger(facts: Facts, proof: Proof | None) -> Stop | None:
    """The rows for authors who are no party of the alias, and for parties that may not write (any more)."""
    party = party_writing(facts)
    if party is not None and not party.is_active:
        return _rejected(reply.AUTHOR_NOT_A_PARTY, "author_inactive")
    match facts.destination:
        case AliasDestination():
            return _refuse_at_alias(facts.destination, facts, proof)
        case ContactDestination():
            return _refuse_at_contact(facts.destination, facts)
        case _:
            return None if party is not None else _rejected(reply.AUTHOR_NOT_A_PARTY, "author_not_a_party")


def _refuse_at_alias(destination: AliasDestination, facts: Facts, proof: Proof | None) -> Stop | None:
    if facts.author is None:
        return _claimed_in_thread(facts, proof)
    if facts.author_role is destination.alias.stands_for:
        # cases.md A4: a provider dropped part of the address and the answer came back to its own author
        return _rejected(reply.AUTHOR_NOT_A_PARTY, "author_writes_to_own_alias")
    return None


def _refuse_at_contact(destination: ContactDestination, facts: Facts) -> Stop | None:
    writers = (facts.author, facts.seller)
    if any(isinstance(p, Seller) and p.id == destination.seller.id for p in writers):
        return _rejected(reply.AUTHOR_NOT_A_PARTY, "author_writes_to_own_contact")
    return None


def _claimed_in_thread(facts: Facts, proof: Proof | None) -> Stop | None:
    """An authenticated stranger who names a message of the thread may be a party at a new address: held, and asked."""
    if not facts.threads_by_id or proof is None:
        return _rejected(reply.AUTHOR_NOT_A_PARTY, "author_not_a_party")
    if proof is Proof.CONFIRMED:
        return None
    route = Route(direction=direction_of(facts), thread_id=facts.threads_by_id[0])
    return _held(HoldReason.NEW_ADDRESS, "new_address", route=route, asks=True)


def _refuse_by_policy(facts: Facts, proof: Proof | None) -> Stop | None:
    if proof is None and facts.auth.fails_own_policy:
        return _rejected(reply.AUTHOR_REJECTED_BY_OWN_POLICY, "author_rejected_by_own_policy")
    return None


def _unproven(message: Message, facts: Facts) -> Stop:
    if facts.auth.spf is AuthResult.TEMPERROR or any(s.result is AuthResult.TEMPERROR for s in facts.auth.dkim):
        # A check that could not be made proves nothing either way (D9): the client tries again.
        return Stop(
            disposition=Disposition.DEFERRED,
            reply=reply.AUTHENTICATION_UNAVAILABLE,
            reason="authentication_unavailable",
        )
    party = party_writing(facts)
    if party is None:
        return _held(HoldReason.FIRST_CONTACT_UNPROVEN, "first_contact_unproven", route=None, asks=False)
    is_replay = facts.auth.dkim_aligned and not is_addressed_openly(message, facts)
    reason = "author_unproven_alias_not_signed" if is_replay else "author_unproven"
    return _held(HoldReason.AUTHOR_UNPROVEN, reason, route=None, asks=True)


def _rejected(answer: Reply, reason: str) -> Stop:
    return Stop(disposition=Disposition.REJECTED, reply=answer, reason=reason)


def _held(hold: HoldReason, reason: str, *, route: Route | None, asks: bool) -> Stop:
    intents = (Intent(kind=IntentKind.WAS_THIS_YOU),) if asks else ()
    return Stop(
        disposition=Disposition.HELD,
        reply=reply.ACCEPTED,
        reason=reason,
        hold=hold,
        route=route,
        intents=intents,
    )
