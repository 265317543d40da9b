"""The octets of DATA: nothing in them ends a message early."""

from hypothesis import given
from hypothesis import strategies as st

from mailbridge.outbound.wire import for_data, has_long_line, with_crlf

#: what smuggling is made of (threats.md T-01)
_SMUGGLERS = st.lists(
    st.sampled_from([b"\r", b"\n", b"\r\n", b".", b"..", b"\0", b"x", b"MAIL FROM:<a@b.example>"]), max_size=40
).map(b"".join)


def test_a_dot_at_the_start_of_a_line_is_doubled() -> None:
    assert for_data(b"a\r\n.\r\n..b\r\n.c\r\n") == b"a\r\n..\r\n...b\r\n..c\r\n.\r\n"


def test_a_dot_at_the_very_start_is_doubled() -> None:
    assert for_data(b".\r\n") == b"..\r\n.\r\n"


def test_a_message_without_a_last_line_end_gets_one() -> None:
    assert for_data(b"end") == b"end\r\n.\r\n"


def test_an_empty_message_is_one_empty_line() -> None:
    assert for_data(b"") == b"\r\n.\r\n"


@given(_SMUGGLERS)
def test_T02_nothing_bare_goes_out_and_only_the_last_dot_ends_the_message(octets: bytes) -> None:
    wire = for_data(octets)
    without_line_ends = wire.replace(b"\r\n", b"")
    assert b"\r" not in without_line_ends
    assert b"\n" not in without_line_ends
    assert (b"\r\n" + wire).index(b"\r\n.\r\n") + 3 == len(wire)


@given(_SMUGGLERS)
def test_the_reader_gets_the_same_lines_back(octets: bytes) -> None:
    lines = for_data(octets)[:-3].split(b"\r\n")
    assert b"\r\n".join(line.removeprefix(b".") for line in lines) == with_crlf(octets)


def test_octets_that_are_in_order_stay_the_same_object() -> None:
    octets = b"a\r\nb\r\n"
    assert with_crlf(octets) is octets


def test_a_line_of_998_octets_is_not_long_and_one_more_is() -> None:
    assert (has_long_line(b"x" * 998 + b"\r\n"), has_long_line(b"a\r\n" + b"x" * 999 + b"\r\n")) == (False, True)
