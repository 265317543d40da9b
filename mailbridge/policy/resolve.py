"""Decides who writes to whom in which thread, or why a message goes no further (design.md D7, D9, D19).

One destination after the other; the author is weighed by `originator.py`, the thread chosen by `thread_choice.py`.
Does not look at what the message says: that is `judge.py`.
"""

from dataclasses import replace
from typing import assert_never

from mailbridge.domain import reply
from mailbridge.domain.classification import MailKind
from mailbridge.domain.facts import (
    NOTICE_LOCAL_PART,
    ActionDestination,
    ActionKind,
    AliasDestination,
    ContactDestination,
    Facts,
    MailboxTestDestination,
    Pardon,
    RecordOnlyDestination,
    ReturnPathDestination,
    RoleDestination,
    UnknownDestination,
)
from mailbridge.domain.message import Automatic, Message, OpaqueReason
from mailbridge.domain.parties import Direction, FirstContact, Party, Seller, primary_mailbox
from mailbridge.domain.reply import Reply
from mailbridge.domain.thread import AliasState
from mailbridge.policy.awaywords import away_words
from mailbridge.policy.notices import is_automatic, may_notify, notices_to_author
from mailbridge.policy.originator import Proof, Proven, direction_of, party_writing, weigh
from mailbridge.policy.outreach import reason_in
from mailbridge.policy.plan import Disposition, HoldReason, Intent, IntentKind, NoticeKind, Route, Stop
from mailbridge.policy.staff import readers
from mailbridge.policy.thread_choice import choose_thread

_MAX_RECEIVED = 50  # RFC 5321 §6.3 asks for at least 100 where nothing else guards; we guard by Message-ID too (T-26)

#: what a return path is there for; its address carries a MAC of ours (T-24), so words are proof enough
_REPORTS = frozenset({MailKind.BOUNCE, MailKind.RECEIPT, MailKind.FEEDBACK})
#: the other side is told that an automatic reply came, in words of ours (D19)
_AWAY = (Intent(kind=IntentKind.TELL_AWAY),)
#: somebody of a shop is away, or there again (S-13)
_SAID_AWAY = (Intent(kind=IntentKind.SAID_AWAY),)


def resolve(message: Message, facts: Facts) -> Route | Stop:
    """Find the route of this message at this forward-path."""
    if _loops(message, facts):
        return _stop(Disposition.REJECTED, reply.LOOP_DETECTED, "loop_detected")
    found = _at_destination(message, facts)
    if facts.duplicate_of is not None and not _is_released(facts) and _counts_once(found):
        # Also automatic mail, postmaster@ and DSNs: a client whose 250 was lost must be told so, not put off for ever.
        return _stop(Disposition.DUPLICATE, reply.ALREADY_ACCEPTED, "duplicate")
    return found


def refusal_at_unknown(destination: UnknownDestination) -> Reply:
    """What a client hears at an address that means nothing: at RCPT, and after DATA."""
    if not destination.is_our_domain:
        return reply.NOT_OUR_DOMAIN
    return reply.RETURN_PATH_INVALID if destination.is_forged_return_path else reply.ALIAS_UNKNOWN


def _counts_once(found: Route | Stop) -> bool:
    """Whether what was found stands for mail that is taken; what an action address did before was taken as well."""
    return isinstance(found, Route) or found.reply.is_positive or found.reply == reply.ACTION_INVALID


def _at_destination(message: Message, facts: Facts) -> Route | Stop:
    match facts.destination:
        case UnknownDestination():
            return _stop(Disposition.REJECTED, refusal_at_unknown(facts.destination), "unknown_destination")
        case RoleDestination():
            # RFC 5321 §4.5.1: postmaster is always reachable; whoever is in charge judges for himself.
            return _stop(Disposition.FORWARDED, reply.ACCEPTED, "role")
        case ReturnPathDestination():
            return _at_return_path(facts.destination, message)
        case ActionDestination():
            return _at_action(facts.destination, message, facts)
        case RecordOnlyDestination():
            return _at_record_only(message, facts)
        case MailboxTestDestination():
            return _at_mailbox_test(message, facts)
        case AliasDestination(is_trial=True):
            return _only_tried(_at_party(facts.destination, message, facts))
        case AliasDestination() | ContactDestination():
            return _at_party(facts.destination, message, facts)
        case _:
            assert_never(facts.destination)


