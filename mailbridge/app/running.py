"""One running bridge: doors, path, workers and loops, started and stopped in order (design.md §2, "Processes").

Decides nothing about mail. `serve` runs one until it is told to stop; the demo and tests run `App` themselves.
"""

import os
import secrets
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType

from mailbridge import __version__
from mailbridge.app import parts
from mailbridge.app.loops import Chores, Loop
from mailbridge.app.surroundings import clock, make_bridge, make_resolver, open_checked, rule_folders
from mailbridge.config import Settings
from mailbridge.domain.delivery import ClaimedDelivery
from mailbridge.domain.ids import QueueId
from mailbridge.errors import ConfigurationError, Problem, StoreSuspect
from mailbridge.events import JOURNAL, Event, emit
from mailbridge.inbound.cursor import FileCursors
from mailbridge.inbound.entrance import Entrance
from mailbridge.inbound.imap import ImapDoor
from mailbridge.inbound.listener import Listener
from mailbridge.outbound.worker import Worker
from mailbridge.path.admit import admit
from mailbridge.path.receive import receive
from mailbridge.path.resolver import Resolver
from mailbridge.path.slots import CpuSlots
from mailbridge.path.undelivered import report_undelivered
from mailbridge.policy.planning import fold_replies
from mailbridge.policy.ruleset import RuleSet
from mailbridge.rulefiles.reload import RuleKeeper
from mailbridge.web.endpoint import WebEndpoint
from mailbridge.web.metrics import Metrics

#: one message computes at a time, while others wait for disk or DNS: two only take turns at the interpreter lock, and
#: delivery falls behind (measured: the same mails per second, p50 end to end 0.2 s instead of 0.5)
_CPU_SLOTS = 1
#: SQLite and sockets let the interpreter lock go at every step; winning it back from computing threads costs up to this
#: much each time (5 ms by default), while a shorter interval costs more switches
_SWITCH_INTERVAL_S = 0.002


