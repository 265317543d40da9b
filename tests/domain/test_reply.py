"""The table of SMTP replies: one meaning, one row, and texts that tell strangers nothing."""

import re

import pytest

from mailbridge.domain import reply
from mailbridge.domain.reply import EnhancedStatus, Reply

ROWS = {name: row for name, row in vars(reply).items() if isinstance(row, Reply)}


@pytest.mark.parametrize("name", ROWS)
def test_code_and_enhanced_status_agree(name: str) -> None:
    # RFC 3463 §2: the class of the status is the first digit of the code
    assert ROWS[name].status.klass == ROWS[name].code // 100


@pytest.mark.parametrize("name", ROWS)
def test_a_reply_is_one_short_line_of_ascii(name: str) -> None:
    line = str(ROWS[name])
    # RFC 5321 §4.5.3.1.5: a reply line has at most 512 octets with its CRLF
    assert re.fullmatch(r"[ -~]{1,200}", line)


@pytest.mark.parametrize("name", ROWS)
def test_a_reply_says_nothing_of_our_insides(name: str) -> None:
    assert not re.search(r"sqlite|postgres|python|exception|traceback|rule|mailbridge", str(ROWS[name]), re.IGNORECASE)


def test_the_first_digit_alone_says_whether_to_try_again() -> None:
    assert [row.is_transient for row in (reply.ACCEPTED, reply.INTERNAL_FAULT, reply.ALIAS_UNKNOWN)] == [
        False,
        True,
        False,
    ]
    assert [row.is_positive for row in (reply.ACCEPTED, reply.INTERNAL_FAULT, reply.ALIAS_UNKNOWN)] == [
        True,
        False,
        False,
    ]


def test_I7_a_fault_of_ours_is_never_permanent() -> None:
    ours = (reply.INTERNAL_FAULT, reply.STORE_UNAVAILABLE, reply.AUTHENTICATION_UNAVAILABLE, reply.INSUFFICIENT_STORAGE)
    assert all(row.is_transient for row in ours)


def test_a_reply_with_an_incident_keeps_code_and_status() -> None:
    told = reply.INTERNAL_FAULT.with_incident("abc123")
    assert (told.code, told.status) == (reply.INTERNAL_FAULT.code, reply.INTERNAL_FAULT.status)
    assert str(told).endswith("(incident abc123)")


def test_what_is_permanent_after_data_is_permanent() -> None:
    assert reply.PERMANENT_AFTER_DATA
    assert [row for row in reply.PERMANENT_AFTER_DATA if row.code // 100 != 5] == []


def test_a_status_is_written_with_dots_and_ordered() -> None:
    assert str(EnhancedStatus(5, 1, 10)) == "5.1.10"
    assert EnhancedStatus(4, 7, 0) < EnhancedStatus(5, 1, 1) < EnhancedStatus(5, 1, 10)
