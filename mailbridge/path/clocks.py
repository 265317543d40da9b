"""Clocks on the path: what each recorded mail is for the clocks of its conversation, and what the log hears of them.

Which event a mail is, and what it does, is `policy/clocks.py`; it is written by the commit that records the mail.
"""

from dataclasses import replace
from datetime import datetime

from mailbridge.domain.clocks import ClockEvent, ClockEventKind
from mailbridge.domain.facts import Facts
from mailbridge.domain.parties import Marketplace
from mailbridge.domain.thread import Thread
from mailbridge.events import Event, emit
from mailbridge.path.bridge import Bridge
from mailbridge.policy.clocks import Tick, event_of, tick_of
from mailbridge.store.clockrecords import ClockChange
from mailbridge.store.records import DueIntent, LegRecord

_TOLD_AT_ONCE = 200
_OPENED = ClockEventKind.OPENED


def with_tick(record: LegRecord, facts: Facts, bridge: Bridge) -> LegRecord:
    """The record with what it is for the clocks of its thread, where they mind it."""
    thread, market = record.thread, facts.marketplace
    kind = event_of(record.plan, record.direction, opens_thread=record.opens_thread)
    if kind is None or thread is None or market is None:
        return record
    return replace(record, tick=tick_in(thread, market, kind, facts.counted_from, bridge))


def tick_in(thread: Thread, market: Marketplace, kind: ClockEventKind, at: datetime, bridge: Bridge) -> Tick | None:
    """The event on the clock of this thread; None where none runs in conversations of its kind."""
    clock = bridge.rules().clock_of(market, thread.area, at.date())
    if clock is None:
        return None
    # Where a clock minds no reopening by itself, the mail that does it is one like any other of the buyer.
    is_plain = kind is ClockEventKind.REOPENED and kind not in clock.starts
    return tick_of(ClockEvent(kind=ClockEventKind.BUYER_WROTE if is_plain else kind, at=at), clock)


def acknowledged(intent: DueIntent, bridge: Bridge) -> ClockChange | None:
    """What an acknowledgement is for the clocks of its thread."""
    if intent.thread is None or intent.marketplace is None:
        return None
    tick = tick_in(intent.thread, intent.marketplace, ClockEventKind.ACKNOWLEDGED, bridge.clock(), bridge)
    return ClockChange(thread_id=intent.thread.id, tick=tick) if tick is not None else None


def answer_due(intent: DueIntent, bridge: Bridge) -> datetime | None:
    """Until when the mail that is acknowledged is to be answered by a person; aware UTC, None where no clock runs."""
    thread, market, origin = intent.thread, intent.marketplace, intent.origin
    if thread is None or market is None or origin is None:
        return None
    return tick.due_at if (tick := tick_in(thread, market, _OPENED, origin.received_at, bridge)) else None


def excused(thread: Thread, at: datetime, bridge: Bridge) -> ClockChange | None:
    """What "no reply needed" is for the clocks of this thread; None where none runs in such conversations."""
    market = next(market for market in bridge.store.marketplaces() if market.id == thread.marketplace_id)
    tick = tick_in(thread, market, ClockEventKind.NO_REPLY_NEEDED, at, bridge)
    return ClockChange(thread_id=thread.id, tick=tick) if tick is not None else None


def tell_of_deadlines(bridge: Bridge) -> None:
    """Log each deadline that came near or was missed since the last time, at most 200 at once."""
    for told in bridge.store.take_told(bridge.clock(), limit=_TOLD_AT_ONCE):
        emit(
            Event.DEADLINE_MISSED if told.is_missed else Event.DEADLINE_NEAR,
            thread_id=told.thread_id,
            seller_id=told.seller_id,
            which=told.which.value,
        )
