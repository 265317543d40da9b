"""Loops of the running bridge: something looked at again and again on a thread of its own.

`Chores` is what falls due: intents, deadlines, and the lists of what is due and what is held; and what a person should
know soon: that a rule pack is missing, that somebody waits too long for him. `Screenings` are mails whose files are
looked into, which takes longer than others may wait. A turn that fails is told, and the next one comes (I9).
"""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from mailbridge.domain.ids import IntentId
from mailbridge.events import Event, emit, frames_of
from mailbridge.path.bridge import Bridge
from mailbridge.path.clocks import tell_of_deadlines
from mailbridge.path.duesoon import DueMails
from mailbridge.path.intents import run_due_intents
from mailbridge.path.screening import run_due_screenings
from mailbridge.path.silence import plan_after_silence
from mailbridge.policy.plan import IntentKind
from mailbridge.store.records import NewIntent

_REVIEWS_EVERY = timedelta(minutes=1)
_TOLD_AGAIN_AFTER = timedelta(days=1)
_DEADLINES_EVERY: Final = timedelta(minutes=1)


class Loop:
    """Calls `look` every `interval` until stopped."""

    def __init__(self, name: str, interval: timedelta, look: Callable[[], None]) -> None:
        self._name = name
        self._interval = interval
        self._look = look
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self, grace: timedelta) -> None:
        """Let the turn that runs end, for at most `grace`."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(grace.total_seconds())

    def _run(self) -> None:
        while not self._stopping.wait(self._interval.total_seconds()):
            try:
                self._look()
            except Exception as fault:  # noqa: BLE001  # one bad turn must not end the loop (I9)
                emit(Event.FAULT, where=self._name, error=type(fault).__name__, frames=frames_of(fault))


class Chores:
    """What falls due by the clock."""

    def __init__(self, bridge: Bridge, digest_at: time, *, review_within: timedelta) -> None:
        self._bridge = bridge
        self._review_within = review_within
        self._reviews_looked_at: datetime | None = None
        #: when it was told last that reviews of this kind wait too long
        self._overdue_told: dict[str, datetime] = {}
        self._digest_at = digest_at
        self._digest_planned: date | None = None
        #: market and pack of every rule pack that is asked for and not there
        self._missing_packs: frozenset[tuple[str, str]] = frozenset()
        self._due_mails = DueMails(bridge)
        self._deadlines_at = datetime.min.replace(tzinfo=UTC)
        self._worker = f"intents-{bridge.mint.new_id()}"

    def look(self) -> None:
        """Plan today's list when its time has come, do everything that is due, and look at the rule packs."""
        now = self._bridge.clock()
        if now.date() != self._digest_planned and now.time() >= self._digest_at:
            self._plan_digest(now)
        # Also where the machine's clock was set back (F-34).
        if abs(now - self._deadlines_at) >= _DEADLINES_EVERY:
            self._deadlines_at = now
            tell_of_deadlines(self._bridge)
            self._due_mails.plan()
            plan_after_silence(self._bridge)
        run_due_intents(self._bridge, self._worker)
        self._look_at_packs()
        if self._reviews_looked_at is None or abs(now - self._reviews_looked_at) >= _REVIEWS_EVERY:
            self._reviews_looked_at = now
            self._look_at_reviews(now)

    def _look_at_reviews(self, now: datetime) -> None:
        """Tell of each kind that waits too long, once a day as long as it does."""
        for waiting in self._bridge.store.waiting_reviews():
            if timedelta(seconds=waiting.age_s(now)) < self._review_within:
                self._overdue_told.pop(waiting.kind, None)
                continue
            told = self._overdue_told.get(waiting.kind)
            if told is None or now - told >= _TOLD_AGAIN_AFTER:
                self._overdue_told[waiting.kind] = now
                emit(Event.REVIEWS_OVERDUE, kind=waiting.kind, count=waiting.count, age_s=waiting.age_s(now))

    def _look_at_packs(self) -> None:
        """Tell of each missing pack once: whoever imports or removes one beside a running bridge sees only its log."""
        rules, markets = self._bridge.rules(), self._bridge.store.marketplaces()
        missing = frozenset(
            (market.name, pack) for market in markets if market.is_active for pack in rules.missing_packs(market)
        )
        for market_name, pack in sorted(missing - self._missing_packs):
            emit(Event.RULE_PACK_MISSING, market=market_name, pack=pack)
        for market_name, pack in sorted(self._missing_packs - missing):
            emit(Event.RULE_PACK_FOUND, market=market_name, pack=pack)
        self._missing_packs = missing

    def _plan_digest(self, now: datetime) -> None:
        intent = NewIntent(
            id=IntentId(self._bridge.mint.new_id()),
            kind=IntentKind.DIGEST,
            due_at=now,
            unique_key=f"digest:{now:%Y-%m-%d}",  # once a day, however often we start
        )
        self._bridge.store.plan_intents((intent,))
        self._digest_planned = now.date()


class Screenings:
    """Mail that was taken and whose files are to be looked into."""

    def __init__(self, bridge: Bridge) -> None:
        self._bridge = bridge
        self._worker = f"screening-{bridge.mint.new_id()}"

    def look(self) -> None:
        """Look into all that waits."""
        run_due_screenings(self._bridge, self._worker)
