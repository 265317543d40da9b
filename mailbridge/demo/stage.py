"""The demo's stage: a real bridge on embedded SQLite in a folder of its own, and a catcher that plays both mailboxes.

The bridge is the same as `mailbridge serve` runs; only DNS is answered from the small world instead of the network.
"""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from typing_extensions import override

from mailbridge import app, config
from mailbridge.config import starter
from mailbridge.demo import world
from mailbridge.outbound.catcher import Catcher
from mailbridge.path.resolver import Answer, Resolver
from mailbridge.path.slots import CpuSlots
from mailbridge.store.seal import create_key_file
from mailbridge.store.store import Store
from mailbridge.trade_import import read_trade


class _ZoneResolver(Resolver):
    """Answers from the demo's zone; every other name does not exist."""

    @override
    def ask(self, name: str, rdtype: str, *, until: float | None = None) -> Answer:
        records = world.ZONE.get(name.rstrip(".").lower(), ()) if rdtype == "TXT" else ()
        return Answer(records=records, ttl=timedelta(hours=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A running demo."""

    catcher: Catcher
    #: where the bridge listens by SMTP
    host: str
    port: int
    #: the settings file, for further commands
    settings_file: Path
    #: what the bridge logs
    log_file: Path

    def send(self, author: str, forward_path: str, octets: bytes) -> None:
        """Hand one mail to the bridge, as the author's mail server would."""
        client = smtplib.SMTP(self.host, self.port, local_hostname="localhost", timeout=30)
        try:
            client.sendmail(author, [forward_path], octets)
            client.quit()
        finally:  # with no QUIT where Ctrl-C came in between: the reply to something else would be taken for its own
            client.close()


@contextmanager
def set_up(port: int) -> Iterator[Stage]:
    """Build and start everything in a temporary folder; all of it is gone at the end. `port` 0: any free one."""
    with TemporaryDirectory(prefix="mailbridge-demo-") as folder_name, Catcher() as catcher:
        folder = Path(folder_name)
        create_key_file(folder / "mailbridge.key")
        settings_file = folder / "mailbridge.toml"
        settings_file.write_text(_settings(catcher.port, port), encoding="utf-8")
        settings = config.load(settings_file)
        trade = folder / "trade.jsonl"
        trade.write_text(world.TRADE, encoding="utf-8")
        log_file = folder / "events.log"
        # The conversation is what a person wants to see here; the log lines stand in a file beside it.
        with log_file.open("w", encoding="utf-8") as log, redirect_stderr(log):
            with app.open_store(settings) as store:
                _import(store, trade)
            bridge = app.App(settings, resolver=_zone_resolver)
            bridge.start()
            try:
                place = bridge.places["smtp"]
                if isinstance(place, str):
                    raise TypeError("the demo listens on TCP")
                yield Stage(
                    catcher=catcher, host=place[0], port=place[1], settings_file=settings_file, log_file=log_file
                )
            finally:
                bridge.stop("demo")


def _import(store: Store, trade: Path) -> None:
    store.apply_trade(read_trade(trade), app.clock())


def _zone_resolver(slots: CpuSlots) -> Resolver:
    return _ZoneResolver(waiting=slots.released)


def _settings(catcher_port: int, port: int) -> str:
    return starter(
        {
            "bridge": {"hostname": "bridge.lantern.example", "operator": "operator@lantern.example"},
            "listen": {"smtp": f"127.0.0.1:{port}", "web": ""},
            "route": {"host": "127.0.0.1", "port": catcher_port, "tls": "none"},
            "delivery": {"poll": "100ms"},
        }
    )
