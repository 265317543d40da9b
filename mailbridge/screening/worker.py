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
#: after a start that failed, so long no other is tried
_BREAK_S = 10.0
#: without work for so long, the process is let go
_IDLE_S = 300.0
#: CPU of all jobs after which a new process takes over: what a library never gives back, goes with the old one
_MOST_CPU_MS = 120_000
_SLACK_S = 0.05


class _OutOfTime(Exception):
    """The caller's time is over."""


class _Gone(Exception):
    """The process ended, or speaks nonsense."""


class Worker:
    """The process, and the one lock before it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._used_at = 0.0
        self._cpu_ms = 0
        self._broken_until = 0.0

    def examine(self, octets: bytes, *, until: float, cpu_s: float) -> Answer | None:
        """What came of one file. None: it was not done by `until` (time.monotonic), or no process can be had."""
        if not self._lock.acquire(timeout=max(0.0, until - time.monotonic())):
            return None
        try:
            process = self._running(until)
            return None if process is None else self._answer(process, octets, until, cpu_s)
        except _OutOfTime:
            self._end()
            return None
        finally:
            self._used_at = time.monotonic()
            self._lock.release()

    def rest(self) -> None:
        """Let the process go when nothing was asked of it for a while."""
        if self._process is None or time.monotonic() - self._used_at < _IDLE_S:
            return
        if self._lock.acquire(blocking=False):
            try:
                self._end()
            finally:
                self._lock.release()

    def close(self) -> None:
        """End the process, whatever it does."""
        process = self._process
        if process is not None:
            process.kill()  # who waits for it is told so
        with self._lock:
            self._end()

    @property
    def pid(self) -> int | None:
        """The process that runs; None for none."""
        return self._process.pid if self._process is not None else None

    def _running(self, until: float) -> subprocess.Popen[bytes] | None:
        if self._process is not None and self._process.poll() is not None:
            self._end()
        if self._process is None and time.monotonic() >= self._broken_until:
            self._start(until)
        return self._process

    def _start(self, until: float) -> None:
        """A new process that is ready; none where it can not be had."""
        # Given more time than the caller has: a process half started would be started again and again.
        ready_until = max(until, time.monotonic() + _START_WITHIN_S)
        began = time.monotonic()
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-c", _PROGRAM, str(Path(__file__).parents[2])],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env={},
                start_new_session=True,
            )
            self._cpu_ms = 0
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    _prepare(pipe.fileno())
            line = _read_line(self._process, ready_until)
            if not line.startswith(READY[:-1]):
                raise _Gone
        except (OSError, _Gone, _OutOfTime) as fault:
            self._broken_until = time.monotonic() + _BREAK_S
            self._end()
            emit(Event.SCREENER_LOST, reason="does_not_start", error=type(fault).__name__)
            return
        held = line[len(READY) :].decode("ascii", "replace").strip()
        took_ms = round((time.monotonic() - began) * 1000)
        emit(Event.SCREENER_STARTED, worker_pid=self._process.pid, confined=held.split(","), total_ms=took_ms)

    def _answer(self, process: subprocess.Popen[bytes], octets: bytes, until: float, cpu_s: float) -> Answer:
        try:
            _send(process, REQUEST.pack(len(octets), max(1, int(cpu_s * 1000))), until)
            _send(process, octets, until)
            (length,) = ANSWER.unpack(_receive(process, ANSWER.size, until))
            if length > MOST_JSON:
                raise _Gone
            header = read_header(_receive(process, length, until), sent=len(octets))
            answer = decoded(header, _receive(process, sum(header.sizes), until))
        except (_Gone, ValueError, LookupError, TypeError, RecursionError):
            return self._without_answer(process)
        self._cpu_ms += answer.cpu_ms
        if answer.is_spent or self._cpu_ms > _MOST_CPU_MS:
            self._end(at_once=True)
        return answer

    def _without_answer(self, process: subprocess.Popen[bytes]) -> Answer:
        """The process ended over a file."""
        self._end()
        code = process.returncode
        is_limit = code in {-signal.SIGPROF, -signal.SIGXCPU}
        emit(Event.SCREENER_LOST, reason="limit" if is_limit else "died", error=str(code))
        trouble = Trouble.TOO_MUCH_WORK if is_limit else Trouble.WORKER_LOST
        return Answer(kind="", troubles=(FileTrouble(trouble=trouble),))

    def _end(self, *, at_once: bool = False) -> None:
        process, self._process = self._process, None
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


def _read_line(process: subprocess.Popen[bytes], until: float) -> bytes:
    line = b""
    while not line.endswith(b"\n") and len(line) < 1000:
        line += _receive(process, 1, until)
    return line


def _wait_for(descriptor: int, what: int, until: float) -> None:
    left = until - time.monotonic()
    poll = select.poll()
    poll.register(descriptor, what)
    if left <= 0 or not poll.poll(left * 1000):
        raise _OutOfTime
