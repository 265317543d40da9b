"""The bridge as its users run it: settings file, keys, import, `mailbridge serve` in its own process, the commands."""

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from mailbridge.store.catalogue import POLL_EVERY_S
from tests.builders import dkim_record
from tests.dns_server import DnsServer
from tests.peers.processes import Process, free_ports, is_listening, wait_until

Table = Mapping[str, str | int | bool | list[str]]

_ROOT = Path(__file__).resolve().parents[2]
SELECTOR = "mb1"
#: characters of the log
_TAIL = 30_000


def toml(tables: Mapping[str, Table | list[Table]]) -> str:
    """Tables of plain values as TOML; a list of tables is [[name]]."""
    parts = []
    for name, content in tables.items():
        for table in content if isinstance(content, list) else [content]:
            header = f"[[{name}]]" if isinstance(content, list) else f"[{name}]"
            # The JSON forms of text, whole numbers, switches and lists of text are TOML too.
            parts.append("\n".join([header, *(f"{key} = {json.dumps(value)}" for key, value in table.items())]))
    return "\n\n".join(parts) + "\n"


class Bridge:
    """One bridge in a folder of its own; a context manager that stops what runs."""

    def __init__(self, folder: Path, *, dns: DnsServer, smarthost_port: int, alias_domain: str) -> None:
        self.folder = folder
        self.smtp_port, self.lmtp_port, self.web_port = free_ports(3)
        self._dns = dns
        self._alias_domain = alias_domain
        self._process: Process | None = None
        self._starts = 0
        #: the file of the clock that `serve` goes by instead of the machine's (tests/peers/moved_clock.py)
        self.moved_clock: Path | None = None
        self.settings: dict[str, Table | list[Table]] = {
            "bridge": {"hostname": f"mx.{alias_domain}", "operator": "operator@office.example"},
            "listen": {
                "smtp": f"127.0.0.1:{self.smtp_port}",
                "lmtp": f"127.0.0.1:{self.lmtp_port}",
                "web": f"127.0.0.1:{self.web_port}",
                "max_connections_per_peer": 200,
                "trusted_fronts": ["127.0.0.1/32"],
            },
            "dns": {"nameservers": [dns.host], "port": dns.port, "timeout": "5s"},
            "route": [{"host": "127.0.0.1", "port": smarthost_port, "tls": "none"}],
            "delivery": {"poll": "100ms"},
        }

    def change(self, table: str, **values: str | int | bool | list[str]) -> None:
        """Set values of one table before `prepare()`."""
        old = self.settings.get(table, {})
        self.settings[table] = [one | values for one in map(dict, old)] if isinstance(old, list) else dict(old) | values

    def prepare(self, trade: Iterable[Mapping[str, object]]) -> list[dict[str, str]]:
        """Make keys, write the settings, publish the DKIM record, import; all aliases."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.write_settings()
        self.command("key", "new")
        dkim_key = self.folder / f"dkim-{self._alias_domain}-{SELECTOR}.pem"
        self.command("dkim", "new", self._alias_domain, "--selector", SELECTOR)
        self._dns.add(f"{SELECTOR}._domainkey.{self._alias_domain}", "TXT", _public_record(dkim_key))
        self.settings["dkim"] = [{"domain": self._alias_domain, "selector": SELECTOR, "key_file": str(dkim_key)}]
        self.write_settings()
        return self.import_trade(trade)

    def import_trade(self, trade: Iterable[Mapping[str, object]]) -> list[dict[str, str]]:
        """`mailbridge import`; all aliases there are, as `mailbridge alias export` tells them."""
        self.import_changes(trade)
        return list(json.loads(self.command("alias", "export", "--json")))

    def import_changes(self, trade: Iterable[Mapping[str, object]]) -> None:
        """`mailbridge import`."""
        file = self.folder / "trade.jsonl"
        file.write_text("".join(json.dumps(line) + "\n" for line in trade), "utf-8")
        self.command("import", str(file))

    def command(self, *arguments: str, expected: tuple[int, ...] = (0,)) -> str:
        """Run one `mailbridge` command in the folder; its standard output."""
        done = self.run(*arguments)
        if done.returncode not in expected:
            raise AssertionError(
                f"mailbridge {' '.join(arguments)}: exit {done.returncode}\n{done.stdout}\n{done.stderr}"
            )
        return done.stdout

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one `mailbridge` command in the folder, however it ends."""
        return subprocess.run(
            [sys.executable, "-m", "mailbridge", *arguments],
            cwd=self.folder,
            env=_environment(""),
            check=False,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def wait_until_seen(self) -> None:
        """Until the running server goes by what the commands so far have changed: that takes up to POLL_EVERY_S."""
        changed = time.monotonic()
        wait_until(lambda: time.monotonic() - changed > 1.2 * POLL_EVERY_S, "what was changed is seen")

    def start(self, *, failpoints: str = "", within_s: float = 30.0) -> float:
        """Run `mailbridge serve`; seconds until its SMTP door listens."""
        began = time.monotonic()
        # The siblings of a killed one hear of it within moments; until then they would be taken for the new one.
        wait_until(lambda: not is_listening(self.smtp_port), "the one before is gone")
        self._starts += 1
        self._process = Process(
            [sys.executable, "-m", "tests.peers.moved_clock" if self.moved_clock else "mailbridge", "serve"],
            log=self.folder / "serve.log",
            env=_environment(failpoints) | ({"MOVED_CLOCK": str(self.moved_clock)} if self.moved_clock else {}),
            folder=self.folder,
        )
        self._process.wait_for_ports(self.smtp_port, within_s=within_s)
        return time.monotonic() - began

    @property
    def process(self) -> Process:
        """The running `serve`."""
        assert self._process is not None
        return self._process

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.exit_code is None

    def stop(self) -> int:
        """SIGTERM; the exit code."""
        code = self.process.stop()
        self._process = None
        return code

    def kill(self) -> None:
        """SIGKILL."""
        self.process.kill()
        self._process = None

    def ask(self, question: str) -> int:
        """One number out of the database file, read beside the running bridge."""
        file = self.folder / "data" / "mailbridge.sqlite"
        connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
        [(number,)] = connection.execute(question)
        connection.close()
        return int(number)

    def waiting(self, ahead: timedelta = timedelta()) -> int:
        """Deliveries that are pending, and intents that fell due and are not done, leased or not.

        `ahead` is how far its clock is ahead of ours.
        """
        now = int((time.time() + ahead.total_seconds()) * 1_000_000)
        # In one statement: an intent that ends between two would be neither due nor yet a delivery.
        return self.ask(
            "SELECT (SELECT count(*) FROM deliveries WHERE state = 'pending')"
            f" + (SELECT count(*) FROM intents WHERE state = 'due' AND due_at <= {now})"
        )

    def events(self) -> list[dict[str, object]]:
        """The structured events of all runs, in order."""
        lines = (self.folder / "serve.log").read_text("utf-8", "replace").splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]

    def count_events(self, name: str) -> int:
        """How often an event of this name was logged, in all runs."""
        return (self.folder / "serve.log").read_bytes().count(b'"event": "%s"' % name.encode())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self._process.stop()
        log = self.folder / "serve.log"
        if log.exists():
            print(log.read_text("utf-8", "replace")[-_TAIL:])  # pytest shows it where the test failed

    def write_settings(self) -> None:
        """Write the settings as they stand now; `serve` reads them when it starts."""
        (self.folder / "mailbridge.toml").write_text(toml(self.settings), "utf-8")


def _environment(failpoints: str) -> dict[str, str]:
    environment = {name: value for name, value in os.environ.items() if name != "MAILBRIDGE_FAILPOINTS"}
    environment["PYTHONPATH"] = str(_ROOT)
    environment["PYTHONWARNINGS"] = "default"
    if failpoints:
        environment["MAILBRIDGE_FAILPOINTS"] = failpoints
    return environment


def _public_record(key_file: Path) -> str:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    key = load_pem_private_key(key_file.read_bytes(), None)
    assert isinstance(key, RSAPrivateKey)
    return dkim_record(key)
