"""Decides what a message of a seller's staff does beside its words: who takes the conversation, who may write (S-13).

Asked once it is known what becomes of the state of the conversation. Who reads only writes to nobody; whom an author
can not assign to leaves it as it is, and he is told. Changes nothing by itself.
"""

from dataclasses import replace

from mailbridge.domain import reply
from mailbridge.domain.facts import AliasDestination, Facts
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Mailbox, Seller, mailbox_of
from mailbridge.policy.notices import notices_to_author
from mailbridge.policy.plan import Disposition, NoticeKind, Route, Stop, Taking
from mailbridge.policy.replywords import ReplyWords
from mailbridge.policy.staff import colleague_called, may_answer, may_take
from mailbridge.policy.transitions import NotMoved

_NOTE = "private_note"


def settle_taking(message: Message, words: ReplyWords, facts: Facts, found: Route | Stop) -> Route | Stop:
    """What was found with who takes the conversation; a stop where its author may only read, or nothing is left.

    `message` is what is left without the words; `found` is what `states.py` made of it.
    """
    route = found.route if isinstance(found, Stop) else found
    colleague = _colleague(message, facts)
    if colleague is None or route is None:
        return found
    seller, mailbox = colleague
    is_note = isinstance(found, Stop) and found.reason == _NOTE
    if not may_answer(mailbox) and not is_note:
        return _observer(message, facts, route)
    if facts.is_trial or route.is_unproven:
        return found
    if not may_answer(mailbox) and isinstance(found, Stop) and words.move is not None:
        route = replace(route, state=None, not_moved=NotMoved.NOT_YOURS)  # his note ends nothing
        found = replace(found, notices=notices_to_author(NoticeKind.NOT_MOVED, message, facts))
    after = _with_taking(route, words, facts, seller, mailbox)
    if isinstance(found, Stop):
        told = notices_to_author(NoticeKind.NOT_ASSIGNED, message, facts) if after.is_not_assigned else ()
        return replace(found, route=_only_asked(after), notices=(*found.notices, *told))
    is_asked = words.takes or bool(words.assign_to)
    if not is_asked or message.new_text.strip() or message.attachments:
        return after
    told = notices_to_author(NoticeKind.NOT_ASSIGNED, message, facts) if after.is_not_assigned else ()
    stop = Stop(disposition=Disposition.RECORDED, reply=reply.ACCEPTED, reason="conversation_assigned", route=after)
    return replace(stop, route=_only_asked(after), notices=told)


def _colleague(message: Message, facts: Facts) -> tuple[Seller, Mailbox] | None:
    """The shop and the mailbox of its author, where it goes to the alias of a buyer; None for every other message."""
    seller = facts.author if isinstance(facts.destination, AliasDestination) else None
    author = message.author.addr_spec if message.author is not None else ""
    mailbox = mailbox_of(seller, author) if isinstance(seller, Seller) else None
    return (seller, mailbox) if isinstance(seller, Seller) and mailbox is not None else None


def _with_taking(route: Route, words: ReplyWords, facts: Facts, seller: Seller, mailbox: Mailbox) -> Route:
    """The route with the colleague who was named, else its author where he takes it, by word or by answering first.

    Who may only read assigns to nobody, also not in a note.
    """
    if words.assign_to:
        colleague = colleague_called(seller, words.assign_to)
        if colleague is None or not may_answer(mailbox):
            return replace(route, is_not_assigned=True)
        return replace(route, taking=Taking(mailbox=colleague.address))
    if not may_take(seller, mailbox):
        return replace(route, is_not_assigned=words.takes)
    if words.takes:
        return replace(route, taking=Taking(mailbox=mailbox.address))
    thread = next((thread for thread in facts.threads if thread.id == route.thread_id), None)
    if seller.first_answer_takes and (thread is None or thread.assigned_to is None):
        return replace(route, taking=Taking(mailbox=mailbox.address, is_by_answer=True))
    return route


def _only_asked(route: Route) -> Route:
    """Nothing of the message reaches the buyer: it is no answer by which anybody takes anything."""
    return replace(route, taking=None) if route.taking is not None and route.taking.is_by_answer else route


def _observer(message: Message, facts: Facts, route: Route) -> Stop:
    told = notices_to_author(NoticeKind.OBSERVER, message, facts)
    stop = Stop(disposition=Disposition.REFUSED, reply=reply.ACCEPTED, reason="observer", route=route, notices=told)
    if facts.is_trial:
        return replace(stop, disposition=Disposition.RECORDED, reason="trial_stopped", notices=())
    return stop
