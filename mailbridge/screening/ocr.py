"""Reads the words in pictures by a program that the system has, Tesseract: one process for a picture, in a cage.

The program is given pixels by its input, never a file that somebody sent, and answers with a table of words
(`words.py`); `exec_cage.py` takes its rights away. Every way it can end without an answer is a trouble of the picture,
or "not now" where the caller's time is over. Knows nothing of messages.
"""

import os
import selectors
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path

from mailbridge.containers.reading.findings import Pixels
from mailbridge.domain.files import Trouble
from mailbridge.events import Event, emit
from mailbridge.screening.exec_cage import GREETING, NOT_CONFINED
from mailbridge.screening.words import words_of

#: where the program is looked for: the bridge's own PATH has no say
_FOLDERS = "/usr/local/bin:/usr/bin:/bin"
_NAME = "tesseract"
#: sparse text: labels and notes stand anywhere in a photograph; pages of text are read no worse by it
_SPARSE = "11"
#: seconds of CPU of one picture: a page full of small print takes half of it
_MOST_CPU_S = 20.0
_MOST_OUTPUT = 2 * 1024 * 1024
_MOST_SAID = 64 * 1024
#: characters of one picture: five times a page full of small print
_MOST_CHARACTERS = 20_000
_CHUNK = 64 * 1024
_TRIAL_S = 30.0
#: CPU by the clock of the job and of the process; no memory left (the library gives up)
_LIMITS = frozenset({-signal.SIGPROF, -signal.SIGXCPU, -signal.SIGABRT})
_LOST_LANGUAGE = b"Failed loading language"
_PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from mailbridge.screening.exec_cage import main; main()"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What came of one picture."""

    #: "" for none
    text: str = ""
    #: why it could not be read; None where it was
    trouble: Trouble | None = None
    #: CPU it took
    cpu_s: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """Whether the program can be used, as it is installed now."""

    #: languages that are wanted
    languages: tuple[str, ...]
    #: path of the program; "" where it is missing
    program: str = ""
    #: which of them are not installed
    missing: tuple[str, ...] = ()
    #: what of the machine is kept from it
    confined: tuple[str, ...] = ()
    #: what went wrong when a picture was tried; "" for nothing
    fault: str = ""

    @property
    def trouble(self) -> tuple[str, str]:
        """What keeps pictures from being read and what to do about it, for people; empty texts for nothing."""
        if not self.program:
            return "tesseract is not installed", f"apt install {packages_for(self.languages)}"
        if self.missing:
            text = f"tesseract does not know {', '.join(self.missing)}"
            return text, f"apt install {packages_for(self.missing)}"
        if self.fault:
            return f"{self.program} can not be used: {self.fault}", "see that it is the tesseract of your distribution"
        return "", ""


class NotNow(Exception):
    """No answer in time, or no program that could give one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ended:
    code: int
    output: bytes
    said: bytes
    cpu_s: float


def packages_for(languages: tuple[str, ...]) -> str:
    """Debian's packages of the program and these languages, as `apt install` takes them."""
    return " ".join(("tesseract-ocr", *(f"tesseract-ocr-{one.lower().replace('_', '-')}" for one in languages)))


class TextReader:
    """Reads pictures one after the other, whoever asks."""

    def __init__(self, languages: tuple[str, ...], *, program: str | None = None) -> None:
        """`program` is for another one than the system's."""
        self._languages = languages
        self._given = program
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._closing = threading.Event()

    def read(self, pixels: Pixels, *, until: float, cpu_s: float) -> Reading:
        """The words of one picture. Raises NotNow: it was not done by `until` (time.monotonic), or by no program."""
        if not self._lock.acquire(timeout=max(0.0, until - time.monotonic())):
            raise NotNow
        try:
            reading = self._read(pixels, until, cpu_s)
            if reading.trouble is Trouble.WORKER_LOST:  # perhaps by somebody's hand: once more
                reading = self._read(pixels, until, cpu_s)
            return reading
        finally:
            self._lock.release()

    def close(self) -> None:
        """End what runs; who waits for it, or asks from now on, hears "not now"."""
        self._closing.set()
        process = self._process
        if process is not None:
            process.kill()

    def tried(self) -> Trial:
        """What is there, and whether a picture can be read with it; takes half a second."""
        trial = Trial(languages=self._languages, program=self._program())
        if not trial.program:
            return trial
        until = time.monotonic() + _TRIAL_S
        try:
            listed = self._run(trial.program, ("--list-langs",), b"", until, _MOST_CPU_S)
            seen = self._run(trial.program, self._arguments(_BLANK), _as_pgm(_BLANK), until, _MOST_CPU_S)
        except (NotNow, OSError) as fault:
            return replace(trial, fault=f"it does not start ({type(fault).__name__})")
        trial = replace(trial, confined=_confined(seen))
        if listed.code == NOT_CONFINED:
            return replace(trial, fault="this system has no means to confine it: neither seccomp nor namespaces")
        there = set(listed.output.decode("utf-8", "replace").split("\n")[1:])
        if missing := tuple(one for one in self._languages if one not in there and listed.code == 0):
            return replace(trial, missing=missing)
        is_read = _result(seen).trouble is None
        return trial if is_read else replace(trial, fault=f"it does not read a picture (exit {seen.code})")

    def _program(self) -> str:
        return self._given if self._given is not None else shutil.which(_NAME, path=_FOLDERS) or ""

    def _arguments(self, pixels: Pixels) -> tuple[str, ...]:
        languages = self._languages[:1] if pixels.is_second else self._languages
        return ("stdin", "stdout", "-l", "+".join(languages), "--psm", _SPARSE, "tsv")

    def _read(self, pixels: Pixels, until: float, cpu_s: float) -> Reading:
        program = self._program()
        if not program or self._closing.is_set():
            raise NotNow
        try:
            ended = self._run(program, self._arguments(pixels), _as_pgm(pixels), until, min(cpu_s, _MOST_CPU_S))
        except OSError as fault:
            emit(Event.OCR_LOST, reason="does_not_start", error=type(fault).__name__)
            raise NotNow from fault
        if self._closing.is_set() or ended.code == NOT_CONFINED:
            raise NotNow
        reading = _result(ended)
        if reading.trouble is not None:
            is_limit = reading.trouble is Trouble.TOO_MUCH_WORK
            emit(Event.OCR_LOST, reason="limit" if is_limit else "died", error=str(ended.code))
        return reading

    def _run(self, program: str, arguments: tuple[str, ...], given: bytes, until: float, cpu_s: float) -> _Ended:
        """Start it, give it its input, take what it answers. Raises NotNow and OSError."""
        cpu_ms = str(max(1, int(cpu_s * 1000)))
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _PROGRAM, str(Path(__file__).parents[2]), cpu_ms, program, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd="/",
            env={},
            start_new_session=True,
        )
        self._process = process
        if self._closing.is_set():
            process.kill()
        try:
            output, said = _Talk(process, given).until(until)
            used = _cpu_of(process)
        finally:
            process.kill()  # where it did not end by itself
            process.wait()
            self._process = None
            for pipe in (process.stdin, process.stdout, process.stderr):
                if pipe is not None:
                    pipe.close()
        return _Ended(code=process.returncode, output=output, said=said, cpu_s=used)


