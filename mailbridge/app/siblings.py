"""Siblings: the further processes of one bridge, from the parent's side: started, watched, asked, stopped.

Each is spawned (never forked with an open database), inherits the listening sockets and the lock of the database, and
runs a lane of its own (`sibling.py`). One that dies is started again, and what it had leased is free at once. When the
parent is gone they end by themselves: their end of the line tells them.
"""

import contextlib
import multiprocessing
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.connection import Connection

from mailbridge.app.surroundings import inflight_folder
from mailbridge.config import Settings
from mailbridge.events import Event, Tally, added, emit
from mailbridge.inbound.limits import Bind, Flavour
from mailbridge.path.inflight import note_crashed
from mailbridge.store.store import Store

#: a sibling that does not answer a question within this is not well
_ANSWER_S = 2.0
#: pauses before a sibling is started again: by how often it died soon after its start
_PAUSES_S = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
#: what a sibling runs. Loading the program takes a while, and a parent may be killed meanwhile: until it listens to
#: the line the kernel ends it with the thread that spawned it (PR_SET_PDEATHSIG, 1), which waits while it lives
_START = """\
import ctypes, gc, os, signal, sys
gc.disable()
ctypes.CDLL(None).prctl(1, signal.SIGHUP)
if os.getppid() != int(sys.argv[2]):
    sys.exit(1)
from mailbridge.app.sibling import main
sys.exit(main(int(sys.argv[1])))
"""
#: one that lived so long had no trouble with its start
_SETTLED_S = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """A listening socket that a sibling inherits."""

    descriptor: int
    flavour: Flavour
    normalises_line_endings: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Inheritance:
    """What a sibling is given at its start, over the line."""

    settings: Settings
    #: how many processes the bridge has
    processes: int
    #: under which name it leases deliveries
    worker_name: str
    #: the core it keeps to; None: any
    core: int | None
    doors: tuple[Door, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wellbeing:
    """What a sibling answers."""

    tally: Tally
    #: parts that are not well
    ill: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class _Sibling:
    """One running process, and the parent's end of the line to it."""

    process: subprocess.Popen[bytes]
    line: Connection
    worker_name: str
    asking: threading.Lock = field(default_factory=threading.Lock)
    last: Wellbeing | None = None

    def ask(self) -> Wellbeing | None:
        """How it is; None when it does not say so in time."""
        with self.asking:
            try:
                while self.line.poll():
                    self.line.recv()  # the answer to a question that was given up
                self.line.send("how are you")
                if not self.line.poll(_ANSWER_S):
                    return None
                answer = self.line.recv()
            except (OSError, EOFError):
                return None
            if isinstance(answer, Wellbeing):
                self.last = answer
            return self.last

    def tell_to_stop(self) -> None:
        with self.asking:
            try:
                self.line.send("stop")
            except OSError:
                return  # it is gone already


class Siblings:
    """All further processes of a bridge. `start`, `ask_to_stop` and `stop` once each."""

    def __init__(self, settings: Settings, *, cores: Sequence[int | None], store: Store) -> None:
        """`cores` says for each process, this one first, which core it keeps to."""
        self._settings = settings
        self._cores = tuple(cores)
        self._store = store
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._running: dict[int, _Sibling] = {}
        #: what those counted that are gone
        self._past: Tally = added(())
        self._doors: tuple[Door, ...] = ()
        self._keepers = [
            threading.Thread(target=self._keep, args=(number,), name=f"sibling-{number}", daemon=True)
            for number in range(1, len(self._cores))
        ]

    def start(self, sockets: Sequence[tuple[Bind, socket.socket]]) -> None:
        """Start them; each listens at these sockets too, as soon as it can."""
        self._doors = tuple(
            Door(
                descriptor=bound.fileno(),
                flavour=bind.flavour,
                normalises_line_endings=bind.normalises_line_endings,
            )
            for bind, bound in sockets
        )
        for keeper in self._keepers:
            keeper.start()

    def ask_to_stop(self) -> None:
        """Have them finish what is in flight and end; returns at once."""
        self._stopping.set()
        for sibling in self._all():
            sibling.tell_to_stop()

    def stop(self, grace: timedelta) -> None:
        """Wait for their end; kill what has not ended a little after `grace`: its mail is on disk or not answered."""
        end = time.monotonic() + grace.total_seconds() + _ANSWER_S
        for keeper in self._keepers:
            if keeper.is_alive():
                keeper.join(max(0.0, end - time.monotonic()))
        for sibling in self._all():
            sibling.process.kill()
        for keeper in self._keepers:
            if keeper.is_alive():
                keeper.join()

    def tallies(self) -> Iterable[Tally]:
        """What they counted since the start, with those that are gone."""
        told = [sibling.ask() or sibling.last for sibling in self._all()]
        return [self._past, *(one.tally for one in told if one is not None)]

    def what_is_ill(self) -> tuple[str, ...]:
        """The parts that are not well: "process" for one that is missing or does not answer."""
        ill: set[str] = set()
        running = self._all()
        if len(running) < len(self._keepers) and not self._stopping.is_set():
            ill.add("process")
        for sibling in running:
            answer = sibling.ask()
            ill.update(("process",) if answer is None else answer.ill)
        return tuple(sorted(ill))

    def _all(self) -> list[_Sibling]:
        with self._lock:
            return list(self._running.values())

    def _keep(self, number: int) -> None:
        """Have sibling `number` run until the bridge stops."""
        deaths = 0
        while not self._stopping.is_set():
            began = time.monotonic()
            sibling = self._spawn(number)
            if self._stopping.is_set():
                sibling.tell_to_stop()
            code = sibling.process.wait()
            self._bury(number, sibling)
            note_crashed(inflight_folder(self._settings) / sibling.worker_name, self._store)
            if code != 0 and not self._stopping.is_set():
                emit(Event.PROCESS_DIED, pid=sibling.process.pid, result=str(code))
            deaths = 0 if time.monotonic() - began > _SETTLED_S else deaths + 1
            # Everybody may have been told to stop, and this one was the first to hear it.
            if not self._stopping.wait(_PAUSES_S[min(deaths, len(_PAUSES_S) - 1)]):
                self._store.release_leases_of(sibling.worker_name)

    def _spawn(self, number: int) -> _Sibling:
        ours, theirs = multiprocessing.Pipe()
        try:
            process = subprocess.Popen(
                [sys.executable, "-P", "-c", _START, str(theirs.fileno()), str(os.getpid())],
                pass_fds=(theirs.fileno(), *(door.descriptor for door in self._doors), *self._store.lock_descriptors),
                stdin=subprocess.DEVNULL,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                process_group=0,  # Ctrl-C is for the parent, who tells the others
            )
        finally:
            theirs.close()
        sibling = _Sibling(process=process, line=ours, worker_name=f"{self._store.worker_name}-{process.pid}")
        with self._lock:
            self._running[number] = sibling
        with contextlib.suppress(OSError):  # it is dead already: whoever waits for it sees that
            ours.send(
                Inheritance(
                    settings=self._settings,
                    processes=len(self._cores),
                    worker_name=sibling.worker_name,
                    core=self._cores[number],
                    doors=self._doors,
                )
            )
        return sibling

    def _bury(self, number: int, sibling: _Sibling) -> None:
        with self._lock:
            del self._running[number]
            if sibling.last is not None:
                self._past = added((self._past, sibling.last.tally))
        with sibling.asking:
            sibling.line.close()
