"""The canonical form: ours and dkimpy's are the same octets, and hostile input costs no more than its length."""

import time

import pytest
from dkim.canonicalization import Relaxed, Simple
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.path.dkim_form import Field, cut, hashed_body, hashed_fields, hashed_signature, read_tags

_BODIES = st.lists(
    st.sampled_from([b" ", b"  ", b"\t", b"\r\n", b"a", b"\xc3\xa4", b".", b"\r", b"\n", b" \r\n", b"\r\n\r\n"]),
    max_size=40,
).map(b"".join)


@given(_BODIES)
def test_the_relaxed_body_is_dkimpys_octet_for_octet(body: bytes) -> None:
    assert hashed_body(body, b"relaxed") == Relaxed.canonicalize_body(body)


@given(_BODIES)
def test_the_simple_body_is_dkimpys_octet_for_octet(body: bytes) -> None:
    assert hashed_body(body, b"simple") == Simple.canonicalize_body(body)


@given(_BODIES)
def test_a_relaxed_field_is_dkimpys_octet_for_octet(value: bytes) -> None:
    [(name, canonical)] = Relaxed.canonicalize_headers([(b"Subject", value)])
    assert hashed_fields((Field(b"Subject", value),), (b"subject",), b"relaxed") == name + b":" + canonical


@pytest.mark.parametrize("body", [b" " * 2_000_000 + b"x\r\n", b"\r\n" * 1_000_000, (b" " * 60_000 + b"x\r\n") * 30])
def test_T39_a_body_made_to_take_long_does_not(body: bytes) -> None:
    # dkimpy's own needs minutes for the first: it tries every space anew.
    began = time.process_time()
    hashed_body(body, b"relaxed")
    assert time.process_time() - began < 2


def test_T39_a_signature_made_to_take_long_does_not() -> None:
    began = time.process_time()
    hashed_signature(Field(b"DKIM-Signature", b" v=1; b=" + b" " * 8000 + b"\r\n"), b"relaxed")
    assert time.process_time() - began < 1


def test_a_message_is_cut_into_folded_fields_and_body() -> None:
    parts = cut(b"From: a\r\nX:\r\n  folded\r\n\tmore\r\n\r\nbody\r\n\r\nend")
    assert parts is not None
    assert parts.fields == (Field(b"From", b" a\r\n"), Field(b"X", b"\r\n  folded\r\n\tmore\r\n"))
    assert parts.body == b"body\r\n\r\nend"


def test_a_message_of_a_header_only_has_an_empty_body() -> None:
    parts = cut(b"From: a\r\n")
    assert parts is not None
    assert (parts.fields, parts.body) == ((Field(b"From", b" a\r\n"),), b"")


@pytest.mark.parametrize(
    "header",
    [
        b"From : a@b.example\r\n",
        b" From: a@b.example\r\n",
        b"From: a\rFrom: b\r\n",
        b"From: a\nFrom: b\r\n",
        b"nothing\r\n",
        b"From\x00: a\r\n",
        b": a\r\n",
        b"",
        b"From: a\r\n\r",
    ],
)
def test_T37_a_header_that_parsers_could_differ_on_is_not_cut(header: bytes) -> None:
    assert cut(header + b"\r\nbody\r\n") is None


def test_fields_of_one_name_are_taken_from_the_bottom() -> None:
    fields = (Field(b"To", b" one\r\n"), Field(b"X", b" x\r\n"), Field(b"to", b" two\r\n"))
    assert hashed_fields(fields, (b"to", b"to", b"to", b"cc"), b"relaxed") == b"to:two\r\nto:one\r\n"


def test_the_simple_form_leaves_fields_as_they_are() -> None:
    assert hashed_fields((Field(b"To", b"  a \r\n\tb\r\n"),), (b"to",), b"simple") == b"To:  a \r\n\tb\r\n"


@pytest.mark.parametrize(
    "value",
    [
        b" v=1; b=AAAA\r\n\tBBBB; bh=CC=; d=x\r\n",
        b" v=1; b =AAAA; bh=CC=; d=x\r\n",
        b" v=1; bh=CC=; d=x; b=AAAA\r\n",
    ],
)
def test_only_the_value_of_b_is_left_out_of_the_signature(value: bytes) -> None:
    hashed = hashed_signature(Field(b"DKIM-Signature", value), b"relaxed")
    assert b"AAAA" not in hashed
    assert b"bh=CC=" in hashed
    assert not hashed.endswith(b"\r\n")


@pytest.mark.parametrize("text", [b"a=1; a=2", b"=x", b"novalue", b";;", b"1a=b"])
def test_a_tag_list_that_is_none_is_told(text: bytes) -> None:
    assert read_tags(text) is None
