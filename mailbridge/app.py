"""The composition root: builds every part from the settings, starts and stops the loops. The only file that knows all.

Decides nothing about mail. `App` is one running bridge; `serve` runs one until it is told to stop; commands that only
need the store or the path borrow `open_store` and `make_bridge`.
"""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from mailbridge import __version__
from mailbridge.config import RouteSettings, Settings
from mailbridge.domain.delivery import ClaimedDelivery
from mailbridge.domain.envelope import Envelope
from mailbridge.domain.ids import QueueId
from mailbridge.domain.reply import Reply
from mailbridge.errors import ConfigurationError, Problem, StoreSuspect
from mailbridge.events import Event, emit, frames_of
from mailbridge.inbound.entrance import Entrance
from mailbridge.inbound.limits import Bind, DoorSettings, Flavour, Limits
from mailbridge.inbound.listener import Listener
from mailbridge.outbound.dkim_keys import load_key
from mailbridge.outbound.routing import Routes
from mailbridge.outbound.sign import Signer
from mailbridge.outbound.transports import Transport
from mailbridge.outbound.transports.route import SmtpRoute, Timeouts, TlsPolicy
from mailbridge.outbound.transports.smtp import SmtpTransport
from mailbridge.outbound.worker import Worker, WorkerSettings
from mailbridge.path.admit import admit
from mailbridge.path.authenticate import Authenticator
from mailbridge.path.bridge import Bridge, PathSettings
from mailbridge.path.intents import run_due_intents
from mailbridge.path.language import LanguageDetector
from mailbridge.path.mint import Mint
from mailbridge.path.publicdomains import PUBLIC_DOMAINS
from mailbridge.path.receive import receive
from mailbridge.path.resolver import Resolver, ResolverSettings
from mailbridge.path.slots import CpuSlots
from mailbridge.path.undelivered import report_undelivered
from mailbridge.policy.planning import fold_replies
from mailbridge.policy.ruleset import RuleSet
from mailbridge.resources import data_folder
from mailbridge.rulefiles.read import load_rules
from mailbridge.rulefiles.reload import RuleKeeper
from mailbridge.store.store import Store
from mailbridge.texts import Texts

#: two messages compute at once: more only take turns at the interpreter lock (path/slots.py)
_CPU_SLOTS = 2


def clock() -> datetime:
    """The time now, aware UTC: the only clock of the running bridge."""
    return datetime.now(UTC)


@contextmanager
def open_store(settings: Settings) -> Iterator[Store]:
    """The store for one command. Raises ConfigurationError."""
    store = _open_store(settings)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def open_bridge(settings: Settings) -> Iterator[Bridge]:
    """The whole path for one command, without doors and workers: what it commits is sent by the running `serve`."""
    slots = CpuSlots(1)
    ruleset = load_rules(rule_folders(settings))
    with open_store(settings) as store:
        yield make_bridge(
            settings,
            store,
            rules=lambda: ruleset,
            slots=slots,
            resolver=make_resolver(settings, slots),
            on_committed=lambda claimed: None,
        )


def _open_store(settings: Settings) -> Store:
    settings.bridge.data_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Store.open(settings.store_url, key_file=settings.bridge.key_file, clock=clock)


def rule_folders(settings: Settings) -> tuple[Path, ...]:
    """The packs that come with Mailbridge, then the admin's own."""
    return (data_folder("rules"), *settings.rules.folders)


def make_resolver(settings: Settings, slots: CpuSlots) -> Resolver:
    """DNS as the settings say; a thread that waits for an answer gives its CPU slot back."""
    dns = settings.dns
    return Resolver(
        ResolverSettings(nameservers=dns.nameservers, port=dns.port, deadline=dns.timeout), waiting=slots.released
    )


