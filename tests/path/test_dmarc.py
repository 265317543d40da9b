"""DMARC records, organisational domains and alignment."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from mailbridge.domain.authresults import DmarcPolicy
from mailbridge.errors import AuthenticationUnavailable
from mailbridge.path.dmarc import (
    NO_RECORD,
    Alignment,
    DmarcRecord,
    find_record,
    is_aligned,
    organisational_domain,
    read_record,
    to_ascii,
)
from tests.dns_server import DnsServer, Misbehaviour
from tests.path.dns import a_resolver
from tests.shared_data import SHARED, shared_path

_REJECT, _QUARANTINE, _NONE = DmarcPolicy.REJECT, DmarcPolicy.QUARANTINE, DmarcPolicy.NONE
_RELAXED, _STRICT = Alignment.RELAXED, Alignment.STRICT


def _record(policy: DmarcPolicy, **more: Any) -> DmarcRecord:
    return DmarcRecord(policy=policy, **({"subdomain_policy": policy} | more))


@pytest.mark.parametrize(
    ("text", "record"),
    [
        (b"v=DMARC1; p=reject", _record(_REJECT)),
        (b"v=DMARC1;p=quarantine;", _record(_QUARANTINE)),
        (b"v = DMARC1 ; P = Reject ; sp = none", _record(_REJECT, subdomain_policy=_NONE)),
        (b"v=DMARC1; p=none; adkim=s; aspf=s", _record(_NONE, dkim_alignment=_STRICT, spf_alignment=_STRICT)),
        (b"v=DMARC1; p=reject; pct=0", _record(_QUARANTINE)),
        (b"v=DMARC1; p=quarantine; pct=0", _record(_NONE)),
        (b"v=DMARC1; p=reject; t=y", _record(_QUARANTINE)),
        (b"v=DMARC1; p=reject; pct=20", _record(_REJECT)),
        (b"v=DMARC1; p=sometimes; rua=mailto:d@x.example", NO_RECORD),
        (b"v=DMARC1; rua=mailto:d@x.example", NO_RECORD),
        (b"v=DMARC1; p=sometimes", None),
        (b"v=DMARC1", None),
        (b"v=DMARC2; p=reject", None),
        (b"p=reject; v=DMARC1", None),
        (b"v=spf1 -all", None),
        (b"\xff\xfe", None),
        (b"v=DMARC1; p=reject; p=none", _record(_REJECT)),
        (b"v=DMARC1; p=reject" + b"; x=y" * 5000, _record(_REJECT)),
    ],
)
def test_a_record_is_read(text: bytes, record: DmarcRecord | None) -> None:
    assert read_record(text) == record


@pytest.fixture
def dns() -> Iterator[DnsServer]:
    with DnsServer() as running:
        running.add("_dmarc.shop.example", "TXT", "v=DMARC1; p=reject; sp=quarantine; adkim=s")
        running.add("_dmarc.own.shop.example", "TXT", "v=DMARC1; p=none")
        running.add("_dmarc.twice.example", "TXT", "v=DMARC1; p=reject")
        running.add("_dmarc.twice.example", "TXT", "v=DMARC1; p=none")
        running.add("_dmarc.mixed.example", "TXT", "something else")
        running.add("_dmarc.mixed.example", "TXT", "v=DMARC1; p=quarantine")
        yield running


@pytest.mark.parametrize(
    ("domain", "policy"),
    [
        ("shop.example", _REJECT),
        ("mail.shop.example", _QUARANTINE),
        ("a.b.c.shop.example", _QUARANTINE),
        ("own.shop.example", _NONE),
        ("twice.example", _NONE),
        ("mixed.example", _QUARANTINE),
        ("nothing.example", _NONE),
    ],
)
def test_the_policy_that_holds_is_found(dns: DnsServer, domain: str, policy: DmarcPolicy) -> None:
    resolver = a_resolver(dns)
    assert find_record(domain, resolver, until=resolver.monotonic() + 5).policy is policy


def test_the_alignment_of_the_organisation_holds_below_it(dns: DnsServer) -> None:
    resolver = a_resolver(dns)
    record = find_record("mail.shop.example", resolver, until=resolver.monotonic() + 5)
    assert record.dkim_alignment is _STRICT


def test_T40_a_policy_that_can_not_be_asked_for_is_unavailable(dns: DnsServer) -> None:
    dns.misbehave("shop.example", Misbehaviour.SERVFAIL)
    resolver = a_resolver(dns)
    with pytest.raises(AuthenticationUnavailable):
        find_record("mail.shop.example", resolver, until=resolver.monotonic() + 5)


@pytest.mark.parametrize(
    ("domain", "author_domain", "relaxed", "strict"),
    [
        ("shop.example", "shop.example", True, True),
        ("mail.shop.example", "shop.example", True, False),
        ("shop.example", "mail.shop.example", True, False),
        ("a.shop.example", "b.shop.example", True, False),
        ("shop.example", "otherhop.example", False, False),
        ("evilshop.example", "shop.example", False, False),
        ("example", "shop.example", False, False),
        ("a.co.uk", "b.co.uk", False, False),
        ("co.uk", "b.co.uk", False, False),
        ("", "", False, False),
        ("", "shop.example", False, False),
    ],
)
def test_alignment(domain: str, author_domain: str, relaxed: bool, strict: bool) -> None:
    assert (is_aligned(domain, author_domain, _RELAXED), is_aligned(domain, author_domain, _STRICT)) == (
        relaxed,
        strict,
    )


@pytest.mark.parametrize(
    ("domain", "ascii_form"),
    [
        ("Shop.Example.", "shop.example"),
        ("żółw.example", "xn--w-uga1v8h.example"),
        # IDNA 2003 made "strasse.example" of it: somebody else's domain
        ("straße.example", "xn--strae-oqa.example"),
        ("ż..example", ""),
        ("a\u200db.example", ""),
    ],
)
def test_domains_are_compared_as_a_labels(domain: str, ascii_form: str) -> None:
    assert to_ascii(domain) == ascii_form


def _published_cases() -> Iterator[Any]:
    path = SHARED / "data" / "auth" / "publicsuffix" / "test_psl.txt"
    text = path.read_text("utf-8") if path.exists() else ""
    for domain, wanted in re.findall(r"^checkPublicSuffix\('([^']*)', (null|'[^']*')\);", text, re.MULTILINE):
        yield pytest.param(domain, None if wanted == "null" else wanted.strip("'"), id=domain)


@pytest.mark.parametrize(("domain", "wanted"), list(_published_cases()))
def test_the_organisational_domain_agrees_with_the_public_suffix_list_tests(domain: str, wanted: str | None) -> None:
    if domain.startswith("."):
        assert wanted is None  # no domain name at all; such a thing never gets past to_ascii and the address grammar
        return
    ascii_form = to_ascii(domain)
    assert organisational_domain(ascii_form) == (ascii_form if wanted is None else to_ascii(wanted))


def test_the_public_suffix_list_tests_are_there() -> None:
    shared_path("data", "auth", "publicsuffix", "test_psl.txt")
    assert len(list(_published_cases())) > 60
