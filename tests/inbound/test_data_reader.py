"""The end of data, dot-stuffing and the limits of what is read, octet by octet."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.inbound.data_reader import DataFault, DataReader
from tests.shared_data import shared_path

OTHER_ENDINGS = [
    b"\n.\r\n", b"\r.\r\n", b"\r\n\0.\r\n", b"\r\n.\r\r\n", b"\n.\n", b"\r.\r", b"\r\n.\n", b"\r\n.\r", b"\n.\r",
    b"\r\n.\0\r\n", b"\r.\n",
]  # fmt: skip


def read(octets: bytes, *cuts: int, **limits: object) -> tuple[DataReader, bytes, bool]:
    """Feed `octets` cut at the given places: the reader, what it left over, whether it found the end."""
    reader = DataReader(**{"size_limit": 1000_000, "line_limit": 100_000, **limits})  # type: ignore[arg-type]  # by name
    buffer = bytearray()
    ended = False
    for begin, end in zip((0, *cuts), (*cuts, len(octets)), strict=True):
        buffer += octets[begin:end]
        while buffer and not ended:
            ended = reader.feed(buffer)
    return reader, bytes(buffer), ended


@pytest.mark.parametrize("ending", OTHER_ENDINGS)
def test_T01_nothing_but_crlf_dot_crlf_ends_data_in_any_packet_cut(ending: bytes) -> None:
    octets = b"Subject: a\r\n\r\nbefore" + ending + b"MAIL FROM:<x@y.example>\r\nafter\r\n.\r\nQUIT\r\n"
    end = octets.rindex(b"\r\n.\r\n")
    for cut in range(len(octets) + 1):
        reader, left, ended = read(octets, cut)
        assert ended
        assert left == b"QUIT\r\n"
        assert reader.fault is (DataFault.BARE_LINE_ENDING if b"\0" not in ending else None)
    assert octets[end:].endswith(b"QUIT\r\n")


def test_T01_the_public_list_of_smuggling_sequences_ends_data_only_where_it_should() -> None:
    listed = json.loads(shared_path("data", "smtp", "smuggling", "end_of_data.json").read_text())
    assert len(listed["must_not_end_data"]) > 5
    for sequence in listed["must_not_end_data"]:
        octets = b"x" + sequence.encode("latin-1")
        assert b"\r\n.\r\n" not in octets
        assert all(not read(octets, cut)[2] for cut in range(len(octets) + 1)), sequence
    for sequence in listed["ends_data"]:
        octets = b"x" + sequence.encode("latin-1")
        assert all(read(octets, cut)[2] for cut in range(len(octets) + 1)), sequence


def test_T01_cr_cr_lf_dot_cr_lf_is_a_real_end_behind_a_bare_cr() -> None:
    reader, left, ended = read(b"text\r\r\n.\r\nQUIT\r\n")
    assert (reader.fault, left, ended) == (DataFault.BARE_LINE_ENDING, b"QUIT\r\n", True)


@pytest.mark.parametrize(
    ("octets", "content"),
    [
        (b".\r\n", b""),
        (b"\r\n.\r\n", b"\r\n"),
        (b"..\r\n.\r\n", b".\r\n"),
        (b".a\r\n..b\r\n...\r\n.\r\n", b"a\r\n.b\r\n..\r\n"),
        (b"a.\r\n.\r\n", b"a.\r\n"),
    ],
)
def test_dots_are_unstuffed_in_any_packet_cut(octets: bytes, content: bytes) -> None:
    for cut in range(len(octets) + 1):
        reader, left, ended = read(octets, cut)
        assert (ended, left, reader.fault, reader.content()) == (True, b"", None, content)


LINES = st.lists(st.binary(max_size=12).filter(lambda line: b"\r" not in line and b"\n" not in line), max_size=8)


@given(LINES, st.lists(st.integers(0, 120), max_size=6))
def test_what_was_stuffed_comes_back_whole_however_it_is_cut(lines: list[bytes], places: list[int]) -> None:
    content = b"".join(line + b"\r\n" for line in lines)
    wire = b"".join((b"." if line.startswith(b".") else b"") + line + b"\r\n" for line in lines) + b".\r\n"
    cuts = sorted(min(place, len(wire)) for place in places)
    reader, left, ended = read(wire + b"RSET\r\n", *cuts)
    assert (ended, left, reader.fault, reader.content()) == (True, b"RSET\r\n", None, content)


SOUP = st.lists(st.sampled_from([b"\r", b"\n", b"\r\n", b".", b"a", b"\0", b"\r\n."]), max_size=20).map(b"".join)


@given(SOUP, st.integers(0, 40))
def test_T01_the_end_is_where_a_plain_search_finds_it_and_bare_endings_are_never_missed(
    soup: bytes, place: int
) -> None:
    octets = soup + b"\r\n.\r\n"
    end = (b"\r\n" + octets).index(b"\r\n.\r\n") - 2  # the CRLF of DATA stands before the first octet
    body = octets[: max(end, 0) + 2] if end >= 0 else b""
    reader, left, ended = read(octets, min(place, len(octets)))
    assert ended
    assert left == octets[end + 5 :]
    assert (reader.fault is DataFault.BARE_LINE_ENDING) == bool(re.search(rb"\r(?!\n)|(?<!\r)\n", body))


@given(SOUP)
def test_T01_normalising_leaves_only_crlf(soup: bytes) -> None:
    reader, _, ended = read(soup + b"\r\n.\r\n", normalises=True)
    assert ended
    assert reader.fault is None
    assert re.search(rb"\r(?!\n)|(?<!\r)\n", reader.content()) is None


def test_T08_a_message_of_exactly_the_limit_is_kept_and_one_octet_more_is_not() -> None:
    content = b"x" * 98 + b"\r\n"
    assert read(content + b".\r\n", size_limit=100)[0].fault is None
    assert read(b"x" + content + b".\r\n", size_limit=100)[0].fault is DataFault.TOO_BIG


def test_T08_nothing_is_kept_over_the_limit_and_the_end_is_still_found() -> None:
    reader, left, ended = read((b"x" * 70 + b"\r\n") * 2000 + b".\r\nQUIT\r\n", size_limit=1000)
    assert (ended, left, reader.fault, reader.content()) == (True, b"QUIT\r\n", DataFault.TOO_BIG, b"")


def test_T07_a_line_of_the_limit_is_taken_and_a_longer_one_is_not() -> None:
    assert read(b"x" * 5000 + b"\r\n.\r\n", line_limit=5000)[0].fault is None
    assert read(b"x" * 5001 + b"\r\n.\r\n", line_limit=5000)[0].fault is DataFault.LINE_TOO_LONG
    assert read(b"y\r\n" + b"x" * 5001 + b"\r\n.\r\n", 2000, 4000, line_limit=5000)[0].fault is DataFault.LINE_TOO_LONG


def test_T07_an_endless_line_becomes_hopeless_after_twice_the_limit() -> None:
    reader = DataReader(size_limit=100_000, line_limit=1000)
    octets = 0
    while not reader.is_hopeless:
        reader.feed(bytearray(b"x" * 10_000))
        octets += 10_000
    assert 200_000 < octets <= 300_000
    assert reader.content() == b""


def test_T09_one_step_takes_at_most_64_kib() -> None:
    reader = DataReader(size_limit=10_000_000, line_limit=1000)
    buffer = bytearray(b"\r\n" * 1_000_000)
    assert not reader.feed(buffer)
    assert len(buffer) == 2_000_000 - 64 * 1024


@pytest.mark.parametrize("line", [b"\r\n", b"..\r\n", b"x\r\n"])
def test_T09_many_short_lines_are_taken_whole(line: bytes) -> None:
    count = 400_000
    reader, _, ended = read(line * count + b".\r\n", 7, 70_001, 1_000_003, size_limit=10_000_000)
    unstuffed = line.removeprefix(b".") if line.startswith(b"..") else line
    assert ended
    assert reader.content() == unstuffed * count