class App:
    """One running bridge. `start` and `stop` once each."""

    def __init__(self, settings: Settings, *, resolver: Callable[[CpuSlots], Resolver] | None = None) -> None:
        """Build and check everything; nothing listens yet. Raises ConfigurationError with every problem found."""
        self.settings = settings
        slots = CpuSlots(_CPU_SLOTS)
        self.store = open_checked(settings)
        try:
            self.store.lock_for_serve()
            self.store.leases_at_commit = True
            self._rules = RuleKeeper(rule_folders(settings), on_reloaded=_rules_loaded, on_problems=_rules_rejected)
            self.bridge = make_bridge(
                settings,
                self.store,
                rules=self._rules.current,
                slots=slots,
                resolver=resolver(slots) if resolver else make_resolver(settings, slots),
                on_committed=self._hand_over,
            )
            self._worker = Worker(
                store=self.store,
                transport=parts.routes(settings),
                signer=parts.signer(settings),
                on_undelivered=lambda claimed, failed: report_undelivered(claimed, failed, self.bridge),
                clock=clock,
                settings=parts.worker_settings(settings),
            )
            entrance = self._entrance()
            self._listener = Listener(entrance, parts.door_settings(settings))
            cursors = FileCursors(settings.bridge.data_folder / "imap")
            self._imap = ImapDoor(entrance, parts.mailboxes(settings), cursors, jitter=secrets.SystemRandom().random)
            chores = Chores(self.bridge, settings.bridge.digest_at)
            self._loop = Loop("chores", settings.delivery.poll, chores.look)
            self._web: WebEndpoint | None = None
        except BaseException:
            self.store.close()
            raise

    def start(self) -> None:
        """Listen, then let the loops run. ConfigurationError: an address can not be had."""
        self._at("listen.smtp", lambda: self._listener.start(parts.binds(self.settings)))
        for flavour, place in self._listener.places:
            emit(Event.LISTENING, door=flavour.value, address=_shown(place))
        self._worker.start()
        self._rules.start()
        self._loop.start()
        self._imap.start()
        if self.settings.listen.web is not None:
            self._at("listen.web", self._start_web)
        hostname, kind = self.settings.bridge.hostname, self.store.kind
        emit(Event.STARTED, version=__version__, hostname=hostname, pid=os.getpid(), store=kind)

    @property
    def places(self) -> dict[str, str | tuple[str, int]]:
        """Where it listens: "smtp" and "lmtp" to host and port or the file of a UNIX socket."""
        return {flavour.value: place for flavour, place in self._listener.places}

    def stop(self, reason: str = "") -> None:
        """Take no more, finish what is in flight, close (F-07). What is committed but not sent stays queued."""
        emit(Event.STOPPING, reason=reason)
        grace = self.settings.bridge.stop_grace
        self._listener.stop(grace)
        self._imap.stop(grace)
        self._loop.stop(grace)
        self._rules.stop()
        self._worker.stop(grace)
        if self._web is not None:
            self._web.stop()
        self.store.close()
        emit(Event.STOPPED)

    def _entrance(self) -> Entrance:
        mint = self.bridge.mint
        return Entrance(
            receive=lambda envelope: receive(envelope, self.bridge),
            admit=lambda forward_path: admit(forward_path, self.store),
            fold=fold_replies,
            new_queue_id=lambda: QueueId(mint.new_id()),
            clock=clock,
            on_fault=_look_at_fault,
        )

    def _hand_over(self, claimed: tuple[ClaimedDelivery, ...]) -> None:
        self._worker.submit(claimed)

    def _start_web(self) -> None:
        if self.settings.listen.web is None:
            raise ValueError("no address for the web endpoint")
        metrics = Metrics(JOURNAL, self.store.gauges)
        self._web = WebEndpoint(self.settings.listen.web, what_is_ill=self._what_is_ill, metrics=metrics.render)
        self._web.start()
        emit(Event.LISTENING, door="web", address=_shown(self._web.address))

    def _what_is_ill(self) -> tuple[str, ...]:
        """The parts that are not well, for /healthz."""
        return ("store",) if self.store.suspect is not None else ()

    def _at(self, key: str, start: Callable[[], None]) -> None:
        """Start a door; an address that can not be had is a problem of its setting."""
        try:
            start()
        except OSError as error:
            reason = f"can not listen there ({error.strerror}): choose another address, or stop what uses it"
            raise ConfigurationError((Problem(file="", line=None, key=key, reason=reason),)) from error


def serve(settings: Settings) -> int:
    """Run a bridge until SIGTERM or SIGINT; a second signal ends it at once, with the same promises. Returns 0."""
    asked_to_stop = threading.Event()
    sys.setswitchinterval(_SWITCH_INTERVAL_S)
    app = App(settings)

    def on_signal(number: int, _: FrameType | None) -> None:
        if asked_to_stop.is_set():
            os._exit(128 + number)  # F-07: what was answered is on disk; what was not is the client's
        asked_to_stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, on_signal)
    JOURNAL.write_behind()
    try:
        app.start()
        asked_to_stop.wait()
        app.stop("signal")
    finally:
        JOURNAL.close()
    return 0


def _shown(place: str | tuple[str, int]) -> str:
    return place if isinstance(place, str) else f"{place[0]}:{place[1]}"


def _look_at_fault(fault: BaseException) -> None:
    if isinstance(fault, StoreSuspect):
        emit(Event.STORE_SUSPECT, where="receive", error=type(fault).__name__)


def _rules_loaded(rules: RuleSet) -> None:
    emit(Event.RULES_LOADED, fingerprint=rules.fingerprint, rules=len(rules.rules))


def _rules_rejected(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        emit(
            Event.RULES_REJECTED,
            problems=len(problems),
            file=problem.file,
            line=problem.line,
            key=problem.key,
            problem=problem.reason,
        )
