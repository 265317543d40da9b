"""SPF: the openspf.org suite of RFC 7208 through our resolver, and what our own call adds to it."""

from collections.abc import Iterator
from typing import Any

import pytest
from ruamel.yaml import YAML
from typing_extensions import override

from mailbridge.domain.authresults import AuthResult
from mailbridge.domain.envelope import Peer
from mailbridge.path.resolver import Answer, Resolver
from mailbridge.path.spf_check import Query, check_spf
from tests.dns_server import DnsServer, Misbehaviour
from tests.path.dns import a_resolver
from tests.shared_data import SHARED, shared_path

_FOREVER = 1e12


class _Zone(Resolver):
    """Answers from the zone data of the suite, everything else of the resolver as it is."""

    def __init__(self, data: dict[str, list[Any]]) -> None:
        super().__init__()
        self._data = {str(name).lower(): records for name, records in data.items()}
        self._followed: list[str] = []

    @override
    def _ask_network(self, key: tuple[str, str], seconds: float) -> Answer | None:
        records: list[bytes] = []
        name, rdtype = key
        for record in self._data.get(name, ()):
            if record == "TIMEOUT":
                return Answer(records=tuple(records)) if records else None
            [(kind, value)] = record.items()
            if kind == "CNAME" and not records:
                return self._follow(value, rdtype)
            if value == "TIMEOUT" and kind == rdtype:
                return None
            if kind == rdtype and value != "NONE":
                records.append(_text(kind, value))
        return Answer(records=tuple(records))

    def _follow(self, name: str, rdtype: str) -> Answer | None:
        """As a name server does; a loop is a failure."""
        if name.lower() in self._followed:
            return None
        self._followed.append(name.lower())
        try:
            return self._ask_network((name.lower(), rdtype), 1.0)
        finally:
            self._followed.pop()


def _text(kind: str, value: Any) -> bytes:
    if kind == "TXT":
        # The suite writes each octet of a record as one character.
        return "".join(value if isinstance(value, list) else [value]).encode("latin-1")
    if kind == "MX":
        return f"{value[0]} {value[1]}".encode()
    return str(value).encode()


def _with_txt(records: list[Any]) -> list[Any]:
    """The suite's rule: an SPF record stands for a TXT record too, unless the name has TXT records of its own."""
    kinds = {kind for record in records if isinstance(record, dict) for kind in record}
    if "TXT" in kinds:
        return records
    doubled: list[Any] = []
    for record in records:
        doubled.append(record)
        if isinstance(record, dict) and "SPF" in record:
            doubled.append({"TXT": record["SPF"]})
    return doubled


def _cases() -> Iterator[Any]:
    path = SHARED / "data" / "auth" / "openspf" / "rfc7208-tests.yml"
    if not path.exists():
        return
    for group in YAML(typ="safe", pure=True).load_all(path.read_text(encoding="utf-8")):
        if group is None:
            continue
        zone = {name: _with_txt(records) for name, records in group["zonedata"].items()}
        for name, case in group["tests"].items():
            yield pytest.param(zone, case, id=f"{group['description'].split()[0]}-{name}")


@pytest.mark.parametrize(("zone", "case"), list(_cases()))
def test_the_rfc7208_suite_of_openspf(zone: dict[str, Any], case: dict[str, Any]) -> None:
    query = Query(
        ip=case["host"],
        addr_spec=case.get("mailfrom") or "",
        helo=case.get("helo") or "",
        resolver=_Zone(zone),
        until=_FOREVER,
    )
    result, _, _ = query.check()
    wanted = case["result"]
    assert result in (wanted if isinstance(wanted, list) else [wanted])


def test_the_suite_is_there_and_whole() -> None:
    shared_path("data", "auth", "openspf", "rfc7208-tests.yml")
    assert len(list(_cases())) > 150


