"""DKIM signatures: what others signed holds, and no trick of threats.md T-39 does."""

import base64
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from typing_extensions import override

from mailbridge.domain.authresults import AuthResult, DkimSignature
from mailbridge.outbound.dkim_keys import DkimKey, txt_record
from mailbridge.outbound.sign import Signer
from mailbridge.outbound.wire import with_crlf
from mailbridge.path.dkim_check import read_signatures, verify
from mailbridge.path.resolver import Answer, Resolver
from tests.builders import SIGNED_FIELDS, a_mail, dkim_record, sign, signing_key
from tests.shared_data import shared_path

_NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
_PASS = AuthResult.PASS
#: published by gmail.com for 20120113 when the samples were sent
_GMAIL_KEY = (
    "k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA1Kd87/UeJjenpabgbFwh+eBCsSTrqmwIYYvywlbhbqoo2Dy"
    "mndFkbjOVIPIldNs/m40KF+yzMn1skyoxcTUGCQs8g3FgD2Ap3ZB5DekAo5wMmk4wimDO+U8QzI3SD07y2+07wlNWwIt8svnxgdx"
    "GkVbbhzY8i+RQ9DpSVpPbF7ykQxtKXkv/ahW3KjViiAH+ghvvIhkx4xYSIc9oSwVmAl5OctMEeWUwg8Istjqz8BZeTWbf41fbNht"
    "e7Y+YqZOwq1Sd0DbvYAD9NOZK9vlfuac0598HY+vtSBczUiKERHv1yRbcaQtZFh5wtiRrN04BLUTD21MycBX5jYchHjPY/wIDAQA"
    "B"
)


class _Keys(Resolver):
    """Answers TXT questions from a table; None stands for a DNS failure."""

    def __init__(self, table: dict[str, str | None]) -> None:
        super().__init__()
        self._table = table

    @override
    def _ask_network(self, key: tuple[str, str], seconds: float) -> Answer | None:
        text = self._table.get(key[0], "")
        return None if text is None else Answer(records=(text.encode(),) if text else ())


def _verified(octets: bytes, keys: dict[str, str | None]) -> list[DkimSignature]:
    signed = read_signatures(octets)
    resolver = _Keys(keys)
    until = resolver.monotonic() + 5
    checked = [verify(signed, each, now=_NOW, resolver=resolver, until=until) for each in signed.signatures]
    return [*checked, *signed.unreadable]


# --- signatures of others -----------------------------------------------------------------------------------------


def _shared_keys() -> dict[str, str | None]:
    def text(name: str) -> str:
        return shared_path("data", "auth", "dkimpy", name).read_text("ascii").strip()

    seed = base64.b64decode(text("rfc8032_7_1.key"))
    brisbane = DkimKey(
        domain="football.example.com", selector="brisbane", private=Ed25519PrivateKey.from_private_bytes(seed)
    )
    return {
        "20120113._domainkey.gmail.com": _GMAIL_KEY,
        "test._domainkey.football.example.com": text("test.txt"),
        "brisbane._domainkey.football.example.com": txt_record(brisbane).value,
        "sed._domainkey.test.ex": text("eximtest.dns"),
    }


@pytest.mark.parametrize(
    ("path", "passing"),
    [
        ("mimekit_dkim/gmail.msg", 1),
        ("mimekit_dkim/multipart-no-end-boundary.msg", 1),
        ("mimekit_dkim/rfc8463-example.msg", 2),
        ("dkimpy/test2.message", 1),
        ("dkimpy/rfc6376.signed.rsa.msg", 1),
        ("dkimpy/rfc6376.signed.msg", 2),
        ("dkimpy/ed25519test2.msg", 1),
        # x= was put in after signing
        ("dkimpy/rfc6376.signed.no_t.msg", 0),
        # "d=legitimate.com(.attacker.com": a look-up that stops at the parenthesis would ask somebody else
        ("dkimpy/test.message.baddomain", 0),
        # the key is not known here
        ("dkimpy/message.mbox", 0),
    ],
)
def test_signatures_of_others_hold(path: str, passing: int) -> None:
    octets = with_crlf(shared_path("data", "auth", *path.split("/")).read_bytes())
    results = [each.result for each in _verified(octets, _shared_keys())]
    assert results.count(_PASS) == passing


@pytest.mark.parametrize("record", ["badk.txt", "badversion.txt", "test_bad.txt", "test_tlsrpt.txt"])
def test_a_key_record_that_can_not_be_used_fails(record: str) -> None:
    octets = with_crlf(shared_path("data", "auth", "dkimpy", "rfc6376.signed.rsa.msg").read_bytes())
    keys = {"test._domainkey.football.example.com": shared_path("data", "auth", "dkimpy", record).read_text("ascii")}
    [checked] = _verified(octets, {**keys})
    assert checked.result is AuthResult.FAIL


# --- our own samples ----------------------------------------------------------------------------------------------

_NAME = "s1._domainkey.buyer.example"


