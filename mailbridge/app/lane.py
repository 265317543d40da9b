"""Lane: what one process has of the running bridge: its store, the path, the doors and the delivery workers.

A bridge has one lane in each of its processes (`siblings.py`); all are alike and share the database and the listening
sockets. What there is once (IMAP, what falls due by the clock, the web endpoint) is `running.py`.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from mailbridge.app import parts
from mailbridge.app.settling import settle
from mailbridge.app.surroundings import clock, inflight_folder, make_bridge, make_resolver, open_checked, rule_folders
from mailbridge.config import Settings
from mailbridge.domain.delivery import ClaimedDelivery
from mailbridge.domain.ids import QueueId
from mailbridge.errors import Problem, StoreSuspect
from mailbridge.events import Event, emit
from mailbridge.inbound.entrance import Entrance
from mailbridge.inbound.limits import Bind
from mailbridge.inbound.listener import Listener
from mailbridge.outbound.worker import Worker
from mailbridge.path.admit import admit
from mailbridge.path.inflight import Inflight
from mailbridge.path.receive import receive
from mailbridge.path.resolver import Resolver
from mailbridge.path.slots import CpuSlots
from mailbridge.path.undelivered import report_undelivered
from mailbridge.policy.planning import fold_replies
from mailbridge.policy.ruleset import RuleSet
from mailbridge.rulefiles.reload import RuleKeeper
from mailbridge.store.store import Store

#: one message computes at a time in each process, while others wait for disk or DNS: two only take turns at the
#: interpreter lock, and delivery falls behind (measured: the same mails per second, p50 end to end 0.2 s, not 0.5)
_CPU_SLOTS = 1
#: where the resolver of a lane comes from, given the slots that a waiting thread gives back
MakeResolver = Callable[[CpuSlots], Resolver]


class Lane:
    """The share of one process. `start` and `stop` once each."""

    def __init__(
        self,
        settings: Settings,
        *,
        processes: int,
        on_opened: Callable[[Store], None],
        resolver: MakeResolver | None = None,
    ) -> None:
        """Build and check everything; nothing listens yet. ConfigurationError has every problem found.

        `processes` is how many lanes the bridge has; `on_opened` is given the store before anything else uses it.
        """
        self._settings = settings
        self.store = open_checked(settings)
        try:
            on_opened(self.store)
            self._inflight = Inflight(inflight_folder(settings), self.store.worker_name, places=_CPU_SLOTS)
            slots = CpuSlots(_CPU_SLOTS, self._inflight.stepping_aside)
            self.store.leases_at_commit = True
            self._rules = RuleKeeper(
                rule_folders(settings), on_reloaded=_rules_loaded, on_problems=self._rules_rejected
            )
            bridge = make_bridge(
                settings,
                self.store,
                rules=self._rules.current,
                slots=slots,
                resolver=resolver(slots) if resolver else make_resolver(settings, slots),
                on_committed=self._hand_over,
            )
            self.bridge = replace(bridge, inflight=self._inflight)
            self._worker = self._make_worker(processes)
            self.entrance = self._entrance()
            self.listener = Listener(self.entrance, parts.door_settings(settings, processes=processes))
        except BaseException:
            self.store.close()
            raise

    def start(self, binds: Sequence[Bind]) -> None:
        """Listen, then deliver. OSError: an address can not be had."""
        self.listener.start(binds)
        self._worker.start()
        self._rules.start()

    def stop_taking(self) -> None:
        """Close the doors; what is in flight is finished first (F-07)."""
        self.listener.stop(self._settings.bridge.stop_grace)

    def stop(self) -> None:
        """End what is left after `stop_taking`, and close the store. What is not sent stays queued."""
        self._rules.stop()
        self._worker.stop(self._settings.bridge.stop_grace)
        self._inflight.close()
        self.bridge.screener.close()
        self.store.close()

    def let_go(self) -> None:
        """This process is about to end through no fault of the mail it computes."""
        self._inflight.close()

    def settle(self) -> None:
        """Make ready what mail should not wait for."""
        settle(self._rules.current())

    def what_is_ill(self) -> tuple[str, ...]:
        """The parts of this process that are not well."""
        return ("store",) if self.store.suspect is not None else ()

    def _rules_rejected(self, problems: tuple[Problem, ...]) -> None:
        """Say what is wrong, and which rules stay in force."""
        fingerprint = self._rules.current().fingerprint
        for problem in problems:
            emit(Event.RULES_REJECTED, fingerprint=fingerprint, problems=len(problems), **problem.fields)

    def _make_worker(self, processes: int) -> Worker:
        settings = self._settings
        return Worker(
            store=self.store,
            transport=parts.routes(settings),
            signer=parts.signer(settings),
            on_undelivered=lambda claimed, failed: report_undelivered(claimed, failed, self.bridge),
            clock=clock,
            settings=parts.worker_settings(settings, processes=processes, name=self.store.worker_name),
        )

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


def _look_at_fault(fault: BaseException) -> None:
    if isinstance(fault, StoreSuspect):
        emit(Event.STORE_SUSPECT, where="receive", error=type(fault).__name__)


def _rules_loaded(rules: RuleSet) -> None:
    emit(Event.RULES_LOADED, fingerprint=rules.fingerprint, rules=len(rules.rules))