class _Talk:
    """What goes to a process and comes from it until it has ended; one that says too much is ended."""

    def __init__(self, process: subprocess.Popen[bytes], given: bytes) -> None:
        if process.stdin is None or process.stdout is None or process.stderr is None:
            raise ValueError("a process without pipes")
        self._process = process
        self._left = memoryview(given)
        self._input, self._output, self._said = (
            pipe.fileno() for pipe in (process.stdin, process.stdout, process.stderr)
        )
        self._heard = {self._output: bytearray(), self._said: bytearray()}
        self._most = {self._output: _MOST_OUTPUT, self._said: _MOST_SAID}

    def until(self, until: float) -> tuple[bytes, bytes]:
        """Its two outputs. Raises NotNow where it has not ended by then."""
        end = os.pidfd_open(self._process.pid)
        try:
            with selectors.PollSelector() as waiting:
                waiting.register(self._input, selectors.EVENT_WRITE)
                for descriptor in (*self._heard, end):
                    waiting.register(descriptor, selectors.EVENT_READ)
                for descriptor in (self._input, *self._heard):
                    os.set_blocking(descriptor, False)
                while waiting.get_map():
                    ready = waiting.select(max(0.0, until - time.monotonic()))
                    if not ready:
                        raise NotNow
                    for key, _ in ready:
                        if key.fd == end or not self._go_on(key.fd):
                            waiting.unregister(key.fd)
        finally:
            os.close(end)
        return bytes(self._heard[self._output]), bytes(self._heard[self._said])

    def _go_on(self, descriptor: int) -> bool:
        """Write or read a piece; False when there is no more of it."""
        try:
            if descriptor == self._input:
                self._left = self._left[os.write(descriptor, self._left[:_CHUNK]) :]
                if self._left:
                    return True
                if self._process.stdin is not None:
                    self._process.stdin.close()
                return False
            piece = os.read(descriptor, _CHUNK)
        except BlockingIOError:
            return True
        except OSError:
            return False  # it wants no more
        heard = self._heard[descriptor]
        heard += piece[: self._most[descriptor] + 1 - len(heard)]
        if len(heard) > self._most[descriptor]:
            self._process.kill()
        return bool(piece)


def _cpu_of(process: subprocess.Popen[bytes]) -> float:
    """Take leave of a process that has ended; the CPU it took."""
    try:
        _, status, used = os.wait4(process.pid, 0)
    except ChildProcessError:
        return 0.0  # another thread, which ended it, was quicker
    process.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime


def _as_pgm(pixels: Pixels) -> bytes:
    """A picture file that holds nothing but its pixels."""
    return b"P5 %d %d 255\n" % (pixels.width, pixels.height) + pixels.octets


_BLANK = Pixels(place="", width=64, height=32, octets=b"\xff" * 64 * 32)


def _result(ended: _Ended) -> Reading:
    """What a process said that ended."""
    trouble = None
    text = ""
    if ended.code in _LIMITS or len(ended.output) > _MOST_OUTPUT:
        trouble = Trouble.TOO_MUCH_WORK
    elif ended.code != 0 or _LOST_LANGUAGE in ended.said:
        trouble = Trouble.WORKER_LOST
    else:
        try:
            text = words_of(ended.output.decode("utf-8"))
        except ValueError:
            trouble = Trouble.WORKER_LOST
    if len(text) > _MOST_CHARACTERS:
        trouble = Trouble.TOO_MUCH_WORK
    return Reading(text="" if trouble else text, trouble=trouble, cpu_s=ended.cpu_s)


def _confined(ended: _Ended) -> tuple[str, ...]:
    line = ended.said.decode("utf-8", "replace").partition("\n")[0]
    return tuple(line.removeprefix(GREETING).split(",")) if line.startswith(GREETING) else ()