def _mail(**more: object) -> bytes:
    return a_mail("anna@buyer.example", "x7@alias.example", "Is it blue?\n\nAnna", subject="Blue?", **more)


def _signed(octets: bytes | None = None, **how: Any) -> bytes:
    return sign(octets if octets is not None else _mail(), "buyer.example", "s1", signing_key("anna"), **how)


def _one(octets: bytes, record: str | None = "") -> DkimSignature:
    """The single signature, checked with the right key unless another record is given."""
    [checked] = _verified(octets, {_NAME: dkim_record(signing_key("anna")) if record == "" else record})
    return checked


def test_an_honest_signature_passes_and_covers_the_message() -> None:
    checked = _one(_signed())
    assert (checked.result, checked.covers_message, checked.domain) == (_PASS, True, "buyer.example")
    assert "subject" in checked.signed_fields


def test_our_own_signatures_of_both_kinds_pass() -> None:
    keys = (
        DkimKey(domain="alias.example", selector="e", private=Ed25519PrivateKey.from_private_bytes(b"k" * 32)),
        DkimKey(domain="alias.example", selector="r", private=signing_key("anna")),
    )
    octets = Signer(keys).sign(_mail(), "alias.example", _NOW)
    zone: dict[str, str | None] = {txt_record(key).name: txt_record(key).value for key in keys}
    assert [each.result for each in _verified(octets, zone)] == [_PASS, _PASS]


@pytest.mark.parametrize(
    "change",
    [
        lambda octets: octets.replace(b"Is it blue", b"Is it red."),
        lambda octets: octets.replace(b"To: x7@alias.example", b"To: x8@alias.example"),
        lambda octets: b"From: eve@buyer.example\r\n" + octets,
    ],
    ids=["body", "To", "second From"],
)
def test_T39_a_changed_message_fails(change: Any) -> None:
    assert _one(change(_signed())).result is AuthResult.FAIL


def test_T39_a_second_from_on_top_fails_even_where_from_was_signed_once() -> None:
    once = [name for name in SIGNED_FIELDS if name != "from"] + ["from"]
    assert _one(b"From: eve@buyer.example\r\n" + _signed(fields=once)).result is AuthResult.FAIL


@pytest.mark.parametrize("unsigned", ["to", "subject", "cc"])
def test_T39_a_signature_without_a_field_that_is_there_does_not_cover(unsigned: str) -> None:
    fields = [name for name in SIGNED_FIELDS if name != unsigned]
    checked = _one(_signed(_mail(cc=("x9@alias.example",)), fields=fields))
    assert (checked.result, checked.covers_message) == (_PASS, False)


def test_T39_a_second_subject_that_is_not_signed_does_not_cover() -> None:
    checked = _one(b"Subject: other\r\n" + _signed(fields=["from", "to", "subject"]))
    assert (checked.result, checked.covers_message) == (_PASS, False)


def test_T39_a_length_does_not_cover() -> None:
    octets = _mail()
    length = len(octets.partition(b"\r\n\r\n")[2])
    [checked] = _verified(_signed(octets, tags=f"l={length}; "), {_NAME: dkim_record(signing_key("anna"))})
    assert checked.covers_message is False


def test_T39_a_length_beyond_the_body_fails() -> None:
    assert _one(_signed(tags="l=99999999; ")).detail == "l= is longer than the body"


@pytest.mark.parametrize(("seconds", "passes"), [(-1, False), (1, True)])
def test_T39_a_signature_holds_until_it_expires(seconds: int, passes: bool) -> None:
    checked = _one(_signed(tags=f"x={int(_NOW.timestamp()) + seconds}; "))
    assert (checked.result is _PASS) is passes


def test_T39_an_expiry_beyond_all_clocks_is_no_crash() -> None:
    assert _one(_signed(tags="x=999999999999999999; ")).result is _PASS


def test_T39_a_short_rsa_key_fails() -> None:
    short = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    der = _public_der_of_512_bits()
    octets = sign(_mail(), "buyer.example", "s1", short)
    assert _one(octets, dkim_record(short)).result is _PASS
    assert _one(octets, f"v=DKIM1; p={base64.b64encode(der).decode()}").result is AuthResult.FAIL


def _public_der_of_512_bits() -> bytes:
    modulus = (1 << 511) + 187
    content = b"\x02\x41\x00" + modulus.to_bytes(64) + b"\x02\x03\x01\x00\x01"
    return b"\x30" + bytes([len(content)]) + content


def test_T39_a_key_of_16_kbit_fails() -> None:
    modulus = ((1 << 16383) + 187).to_bytes(2048)
    integer = b"\x02\x82\x08\x01\x00" + modulus + b"\x02\x03\x01\x00\x01"
    der = b"\x30\x82" + len(integer).to_bytes(2) + integer
    assert _one(_signed(), f"p={base64.b64encode(der).decode()}").result is AuthResult.FAIL