def make_bridge(
    settings: Settings,
    store: Store,
    *,
    rules: Callable[[], RuleSet],
    slots: CpuSlots,
    resolver: Resolver,
    on_committed: Callable[[tuple[ClaimedDelivery, ...]], None],
) -> Bridge:
    """The path and what it needs."""
    spam = settings.listen.spam_field
    texts = Texts.load(settings.templates.folder)
    return Bridge(
        store=store,
        authenticator=Authenticator(resolver, authserv_id=settings.listen.authserv_id),
        rules=rules,
        texts=texts,
        settings=PathSettings(
            operator=settings.bridge.operator,
            operator_language=settings.bridge.language,
            hostname=settings.bridge.hostname,
            expire_after=settings.delivery.expire_after,
            return_path_valid_for=settings.delivery.return_path_valid_for,
            max_message_octets=settings.listen.max_message_octets,
            confirm_within=settings.bridge.confirm_within,
            spam_field=(spam.name, spam.value) if spam else ("", ""),
            public_domains=PUBLIC_DOMAINS,
        ),
        mint=Mint(clock),
        clock=clock,
        slots=slots,
        language_of=LanguageDetector(texts.languages).language_of,
        on_committed=on_committed,
    )


class App:
    """One running bridge: doors, path, workers and loops. `start` and `stop` once each."""

    def __init__(self, settings: Settings, *, resolver: Callable[[CpuSlots], Resolver] | None = None) -> None:
        """Build and check everything; nothing listens yet. Raises ConfigurationError with every problem found."""
        self.settings = settings
        self._slots = CpuSlots(_CPU_SLOTS)
        self._stopping = threading.Event()
        self.store = _open_store(settings)
        try:
            self.store.lock_for_serve()
            self._rules = RuleKeeper(rule_folders(settings), on_reloaded=_rules_loaded, on_problems=_rules_rejected)
            asked = resolver(self._slots) if resolver else make_resolver(settings, self._slots)
            self.bridge = make_bridge(
                settings,
                self.store,
                rules=self._rules.current,
                slots=self._slots,
                resolver=asked,
                on_committed=self._hand_over,
            )
            self._worker = self._make_worker()
            self.store.leases_at_commit = True
            self._listener = Listener(self._entrance(), _door_settings(settings))
            self._loops = [threading.Thread(target=self._run_intents, name="intents", daemon=True)]
        except BaseException:
            self.store.close()
            raise

    def start(self) -> None:
        """Listen, then let the loops run. ConfigurationError: an address can not be had."""
        try:
            self._listener.start(_binds(self.settings))
        except OSError as error:
            raise ConfigurationError(
                (Problem(file="", line=None, key="listen", reason=f"can not listen there: {error.strerror}"),)
            ) from error
        for flavour, place in self._listener.places:
            emit(Event.LISTENING, door=flavour.value, address=_shown(place))
        self._worker.start()
        self._rules.start()
        for loop in self._loops:
            loop.start()
        emit(Event.STARTED, version=__version__, hostname=self.settings.bridge.hostname, store=self.store.kind)

    @property
    def places(self) -> dict[str, str | tuple[str, int]]:
        """Where it listens: "smtp" and "lmtp" to host and port or the file of a UNIX socket."""
        return {flavour.value: place for flavour, place in self._listener.places}

    def stop(self, reason: str = "") -> None:
        """Take no more, finish what is in flight, close (F-07). What is committed but not sent stays queued."""
        emit(Event.STOPPING, reason=reason)
        grace = self.settings.bridge.stop_grace
        self._listener.stop(grace)
        self._stopping.set()
        for loop in self._loops:
            loop.join(grace.total_seconds())
        self._rules.stop()
        self._worker.stop(grace)
        self.store.close()
        emit(Event.STOPPED)

    def _entrance(self) -> Entrance:
        mint = self.bridge.mint
        return Entrance(
            receive=self._receive,
            admit=lambda forward_path: admit(forward_path, self.store),
            fold=fold_replies,
            new_queue_id=lambda: QueueId(mint.new_id()),
            clock=clock,
            on_fault=_look_at_fault,
        )

    def _receive(self, envelope: Envelope) -> tuple[Reply, ...]:
        return receive(envelope, self.bridge)

    def _hand_over(self, claimed: tuple[ClaimedDelivery, ...]) -> None:
        self._worker.submit(claimed)

    def _make_worker(self) -> Worker:
        settings = self.settings
        keys = [load_key(key.key_file, domain=key.domain, selector=key.selector) for key in settings.dkim]
        return Worker(
            store=self.store,
            transport=_routes(settings),
            signer=Signer(keys),
            on_undelivered=lambda claimed, failed: report_undelivered(claimed, failed, self.bridge),
            clock=clock,
            settings=WorkerSettings(
                threads=settings.delivery.workers, poll=settings.delivery.poll, lease=settings.delivery.lease
            ),
        )

    def _run_intents(self) -> None:
        worker = f"intents-{self.bridge.mint.new_id()}"
        while not self._stopping.wait(self.settings.delivery.poll.total_seconds()):
            try:
                run_due_intents(self.bridge, worker)
            except Exception as fault:  # noqa: BLE001  # one bad turn must not end the loop (I9)
                _tell_loop_fault("intents", fault)


