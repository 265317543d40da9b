"""Long silences: they are looked for, and what follows is an intent that is weighed again when it is done (S-31, S-56).

What follows after how many days is data of the area, and `policy/silence.py` says when: so a rule that is changed holds
for conversations that run already.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from mailbridge.domain.clocks import ClockEventKind
from mailbridge.domain.delivery import PostKind
from mailbridge.domain.ids import IntentId
from mailbridge.domain.parties import Marketplace
from mailbridge.domain.secrets import Secrets
from mailbridge.domain.thread import Area, Thread, ThreadState
from mailbridge.path.bridge import Bridge
from mailbridge.path.clocks import tick_in
from mailbridge.path.joining import told_of_call
from mailbridge.path.ownmail import OwnMail, notice_address, posting_of
from mailbridge.path.post import Posting
from mailbridge.path.wording import shown_name
from mailbridge.policy.areas import Silence
from mailbridge.policy.links import link_of
from mailbridge.policy.plan import IntentKind
from mailbridge.policy.silence import SilenceStep, days_silent, step_due, wanted
from mailbridge.store.records import DueIntent, NewIntent
from mailbridge.store.threadrecords import SilentAsked, ThreadChange

#: looked for a little early and weighed exactly: a night on which clocks change is an hour longer or shorter
_SLACK: Final = timedelta(hours=2)
_STATES: Final = (ThreadState.OPEN, ThreadState.RESOLVED, ThreadState.UNRESOLVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterSilence:
    """What a silence came to."""

    change: ThreadChange
    postings: tuple[Posting, ...] = ()


def plan_after_silence(bridge: Bridge) -> None:
    """Plan what follows the silences that are long enough by now, each once."""
    now = bridge.clock()
    planned = tuple(
        _intent(thread, step, now, bridge)
        for market in bridge.store.marketplaces()
        if market.is_active
        for thread, step in _due_in(market, now, bridge)
    )
    if planned:
        bridge.store.plan_intents(planned)


def _due_in(market: Marketplace, now: datetime, bridge: Bridge) -> Iterator[tuple[Thread, SilenceStep]]:
    rules = bridge.rules()
    for area in Area:
        silence = rules.area_of(market, area, now.date()).silence
        for asked in _asked(market, area, silence, now):
            for thread in bridge.store.silent_threads(asked):
                step = step_due(thread, silence, now, market.time_zone)
                if step is not None:
                    yield thread, step


def _asked(market: Marketplace, area: Area, silence: Silence, now: datetime) -> Iterator[SilentAsked]:
    """One question for each state and step: a conversation that only waits for a later step hides none."""
    for state in _STATES:
        for step, days in wanted(state, silence):
            yield SilentAsked(
                marketplace_id=market.id,
                area=area,
                states=(state,),
                until=now - timedelta(days=days) + _SLACK,
                unjoined_only=step is SilenceStep.MARKET_JOINS,
            )


def _intent(thread: Thread, step: SilenceStep, now: datetime, bridge: Bridge) -> NewIntent:
    return NewIntent(
        id=IntentId(bridge.mint.new_id()),
        kind=IntentKind.SILENCE,
        due_at=now,
        thread_id=thread.id,
        argument=step.value,
        # Once a day at most: where the rules changed in between another day may bring it.
        unique_key=f"silence:{thread.id}:{thread.version}:{step.value}:{now:%Y-%m-%d}",
    )


def after_silence(intent: DueIntent, bridge: Bridge) -> AfterSilence | str:
    """What follows as things stand now; else why nothing does."""
    thread, market = intent.thread, intent.marketplace
    if thread is None or market is None or thread.last_at is None:
        return "no_conversation"
    now = bridge.clock()
    terms = bridge.rules().area_of(market, thread.area, now.date())
    step = step_due(thread, terms.silence, now, market.time_zone)
    if step is None or step.value != intent.argument:
        return "not_silent_any_more"
    if step is SilenceStep.CLOSE:
        tick = tick_in(thread, market, ClockEventKind.CLOSED, now, bridge)
        return AfterSilence(
            change=ThreadChange(
                thread_id=thread.id,
                seen_version=thread.version,
                state=ThreadState.CLOSED,
                market_joined_at=thread.market_joined_at,
                by="silence",
                tick=tick,
            )
        )
    joined = ThreadChange(
        thread_id=thread.id, seen_version=thread.version, state=thread.state, market_joined_at=now, by="silence"
    )
    link = link_of(terms.link, thread, market)
    call = _call(intent, thread, market, link, bridge)
    return AfterSilence(change=joined, postings=(call, *told_of_call(intent, thread, market, bridge)))


def _call(intent: DueIntent, thread: Thread, market: Marketplace, link: str, bridge: Bridge) -> Posting:
    """The mail that calls the person in charge."""
    now, last_at = bridge.clock(), thread.last_at
    if intent.seller is None or intent.buyer is None or last_at is None:
        raise LookupError("a conversation has two people")
    mail = OwnMail(
        kind=PostKind.NOTICE,
        template=("notice", "market_joins"),
        language=bridge.settings.operator_language,
        fields={
            "market": market.name,
            "seller": shown_name(intent.seller),
            "buyer": shown_name(intent.buyer),
            "area": thread.area.value,
            "order": thread.order_reference,
            "offer": thread.offer_reference,
            "thread": thread.id,
            "last_at": last_at,
            "silent_days": days_silent(thread, now, market.time_zone),
            "link": link,
        },
        to=bridge.settings.operator,
        from_=notice_address(market.alias_domain),
        from_name=market.name,
        record_id=None,
        market=market,
        thread_id=thread.id,
        secrets=Secrets(),  # the person in charge may see everything
        reader="operator",
        now=now,
    )
    return posting_of(mail, bridge)
