"""Free ports, programs that may be missing, and processes that are started, waited for and stopped by id."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

_PROGRAM_FOLDERS = "/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/bin:/usr/lib/postfix/sbin:/usr/lib/dovecot"
#: ports for servers of tests: Linux gives clients those from 32768 on
_FIRST_PORT, _STRETCH, _STRETCHES = 16_384, 4_000, 4
#: given of late
_GIVEN: deque[int] = deque(maxlen=1_000)


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on now; all are held at once, so they differ.

    They lie below those that the kernel gives to clients, so that none is taken by a connection while its server is
    down; each worker of pytest-xdist has its own stretch, and is not given a port again soon.
    """
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % _STRETCHES
    first = _FIRST_PORT + worker * _STRETCH
    found: list[int] = []
    with ExitStack() as stack:
        while len(found) < count:
            port = first + secrets.randbelow(_STRETCH)
            if port in _GIVEN:  # perhaps to a server that is about to start
                continue
            one = stack.enter_context(socket.socket())
            with suppress(OSError):  # in use
                one.bind(("127.0.0.1", port))
                found.append(port)
                _GIVEN.append(port)
    return found


def program(name: str) -> str | None:
    """Where a program is, or None."""
    return shutil.which(name, path=_PROGRAM_FOLDERS)


def require_programs(*names: str, as_root: bool = False) -> None:
    """Skip the test, saying why, where a program is missing; under CI that is a failure."""
    missing = [name for name in names if program(name) is None]
    reasons = [f"not installed: {', '.join(missing)} (scripts/peers installs them)"] if missing else []
    if as_root and os.geteuid() != 0:
        reasons.append("needs root: Postfix changes its user")
    if not reasons:
        return
    if os.environ.get("CI") == "true":
        pytest.fail("; ".join(reasons))
    pytest.skip("; ".join(reasons))


@contextmanager
def open_folder(prefix: str) -> Iterator[Path]:
    """A new folder that other users may enter (pytest's tmp_path is closed to them), removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        if os.environ.get("MAILBRIDGE_KEEP") != "1":
            shutil.rmtree(folder, ignore_errors=True)


def wait_until(holds: Callable[[], bool], what: str, *, within_s: float = 20.0, every_s: float = 0.02) -> None:
    """Ask again and again until `holds()`; TimeoutError names `what` after `within_s`."""
    deadline = time.monotonic() + within_s
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError(f"not within {within_s:g} s: {what}")
        time.sleep(every_s)


def is_listening(port: int, host: str = "127.0.0.1") -> bool:
    """Whether something takes connections there."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


class EndedTooSoon(AssertionError):
    """A process that was to listen ended before."""


class Process:
    """A child process in its own process group, its output in a file."""

    def __init__(
        self, command: Sequence[str], *, log: Path, env: Mapping[str, str] | None = None, folder: Path | None = None
    ) -> None:
        self.log = log
        with log.open("ab") as output:
            self._child = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=env,
                cwd=folder,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        return self._child.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs."""
        return self._child.poll()

    def wait_for_ports(self, *ports: int, within_s: float = 30.0) -> None:
        """Return when all listen; fail with the end of the log when the process ends before."""

        def all_listen() -> bool:
            if self.exit_code is not None:
                raise EndedTooSoon(f"ended with {self.exit_code} before it listened:\n{self.last_lines()}")
            return all(is_listening(port) for port in ports)

        try:
            wait_until(all_listen, f"ports {ports} listen", within_s=within_s)
        except TimeoutError as error:
            raise AssertionError(f"{error}\n{self.last_lines()}") from error

    def wait(self, within_s: float) -> int:
        """Wait for the end and return the exit code."""
        return self._child.wait(within_s)

    def signal(self, number: signal.Signals) -> None:
        """Send it to the process (not to its children)."""
        self._child.send_signal(number)

    def stop(self, grace_s: float = 20.0) -> int:
        """SIGTERM, then SIGKILL to what is left of the group; the exit code."""
        if self.exit_code is None:
            self._child.terminate()
        try:
            return self._child.wait(grace_s)
        except subprocess.TimeoutExpired:
            self.kill()
            return self._child.wait(10)
        finally:
            self._kill_group()

    def kill(self) -> None:
        """SIGKILL to the whole group, and wait."""
        self._kill_group()
        self._child.wait(10)

    def _kill_group(self) -> None:
        try:
            os.killpg(self._child.pid, signal.SIGKILL)
        except ProcessLookupError:
            return

    def last_lines(self, count: int = 40) -> str:
        """The end of its output."""
        return "\n".join(self.log.read_text("utf-8", "replace").splitlines()[-count:])
