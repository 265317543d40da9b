"""Our DKIM signatures: checked by dkimpy and by our own verifier, over the final bytes, the same every time."""

import re
from datetime import UTC, datetime, timedelta
from functools import cache

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mailbridge.outbound.dkim_keys import DkimKey, txt_record
from mailbridge.outbound.sign import Signer
from tests.builders import a_mail, signing_key

_DOMAIN = "alias.example"
_COMPOSED_AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


@cache
def _keys() -> tuple[DkimKey, DkimKey]:
    return (
        DkimKey(domain=_DOMAIN, selector="ed", private=Ed25519PrivateKey.from_private_bytes(b"k" * 32)),
        DkimKey(domain=_DOMAIN, selector="rsa", private=signing_key("ours")),
    )


def _holds(octets: bytes, number: int) -> bool:
    """What dkimpy, an independent verifier, says of one signature."""
    zone = {f"{txt_record(key).name}.".encode(): txt_record(key).value.encode() for key in _keys()}
    try:
        return bool(dkim.DKIM(octets).verify(number, dnsfunc=lambda name, timeout: zone[name]))
    except dkim.ValidationError:  # how it says that the body was changed
        return False


def _mail(**more: object) -> bytes:
    return a_mail(f"x7@{_DOMAIN}", "anna@buyer.example", "Hello.\n\nYes, it is blue.  \n\n", **more)


def _signed(octets: bytes) -> bytes:
    return Signer(_keys()).sign(octets, _DOMAIN, _COMPOSED_AT)


def _names(octets: bytes) -> list[str]:
    found = re.search(rb"h=([^;]*);", octets)
    assert found is not None
    return [name.decode() for name in b"".join(found[1].split()).split(b":")]


@pytest.mark.parametrize("number", [0, 1])
def test_W15_every_signature_holds_over_the_final_bytes(number: int) -> None:
    assert _holds(_signed(_mail()), number)


@pytest.mark.parametrize(
    "change",
    [
        lambda octets: octets.replace(b"it is blue", b"it is bleu"),
        lambda octets: b"From: other@evil.example\r\n" + octets,
        lambda octets: b"Subject: other\r\n" + octets,
        lambda octets: b"To: other@evil.example\r\n" + octets,
        lambda octets: b'Content-Type: text/html; charset="utf-8"\r\n' + octets,
        lambda octets: octets.replace(b"\r\nTo: anna@", b"\r\nTo: eva@"),
    ],
    ids=["body", "second From", "second Subject", "second To", "second Content-Type", "To"],
)
@pytest.mark.parametrize("number", [0, 1])
def test_W16_no_change_and_no_added_field_survives_the_signature(change: object, number: int) -> None:
    assert callable(change)
    assert not _holds(change(_signed(_mail())), number)


def test_W16_every_field_that_matters_and_is_there_is_signed_once_more_than_it_stands() -> None:
    names = _names(_signed(_mail(cc=("y9@alias.example",), extra=(("Reply-To", "x7@alias.example"),))))
    once_more = {"from", "to", "cc", "reply-to", "subject", "date", "message-id", "mime-version", "content-type"}
    assert {name for name in names if names.count(name) == 2} >= once_more


def test_E10_a_field_that_is_absent_is_not_named() -> None:
    assert not {"cc", "reply-to", "in-reply-to", "references", "list-unsubscribe"} & set(_names(_signed(_mail())))


def test_the_rsa_signature_stands_on_top() -> None:
    assert _signed(_mail()).startswith(b"DKIM-Signature: v=1; a=rsa-sha256;")


def test_the_same_mail_signed_again_is_the_same_bytes() -> None:
    octets = _mail()
    assert _signed(octets) == _signed(octets)


def test_the_time_in_the_signature_is_the_time_of_composing() -> None:
    later = Signer(_keys()).sign(_mail(), _DOMAIN, _COMPOSED_AT + timedelta(hours=1))
    assert f"t={int(_COMPOSED_AT.timestamp()) + 3600};".encode() in later


def test_what_stands_below_the_signatures_is_untouched() -> None:
    octets = _mail()
    assert _signed(octets).endswith(b"\r\n" + octets)


def test_no_line_of_a_signature_is_longer_than_78() -> None:
    signature = _signed(_mail(cc=("y9@alias.example",))).partition(b"\r\nFrom:")[0]
    assert max(map(len, signature.split(b"\r\n"))) <= 78


def test_a_domain_without_a_key_sends_unsigned() -> None:
    octets = _mail()
    assert Signer(_keys()).sign(octets, "other.example", _COMPOSED_AT) is octets


def test_a_mail_without_a_proper_header_is_not_signed() -> None:
    with pytest.raises(ValueError, match="proper fields"):
        _signed(b"no field here\r\n\r\nbody\r\n")


def test_an_empty_body_and_a_body_of_empty_lines_are_signed_right() -> None:
    header = b"From: x7@alias.example\r\nSubject: s\r\n\r\n"
    assert _holds(_signed(header), 0)
    assert _holds(_signed(header + b"\r\n\r\n\r\n"), 0)
