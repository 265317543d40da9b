"""Killed while it reads a catch-all of a real Dovecot, the bridge posts each mail once and leaves none behind."""

import re
import signal
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.builders import Client, a_mail, sign, signing_key
from tests.dns_server import DnsServer
from tests.peers import injector
from tests.peers.bridge import Bridge
from tests.peers.dovecot import PASSWORD, Dovecot
from tests.peers.mailbox import Mailbox
from tests.peers.neighbourhood import publish
from tests.peers.processes import open_folder, require_programs, wait_until
from tests.peers.signing_relay import SELECTOR
from tests.peers.sink import Sink
from tests.peers.trade import buyer, marketplace, order, seller

pytestmark = pytest.mark.xdist_group("kills")

_ALIAS_DOMAIN, _BUYER, _CATCH_ALL = "bazaar.example", "anna.b@familie-berg.example", "catchall@hosting.example"
_KILLS = ("imap.fetched:kill@2", "imap.committed:kill@1", "imap.moved:kill@2", "imap.committed:kill@3")
_MAILS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A mailbox at a hosting provider, a bridge that reads it, and what comes out behind it."""

    bridge: Bridge
    sink: Sink
    dovecot: Dovecot
    alias: str


@pytest.fixture
def place() -> Iterator[Place]:
    require_programs("dovecot", as_root=True)
    with (
        open_folder("mb-imap-") as folder,
        Sink() as sink,
        DnsServer() as dns,
        Dovecot(folder / "dovecot", relay_port=sink.port, names_recipient=False) as dovecot,
        Bridge(folder / "bridge", dns=dns, smarthost_port=sink.port, alias_domain=_ALIAS_DOMAIN) as bridge,
    ):
        publish(dns, "familie-berg.example")
        bridge.folder.mkdir()
        password = bridge.folder / "imap.password"
        password.write_text(PASSWORD + "\n", "utf-8")
        password.chmod(0o600)
        bridge.settings["imap"] = [
            {
                "host": "127.0.0.1",
                "port": dovecot.imap_port,
                "tls": "none",
                "user": _CATCH_ALL,
                "password_file": str(password),
            }
        ]
        aliases = bridge.prepare(
            [
                marketplace("bazaar", alias_domain=_ALIAS_DOMAIN),
                seller("bazaar", "S1", contact="kowal", mailbox="jan.k@meble-kowal.example"),
                buyer("bazaar", "B1", mailbox=_BUYER),
                order("bazaar", "48213", seller="S1", buyer="B1"),
            ]
        )
        [alias] = [one["address"] for one in aliases if one["stands_for"] == "seller"]
        yield Place(bridge=bridge, sink=sink, dovecot=dovecot, alias=alias)


def test_I1_I3_F05_kills_between_fetch_commit_and_move_post_each_mail_once(place: Place) -> None:
    for number in range(_MAILS):
        _deliver(place, f"imap{'abcdefghijkl'[number] * 6}case")
    for failpoint in _KILLS:
        place.bridge.start(failpoints=failpoint)
        assert place.bridge.process.wait(30) == -signal.SIGKILL
    place.bridge.start()
    with Mailbox(_CATCH_ALL, port=place.dovecot.imap_port) as inbox:
        wait_until(lambda: inbox.count() == 0, "the mailbox is empty", within_s=60)
    wait_until(lambda: place.bridge.waiting() == 0, "the queue is empty", within_s=60)
    place.bridge.stop()
    assert place.bridge.ask("SELECT count(*) FROM records WHERE disposition = 'relayed'") == _MAILS
    copies = Counter(token for mail in place.sink.taken for token in set(re.findall(rb"imap[a-l]{6}case", mail.octets)))
    assert len(copies) == _MAILS
    assert max(copies.values()) <= 1 + len(_KILLS)


def _deliver(place: Place, token: str) -> None:
    """As the hosting provider does: it names the address written to, and files the mail in the catch-all."""
    octets = a_mail(_BUYER, place.alias, f"Hello,\n\nis it still there? {token}\n", client=Client.IPHONE)
    signed = sign(octets, "familie-berg.example", SELECTOR, signing_key("familie-berg.example"))
    filed = f"Return-Path: <{_BUYER}>\r\nDelivered-To: {place.alias}\r\n".encode() + signed
    client = injector.Client(port=place.dovecot.lmtp_port, is_lmtp=True)
    [answer] = client.send(filed, reverse_path=_BUYER, forward_paths=[_CATCH_ALL])
    assert answer.is_accepted, answer.text
