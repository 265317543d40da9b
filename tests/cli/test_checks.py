"""`mailbridge check` against DNS records and a smarthost that are right, wrong and missing."""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest
import trustme

from mailbridge import app
from mailbridge.cli import checks, dnschecks
from mailbridge.cli.checks import Line, Status
from mailbridge.config import Settings, load
from mailbridge.outbound.dkim_keys import load_key, txt_record
from mailbridge.screening import ocr
from mailbridge.screening.ocr import TextReader, Trial
from tests.cli.bridge_folder import TRADE, Say
from tests.dns_server import DnsServer, Misbehaviour
from tests.peers.processes import require_programs
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


@pytest.mark.parametrize(
    ("operator", "status"),
    [("op@example.com", Status.OK), (f"op@{DOMAIN}", Status.FAIL), ("postmaster@bridge.example", Status.WARN)],
)
def test_mail_to_the_person_in_charge_must_not_come_back_to_the_bridge(
    bridge: Path, operator: str, status: Status
) -> None:
    file = bridge / "mailbridge.toml"
    file.write_text(file.read_text().replace("op@example.com", operator))
    line = checks.check_operator(load(file), (DOMAIN,))
    assert (line.status, line.remedy != "") == (status, status is not Status.OK)


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


def statuses(settings: Settings) -> dict[str, Status]:
    """What the checks of files and doors say."""
    return {line.subject: line.status for line in (*checks.check_files(settings), *checks.check_doors(settings))}


def test_files_that_are_right_are_ok(bridge: Path) -> None:
    found = statuses(load(bridge / "mailbridge.toml"))
    assert {found[name] for name in ("master key", "texts", "rules", "database")} == {Status.OK}


def test_a_missing_key_fails_and_the_rest_is_looked_at(bridge: Path) -> None:
    (bridge / "mailbridge.key").unlink()
    found = statuses(load(bridge / "mailbridge.toml"))
    assert (found["master key"], found["database"], found["rules"]) == (Status.FAIL, Status.FAIL, Status.OK)


def test_a_database_that_is_not_there_is_not_made_by_a_check(bridge: Path) -> None:
    (bridge / "data" / "mailbridge.sqlite").unlink()
    settings = load(bridge / "mailbridge.toml")
    assert (statuses(settings)["database"], checks.alias_domains(settings)) == (Status.WARN, ())
    assert not (bridge / "data" / "mailbridge.sqlite").exists()


def test_alias_domains_are_those_on_record(bridge: Path) -> None:
    assert checks.alias_domains(load(bridge / "mailbridge.toml")) == (DOMAIN,)


def _with_listen(bridge: Path, listen: str) -> Settings:
    file = bridge / "mailbridge.toml"
    file.write_text(file.read_text().replace("[listen]\n", f"[listen]\n{listen}\n"))
    return load(file)


