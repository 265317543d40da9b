"""Keeps one worker process: started when first needed, killed when a job takes too long, started again when it died.

A job is one file; jobs run one after the other. Every way a job can end without an answer is a trouble of its file, or
"not now" where the caller had no more time. Never raises on what the process does.
"""

import contextlib
import fcntl
import os
import select
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from mailbridge.domain.files import FileTrouble, Trouble
from mailbridge.events import Event, emit
from mailbridge.screening.wire import ANSWER, MOST_JSON, READY, REQUEST, Answer, decoded, read_header

_CHUNK = 1024 * 1024
#: octets that wait in a pipe: files go over in a few turns instead of hundreds
_PIPE = 1024 * 1024
#: loading its libraries takes 0.3 s, several times that on a busy machine
_START_WITHIN_S = 20.0
_MOST_GREETING = 1000
#: after a start that failed, so long no other is tried
_BREAK_S = 10.0
#: CPU of all jobs after which a new process takes over: what a library never gives back, goes with the old one
_MOST_CPU_MS = 120_000
_SLACK_S = 0.05


_LOST = Answer(kind="", troubles=(FileTrouble(trouble=Trouble.WORKER_LOST),))


class _OutOfTime(Exception):
    """The caller's time is over."""


class _Gone(Exception):
    """The process ended, or speaks nonsense."""


class Worker:
    """The process, and the one lock before it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        #: of a process that is not ready yet: what it said so far
        self._greeting: bytes | None = None
        self._started_at = 0.0
        self._broken_until = 0.0
        self._cpu_ms = 0
        self._is_closed = False

    def examine(self, octets: bytes, *, until: float, cpu_s: float, wants_pixels: bool = False) -> Answer | None:
        """What came of one file. None: it was not done by `until` (time.monotonic), or no process can be had."""
        head = REQUEST.pack(len(octets), max(1, int(cpu_s * 1000)), wants_pixels)
        if not self._lock.acquire(timeout=max(0.0, until - time.monotonic())):
            return None
        try:
            process = self._running(until)
            if process is None:
                return None
            answer = self._answer(process, head, octets, until)
            if answer is None and not self._is_closed:  # it ended for want of work just then: once more
                process = self._running(until)
                answer = None if process is None else self._answer(process, head, octets, until) or _LOST
            return answer
        except _OutOfTime:
            self._end()
            return None
        finally:
            self._lock.release()

    def close(self) -> None:
        """End the process, whatever it does; who waits for it hears "not now"."""
        self._is_closed = True
        process = self._process
        if process is not None:
            process.kill()
        with self._lock:
            self._end()

    @property
    def pid(self) -> int | None:
        """The process that runs; None for none."""
        return self._process.pid if self._process is not None else None

    def _running(self, until: float) -> subprocess.Popen[bytes] | None:
        """A process that is ready; None where there is none by then, or none can be had."""
        if self._process is not None and self._process.poll() is not None and self._greeting is None:
            self._end()  # it was idle, or somebody killed it
        try:
            if self._process is None:
                if self._is_closed or time.monotonic() < self._broken_until:
                    return None
                self._start()
            if self._greeting is not None and not self._is_ready(until):
                return None
        except (OSError, _Gone) as fault:
            self._broken_until = time.monotonic() + _BREAK_S
            self._end()
            emit(Event.SCREENER_LOST, reason="does_not_start", error=type(fault).__name__)
        return self._process

    def _start(self) -> None:
        self._started_at = time.monotonic()
        self._cpu_ms = 0
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", _PROGRAM, str(Path(__file__).parents[2])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env={},
            start_new_session=True,
        )
        self._greeting = b""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                _prepare(pipe.fileno())

    def _is_ready(self, until: float) -> bool:
        """Wait for its greeting; one who has no time for that leaves it to the next."""
        process, said = self._process, self._greeting
        if process is None or said is None:
            raise _Gone
        try:
            while not said.endswith(b"\n"):
                if len(said) > _MOST_GREETING:
                    raise _Gone
                said += _receive(process, 1, until)
        except _OutOfTime:
            self._greeting = said
            if time.monotonic() - self._started_at > _START_WITHIN_S:
                raise _Gone from None
            return False
        if not said.startswith(READY[:-1]):
            raise _Gone
        self._greeting = None
        held = said[len(READY) :].decode("ascii", "replace").strip()
        took_ms = round((time.monotonic() - self._started_at) * 1000)
        emit(Event.SCREENER_STARTED, worker_pid=process.pid, confined=held.split(","), total_ms=took_ms)
        return True

    def _answer(self, process: subprocess.Popen[bytes], head: bytes, octets: bytes, until: float) -> Answer | None:
        """What the process says of one file; None: it ended well, and without a word."""
        is_silent = True
        try:
            _send(process, head, until)
            _send(process, octets, until)
            (length,) = ANSWER.unpack(_receive(process, ANSWER.size, until))
            is_silent = False
            if length > MOST_JSON:
                raise _Gone
            header = read_header(_receive(process, length, until), sent=len(octets))
            answer = decoded(header, _receive(process, sum(header.sizes), until))
        except (_Gone, ValueError, LookupError, TypeError, RecursionError):
            return self._without_answer(process, is_silent=is_silent)
        self._cpu_ms += answer.cpu_ms
        if answer.is_spent or self._cpu_ms > _MOST_CPU_MS:
            self._end(at_once=True)
        return answer

    def _without_answer(self, process: subprocess.Popen[bytes], *, is_silent: bool) -> Answer | None:
        """The process ended over a file; None where it was not the file's doing."""
        self._end()
        code = process.returncode
        if self._is_closed or (code == 0 and is_silent):
            return None
        is_limit = code in {-signal.SIGPROF, -signal.SIGXCPU}
        emit(Event.SCREENER_LOST, reason="limit" if is_limit else "died", error=str(code))
        return Answer(kind="", troubles=(FileTrouble(trouble=Trouble.TOO_MUCH_WORK),)) if is_limit else _LOST

    def _end(self, *, at_once: bool = False) -> None:
        process, self._process = self._process, None
        self._greeting = None
        if process is None:
            return
        try:
            process.wait(0 if at_once else _SLACK_S)  # one that was killed by a limit shall tell so
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


