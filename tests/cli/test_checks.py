"""`mailbridge check` against DNS records and a smarthost that are right, wrong and missing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mailbridge.cli import checks, dnschecks
from mailbridge.cli.checks import Line, Status
from mailbridge.config import Settings, load
from mailbridge.outbound.dkim_keys import load_key, txt_record
from tests.cli.bridge_folder import Say
from tests.dns_server import DnsServer, Misbehaviour
from tests.sink import Sink

DOMAIN = "relay.example"


@pytest.fixture
def settings(bridge: Path, say: Say) -> Settings:
    """The bridge with a DKIM key and a smarthost that has a public address."""
    say("dkim", "new", DOMAIN, "--kind", "ed25519", "--folder", bridge, config=False)
    file = bridge / "mailbridge.toml"
    key = f'[[dkim]]\ndomain = "{DOMAIN}"\nselector = "mb1"\nkey_file = "dkim-{DOMAIN}-mb1.pem"\n'
    file.write_text(file.read_text().replace("# [[dkim]]\n", key).replace('host = "127.0.0.1"', 'host = "out.example"'))
    return load(file)


@pytest.fixture
def good(settings: Settings, zones: DnsServer) -> DnsServer:
    """DNS in which everything is right."""
    zones.add(DOMAIN, "MX", "10 in.example")
    zones.add("in.example", "A", "198.51.100.1")
    zones.add("out.example", "A", "8.8.4.4")
    zones.add("4.4.8.8.in-addr.arpa", "PTR", "out.example")
    zones.add("bridge.example", "A", "127.0.0.1")
    zones.add(DOMAIN, "TXT", "v=spf1 ip4:8.8.4.4 -all")
    zones.add(f"_dmarc.{DOMAIN}", "TXT", "v=DMARC1; p=reject")
    zones.add(f"mb1._domainkey.{DOMAIN}", "TXT", _record(settings))
    return zones


def _record(settings: Settings) -> str:
    return txt_record(load_key(settings.dkim[0].key_file, domain=DOMAIN, selector="mb1")).value


def lines(settings: Settings) -> dict[str, Line]:
    """What was found, by the first word: MX, SPF, DKIM, DMARC, PTR, name."""
    return {line.subject.split()[0]: line for line in dnschecks.check_dns(settings, (DOMAIN,))}


def test_dns_that_is_right_is_ok(settings: Settings, good: DnsServer) -> None:
    found = lines(settings)
    assert {word: line.status for word, line in found.items()} == dict.fromkeys(
        ("MX", "DMARC", "SPF", "DKIM", "name", "PTR"), Status.OK
    )


Change = Callable[[DnsServer], None]


def _replace(name: str, kind: str, *values: str) -> Change:
    def change(zones: DnsServer) -> None:
        zones.remove(name, kind)
        for value in values:
            zones.add(name, kind, value)

    return change


WRONG: list[tuple[str, Change, Status]] = [
    ("MX", _replace(DOMAIN, "MX"), Status.FAIL),
    ("MX", _replace(DOMAIN, "MX", "10 nowhere.example"), Status.FAIL),
    ("DMARC", _replace(f"_dmarc.{DOMAIN}", "TXT"), Status.FAIL),
    ("DMARC", _replace(f"_dmarc.{DOMAIN}", "TXT", "v=DMARC1; p=reject", "v=DMARC1; p=none"), Status.FAIL),
    ("DMARC", _replace(f"_dmarc.{DOMAIN}", "TXT", "v=DMARC1; p=none"), Status.WARN),
    ("SPF", _replace(DOMAIN, "TXT"), Status.FAIL),
    ("SPF", _replace(DOMAIN, "TXT", "v=spf1 -all", "v=spf1 ip4:8.8.4.4 -all"), Status.FAIL),
    ("SPF", _replace(DOMAIN, "TXT", "v=spf1 ip4:192.0.2.1 -all"), Status.FAIL),
    ("SPF", _replace(DOMAIN, "TXT", "v=spf1 +all"), Status.FAIL),
    ("SPF", _replace("out.example", "A", "10.0.0.1"), Status.WARN),
    ("DKIM", _replace(f"mb1._domainkey.{DOMAIN}", "TXT"), Status.FAIL),
    ("DKIM", _replace(f"mb1._domainkey.{DOMAIN}", "TXT", "v=DKIM1; k=ed25519; p=AAAA"), Status.FAIL),
    ("PTR", _replace("4.4.8.8.in-addr.arpa", "PTR"), Status.FAIL),
    ("PTR", _replace("4.4.8.8.in-addr.arpa", "PTR", "other.example"), Status.FAIL),
    ("name", _replace("bridge.example", "A"), Status.WARN),
]


@pytest.mark.parametrize(("word", "change", "status"), WRONG)
def test_dns_that_is_wrong_is_named_with_what_to_do(
    settings: Settings, good: DnsServer, word: str, change: Change, status: Status
) -> None:
    change(good)
    line = lines(settings)[word]
    assert (line.status, line.remedy != "") == (status, True)


def test_a_domain_without_a_key_is_a_warning(settings: Settings, good: DnsServer) -> None:
    (dkim,) = (line for line in dnschecks.check_dns(settings, ("other.example",)) if line.subject.startswith("DKIM"))
    assert (dkim.status, "mailbridge dkim new other.example" in dkim.remedy) == (Status.WARN, True)


def test_dns_that_fails_is_told_and_does_not_end_the_check(settings: Settings, good: DnsServer) -> None:
    good.misbehave(DOMAIN, Misbehaviour.SERVFAIL)
    found = list(dnschecks.check_dns(settings, (DOMAIN,)))
    assert any("DNS does not answer" in line.text for line in found)
    assert any(line.subject.startswith("PTR") for line in found)


def _with_smarthost(bridge: Path, port: int) -> Settings:
    file = bridge / "mailbridge.toml"
    given = f'host = "127.0.0.1"\nport = {port}\ntls = "none"\n'
    file.write_text(file.read_text().replace('host = "127.0.0.1"\n', given))
    return load(file)


def test_a_smarthost_that_answers_is_ok(bridge: Path) -> None:
    with Sink() as sink:
        settings = _with_smarthost(bridge, sink.port)
        assert checks.check_smarthost(settings, settings.route[0]).status is Status.OK


def test_a_smarthost_that_is_not_there_fails_with_what_to_do(bridge: Path) -> None:
    with Sink() as sink:
        port = sink.port
    settings = _with_smarthost(bridge, port)
    line = checks.check_smarthost(settings, settings.route[0])
    assert (line.status, line.remedy != "") == (Status.FAIL, True)


def test_the_round_trip_mail_reaches_the_smarthost(bridge: Path) -> None:
    with Sink() as sink:
        settings = _with_smarthost(bridge, sink.port)
        line = checks.send_round(settings, DOMAIN)
        (mail,) = sink.mails
    assert (line.status, mail.forward_paths, mail.reverse_path) == (Status.OK, (f"postmaster@{DOMAIN}",), None)
