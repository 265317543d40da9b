"""Every mail of the shared data goes through a running bridge, as it is and with a party as its author.

None crashes it, none is lost, each ends in one visible state; what is refused for good is refused with a named reply.
"""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from mailbridge.domain.reply import PERMANENT_AFTER_DATA
from tests.dns_server import DnsServer
from tests.end_to_end.data_mails import DataMail, data_mails, re_enveloped
from tests.peers.bridge import Bridge
from tests.peers.injector import Answered, Client
from tests.peers.neighbourhood import publish
from tests.peers.oracle import find_canaries
from tests.peers.processes import open_folder, wait_until
from tests.peers.sink import Sink, Taken
from tests.peers.trade import buyer, marketplace, order, seller

pytestmark = pytest.mark.xdist_group("data sweep")

_ALIAS_DOMAIN, _FREE_DOMAIN = "bazaar.example", "free.example"
_BUYER, _SELLER = "anna.b@familie-berg.example", "jan.k@meble-kowal.example"
_SLICE = 120
_NAMED = {f"{reply.code} {reply.text}" for reply in PERMANENT_AFTER_DATA}
_OUR_FAILURES = {"leak_gate", "gate_broken", "poison"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A bridge with one pair, and what comes out behind it."""

    bridge: Bridge
    sink: Sink
    #: the alias that stands for the seller: the buyer writes to it
    alias: str
    #: the same on a marketplace without rules: whatever can be composed is relayed
    alias_without_rules: str


@pytest.fixture
def place() -> Iterator[Place]:
    with open_folder("mb-sweep-") as folder, Sink() as sink, DnsServer() as dns:
        for domain in ("familie-berg.example", "meble-kowal.example"):
            publish(dns, domain)
        with Bridge(folder / "bridge", dns=dns, smarthost_port=sink.port, alias_domain=_ALIAS_DOMAIN) as bridge:
            aliases = bridge.prepare(
                [
                    line
                    for market, domain, packs in (("bazaar", _ALIAS_DOMAIN, ["general"]), ("free", _FREE_DOMAIN, []))
                    for line in (
                        marketplace(market, alias_domain=domain, rule_packs=packs),
                        seller(market, "S1", contact="kowal", mailbox=_SELLER),
                        buyer(market, "B1", mailbox=_BUYER),
                        order(market, "48213", seller="S1", buyer="B1"),
                    )
                ]
            )
            bridge.start()
            found = {one["marketplace"]: one["address"] for one in aliases if one["stands_for"] == "seller"}
            yield Place(bridge=bridge, sink=sink, alias=found["bazaar"], alias_without_rules=found["free"])


def _slice(seed: int) -> list[DataMail]:
    return random.Random(seed).sample(data_mails(), _SLICE)


def test_I7_T63_a_slice_of_the_data_as_it_is_ends_in_visible_states(place: Place) -> None:
    _check_as_it_is(place, _slice(3))


def test_a_slice_of_the_data_from_a_party_is_relayed_or_stopped_by_name(place: Place) -> None:
    _check_re_enveloped(place, _slice(4), place.alias)


def test_a_slice_of_the_data_from_a_party_passes_masker_and_gate_where_no_rule_minds(place: Place) -> None:
    _check_re_enveloped(place, _slice(5), place.alias_without_rules)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_I7_T63_all_of_the_data_as_it_is_ends_in_visible_states(place: Place) -> None:
    _check_as_it_is(place, data_mails())


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_all_of_the_data_from_a_party_is_relayed_or_stopped_by_name(place: Place) -> None:
    _check_re_enveloped(place, data_mails(), place.alias)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_all_of_the_data_from_a_party_passes_masker_and_gate_where_no_rule_minds(place: Place) -> None:
    _check_re_enveloped(place, data_mails(), place.alias_without_rules)


def _check_as_it_is(place: Place, mails: Sequence[DataMail]) -> None:
    """A stranger hands them to the contact address."""
    answers = _send_all(place, [mail.octets for mail in mails], "stranger@evil.example", f"kowal@{_ALIAS_DOMAIN}")
    states = _states(place, mails, answers)
    _print("as it is", states)


def _check_re_enveloped(place: Place, mails: Sequence[DataMail], alias: str) -> None:
    """The buyer wrote them to the seller's alias."""
    octets = [re_enveloped(mail, author=_BUYER, to=alias) for mail in mails]
    answers = _send_all(place, octets, _BUYER, alias)
    states = _states(place, mails, answers)
    _print("re-enveloped", states)
    relayed = [mail for mail in place.sink.taken if b"\r\nAuto-Submitted:" not in mail.octets]
    assert len(relayed) == sum(count for (disposition, _), count in states.items() if disposition == "relayed")
    assert [found for mail in relayed if (found := _faults(mail))] == []
    readable = sum(count for (_, reason), count in states.items() if reason != "unreadable")
    failed = sum(count for (_, reason), count in states.items() if reason in _OUR_FAILURES)
    assert failed <= 0.05 * readable


def _faults(mail: Taken) -> list[object]:
    """What is wrong with a relayed mail: leaks, and lines or octets that a hop would re-encode (D10)."""
    faults: list[object] = list(find_canaries(mail.octets, [_BUYER, "familie-berg.example"]))
    longest = max(map(len, mail.octets.split(b"\r\n")))
    faults += [f"a line of {longest}"] if longest > 78 else []
    faults += ["8-bit"] if not mail.octets.isascii() else []
    return faults


def _send_all(place: Place, octets: Sequence[bytes], reverse_path: str, forward_path: str) -> list[Answered]:
    def send(one: bytes) -> Answered:
        client = Client(port=place.bridge.smtp_port, source="127.0.0.25", timeout_s=120)
        [answer] = client.send(one, reverse_path=reverse_path, forward_paths=[forward_path])
        return answer

    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(send, octets))


def _states(place: Place, mails: Sequence[DataMail], answers: Sequence[Answered]) -> Counter[tuple[str, str]]:
    """(disposition, reason) of every mail; fails where an answer or an event says that something of ours broke."""
    wait_until(lambda: place.bridge.waiting() == 0, "the queue is empty", within_s=120)
    odd = [
        (mail.name, answer.code, answer.text)
        for mail, answer in zip(mails, answers, strict=True)
        if not answer.is_accepted and (not answer.after_data or f"{answer.code} {answer.text[6:]}" not in _NAMED)
    ]
    assert odd == []
    events = place.bridge.events()
    assert [event for event in events if event["event"] in {"fault", "gate_broken", "quarantined"}] == []
    received = [event for event in events if event["event"] == "message_received"]
    # What was screened has a second line, of what it was judged to be.
    lines = [line for line in received if _only(line["dispositions"]) != "screening"]
    refused_at_once = sum(1 for answer in answers if not answer.is_accepted)
    states = Counter((str(_only(line["dispositions"])), str(_only(line["reasons"]))) for line in lines)
    in_the_door = len(answers) - len(lines)  # refused before the path saw it, such as bare line ends
    assert 0 <= in_the_door <= refused_at_once
    states["rejected", "by the door"] += in_the_door
    return states


def _only(values: object) -> object:
    assert isinstance(values, list)
    [value] = values
    return value


def _print(what: str, states: Counter[tuple[str, str]]) -> None:
    total = sum(states.values())
    print(f"{what}: {total} mails")
    for (disposition, reason), count in states.most_common():
        print(f"  {disposition:<10} {reason:<40} {count:>5}  {100 * count / total:5.1f} %")
