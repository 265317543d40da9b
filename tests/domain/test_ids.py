"""Ids of rows: what is later is greater, as text too."""

from datetime import UTC, datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from mailbridge.domain.ids import ROW_ID_RANDOM_OCTETS, row_id

_WHEN = datetime(2026, 1, 1, tzinfo=UTC)
_RANDOM = st.binary(min_size=ROW_ID_RANDOM_OCTETS, max_size=ROW_ID_RANDOM_OCTETS)


@given(at=st.integers(0, 10**13), later_ms=st.integers(1, 10**12), first=_RANDOM, second=_RANDOM)
@example(at=1000, later_ms=1, first=bytes(ROW_ID_RANDOM_OCTETS), second=bytes(ROW_ID_RANDOM_OCTETS))
def test_an_id_of_a_later_millisecond_is_the_greater_text(at: int, later_ms: int, first: bytes, second: bytes) -> None:
    earlier = datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=at)
    assert row_id(earlier, first) < row_id(earlier + timedelta(milliseconds=later_ms), second)


def test_an_id_is_24_characters_that_a_local_part_may_hold() -> None:
    made = row_id(_WHEN, bytes(range(ROW_ID_RANDOM_OCTETS)))
    assert len(made) == 24
    assert set(made) <= set("0123456789abcdefghijklmnopqrstuv")
