"""A PostgreSQL cluster of the tests' own: in a new folder, on a UNIX socket only, as a user that is not root.

Debian keeps the binaries in /usr/lib/postgresql/VERSION/bin. The server is stopped by the process id we started.
"""

import getpass
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import psycopg
import pytest

_PATIENCE_S = 60.0


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


def _unprivileged() -> str:
    """Whose server it is: initdb refuses root."""
    if os.geteuid() != 0:
        return getpass.getuser()
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise AssertionError("no unprivileged user on this machine")


class Cluster:
    """A running server."""

    def __init__(self, folder: Path, binaries: Path, user: str) -> None:
        self.folder = folder
        self._binaries = binaries
        self._user = user
        self._numbers = itertools.count(1)
        self._server: subprocess.Popen[bytes] | None = None

    @classmethod
    @contextmanager
    def started(cls) -> Iterator[Self]:
        """Make and start one; skips where no server is installed."""
        binaries = _binaries()
        if binaries is None:
            pytest.skip("no PostgreSQL server on this machine")
        folder = Path(tempfile.mkdtemp(prefix="mb-pg-"))  # short: a socket's path has 107 characters at most
        user = _unprivileged()
        shutil.chown(folder, user)
        cluster = cls(folder, binaries, user)
        try:
            cluster.start()
            yield cluster
        finally:
            cluster.stop()
            shutil.rmtree(folder, ignore_errors=True)

    def start(self) -> None:
        """Make the data folder where there is none, start the server, wait until it answers."""
        data = self.folder / "data"
        if not data.exists():
            command = ["initdb", "-D", str(data), "-A", "trust", "-U", "mailbridge", "-E", "UTF8", "--no-locale", "-N"]
            subprocess.run(self._as_user(command), check=True, capture_output=True, cwd="/")
        command = ["postgres", "-D", str(data), "-k", str(self.folder), "-c", "listen_addresses=", "-c", "fsync=off"]
        with (self.folder / "log").open("ab") as log:
            self._server = subprocess.Popen(self._as_user(command), stdout=log, stderr=log, cwd="/")
        deadline = time.monotonic() + _PATIENCE_S
        while True:
            try:
                psycopg.connect(self._dsn("postgres")).close()
            except psycopg.OperationalError:
                if time.monotonic() > deadline or self._server.poll() is not None:
                    raise AssertionError((self.folder / "log").read_text(errors="replace")) from None
                time.sleep(0.05)
            else:
                return

    def stop(self) -> None:
        """Stop the server at once; its data are thrown away."""
        if self._server is not None and self._server.poll() is None:
            postmaster = int((self.folder / "data" / "postmaster.pid").read_text().split("\n", 1)[0])
            os.kill(postmaster, signal.SIGQUIT)
            self._server.wait(_PATIENCE_S)

    def new_database(self) -> str:
        """The URL of a new, empty database."""
        name = f"db{next(self._numbers)}"
        with psycopg.connect(self._dsn("postgres"), autocommit=True) as connection:
            connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))
        return f"postgresql://mailbridge@/{name}?host={self.folder}"

    def _dsn(self, database: str) -> str:
        return f"host={self.folder} user=mailbridge dbname={database}"

    def _as_user(self, command: list[str]) -> list[str]:
        path = [str(self._binaries / command[0]), *command[1:]]
        return path if os.geteuid() != 0 else ["runuser", "-u", self._user, "--", *path]
