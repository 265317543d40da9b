"""A mail that kills the process that computes it: taken the third time, set aside unread; the others go on (I9)."""

import json
import smtplib
from collections.abc import Iterator

import pytest

from tests.builders import Client, a_mail, sign, signing_key
from tests.dns_server import DnsServer
from tests.faults.kill_run import ALIAS_DOMAIN, BUYERS, SELLERS, trade
from tests.peers.bridge import Bridge
from tests.peers.neighbourhood import publish
from tests.peers.processes import open_folder, wait_until
from tests.peers.signing_relay import SELECTOR
from tests.peers.sink import Sink

pytestmark = pytest.mark.xdist_group("poison")

_BUYER = f"buyer0@{BUYERS}"


@pytest.fixture
def sink() -> Iterator[Sink]:
    with Sink() as sink:
        yield sink


@pytest.fixture
def bridge(sink: Sink) -> Iterator[Bridge]:
    with open_folder("mb-poison-") as folder, DnsServer() as dns:
        for domain in (BUYERS, SELLERS):
            publish(dns, domain)
        with Bridge(folder / "bridge", dns=dns, smarthost_port=sink.port, alias_domain=ALIAS_DOMAIN) as bridge:
            yield bridge


def _mail(to: str, text: str) -> bytes:
    octets = a_mail(_BUYER, to, text, client=Client.THUNDERBIRD, plain_only=True)
    return sign(octets, BUYERS, SELECTOR, signing_key(BUYERS))


def _try(bridge: Bridge, to: str, octets: bytes) -> bool:
    """Hand it over once; False when the server died over it."""
    try:
        with smtplib.SMTP("127.0.0.1", bridge.smtp_port, "mail.sender.example", timeout=30) as session:
            session.sendmail(_BUYER, [to], octets)
    except (OSError, smtplib.SMTPServerDisconnected, smtplib.SMTPDataError):
        return False
    return True


def _await_death(bridge: Bridge, deaths_before: int) -> None:
    """A sibling that died is started again by its parent; the parent by us."""
    wait_until(
        lambda: not bridge.is_running or bridge.count_events("process_died") > deaths_before, "a process has died"
    )


@pytest.mark.timeout(180)
@pytest.mark.parametrize("processes", [1, 3])
def test_F03_I9_a_mail_that_kills_the_process_is_set_aside_the_third_time(
    bridge: Bridge, sink: Sink, processes: int
) -> None:
    bridge.change("bridge", processes=processes)
    aliases = bridge.prepare(trade())
    [to] = [one["address"] for one in aliases if (one["buyer"], one["stands_for"]) == ("B0", "seller")]
    poison, honest = _mail(to, "poison"), _mail(to, "honest")
    tries = 0
    while tries < 6:
        if not bridge.is_running:
            bridge.start(failpoints="path.authenticated:kill@1")
        tries += 1
        deaths = bridge.count_events("process_died")
        if _try(bridge, to, poison):
            break
        _await_death(bridge, deaths)
    assert tries == 3
    bridge.kill()
    bridge.start()
    [held] = json.loads(bridge.command("held", "list", "--json"))
    assert (held["hold"], held["to"]) == ("poison", [to])
    assert bridge.command("held", "show", held["record_id"], "--raw").encode() == poison.replace(b"\r\n", b"\n")
    assert _try(bridge, to, honest)
    wait_until(lambda: any(b"honest" in mail.octets for mail in sink.taken), "honest mail goes on")
    assert _try(bridge, to, poison), "the client that did not hear the 250 is told so"
    assert len(json.loads(bridge.command("held", "list", "--json"))) == 1


@pytest.mark.timeout(180)
def test_F03_a_mail_that_was_only_near_a_crash_goes_on(bridge: Bridge, sink: Sink) -> None:
    aliases = bridge.prepare(trade())
    [to] = [one["address"] for one in aliases if (one["buyer"], one["stands_for"]) == ("B0", "seller")]
    octets = _mail(to, "unlucky")
    for _ in range(2):
        bridge.start(failpoints="path.before_commit:kill@1")
        assert not _try(bridge, to, octets)
        _await_death(bridge, 0)
        if bridge.is_running:
            bridge.kill()
    bridge.start(failpoints="path.authenticated:kill@1")
    assert not _try(bridge, to, octets)
    if bridge.is_running:
        bridge.kill()
    bridge.start()
    assert _try(bridge, to, octets)
    wait_until(lambda: any(b"unlucky" in mail.octets for mail in sink.taken), "it is relayed")
    assert bridge.ask("SELECT count(*) FROM begun") == 0
