"""One running bridge: its lanes, IMAP, what falls due, the web endpoint, started and stopped in order (design.md §2).

Decides nothing about mail. `serve` runs one in as many processes as the settings say, until it is told to stop; the
demo and tests run an `App` in their own process alone.
"""

import os
import secrets
import signal
import threading
import time
from collections.abc import Callable, Sequence
from types import FrameType
from typing import TYPE_CHECKING

from mailbridge import __version__
from mailbridge.app import parts
from mailbridge.app.cores import deal_cores, keep_to
from mailbridge.app.lane import Lane, MakeResolver
from mailbridge.app.loops import Chores, Loop, Screenings
from mailbridge.app.siblings import Siblings
from mailbridge.app.surroundings import inflight_folder, make_text_reader
from mailbridge.config import Settings
from mailbridge.errors import ConfigurationError, Problem
from mailbridge.events import JOURNAL, Event, Tally, added, emit
from mailbridge.inbound.cursor import FileCursors
from mailbridge.inbound.imap import ImapDoor
from mailbridge.path.inflight import note_all_crashed
from mailbridge.store.store import Store
from mailbridge.web.endpoint import WebEndpoint

if TYPE_CHECKING:
    from mailbridge.web.publicserver import PublicServer


class App:
    """One running bridge. `start` and `stop` once each."""

    def __init__(
        self, settings: Settings, *, cores: Sequence[int | None] = (None,), resolver: MakeResolver | None = None
    ) -> None:
        """Build and check everything; nothing listens yet. Raises ConfigurationError with every problem found.

        `cores` has one entry for each process, this one first (`cores.py`).
        """
        self.settings = settings
        _try_ocr(settings)
        self._lane = Lane(settings, processes=len(cores), on_opened=self._take_over, resolver=resolver)
        try:
            self._siblings = Siblings(settings, cores=cores, store=self._lane.store)
            cursors = FileCursors(settings.bridge.data_folder / "imap")
            jitter = secrets.SystemRandom().random
            self._imap = ImapDoor(self._lane.entrance, parts.mailboxes(settings), cursors, jitter=jitter)
            chores = Chores(self._lane.bridge, settings.bridge.digest_at, review_within=settings.bridge.review_within)
            self._loop = Loop("chores", settings.delivery.poll, chores.look)
            self._screening = Loop("screening", settings.delivery.poll, Screenings(self._lane.bridge).look)
            self._web: WebEndpoint | None = None
            self._public: PublicServer | None = None
        except BaseException:
            self._lane.store.close()
            raise

    def start(self) -> None:
        """Listen, then let the loops and the other processes run.

        ConfigurationError: an address can not be had; what had begun is stopped, as by `stop`.
        """
        try:
            self._start()
        except BaseException:
            self.stop("could not start")
            raise

    def _start(self) -> None:
        listener = self._lane.listener
        self._at("listen.smtp", lambda: self._lane.start(parts.binds(self.settings)))
        for flavour, place in listener.places:
            emit(Event.LISTENING, door=flavour.value, address=_shown(place))
        self._loop.start()
        self._screening.start()
        self._imap.start()
        if self.settings.listen.web is not None:
            self._at("listen.web", self._start_web)
        if self.settings.web.public_listen is not None:
            self._at("web.public_listen", self._start_public)
        self._siblings.start(listener.sockets)
        hostname, kind = self.settings.bridge.hostname, self._lane.store.kind
        emit(Event.STARTED, version=__version__, hostname=hostname, pid=os.getpid(), store=kind)

    @property
    def places(self) -> dict[str, str | tuple[str, int]]:
        """Where it listens: "smtp" and "lmtp" to host and port or the file of a UNIX socket."""
        return {flavour.value: place for flavour, place in self._lane.listener.places}

    def stop(self, reason: str = "") -> None:
        """Take no more, finish what is in flight, close (F-07). What is committed but not sent stays queued."""
        emit(Event.STOPPING, reason=reason)
        grace = self.settings.bridge.stop_grace
        self._siblings.ask_to_stop()
        self._lane.stop_taking()
        self._imap.stop(grace)
        self._loop.stop(grace)
        self._lane.bridge.screener.read_no_more()  # may take minutes: it is done after the next start
        self._screening.stop(grace)
        if self._web is not None:
            self._web.stop()
        if self._public is not None:
            self._public.stop()
        self._siblings.stop(grace)
        self._lane.stop()
        emit(Event.STOPPED)

    def _take_over(self, store: Store) -> None:
        """Be the one `serve`, and count what the processes of a dead one were computing."""
        store.lock_for_serve()
        note_all_crashed(inflight_folder(self.settings), store)

    def _start_web(self) -> None:
        if self.settings.listen.web is None:
            raise ValueError("no address for the web endpoint")
        from mailbridge.web.metrics import Metrics  # its library is loaded once mail is taken (decision 0031)

        metrics = Metrics(self._tally, self._lane.store.gauges, self._reviews)
        self._web = WebEndpoint(self.settings.listen.web, what_is_ill=self._what_is_ill, metrics=metrics.render)
        self._web.start()
        emit(Event.LISTENING, door="web", address=_shown(self._web.address))

    def _reviews(self) -> dict[str, tuple[int, int]]:
        now = self._lane.bridge.clock()
        return {each.kind: (each.count, each.age_s(now)) for each in self._lane.store.waiting_reviews()}

    def _start_public(self) -> None:
        from mailbridge.web.publicserver import PublicServer  # a tenth of a second, for those who want it only

        web = self.settings.web
        if web.public_listen is None:
            raise ValueError("no address for the public pages")
        self._public = PublicServer(
            web.public_listen, self._lane.bridge, proxies=web.trusted_proxies, per_minute=web.requests_per_minute
        )
        self._public.start()
        emit(Event.LISTENING, door="web.public", address=_shown(self._public.address))

    def settle(self) -> None:
        """Make ready what mail should not wait for."""
        self._lane.settle()

    def _tally(self) -> Tally:
        """What all processes counted."""
        return added((JOURNAL.tally(), *self._siblings.tallies()))

    def _what_is_ill(self) -> tuple[str, ...]:
        """The parts that are not well, for /healthz."""
        return tuple(sorted({*self._lane.what_is_ill(), *self._siblings.what_is_ill()}))

    def _at(self, key: str, start: Callable[[], None]) -> None:
        """Start a door; an address that can not be had is a problem of its setting."""
        try:
            start()
        except OSError as error:
            number = error.errno or 0
            why = os.strerror(number) if number > 0 else error.strerror  # negative: of getaddrinfo
            reason = f"can not listen there ({why}): choose another address, or stop what uses it"
            raise ConfigurationError((Problem(file="", line=None, key=key, reason=reason),)) from error


