"""Several processes share the work of one bridge: they are counted together, end together and are missed together."""

import json
import os
import signal
import smtplib
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest

from mailbridge.message.parse import parse
from tests.builders import Client, File, a_mail, sign, signing_key
from tests.containers import samples
from tests.containers.oracle import is_in
from tests.dns_server import DnsServer
from tests.peers.bridge import Bridge
from tests.peers.neighbourhood import publish
from tests.peers.processes import free_ports, open_folder, wait_until
from tests.peers.signing_relay import SELECTOR
from tests.peers.sink import Sink
from tests.peers.trade import buyer, marketplace, order, seller

pytestmark = pytest.mark.xdist_group("siblings")

_ALIAS_DOMAIN, _BUYERS, _BUYER = "bazaar.example", "buyers.example", "anna@buyers.example"
_PROCESSES = 3
_ROUNDS = 10


@dataclass(slots=True, kw_only=True)
class Place:
    """A bridge of three processes with one pair, and what comes out behind it."""

    bridge: Bridge
    sink: Sink
    alias: str
    _sent: int = field(default=0)

    def send(self, count: int, *files: File) -> None:
        """Hand over so many mails of the buyer, each on a connection of its own."""
        for _ in range(count):
            self._sent += 1
            octets = a_mail(
                _BUYER, self.alias, f"Question {self._sent}", client=Client.THUNDERBIRD, plain_only=True, files=files
            )
            signed = sign(octets, _BUYERS, SELECTOR, signing_key(_BUYERS))
            with smtplib.SMTP("127.0.0.1", self.bridge.smtp_port, "mail.sender.example", timeout=30) as session:
                session.sendmail(_BUYER, [self.alias], signed)

    def siblings(self) -> list[int]:
        """Process ids of all siblings that ever took mail, oldest first."""
        return [
            pid
            for event in self.bridge.events()
            if event.get("event") == "process_started" and isinstance(pid := event["pid"], int)
        ]

    def screeners(self) -> list[int]:
        """Process ids of all that ever looked into files."""
        return [
            pid
            for event in self.bridge.events()
            if event.get("event") == "screener_started" and isinstance(pid := event["worker_pid"], int)
        ]

    def photos(self) -> list[bytes]:
        """Files of all mail that came out."""
        return [file.octets for taken in self.sink.taken for file in parse(taken.octets).attachments]

    def shows(self, number: int) -> bool:
        """Whether so many files came out."""
        return len(self.photos()) == number

    def counted(self) -> float:
        """Mails taken, as /metrics tells it."""
        page = urllib.request.urlopen(self._url("metrics"), timeout=10).read().decode()
        lines = [line for line in page.splitlines() if line.startswith("mailbridge_message_received_total")]
        return sum(float(line.rpartition(" ")[2]) for line in lines)

    def health(self) -> tuple[int, str]:
        """Status and text of /healthz."""
        try:
            with urllib.request.urlopen(self._url("healthz"), timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def _url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.bridge.web_port}/{path}"


@pytest.fixture
def place() -> Iterator[Place]:
    with open_folder("mb-siblings-") as folder, Sink() as sink, DnsServer() as dns:
        publish(dns, _BUYERS)
        with Bridge(folder / "bridge", dns=dns, smarthost_port=sink.port, alias_domain=_ALIAS_DOMAIN) as bridge:
            bridge.change("bridge", processes=_PROCESSES)
            aliases = bridge.prepare(
                [
                    marketplace("bazaar", alias_domain=_ALIAS_DOMAIN),
                    seller("bazaar", "S1", contact="kowal", mailbox="jan@sellers.example"),
                    buyer("bazaar", "B1", mailbox=_BUYER),
                    order("bazaar", "48213", seller="S1", buyer="B1"),
                ]
            )
            [alias] = [one["address"] for one in aliases if one["stands_for"] == "seller"]
            bridge.start()
            place = Place(bridge=bridge, sink=sink, alias=alias)
            wait_until(lambda: len(place.siblings()) == _PROCESSES - 1, "all processes take mail")
            yield place


