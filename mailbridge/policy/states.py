"""Decides what a message does to the state of its conversation: late mail opens it again, words end it (N-11, S-82).

Asked once the thread is chosen and before the rules judge. What is not allowed is left undone and told; the message
goes on. Changes nothing by itself.
"""

from dataclasses import replace

from mailbridge.domain import reply
from mailbridge.domain.facts import AliasDestination, ContactDestination, Facts
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Marketplace, Role
from mailbridge.domain.thread import Actor, Area, LateMail, Thread, ThreadState
from mailbridge.policy.actions import answers_newest, knows_no_reply_needed
from mailbridge.policy.areas import AreaTerms
from mailbridge.policy.notices import notices_to_author
from mailbridge.policy.plan import Disposition, NoticeKind, Opening, Route, Stop
from mailbridge.policy.replywords import ReplyWords
from mailbridge.policy.ruleset import RuleSet
from mailbridge.policy.transitions import NotMoved, late_mail, moved

_ACTORS = {Role.BUYER: Actor.BUYER, Role.SELLER: Actor.SELLER}


def settle_state(message: Message, words: ReplyWords, facts: Facts, route: Route, rules: RuleSet) -> Route | Stop:
    """The route with what becomes of its conversation; a stop where nothing of the message is for the other side.

    `message` is what is left without the words.
    """
    is_to_party = isinstance(facts.destination, AliasDestination | ContactDestination)
    if not is_to_party or route.is_unproven or facts.is_trial:
        return route
    is_sellers = route.direction.author_role is Role.SELLER
    if words.needs_no_reply and words.move is None and is_sellers and (words.is_private or _is_empty(message)):
        return _no_reply_needed(message, facts, route, rules)
    if words.is_private and is_sellers:
        return Stop(disposition=Disposition.RECORDED, reply=reply.ACCEPTED, reason="private_note", route=route)
    if route.opening is not None and facts.marketplace is not None:
        return replace(route, opening=_allowed(route, route.opening, facts.marketplace, facts, rules))
    thread = next((thread for thread in facts.threads if thread.id == route.thread_id), None)
    if thread is None or facts.marketplace is None or (thread.state is ThreadState.OPEN and words.move is None):
        return route
    after = with_state(route, words, thread, rules.area_of(facts.marketplace, thread.area, facts.now.date()))
    if words.move is None or not _is_empty(message):
        return after
    told = notices_to_author(NoticeKind.NOT_MOVED, message, facts) if after.tells_not_moved else ()
    stop = Stop(disposition=Disposition.RECORDED, reply=reply.ACCEPTED, reason="conversation_moved", route=after)
    return replace(stop, notices=told)


def _is_empty(message: Message) -> bool:
    """True where nothing is left for the other side."""
    return not message.new_text.strip() and not message.attachments


def _no_reply_needed(message: Message, facts: Facts, route: Route, rules: RuleSet) -> Stop:
    """Kept, and the clocks stop where they know that; where they do not, its author hears why (N-10)."""
    stop = Stop(disposition=Disposition.RECORDED, reply=reply.ACCEPTED, reason="no_reply_needed", route=route)
    thread = next((thread for thread in facts.threads if thread.id == route.thread_id), None)
    if thread is not None and facts.marketplace is not None:
        clock = rules.clock_of(facts.marketplace, thread.area, facts.now.date())
        why_not = None if knows_no_reply_needed(clock) else NotMoved.NO_CLOCK
        if why_not is None and answers_newest(message, thread):
            return stop
        route = replace(route, not_moved=why_not or NotMoved.WROTE_AGAIN)
    else:
        route = replace(route, not_moved=NotMoved.NO_CLOCK)
    told = notices_to_author(NoticeKind.NOT_DONE, message, facts)
    return replace(stop, reason="reply_needed", route=route, notices=told)


def with_state(route: Route, words: ReplyWords, thread: Thread, terms: AreaTerms) -> Route:
    """The route with the state of its thread after this message, or with the reason why that stays as it is."""
    author = route.direction.author_role
    late = late_mail(thread.state, author, terms)
    if late is LateMail.NEW and words.move is None:
        return replace(route, thread_id=None, opening=_another(thread))
    state = ThreadState.OPEN if late is LateMail.REOPEN and words.move is None else thread.state
    if words.move is not None:
        after = moved(state, words.move, _ACTORS[author], terms)
        if isinstance(after, NotMoved):
            return replace(route, state=_changed(thread, state), not_moved=after)
        state = after
    return replace(route, state=_changed(thread, state))


def _allowed(route: Route, opening: Opening, market: Marketplace, facts: Facts, rules: RuleSet) -> Opening:
    """The opening as asked for; of the plain kind where this side may not begin one of that kind."""
    is_named = opening.area not in {Area.ORDER, Area.QUESTION}
    if is_named and route.direction.author_role not in rules.area_of(market, opening.area, facts.now.date()).opened_by:
        return replace(opening, area=Area.ORDER if opening.order_id is not None else Area.QUESTION)
    return opening


def _changed(thread: Thread, state: ThreadState) -> ThreadState | None:
    return None if state is thread.state else state


def _another(thread: Thread) -> Opening:
    """A new conversation of the same kind about the same."""
    return Opening(
        area=thread.area,
        order_id=thread.order_id,
        order_reference=thread.order_reference,
        offer_id=thread.offer_id,
        offer_reference=thread.offer_reference,
        creates_buyer=False,
    )
