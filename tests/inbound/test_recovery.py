"""The envelope that is read from the top of a mail."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.inbound.recovery import HeaderBlock

ALL = ("Delivered-To", "X-Original-To", "Envelope-To")


def test_each_address_once_topmost_first_and_fields_without_any_left_out() -> None:
    header = HeaderBlock(
        b"Delivered-To: b@market.example\r\nEnvelope-To: <C@MARKET.example>\r\nX-Original-To: two words\r\n"
        b"delivered-to:\r\n a@market.example\r\nDelivered-To: B@market.example\r\n\r\n"
        b"Delivered-To: d@market.example\r\n"
    )
    assert header.recipients(ALL) == [("b@market.example", "a@market.example"), ("C@market.example",)]


@pytest.mark.parametrize(
    "value", [b"", b"a@b@c", b"a, b@c.example", b"\xff@c.example", b'"x"@c.example', b"<a@c.example"]
)
def test_T22_what_is_no_strict_address_is_no_recipient(value: bytes) -> None:
    assert HeaderBlock(b"Delivered-To: " + value + b"\r\n\r\n").recipients(ALL) == []


@pytest.mark.parametrize(
    ("head", "reverse_path"),
    [
        (b"Return-Path: <b@mail.example>\r\nReturn-Path: <forged@x.example>\r\n", "b@mail.example"),
        (b"Return-Path: <>\r\nFrom: a@b.example\r\n", None),
        (b"Return-Path:\r\n <b@mail.example>\r\n", "b@mail.example"),
        (b"From: Anna <anna@mail.example>\r\n", "anna@mail.example"),
        (b"From: a@mail.example, b@mail.example\r\n", None),
        (b"From: a@mail.example\r\nFrom: b@mail.example\r\n", None),
        (b"", None),
    ],
)
def test_the_reverse_path_is_the_topmost_return_path_else_the_one_author(head: bytes, reverse_path: str | None) -> None:
    assert HeaderBlock(head + b"\r\nReturn-Path: <body@x.example>\r\n").reverse_path() == reverse_path


@given(st.binary(max_size=300))
def test_T63_reading_never_raises(octets: bytes) -> None:
    header = HeaderBlock(octets)
    header.recipients(ALL)
    header.reverse_path()