def serve(settings: Settings) -> int:
    """Run a bridge until SIGTERM or SIGINT; a second signal ends it at once, with the same promises. Returns 0."""
    asked_to_stop = threading.Event()
    app = App(settings)

    def on_signal(number: int, _: FrameType | None) -> None:
        if asked_to_stop.is_set():
            raise SystemExit(128 + number)
        asked_to_stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, on_signal)
    app.start()
    asked_to_stop.wait()
    app.stop("signal")
    return 0


def smtp_route(route: RouteSettings, settings: Settings) -> SmtpRoute:
    """One route as its transport wants it."""
    return SmtpRoute(
        host=route.host,
        port=route.port,
        helo=settings.bridge.hostname,
        tls=TlsPolicy(route.tls),
        ca_file=route.ca_file,
        username=route.user,
        password=route.password_file.reveal() if route.password_file else "",
        null_sender=route.null_sender.addr_spec if route.null_sender else None,
        timeouts=Timeouts(connect=route.connect_timeout, final_dot=route.reply_timeout),
        max_idle=route.connections,
        max_uses=route.messages_per_connection,
    )


def _routes(settings: Settings) -> Routes:
    by_domain: dict[str, Transport] = {}
    default: Transport | None = None
    for route in settings.route:
        transport = SmtpTransport(smtp_route(route, settings))
        by_domain |= dict.fromkeys(route.for_domains, transport)
        default = default if route.for_domains else transport
    if default is None:
        raise ValueError("config: exactly one route has no for_domains")
    return Routes(default, by_domain)


def _door_settings(settings: Settings) -> DoorSettings:
    listen = settings.listen
    return DoorSettings(
        hostname=settings.bridge.hostname,
        fronts=listen.trusted_fronts,
        postmaster=settings.bridge.operator.addr_spec,
        certificate=(str(listen.tls_certificate), str(listen.tls_key))
        if listen.tls_certificate and listen.tls_key
        else None,
        limits=Limits(
            message_octets=listen.max_message_octets,
            recipients=listen.max_recipients,
            errors=listen.max_errors,
            command_timeout=listen.command_timeout,
            connections=listen.max_connections,
            connections_per_address=listen.max_connections_per_peer,
            connections_per_network=3 * listen.max_connections_per_peer,
        ),
    )


def _binds(settings: Settings) -> tuple[Bind, ...]:
    doors = ((Flavour.SMTP, settings.listen.smtp), (Flavour.LMTP, settings.listen.lmtp))
    return tuple(Bind(flavour=flavour, address=(at.host, at.port)) for flavour, at in doors if at is not None)


def _shown(place: str | tuple[str, int]) -> str:
    return place if isinstance(place, str) else f"{place[0]}:{place[1]}"


def _look_at_fault(fault: BaseException) -> None:
    if isinstance(fault, StoreSuspect):
        emit(Event.STORE_SUSPECT, where="receive", error=type(fault).__name__)


def _tell_loop_fault(where: str, fault: BaseException) -> None:
    emit(Event.FAULT, where=where, error=type(fault).__name__, frames=frames_of(fault))


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
