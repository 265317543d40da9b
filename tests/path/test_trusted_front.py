"""The word of a trusted front: its own, topmost, and only what it says (T-38, W11)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.domain.address import split_addr_spec
from mailbridge.domain.authresults import AuthResult
from mailbridge.domain.message import Message
from mailbridge.path.trusted_front import FrontSignature, FrontWord, read_front

_ID = "mx.front.example"


def _read(*bodies: str) -> FrontWord | None:
    fields = tuple(("authentication-results", body) for body in bodies)
    return read_front(Message(front_fields=(("x-spam-flag", "NO"), *fields)), _ID)


def test_spf_dkim_and_dmarc_are_read() -> None:
    word = _read(
        f"{_ID};\r\n\tspf=pass (sender is 192.0.2.1) smtp.mailfrom=eva@shop.example;\r\n\tdkim=pass (2048-bit key) "
        'header.d=Shop.Example header.s=s1 header.b=AbCd;\r\n dkim=fail reason="bad" header.i=@esp.example;'
        "\r\n dmarc=pass (p=none dis=none) header.from=shop.example"
    )
    assert word == FrontWord(
        spf=AuthResult.PASS,
        spf_mail_from="eva@shop.example",
        dkim=(
            FrontSignature(domain="shop.example", result=AuthResult.PASS),
            FrontSignature(domain="esp.example", result=AuthResult.FAIL),
        ),
        dmarc_passes_for="shop.example",
    )


def test_T38_only_the_topmost_field_of_the_front_is_read() -> None:
    word = _read(f"{_ID}; spf=fail smtp.mailfrom=eva@shop.example", f"{_ID}; spf=pass smtp.mailfrom=eva@shop.example")
    assert word is not None
    assert word.spf is AuthResult.FAIL


def test_T38_a_field_of_another_server_is_not_read() -> None:
    assert _read("mx.evil.example; spf=pass smtp.mailfrom=eva@shop.example") is None


@pytest.mark.parametrize(
    "body",
    [
        "mx.front.example.evil.example; spf=pass smtp.mailfrom=eva@shop.example",
        "evil (mx.front.example); spf=pass smtp.mailfrom=eva@shop.example",
        "(mx.front.example; spf=pass) evil; spf=pass smtp.mailfrom=eva@shop.example",
        "x-mx.front.example; spf=pass smtp.mailfrom=eva@shop.example",
        "",
        ";",
    ],
)
def test_T38_a_name_that_only_looks_like_the_front_is_not_believed(body: str) -> None:
    assert _read(body) is None


def test_the_name_of_the_front_may_be_spelled_in_other_case() -> None:
    assert _read("MX.Front.Example 1; spf=pass smtp.mailfrom=shop.example") == FrontWord(
        spf=AuthResult.PASS, spf_mail_from="shop.example"
    )


@pytest.mark.parametrize(
    "body",
    [
        f"{_ID}; garbage",
        f"{_ID}; spf=",
        f"{_ID}; (((((",
        f"{_ID}; spf=pass " + "(" * 3000 + ")" * 3000,
        f"{_ID}; spf=pass" + " " * 9000,
    ],
    ids=["no method", "no result", "open comment", "deep comment", "too long"],
)
def test_W11_a_field_that_can_not_be_read_says_nothing_and_hides_those_below(body: str) -> None:
    assert _read(body, f"{_ID}; spf=pass smtp.mailfrom=eva@shop.example") is None


def test_W11_no_field_is_no_word() -> None:
    assert _read() is None


def test_none_is_a_word_that_proves_nothing() -> None:
    assert _read(f"{_ID}; none") == FrontWord()


@pytest.mark.parametrize(
    "mail_from",
    [
        '"x; dkim=pass header.d=shop.example"@evil.example',
        '"eva@shop.example"@evil.example',
        "eva@shop.example@evil.example",
        "eva@shop.example(comment)@evil.example",
        "",
    ],
)
def test_T38_an_envelope_address_can_not_smuggle_in_results(mail_from: str) -> None:
    assert _read(f"{_ID}; spf=pass smtp.mailfrom={mail_from}") in (None, FrontWord(spf=AuthResult.PASS))


@pytest.mark.parametrize(
    ("result", "read"),
    [
        ("pass", AuthResult.PASS),
        ("softfail", AuthResult.FAIL),
        ("permerror", AuthResult.FAIL),
        ("neutral", AuthResult.NONE),
        ("temperror", AuthResult.TEMPERROR),
        ("excellent", AuthResult.NONE),
    ],
)
def test_results_are_reduced_to_what_a_decision_needs(result: str, read: AuthResult) -> None:
    word = _read(f"{_ID}; spf={result} smtp.mailfrom=eva@shop.example")
    assert word is not None
    assert word.spf is read


_SCRAPS = (
    f"{_ID};",
    " spf=pass",
    " dkim=pass",
    " dmarc=pass",
    " smtp.mailfrom=",
    " header.d=",
    "a@b.example",
    "reason=",
)


@given(st.lists(st.sampled_from((*_SCRAPS, *'"();\\= \x00ż1', "\r\n ", "none")), max_size=25).map("".join))
def test_T38_no_scraps_of_a_field_make_it_raise_or_name_what_is_no_address(body: str) -> None:
    word = _read(body)
    mail_from = word.spf_mail_from if word is not None else ""
    assert "@" not in mail_from or split_addr_spec(mail_from) is not None