def test_a_door_that_another_has_is_a_warning(bridge: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings = _with_listen(bridge, f'smtp = "127.0.0.1:{taken.getsockname()[1]}"')
        assert statuses(settings)["smtp door"] is Status.WARN


@pytest.mark.parametrize(("folder", "status"), [(".", Status.OK), ("nowhere", Status.FAIL)])
def test_the_folder_of_a_socket_is_looked_at(bridge: Path, folder: str, status: Status) -> None:
    settings = _with_listen(bridge, f'lmtp = "unix:{bridge / folder / "lmtp"}"')
    assert statuses(settings)["lmtp door"] is status


def test_a_certificate_that_can_not_be_used_fails(bridge: Path) -> None:
    (bridge / "cert.pem").write_text("no certificate")
    (bridge / "cert.pem").chmod(0o600)
    settings = _with_listen(bridge, 'tls_certificate = "cert.pem"\ntls_key = "cert.pem"')
    assert statuses(settings)["TLS"] is Status.FAIL


def test_a_certificate_that_fits_its_key_is_ok(bridge: Path) -> None:
    issued = trustme.CA().issue_cert("bridge.example")
    issued.cert_chain_pems[0].write_to_path(bridge / "cert.pem")
    issued.private_key_pem.write_to_path(bridge / "key.pem")
    (bridge / "key.pem").chmod(0o600)
    settings = _with_listen(bridge, 'tls_certificate = "cert.pem"\ntls_key = "key.pem"')
    assert statuses(settings)["TLS"] is Status.OK


def test_a_smarthost_that_takes_less_than_we_do_fails(bridge: Path) -> None:
    with Sink(features=(b"SIZE 1000",)) as sink:
        settings = _with_smarthost(bridge, sink.port)
        line = checks.check_smarthost(settings, settings.route[0])
    assert (line.status, "max_message_octets" in line.remedy) == (Status.FAIL, True)


def _with_ocr(bridge: Path, languages: str = '["eng"]') -> Settings:
    file = bridge / "mailbridge.toml"
    wanted = f"[screening]\nocr = true\nocr_languages = {languages}\n"
    file.write_text(file.read_text().replace("[screening]\n", wanted))
    return load(file)


def test_ocr_that_is_off_is_not_looked_for(bridge: Path) -> None:
    assert list(checks.check_ocr(load(bridge / "mailbridge.toml"))) == []


def test_ocr_that_is_there_is_ok(bridge: Path) -> None:
    require_programs("tesseract")
    (line,) = checks.check_ocr(_with_ocr(bridge, '["eng", "pol", "ita", "deu"]'))
    assert (line.status in {Status.OK, Status.WARN}, "tesseract reads eng, pol, ita, deu" in line.text) == (True, True)


def test_ocr_that_is_less_confined_than_it_could_be_is_a_warning(bridge: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trial = Trial(languages=("eng",), program="/usr/bin/tesseract", confined=("cpu", "calls"))
    monkeypatch.setattr(TextReader, "tried", lambda _: trial)
    (line,) = checks.check_ocr(_with_ocr(bridge))
    assert (line.status, "there is no Landlock" in line.text) == (Status.WARN, True)


def test_ocr_without_its_program_names_the_packages_and_serve_does_not_start(
    bridge: Path, say: Say, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(ocr, "_FOLDERS", str(tmp_path / "empty"))
    settings = _with_ocr(bridge, '["eng", "pol"]')
    install = "apt install tesseract-ocr tesseract-ocr-eng tesseract-ocr-pol"
    (line,) = checks.check_ocr(settings)
    code, _, said = say("serve")
    assert (line.status, line.text, line.remedy) == (
        Status.FAIL,
        "screening.ocr is on, and tesseract is not installed",
        f"{install}; or set ocr = false",
    )
    assert (code != 0, f"screening.ocr: is on, and tesseract is not installed: {install}" in said) == (True, True), said


def test_a_bridge_with_ocr_says_that_it_is_ready(bridge: Path, capfd: pytest.CaptureFixture[str]) -> None:
    require_programs("tesseract")
    app.App(_with_ocr(bridge)).stop()
    assert '"event": "ocr_ready", "languages": ["eng"]' in capfd.readouterr().err


def test_a_ladder_that_bars_where_no_rule_asks_for_it_is_a_warning(bridge: Path, say: Say) -> None:
    (bridge / "t.jsonl").write_text(TRADE.replace('"name": "Market"', '"rule_packs": ["amazon"], "name": "Market"'))
    assert say("import", bridge / "t.jsonl")[0] == 0
    [line] = checks.check_rule_packs(load(bridge / "mailbridge.toml"))
    assert (line.status, line.subject) == (Status.WARN, "ladder of Market")
    assert "author.standing" in line.text


def test_a_ladder_whose_steps_a_rule_enforces_is_fine(bridge: Path) -> None:
    assert list(checks.check_rule_packs(load(bridge / "mailbridge.toml"))) == []


def test_a_link_to_a_page_that_is_not_on_the_market_is_a_warning(bridge: Path, say: Say) -> None:
    pack = bridge / "own" / "markets" / "shop"
    pack.mkdir(parents=True)
    (pack / "areas.yaml").write_text('areas:\n  - {area: ticket, link: "https://desk.example/t/{reference}"}\n')
    settings = bridge / "mailbridge.toml"
    settings.write_text(settings.read_text().replace("[rules]\n", '[rules]\nfolders = ["own"]\n'))
    for own, expected in (("[]", [Status.WARN]), ('["desk.example"]', [])):
        more = f'"rule_packs": ["shop", "general"], "own_domains": {own}, "name": "Market"'
        (bridge / "t.jsonl").write_text(TRADE.replace('"name": "Market"', more))
        assert say("import", bridge / "t.jsonl")[0] == 0
        lines = list(checks.check_rule_packs(load(settings)))
        assert [line.status for line in lines] == expected
        assert all("desk.example" in line.text and "ticket" in line.text for line in lines)
