"""The person in charge: what is written to him reaches him under every name of ours (RFC 5321 §4.5.1), and what he
must know soon stands in the log.
"""

from collections.abc import Iterator

import pytest

from tests.builders import Client, a_mail
from tests.dns_server import DnsServer
from tests.peers.bridge import Bridge
from tests.peers.injector import Client as Injector
from tests.peers.processes import open_folder, wait_until
from tests.peers.sink import Sink
from tests.peers.trade import marketplace

pytestmark = pytest.mark.xdist_group("person in charge")

_ALIAS_DOMAIN, _HOSTNAME, _OPERATOR = "bazaar.example", "mx.bazaar.example", "operator@office.example"
_ANYBODY = "anybody@elsewhere.example"


@pytest.fixture(scope="module")
def sink() -> Iterator[Sink]:
    with Sink() as sink:
        yield sink


@pytest.fixture(scope="module")
def bridge(sink: Sink) -> Iterator[Bridge]:
    with (
        open_folder("mb-charge-") as folder,
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


def test_a_rule_pack_that_an_import_names_and_nobody_has_is_told_in_the_log(bridge: Bridge) -> None:
    bridge.import_trade([marketplace("bazaar", alias_domain=_ALIAS_DOMAIN, rule_packs=["general", "lost"])])
    told = {"event": "rule_pack_missing", "level": "alert", "market": "Bazaar", "pack": "lost"}
    wait_until(lambda: any(told.items() <= event.items() for event in bridge.events()), "the log says so")
