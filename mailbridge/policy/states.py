"""Decides what a message does to the state of its conversation: late mail opens it again, words end it (N-11, S-82).

Says too who may begin a conversation of which kind. Asked once the thread is chosen and before the rules judge. What
is not allowed is left undone and told; the message goes on. Changes nothing by itself.
"""

from dataclasses import replace
from datetime import date

from mailbridge.domain import reply
from mailbridge.domain.facts import AliasDestination, ContactDestination, Facts
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Marketplace, Role
from mailbridge.domain.thread import Actor, Area, LateMail, Thread, ThreadState
from mailbridge.policy.actions import answers_newest, knows_no_reply_needed
from mailbridge.policy.areas import AreaTerms
from mailbridge.policy.notices import notices_to_author
from mailbridge.policy.plan import Disposition, HoldReason, NoticeKind, Opening, Route, Stop
from mailbridge.policy.replywords import ReplyWords
from mailbridge.policy.ruleset import RuleSet
from mailbridge.policy.thread_choice import is_note
from mailbridge.policy.transitions import NotMoved, late_mail, moved

_ACTORS = {Role.BUYER: Actor.BUYER, Role.SELLER: Actor.SELLER}


def settle_state(message: Message, words: ReplyWords, facts: Facts, route: Route, rules: RuleSet) -> Route | Stop:
    """The route with what becomes of its conversation; a stop where nothing of the message is for the other side.

    `message` is what is left without the words.
    """
    is_to_party = isinstance(facts.destination, AliasDestination | ContactDestination)
    if not is_to_party:
        return route
    for_himself = _for_himself(message, words, facts, route, rules)
    if for_himself is not None:
        return for_himself
    if route.opening is not None and facts.marketplace is not None:
        return _begun(route, route.opening, message, facts, rules)
    if route.is_unproven or facts.is_trial:
        return route
    thread = next((thread for thread in facts.threads if thread.id == route.thread_id), None)
    if thread is None or facts.marketplace is None or (thread.state is ThreadState.OPEN and words.move is None):
        return route
    after = with_state(route, words, thread, rules.area_of(facts.marketplace, thread.area, facts.now.date()))
    if after.opening is not None:
        return _begun(after, after.opening, message, facts, rules)
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


def may_begin(market: Marketplace, area: Area, actor: Actor, on: date, rules: RuleSet) -> bool:
    """Whether conversations of this kind are begun by this one on this marketplace."""
    return actor in rules.area_of(market, area, on).opened_by


def _begun(route: Route, opening: Opening, message: Message, facts: Facts, rules: RuleSet) -> Route | Stop:
    """The route with the conversation that it begins, of the plain kind where this side may not begin one of the kind
    it asks for; a stop where it may begin neither.

    What a person lets go on begins what it asks for.
    """
    market, on = facts.marketplace, facts.now.date()
    if market is None or facts.pardon.content_released:
        return route
    actor = Actor.MARKET if facts.envelope.posted is not None else _ACTORS[route.direction.author_role]
    plain = Area.ORDER if opening.order_id is not None else Area.QUESTION
    for area in dict.fromkeys((opening.area, plain)):
        if may_begin(market, area, actor, on, rules):
            return replace(route, opening=replace(opening, area=area))
    told = () if route.is_unproven else notices_to_author(NoticeKind.NOT_BEGUN, message, facts)
    refused = Stop(disposition=Disposition.REFUSED, reply=reply.ACCEPTED, reason="may_not_begin", route=route)
    if facts.is_trial:
        return replace(refused, disposition=Disposition.RECORDED, reason="trial_stopped", notices=told)
    if told:
        return replace(refused, notices=told)
    # Nobody may be told, so nobody would ever know: a person looks at it instead.
    return replace(refused, disposition=Disposition.HELD, hold=HoldReason.RULE)


def _for_himself(
    message: Message, words: ReplyWords, facts: Facts, route: Route, rules: RuleSet
) -> Route | Stop | None:
    """What becomes of a seller's message that is for nobody else; None for any other.

    All that he writes to the address of notes is for himself unless it says otherwise (S-77).
    """
    if route.direction.author_role is not Role.SELLER or route.is_unproven or facts.is_trial:
        return None
    if words.needs_no_reply and words.move is None and (words.is_private or _is_empty(message)):
        return _no_reply_needed(message, facts, route, rules)
    if words.is_private or (is_note(facts) and not words.is_for_customer):
        return _private_note(message, words, facts, route, rules)
    return None


def _private_note(message: Message, words: ReplyWords, facts: Facts, route: Route, rules: RuleSet) -> Stop:
    """Kept, with what it says of the conversation beside; a note alone is no late mail that opens anything."""
    noted = _noted(route)
    thread = next((thread for thread in facts.threads if thread.id == route.thread_id), None)
    if words.move is not None and thread is not None and facts.marketplace is not None:
        noted = with_state(noted, words, thread, rules.area_of(facts.marketplace, thread.area, facts.now.date()))
    told = notices_to_author(NoticeKind.NOT_MOVED, message, facts) if noted.tells_not_moved else ()
    stop = Stop(disposition=Disposition.RECORDED, reply=reply.ACCEPTED, reason="private_note", route=noted)
    return replace(stop, notices=told)


def _noted(route: Route) -> Route:
    """The route of a private note: what it begins is a conversation of notes."""
    return route if route.opening is None else replace(route, opening=replace(route.opening, area=Area.NOTE))


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
