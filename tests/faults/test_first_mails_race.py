"""Two first mails of a buyer at the same moment: one thread, one pair of aliases, one acknowledgement, both relayed."""

import smtplib
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from email import message_from_bytes

import pytest

from tests.builders import Client, a_mail, sign, signing_key
from tests.dns_server import DnsServer
from tests.peers.bridge import Bridge
from tests.peers.neighbourhood import publish
from tests.peers.processes import open_folder, wait_until
from tests.peers.signing_relay import SELECTOR
from tests.peers.sink import Sink
from tests.peers.trade import marketplace, seller

pytestmark = pytest.mark.xdist_group("first mails")

_ALIAS_DOMAIN, _BUYERS, _SELLER = "bazaar.example", "buyers.example", "jan.k@meble-kowal.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A bridge with one seller, and what comes out behind it."""

    bridge: Bridge
    sink: Sink


@pytest.fixture
def place() -> Iterator[Place]:
    with open_folder("mb-race-") as folder, Sink() as sink, DnsServer() as dns:
        publish(dns, _BUYERS)
        with Bridge(folder / "bridge", dns=dns, smarthost_port=sink.port, alias_domain=_ALIAS_DOMAIN) as bridge:
            bridge.prepare(
                [
                    marketplace("bazaar", alias_domain=_ALIAS_DOMAIN),
                    seller("bazaar", "S1", contact="kowal", mailbox=_SELLER),
                ]
            )
            bridge.start()
            yield Place(bridge=bridge, sink=sink)


def test_forty_pairs_of_first_mails_make_forty_threads(place: Place) -> None:
    _race(place, 40)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_thousand_pairs_of_first_mails_make_a_thousand_threads(place: Place) -> None:
    _race(place, 1000)


def _race(place: Place, rounds: int) -> None:
    for number in range(rounds):
        codes = _at_once(place.bridge.smtp_port, f"visitor{number}@{_BUYERS}")
        assert codes == [250, 250]
    wait_until(lambda: place.bridge.waiting() == 0, "the queue is empty", within_s=60)
    _check_store(place.bridge, rounds)
    _check_sink(place.sink, rounds)


def _at_once(port: int, author: str) -> list[int]:
    """Two mails of one author on two connections; both final dots are sent at the same moment."""
    ready = threading.Barrier(2)

    def hand_over(which: str) -> int:
        octets = _mail(author, which)
        with smtplib.SMTP("127.0.0.1", port, "mail.sender.example", timeout=60) as session:
            session.ehlo()
            for command, argument in (("MAIL", f"FROM:<{author}>"), ("RCPT", f"TO:<kowal@{_ALIAS_DOMAIN}>")):
                code, text = session.docmd(command, argument)
                assert code == 250, text
            assert session.docmd("DATA")[0] == 354
            session.send(octets)
            ready.wait(30)
            session.send(b".\r\n")
            return session.getreply()[0]

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(hand_over, ("first", "second")))


def _mail(author: str, which: str) -> bytes:
    to = f"kowal@{_ALIAS_DOMAIN}"
    text = f"Hello,\n\nis the table still there? This is the {which} mail of {author.partition('@')[0]}.\n"
    octets = a_mail(author, to, text, client=Client.IPHONE, subject=f"The {which} question")
    return sign(octets, _BUYERS, SELECTOR, signing_key(_BUYERS))


def _check_store(bridge: Bridge, rounds: int) -> None:
    wanted = {
        "SELECT count(*) FROM buyers": rounds,
        "SELECT count(*) FROM threads": rounds,
        "SELECT count(*) FROM aliases": 2 * rounds,
        "SELECT count(*) FROM intents WHERE kind = 'acknowledge'": rounds,
        "SELECT count(*) FROM records WHERE disposition = 'relayed'": 2 * rounds,
        "SELECT count(*) FROM (SELECT thread_id FROM records GROUP BY thread_id HAVING count(*) = 2)": rounds,
    }
    assert {question: bridge.ask(question) for question in wanted} == wanted


def _check_sink(sink: Sink, rounds: int) -> None:
    said: Counter[bytes] = Counter()
    aliases: dict[bytes, set[str]] = defaultdict(set)
    roots: dict[bytes, set[str]] = defaultdict(set)
    acknowledged: Counter[str] = Counter()
    for taken in sink.taken:
        mail = message_from_bytes(taken.octets)
        if taken.forward_paths[0].endswith("@" + _BUYERS):
            acknowledged[taken.forward_paths[0]] += 1
        elif b" mail of visitor" in taken.octets:
            which, visitor = taken.octets.partition(b"This is the ")[2].split()[0], _visitor(taken.octets)
            said[which + visitor] += 1
            aliases[visitor].add(str(mail["From"]).rpartition("<")[2])
            roots[visitor].add(str(mail["References"]).split()[0])
    assert set(said.values()) == {1}
    assert len(said) == 2 * rounds
    assert {len(one) for one in (*aliases.values(), *roots.values())} == {1}
    assert set(acknowledged.values()) == {1}
    assert len(acknowledged) == rounds


def _visitor(octets: bytes) -> bytes:
    return octets.partition(b" mail of ")[2].split()[0].strip(b".")