def _loops(message: Message, facts: Facts) -> bool:
    if message.received_count > _MAX_RECEIVED:
        return True
    # What carries a Message-ID of one of our domains was composed here: it came back (T-26).
    message_id = message.message_id or ""
    if message_id.rpartition("@")[2].rstrip(">").lower() in facts.our_domains:
        return True
    # Under the bridge's hostname other programs of that machine write too: there only our own address in From tells.
    role = facts.destination
    return isinstance(role, RoleDestination) and any(
        mailbox.addr_spec.lower() == f"{NOTICE_LOCAL_PART}@{role.domain}" for mailbox in message.authors
    )


def _at_return_path(destination: ReturnPathDestination, message: Message) -> Stop:
    if destination.is_expired:
        return _stop(Disposition.REJECTED, reply.RETURN_PATH_INVALID, "return_path_expired")
    kind = message.classification.kind
    if message.automatic in {Automatic.DSN, Automatic.MDN} or kind in _REPORTS:
        return _stop(Disposition.NOTED, reply.ACCEPTED, "dsn")
    if message.automatic is Automatic.REPLIED or kind is MailKind.AUTOREPLY:
        # RFC 3834 §4: a vacation answer goes to the reverse-path. No bounce (cases.md B5); the path says who is away.
        return replace(_stop(Disposition.RECORDED, reply.ACCEPTED, "automatic_at_return_path"), intents=_AWAY)
    return _stop(Disposition.REJECTED, reply.RETURN_PATH_INVALID, "not_a_dsn")


def _at_action(destination: ActionDestination, message: Message, facts: Facts) -> Stop:
    if is_automatic(message, facts):
        # A vacation answer to "was this you?" must confirm nothing.
        return _stop(Disposition.RECORDED, reply.ACCEPTED, "automatic_at_action")
    if destination.is_in_force and not destination.is_expired:
        # Who stops messages twice must not read that it failed: nothing changes, and nothing is refused.
        if destination.kind is ActionKind.APPEAL:  # what else he has to say reaches a person
            return _stop(Disposition.FORWARDED, reply.ACCEPTED, "appealed_before")
        is_report = destination.kind is ActionKind.REPORT
        return _stop(Disposition.RECORDED, reply.ACCEPTED, "reported_before" if is_report else "opted_out_before")
    if destination.is_used or destination.is_expired:
        return _stop(Disposition.REJECTED, reply.ACTION_INVALID, "action_used_or_expired")
    if destination.kind is ActionKind.GIVE_REASON and reason_in(message.subject) is None:
        return _stop(Disposition.REJECTED, reply.REASON_UNKNOWN, "reason_unknown")
    return _stop(Disposition.CONFIRMED, reply.ACCEPTED, destination.kind.value)


def _at_record_only(message: Message, facts: Facts) -> Route | Stop:
    """A direct mail that copies the market (S-73): judged like any other; what follows is `planning.py`'s."""
    weighed = _weigh_readable(message, facts)
    if isinstance(weighed, Stop):
        return weighed
    if message.opaque is not None and not facts.pardon.content_released:
        return _unreadable(route=None)
    if facts.seller is None or facts.buyer is None:
        return Route(direction=direction_of(facts))
    return choose_thread(message, facts)


def _at_mailbox_test(message: Message, facts: Facts) -> Stop:
    """A party that nothing proves hears it in the session, from its own server: a mail of ours would be backscatter."""
    if is_automatic(message, facts):
        return _stop(Disposition.RECORDED, reply.ACCEPTED, "automatic_at_mailbox_test")
    weighed = _weigh_readable(message, facts)
    if isinstance(weighed, Stop) and not weighed.reply.is_positive:
        return weighed
    if isinstance(weighed, Stop):
        return _stop(Disposition.REJECTED, reply.MAILBOX_TEST_FAILED, "mailbox_test_failed")
    if isinstance(party_writing(facts), Seller) and may_notify(message, facts) and away_words(message) is not None:
        return replace(_stop(Disposition.RECORDED, reply.ACCEPTED, "said_away"), intents=_SAID_AWAY)
    stop = _stop(Disposition.RECORDED, reply.ACCEPTED, "mailbox_test")
    return replace(stop, notices=notices_to_author(NoticeKind.MAILBOX_TEST, message, facts))