def _try_ocr(settings: Settings) -> None:
    """Where words in pictures are to be read, see that they can be. Raises ConfigurationError."""
    reader = make_text_reader(settings)
    if reader is None:
        return
    begun = time.monotonic()
    trial = reader.tried()
    text, remedy = trial.trouble
    if text:
        reason = f"is on, and {text}: {remedy}, or turn it off"
        raise ConfigurationError((Problem(file="", line=None, key="screening.ocr", reason=reason),))
    took_ms = round((time.monotonic() - begun) * 1000)
    emit(Event.OCR_READY, languages=trial.languages, confined=trial.confined, total_ms=took_ms)


def serve(settings: Settings) -> int:
    """Run a bridge until SIGTERM or SIGINT; a second signal ends it at once, with the same promises. Returns 0."""
    cores = deal_cores(settings)
    app = App(settings, cores=cores)
    asked_to_stop = stop_on_signals()
    JOURNAL.write_behind()
    try:
        app.start()
        keep_to(cores[0])  # not before: a start goes wherever there is room
        app.settle()
        asked_to_stop.wait()
        app.stop("signal")
    finally:
        JOURNAL.close()
    return 0


def stop_on_signals() -> threading.Event:
    """The event that SIGTERM and SIGINT set; the second of them ends the process at once."""
    asked_to_stop = threading.Event()

    def on_signal(number: int, _: FrameType | None) -> None:
        if asked_to_stop.is_set():
            os._exit(128 + number)  # F-07: what was answered is on disk; what was not is the client's
        asked_to_stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, on_signal)
    return asked_to_stop


def _shown(place: str | tuple[str, int]) -> str:
    return place if isinstance(place, str) else f"{place[0]}:{place[1]}"