def _is_gone(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return True
    return state == "Z"  # dead, and nobody has looked yet


def _tasks(pid: int) -> list[int]:
    return [int(task.name) for task in Path(f"/proc/{pid}/task").iterdir()]


def test_what_all_processes_count_is_told_as_one_and_never_falls(place: Place) -> None:
    place.send(30)
    assert place.counted() == 30
    os.kill(place.siblings()[0], signal.SIGKILL)
    wait_until(lambda: len(place.siblings()) == _PROCESSES, "the killed one is started again")
    assert place.counted() == 30
    place.send(10)
    assert place.counted() == 40
    wait_until(lambda: place.bridge.waiting() == 0, "all is delivered")


def test_each_process_keeps_to_a_core_and_all_cores_are_used(place: Place) -> None:
    processes = [place.bridge.process.pid, *place.siblings()]
    cores = {pid: {core for task in _tasks(pid) for core in os.sched_getaffinity(task)} for pid in processes}
    mine = os.sched_getaffinity(0)
    assert all(len(of_one) == 1 for of_one in cores.values())
    assert len(set().union(*cores.values())) == min(len(mine), _PROCESSES)


def test_a_process_that_does_not_answer_is_seen_by_healthz(place: Place) -> None:
    assert place.health() == (200, "well\n")
    os.kill(place.siblings()[0], signal.SIGSTOP)
    try:
        assert place.health() == (503, "process: not well\n")
    finally:
        os.kill(place.siblings()[0], signal.SIGCONT)
    wait_until(lambda: place.health() == (200, "well\n"), "it answers again")


def test_F07_a_stop_ends_all_processes(place: Place) -> None:
    siblings = place.siblings()
    place.send(5)
    assert place.bridge.stop() == 0
    assert all(map(_is_gone, siblings))
    assert place.bridge.count_events("process_died") == 0


def test_I9_the_siblings_of_a_killed_parent_end_and_the_next_serve_waits_for_them(place: Place) -> None:
    siblings = place.siblings()
    place.send(5)
    place.bridge.process.signal(signal.SIGKILL)  # the parent alone
    place.bridge.process.wait(10)
    place.bridge.start()
    assert all(map(_is_gone, siblings))
    place.send(5)
    wait_until(lambda: place.bridge.waiting() == 0, "all is delivered")
    assert len(place.sink.taken) >= 10


@pytest.mark.parametrize("is_killed", [True, False])
def test_D15_what_looks_into_files_ends_with_the_process_that_started_it(place: Place, is_killed: bool) -> None:
    photo = File(name="table.jpg", octets=samples.jpeg(), content_type="image/jpeg")
    screeners: list[int] = []
    for sent in range(24, 24 * _ROUNDS + 1, 24):  # on a busy machine the kernel may give all of a round to one process
        place.send(24, photo)
        wait_until(partial(place.shows, sent), "all is delivered")
        screeners = place.screeners()
        if len(screeners) > 1:
            break
    assert len(screeners) > 1
    assert not any(is_in(samples.AUTHOR, octets) for octets in place.photos())
    if is_killed:
        place.bridge.process.signal(signal.SIGKILL)  # the parent alone
        place.bridge.process.wait(10)
    else:
        assert place.bridge.stop() == 0
    wait_until(lambda: all(map(_is_gone, screeners)), "nothing is left of them")


def test_a_second_serve_beside_a_running_one_of_several_processes_is_refused(place: Place) -> None:
    said = place.bridge.command("serve", expected=(3,))
    assert said == ""


@pytest.mark.parametrize("key", ["listen.web", "web.public_listen"])
def test_a_start_that_can_not_have_an_address_ends_in_order_and_says_which(tmp_path: Path, key: str) -> None:
    with (
        DnsServer() as dns,
        socket.create_server(("127.0.0.1", 0)) as taken,
        Bridge(tmp_path / "bridge", dns=dns, smarthost_port=free_ports(1)[0], alias_domain=_ALIAS_DOMAIN) as bridge,
    ):
        bridge.prepare([marketplace("bazaar", alias_domain=_ALIAS_DOMAIN)])
        table, name = key.split(".")
        bridge.change(
            "web", public_url="https://mail.bazaar.example/box", public_listen=f"127.0.0.1:{free_ports(1)[0]}"
        )
        bridge.change(table, **{name: f"127.0.0.1:{taken.getsockname()[1]}"})
        bridge.write_settings()
        done = bridge.run("serve")
    assert done.returncode == 3
    assert f"{key}: can not listen there (Address already in use)" in done.stderr
    events = [json.loads(line)["event"] for line in done.stdout.splitlines() + done.stderr.splitlines() if "{" in line]
    assert "listening" in events
    assert events[-2:] == ["stopped", "settings_rejected"]