def _at_party(destination: AliasDestination | ContactDestination, message: Message, facts: Facts) -> Route | Stop:
    """An alias or a contact address: closed, automatic, refused, held, or a route; in this order."""
    closed = _closed(destination)
    if closed is not None:
        return closed
    weighed = _weigh_readable(message, facts)
    if is_automatic(message, facts) and not _is_from_helpdesk(message, facts, weighed):
        return _automatic(message, facts, weighed)
    if isinstance(weighed, Stop) and not weighed.reply.is_positive:
        return weighed
    if isinstance(weighed, Stop) and not _is_relayed_marked(weighed, facts):
        return _with_route(weighed, message, facts)
    route = replace(choose_thread(message, facts), is_unproven=not isinstance(weighed, Proven))
    return _last_holds(destination, message, facts, route) or route


def _only_tried(found: Route | Stop) -> Route | Stop:
    """What stops mail before the rules, where it is only tried: nobody is asked, told or made to wait."""
    if isinstance(found, Route) or not found.reply.is_positive:
        return found
    return _stop(Disposition.RECORDED, reply.ACCEPTED, "trial_stopped", route=found.route)


def _is_from_helpdesk(message: Message, facts: Facts, weighed: Proven | Stop) -> bool:
    """A person's answer that a helpdesk sends for the mailbox (`authenticated_as`): they mark it auto-generated.

    A departure from D19 for that proof alone: without it such sellers could not answer at all. Vacation notes
    (auto-replied) and null reverse-paths stay automatic.
    """
    is_helpdesk = isinstance(weighed, Proven) and weighed.proof is Proof.AUTHENTICATED_AS
    return is_helpdesk and message.automatic is Automatic.GENERATED and facts.envelope.reverse_path is not None


def _weigh_readable(message: Message, facts: Facts) -> Proven | Stop:
    if message.opaque is not None and message.author is None:
        # Nobody could read who wrote it: shelved for a person, never guessed at (I9).
        return _unreadable(route=None)
    return weigh(message, facts)


def _closed(destination: AliasDestination | ContactDestination) -> Stop | None:
    """What is refused whoever writes: the market or the shop is gone, or the alias expired."""
    is_gone = not destination.marketplace.is_active
    if isinstance(destination, AliasDestination):
        is_gone = is_gone or destination.alias.state is AliasState.EXPIRED
    else:
        is_gone = is_gone or not destination.seller.is_active
    return _stop(Disposition.REJECTED, reply.ALIAS_EXPIRED, "address_closed") if is_gone else None


def _automatic(message: Message, facts: Facts, weighed: Proven | Stop) -> Stop:
    """D19: automatic mail is recorded, never answered, never relayed; in its thread only when the author is proven."""
    if isinstance(weighed, Proven):
        route = choose_thread(message, facts)
        if route.thread_id is None:
            return _stop(Disposition.RECORDED, reply.ACCEPTED, "automatic")
        stop = _stop(Disposition.RECORDED, reply.ACCEPTED, "automatic", route=route)
        is_told = message.automatic is Automatic.REPLIED and not _others_read(weighed.author.addr_spec, facts, route)
        return replace(stop, intents=_AWAY) if is_told else stop
    is_forged = weighed.reply in {reply.AUTHOR_IN_OUR_DOMAIN, reply.AUTHOR_COUNT, reply.AUTHOR_REJECTED_BY_OWN_POLICY}
    is_answer = message.automatic is not Automatic.GENERATED or facts.envelope.reverse_path is None
    if not weighed.reply.is_positive and (is_forged or not is_answer):
        return weighed
    # A DSN or a vacation answer comes from a robot's address: no stranger to refuse, nobody to tell (T-23).
    return _stop(Disposition.RECORDED, reply.ACCEPTED, "automatic_unproven")


