"""Held mail is freed by its author's answer to "was this you?" or by a command, while the bridge keeps running."""

import json
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.utils import parseaddr

import pytest

from tests.builders import Client, Original, a_mail
from tests.dns_server import DnsServer
from tests.end_to_end.postbox import STRANGE_ADDRESS
from tests.peers.bridge import Bridge
from tests.peers.injector import Answered
from tests.peers.injector import Client as Injector
from tests.peers.neighbourhood import PROVIDER_ADDRESS, publish
from tests.peers.processes import open_folder, wait_until
from tests.peers.sink import Sink, Taken
from tests.peers.trade import buyer, marketplace, order, seller

pytestmark = pytest.mark.xdist_group("held")

_ALIAS_DOMAIN, _BUYER, _SELLER = "bazaar.example", "anna@lax.example", "jan@strict.example"
_TEXT = "Is the oak table still there?"


@pytest.fixture
def sink() -> Iterator[Sink]:
    with Sink() as sink:
        yield sink


@pytest.fixture
def bridge(sink: Sink) -> Iterator[Bridge]:
    with open_folder("mb-held-") as folder, DnsServer() as dns:
        publish(dns, "strict.example")
        publish(dns, "lax.example", dmarc="v=DMARC1; p=none")
        with Bridge(folder / "bridge", dns=dns, smarthost_port=sink.port, alias_domain=_ALIAS_DOMAIN) as bridge:
            bridge.prepare(
                [
                    marketplace("bazaar", alias_domain=_ALIAS_DOMAIN),
                    seller("bazaar", "S1", contact="kowal", mailbox=_SELLER),
                    buyer("bazaar", "B1", mailbox=_BUYER),
                    order("bazaar", "48213", seller="S1", buyer="B1"),
                ]
            )
            bridge.start()
            yield bridge


def test_the_author_confirms_by_a_reply_and_his_mail_goes_on(bridge: Bridge, sink: Sink) -> None:
    _send(bridge, _alias(bridge), source=STRANGE_ADDRESS)
    [held] = _held(bridge)
    assert (held["hold"], _relayed(sink)) == ("author_unproven", [])
    question = _await(sink, _BUYER, rb"act-[a-z0-9]+@")
    mail = message_from_bytes(question.octets)
    action = parseaddr(str(mail["Reply-To"] or mail["From"]))[1]  # where Reply goes
    assert action.startswith("act-")
    answer = a_mail(_BUYER, action, "Yes, it was me.", answers=Original.read(question.octets), client=Client.GMAIL)
    assert _hand_over(bridge, answer, action, source=PROVIDER_ADDRESS).is_accepted
    wait_until(lambda: len(_relayed(sink)) == 1, "the held mail is relayed")
    assert _held(bridge) == []


def test_a_person_releases_by_command_and_the_running_bridge_sends_it(bridge: Bridge, sink: Sink) -> None:
    before = len(_relayed(sink))
    _send(bridge, _alias(bridge), source=STRANGE_ADDRESS)
    [held] = _held(bridge)
    bridge.command("held", "release", str(held["record_id"]))
    wait_until(lambda: len(_relayed(sink)) == before + 1, "the held mail is relayed")
    assert _held(bridge) == []


def test_a_person_refuses_and_nothing_is_sent(bridge: Bridge, sink: Sink) -> None:
    before = len(_relayed(sink))
    _send(bridge, _alias(bridge), source=STRANGE_ADDRESS)
    [held] = _held(bridge)
    bridge.command("held", "refuse", str(held["record_id"]))
    wait_until(lambda: bridge.waiting() == 0, "the queue is empty")
    assert _held(bridge) == []
    assert len(_relayed(sink)) == before


def _alias(bridge: Bridge) -> str:
    aliases = json.loads(bridge.command("alias", "export", "--json"))
    [alias] = [str(one["address"]) for one in aliases if one["stands_for"] == "seller"]
    return alias


def _send(bridge: Bridge, alias: str, *, source: str) -> None:
    octets = a_mail(_BUYER, alias, _TEXT, subject="The oak table", client=Client.IPHONE)
    assert _hand_over(bridge, octets, alias, source=source).is_accepted


def _hand_over(bridge: Bridge, octets: bytes, to: str, *, source: str) -> Answered:
    [answer] = Injector(port=bridge.smtp_port, source=source).send(octets, reverse_path=_BUYER, forward_paths=[to])
    return answer


def _held(bridge: Bridge) -> list[dict[str, object]]:
    return list(json.loads(bridge.command("held", "list", "--json")))


def _relayed(sink: Sink) -> list[Taken]:
    return [mail for mail in sink.taken if mail.forward_paths == (_SELLER,) and _TEXT.encode() in mail.octets]


def _await(sink: Sink, reader: str, pattern: bytes) -> Taken:
    def found() -> list[Taken]:
        return [mail for mail in sink.taken if mail.forward_paths == (reader,) and re.search(pattern, mail.octets)]

    wait_until(lambda: bool(found()), f"a mail with {pattern!r}")
    return found()[0]