#: -I leaves out everything of the user and of the folder; the package is found where ours was
_PROGRAM = """\
import sys, contextlib
sys.path.insert(0, sys.argv[1])
from mailbridge.screening.child import main
with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):
    main()
"""


def _prepare(descriptor: int) -> None:
    os.set_blocking(descriptor, False)
    with contextlib.suppress(OSError):  # more than this system lets anybody have
        fcntl.fcntl(descriptor, fcntl.F_SETPIPE_SZ, _PIPE)


def _send(process: subprocess.Popen[bytes], octets: bytes, until: float) -> None:
    if process.stdin is None:
        raise _Gone
    descriptor = process.stdin.fileno()
    left = memoryview(octets)
    while left:
        _wait_for(descriptor, select.POLLOUT, until)
        try:
            left = left[os.write(descriptor, left[:_CHUNK]) :]
        except BlockingIOError:
            continue
        except OSError:
            raise _Gone from None


def _receive(process: subprocess.Popen[bytes], count: int, until: float) -> bytes:
    if process.stdout is None:
        raise _Gone
    descriptor = process.stdout.fileno()
    received = bytearray()
    while len(received) < count:
        _wait_for(descriptor, select.POLLIN, until)
        try:
            piece = os.read(descriptor, min(_CHUNK, count - len(received)))
        except BlockingIOError:
            continue
        except OSError:
            raise _Gone from None
        if not piece:
            raise _Gone
        received += piece
    return bytes(received)


def _wait_for(descriptor: int, what: int, until: float) -> None:
    left = until - time.monotonic()
    poll = select.poll()
    poll.register(descriptor, what)
    if left <= 0 or not poll.poll(left * 1000):
        raise _OutOfTime