def _others_read(author: str, facts: Facts, route: Route) -> bool:
    """Whether colleagues of a seller's author get the buyer's messages: that he is away need not concern the buyer."""
    thread, seller = next((thread for thread in facts.threads if thread.id == route.thread_id), None), facts.author
    if thread is None or not isinstance(seller, Seller) or all(one.staff is None for one in seller.mailboxes):
        return False
    return {one.address.key for one in readers(seller, thread, thread.area, facts.now)} != {author.lower()}


def _is_relayed_marked(stop: Stop, facts: Facts) -> bool:
    market = facts.marketplace
    return (
        stop.hold is HoldReason.FIRST_CONTACT_UNPROVEN
        and market is not None
        and market.first_contact is FirstContact.RELAY_MARKED
    )


def _with_route(stop: Stop, message: Message, facts: Facts) -> Stop:
    """A held message of a party is shown in the thread it would go to."""
    is_party = stop.hold in {HoldReason.AUTHOR_UNPROVEN, HoldReason.NEW_ADDRESS}
    if stop.route is not None or not is_party or message.opaque is not None:
        return stop
    return replace(stop, route=choose_thread(message, facts))


def _last_holds(
    destination: AliasDestination | ContactDestination, message: Message, facts: Facts, route: Route
) -> Stop | None:
    """What stops a message of a proven party: closed to relaying, nobody there, unreadable, spam at first contact."""
    if isinstance(destination, AliasDestination) and destination.alias.state is AliasState.MUTED:
        told = notices_to_author(NoticeKind.ALIAS_CLOSED, message, facts)
        return replace(_stop(Disposition.REFUSED, reply.ACCEPTED, "alias_muted", route=route), notices=told)
    if not _is_reachable(_reader(destination, facts)):
        told = notices_to_author(NoticeKind.UNDELIVERABLE, message, facts)
        return replace(_stop(Disposition.REFUSED, reply.ACCEPTED, "reader_unreachable", route=route), notices=told)
    if message.opaque is not None:
        return _opaque(message.opaque, message, facts, route)
    is_first = route.opening is not None and not facts.threads
    if facts.is_spam and is_first and not facts.pardon.content_released:
        # Public addresses get scraped; no notice: that would tell a spammer that the address lives (design.md §2).
        return _stop(Disposition.HELD, reply.ACCEPTED, "spam", hold=HoldReason.SPAM, route=route)
    return None


def _opaque(reason: OpaqueReason, message: Message, facts: Facts, route: Route) -> Stop:
    """What can not be read is a person's; encrypted mail no person can read either: its author must send it again."""
    told = notices_to_author(NoticeKind.ENCRYPTED, message, facts)
    if reason is OpaqueReason.ENCRYPTED and told:
        return replace(_stop(Disposition.REFUSED, reply.ACCEPTED, "encrypted", route=route), notices=told)
    return replace(_unreadable(route=route), notices=notices_to_author(NoticeKind.HELD, message, facts))


def _reader(destination: AliasDestination | ContactDestination, facts: Facts) -> Party:
    if isinstance(destination, ContactDestination) or direction_of(facts) is Direction.TO_SELLER:
        return destination.seller
    return destination.buyer


def _is_reachable(reader: Party) -> bool:
    return reader.is_active and primary_mailbox(reader) is not None


def _is_released(facts: Facts) -> bool:
    return facts.pardon != Pardon()


def _unreadable(*, route: Route | None) -> Stop:
    return _stop(Disposition.HELD, reply.ACCEPTED, "unreadable", hold=HoldReason.UNREADABLE, route=route)


def _stop(
    disposition: Disposition, answer: Reply, reason: str, *, hold: HoldReason | None = None, route: Route | None = None
) -> Stop:
    return Stop(disposition=disposition, reply=answer, reason=reason, hold=hold, route=route)