@pytest.mark.parametrize(
    "tags",
    ["a=rsa-sha1; ", "q=http; ", "i=@evil.example; ", "i=buyer.example; ", "x=soon; ", "l=-1; ", "v=1; "],
)
def test_a_field_that_breaks_the_rules_fails(tags: str) -> None:
    assert _one(_signed(tags=tags)).result is AuthResult.FAIL


@pytest.mark.parametrize(
    ("old", "new", "detail"),
    [
        (b"a=rsa-sha256", b"a=rsa-sha1", "v=, a= or q= is unknown"),
        (b"v=1", b"v=2", "v=, a= or q= is unknown"),
        (b"c=relaxed/relaxed", b"c=odd/relaxed", "c= is unknown"),
        (b"d=buyer.example", b"d=buyer..example", "d= or s= is no domain name"),
        (b"d=buyer.example", b"d=buyer.example(evil", "d= or s= is no domain name"),
        (b"s=s1", b"t=1", "s= is missing"),
        (b"bh=", b"bh=!", "b= or bh= is no base64"),
        (b"h=from:from", b"h=x:y", "h= does not name From, or too much"),
        (b"h=from", b"h=" + b"x:" * 300 + b"from", "h= does not name From, or too much"),
        (b"h=from", b"h=" + b"x:" * 9000 + b"from", "the field is too long"),
    ],
)
def test_a_field_that_can_not_be_read_fails_with_its_reason(old: bytes, new: bytes, detail: str) -> None:
    octets = _signed()
    assert old in octets
    assert _one(octets.replace(old, new, 1)).detail == detail


@pytest.mark.parametrize(
    ("change", "detail"),
    [
        (lambda record: record.replace("p=", "p=;x="), "the key is revoked"),
        (lambda record: record.replace("k=rsa", "k=ed25519"), "the key can not be read"),
        (lambda record: record.replace("k=rsa", "k=new"), "the key is of an unknown kind"),
        (lambda record: record.replace("k=rsa", "h=sha1"), "the key forbids sha256"),
        (lambda record: record.replace("k=rsa", "s=tlsrpt"), "the key is not for mail"),
        (lambda record: record.replace("v=DKIM1", "v=DKIM2"), "the key record can not be read"),
        (lambda record: record.replace("k=rsa; ", "k=rsa; n=" + "x" * 5000 + "; "), "the key record can not be read"),
        (lambda _: "p=AAAA", "the key can not be read"),
        (lambda _: "hello", "the key record can not be read"),
        (lambda _: "x=", "the key record can not be read"),
    ],
)
def test_a_key_record_that_forbids_or_says_nothing_fails(change: Any, detail: str) -> None:
    assert _one(_signed(), change(dkim_record(signing_key("anna")))).detail == detail


def test_a_missing_key_fails_and_a_dns_failure_is_temporary() -> None:
    [missing] = _verified(_signed(), {})
    unanswered = _one(_signed(), None)
    assert (missing.detail, missing.result) == ("no key in the DNS", AuthResult.FAIL)
    assert unanswered.result is AuthResult.TEMPERROR


def test_a_key_for_its_own_domain_only_refuses_a_subdomain_in_i() -> None:
    strict = dkim_record(signing_key("anna")).replace("k=rsa", "k=rsa; t=s")
    assert _one(_signed(tags="i=@buyer.example; "), strict).result is _PASS
    assert _one(_signed(tags="i=@sub.buyer.example; "), strict).detail == "the key forbids subdomains in i="


def test_a_pkcs1_key_record_is_read() -> None:
    der = signing_key("anna").public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.PKCS1)
    assert _one(_signed(), f"p={base64.b64encode(der).decode()}").result is _PASS


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"\r\n\r\n",
        b"DKIM-Signature:\r\n\r\n",
        b"DKIM-Signature: ;;;\r\n\r\n",
        b"DKIM-Signature: v=1; v=1\r\n\r\n",
        b"DKIM-Signature: \xff\xfe=\r\n\r\n",
        b"From : x\r\nDKIM-Signature: v=1\r\n\r\n",
        b"no header",
    ],
)
def test_what_is_no_signature_fails_and_does_not_raise(octets: bytes) -> None:
    assert all(each.result is AuthResult.FAIL for each in _verified(octets, {}))


_TAGS = b" v=1;| a=rsa-sha256;| d=buyer.example;| s=s1;| h=from;| bh=AA==;| b=AA==;| b=| l=1;| x=1;| i=@;|=|;|:"
_LINES = (b"DKIM-Signature:", b"From: a\r\n", b"\r\n", b"\r\n ", b"\xff", b"\r\n\r\n")
_SCRAPS = st.lists(st.sampled_from((*_LINES, *_TAGS.split(b"|"))), max_size=30).map(b"".join)


@given(_SCRAPS)
def test_T39_no_scraps_of_a_signature_make_it_raise_or_pass(octets: bytes) -> None:
    checked = _verified(octets, {_NAME: dkim_record(signing_key("anna"))})
    assert all(each.result is AuthResult.FAIL for each in checked)
