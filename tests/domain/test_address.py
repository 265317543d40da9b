"""Addresses: the strict grammar, and three types that keep their secrets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.domain.address import AliasAddress, OwnAddress, RealAddress, split_addr_spec

PROPER = [
    "anna@mail.example",
    "a.b-c_d+tag@sub.mail.example",
    "o'brien!#$%&*/=?^`{|}~@mail.example",
    "x" * 64 + "@mail.example",
    "zażółć@pączek.example",
]
IMPROPER = {
    "nothing": "",
    "no_at": "anna.mail.example",
    "no_local_part": "@mail.example",
    "no_domain": "anna@",
    "double_dot": "a..b@mail.example",
    "leading_dot": ".a@mail.example",
    "trailing_dot": "a.@mail.example",
    "quoted_local_part": '"anna"@mail.example',
    "comment": "anna(x)@mail.example",
    "source_route": "@relay.example:anna@mail.example",
    "percent_hack_with_two_ats": "anna@evil.example@mail.example",
    "bang_path_with_space": "relay! anna@mail.example",
    "address_literal": "anna@[192.0.2.1]",
    "angle_brackets": "<anna@mail.example>",
    "blank_around": " anna@mail.example ",
    "blank_inside": "an na@mail.example",
    "line_end": "anna@mail.example\n",
    "crlf_injection": "anna@mail.example\r\nRCPT TO:<x@y.example>",
    "nul": "an\0na@mail.example",
    "local_part_of_65_octets": "x" * 65 + "@mail.example",
    "local_part_of_65_octets_in_33_letters": "ż" * 33 + "@mail.example",
    "label_of_64": "anna@" + "x" * 64 + ".example",
    "domain_of_256": "anna@" + ".".join(["x" * 60] * 4) + ".example.com1",
    "label_with_hyphen_first": "anna@-mail.example",
    "label_with_hyphen_last": "anna@mail-.example",
    "empty_label": "anna@mail..example",
    "trailing_dot_of_the_domain": "anna@mail.example.",
    "underscore_in_domain": "anna@ma_il.example",
    "right_to_left_override": "an\u202ena@mail.example",
    "zero_width_space": "an\u200bna@mail.example",
    "line_separator": "an\u2028na@mail.example",
    "soft_hyphen": "an\u00adna@mail.example",
    "no_break_space": "an\u00a0na@mail.example",
    "lone_surrogate": "an\ud800na@mail.example",
    "full_width_at": "anna\uff20evil.example@mail.example",
    "full_width_dot": "anna@mail\uff0eexample",
    "full_width_letters": "anna@\uff4dail.example",
    "decomposed_letter": "z\u0307@mail.example",
}


@pytest.mark.parametrize("text", PROPER)
def test_a_proper_addr_spec_is_taken_as_it_is(text: str) -> None:
    parsed = RealAddress.parse(text)
    assert parsed is not None
    assert parsed.addr_spec == text


@pytest.mark.parametrize("case", IMPROPER)
def test_T22_what_is_no_strict_addr_spec_is_none(case: str) -> None:
    assert RealAddress.parse(IMPROPER[case]) is None


@pytest.mark.parametrize("case", IMPROPER)
def test_an_address_can_not_be_made_of_what_is_none(case: str) -> None:
    with pytest.raises(ValueError, match="not an addr-spec"):
        AliasAddress(IMPROPER[case])


def test_the_domain_is_lower_case_and_the_local_part_as_written() -> None:
    assert split_addr_spec("Anna@MAIL.Example") == ("Anna", "mail.example")


def test_P3_C1_two_spellings_of_one_mailbox_share_a_key() -> None:
    assert AliasAddress("Abc@Relay.Example").key == AliasAddress("aBC@relay.example").key


def test_parts_of_an_address() -> None:
    address = AliasAddress("x.y@relay.example")
    assert (address.local_part, address.domain) == ("x.y", "relay.example")


def test_a_real_and_an_own_address_hide_themselves() -> None:
    real = RealAddress("anna@mail.example")
    own = OwnAddress.of(real)
    shown = f"{real} {real!r} {own} {own!r} {[real, own]}"
    assert "anna" not in shown
    assert "mail.example" not in shown


def test_own_address_is_the_mailbox_it_was_made_of() -> None:
    assert OwnAddress.of(RealAddress("anna@mail.example")).addr_spec == "anna@mail.example"


def test_addresses_of_different_kinds_are_never_equal() -> None:
    alias: object = AliasAddress("anna@mail.example")
    assert alias != RealAddress("anna@mail.example")


@given(st.text())
def test_splitting_never_raises(text: str) -> None:
    parts = split_addr_spec(text)
    assert parts is None or f"{parts[0]}@{parts[1]}".lower() == text.lower()


@given(st.from_regex(r"[\w.+-]{1,70}@[\w.-]{1,70}", fullmatch=True))
def test_a_parsed_address_parses_to_itself(text: str) -> None:
    parsed = AliasAddress.parse(text)
    assert parsed is None or AliasAddress.parse(parsed.addr_spec) == parsed