@pytest.fixture
def dns() -> Iterator[DnsServer]:
    with DnsServer() as running:
        running.add("shop.example", "TXT", "v=spf1 ip4:192.0.2.0/24 -all")
        running.add("mail.shop.example", "TXT", "v=spf1 ip4:192.0.2.7 -all")
        running.add("soft.example", "TXT", "v=spf1 ~all")
        running.add("neutral.example", "TXT", "v=spf1 ?all")
        running.add("broken.example", "TXT", "v=spf1 ip4:not-an-address -all")
        yield running


def _check(
    dns: DnsServer, ip: str | None, reverse_path: str | None, helo: str | None = "mail.shop.example"
) -> AuthResult:
    resolver = a_resolver(dns)
    peer = Peer(ip=ip, helo=helo)
    return check_spf(peer, reverse_path, resolver=resolver, until=resolver.monotonic() + 5)


@pytest.mark.parametrize(
    ("ip", "reverse_path", "result"),
    [
        ("192.0.2.1", "eva@shop.example", AuthResult.PASS),
        ("::ffff:192.0.2.1", "eva@shop.example", AuthResult.PASS),
        ("198.51.100.1", "eva@shop.example", AuthResult.FAIL),
        ("192.0.2.1", "eva@soft.example", AuthResult.FAIL),
        ("192.0.2.1", "eva@neutral.example", AuthResult.NONE),
        ("192.0.2.1", "eva@broken.example", AuthResult.FAIL),
        ("192.0.2.1", "eva@none.example", AuthResult.NONE),
        ("192.0.2.1", "eva@ż.a..example", AuthResult.NONE),
        ("not an address", "eva@shop.example", AuthResult.FAIL),
        (None, "eva@shop.example", AuthResult.NONE),
    ],
)
def test_results_are_reduced_to_what_a_decision_needs(
    dns: DnsServer, ip: str | None, reverse_path: str, result: AuthResult
) -> None:
    assert _check(dns, ip, reverse_path) is result


def test_the_null_reverse_path_is_checked_by_the_name_in_helo(dns: DnsServer) -> None:
    assert _check(dns, "192.0.2.7", None) is AuthResult.PASS


@pytest.mark.parametrize("helo", [None, "", "[192.0.2.7]", "ż..x", "x" * 300])
def test_the_null_reverse_path_without_a_name_proves_nothing(dns: DnsServer, helo: str | None) -> None:
    assert _check(dns, "192.0.2.7", None, helo) is not AuthResult.PASS


def test_T40_a_dns_failure_is_temporary(dns: DnsServer) -> None:
    dns.misbehave("shop.example", Misbehaviour.SERVFAIL)
    assert _check(dns, "192.0.2.1", "eva@shop.example") is AuthResult.TEMPERROR


def test_T40_more_than_ten_look_ups_prove_nothing(dns: DnsServer) -> None:
    for number in range(12):
        dns.add(f"i{number}.example", "TXT", f"v=spf1 include:i{number + 1}.example +all")
    assert _check(dns, "192.0.2.1", "eva@i0.example") is AuthResult.FAIL
    assert dns.asked.total() <= 12


def test_T40_an_include_loop_ends(dns: DnsServer) -> None:
    dns.add("loop.example", "TXT", "v=spf1 include:loop.example +all")
    assert _check(dns, "192.0.2.1", "eva@loop.example") is AuthResult.FAIL


def test_T40_more_than_two_void_look_ups_prove_nothing(dns: DnsServer) -> None:
    dns.add("void.example", "TXT", "v=spf1 a:v1.example a:v2.example a:v3.example a:v4.example +all")
    assert _check(dns, "192.0.2.1", "eva@void.example") is AuthResult.FAIL


def test_T40_a_record_of_64_kib_proves_nothing(dns: DnsServer) -> None:
    dns.add("huge.example", "TXT", "v=spf1 " + "ip4:198.51.100.1 " * 3500 + "+all")
    assert _check(dns, "192.0.2.1", "eva@huge.example") is AuthResult.FAIL
