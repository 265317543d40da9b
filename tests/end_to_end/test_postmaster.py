"""Whoever wants to tell the person in charge something reaches him, under every name of ours (RFC 5321 §4.5.1)."""

from collections.abc import Iterator

import pytest

from tests.builders import Client, a_mail
from tests.dns_server import DnsServer
from tests.peers.bridge import Bridge
from tests.peers.injector import Client as Injector
from tests.peers.processes import open_folder, wait_until
from tests.peers.sink import Sink
from tests.peers.trade import marketplace

pytestmark = pytest.mark.xdist_group("postmaster")

_ALIAS_DOMAIN, _HOSTNAME, _OPERATOR = "bazaar.example", "mx.bazaar.example", "operator@office.example"
_ANYBODY = "anybody@elsewhere.example"


@pytest.fixture(scope="module")
def sink() -> Iterator[Sink]:
    with Sink() as sink:
        yield sink


@pytest.fixture(scope="module")
def bridge(sink: Sink) -> Iterator[Bridge]:
    with (
        open_folder("mb-postmaster-") as folder,
        DnsServer() as dns,
        Bridge(folder / "bridge", dns=dns, smarthost_port=sink.port, alias_domain=_ALIAS_DOMAIN) as bridge,
    ):
        bridge.prepare([marketplace("bazaar", alias_domain=_ALIAS_DOMAIN)])
        bridge.start()
        yield bridge


@pytest.mark.parametrize(
    "to",
    ["Postmaster", f"postmaster@{_HOSTNAME}", f"abuse@{_HOSTNAME}", f"notice@{_HOSTNAME}", f"abuse@{_ALIAS_DOMAIN}"],
)
def test_mail_to_the_person_in_charge_reaches_him(bridge: Bridge, sink: Sink, to: str) -> None:
    subject = f"Trouble{len(sink.taken)}"
    octets = a_mail(_ANYBODY, to if "@" in to else f"{to}@{_HOSTNAME}", "Please look.", subject=subject)
    [answer] = Injector(port=bridge.smtp_port).send(octets, reverse_path=_ANYBODY, forward_paths=[to])
    assert answer.is_accepted, answer
    wait_until(lambda: any(subject.encode() in mail.octets for mail in sink.taken), f"{subject} is forwarded")
    assert {mail.forward_paths for mail in sink.taken} == {(_OPERATOR,)}


def test_no_other_address_has_the_name_of_the_bridge(bridge: Bridge) -> None:
    to = f"anybody@{_HOSTNAME}"
    octets = a_mail(_ANYBODY, to, "Hello", client=Client.GMAIL)
    [answer] = Injector(port=bridge.smtp_port).send(octets, reverse_path=_ANYBODY, forward_paths=[to])
    assert (answer.code, answer.after_data) == (550, False)
