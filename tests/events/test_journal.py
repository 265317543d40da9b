"""What the log says and never says: escaped short lines, no addresses, declared fields only, true counts."""

import ast
import io
import json
import string
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typing_extensions import override

from mailbridge import events
from mailbridge.domain.address import RealAddress
from mailbridge.events import FIELDS, MAX_LINE_OCTETS, Event, Journal, UndeclaredField, Value, line_of

NOW = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)
TOP = Path(__file__).resolve().parents[2]


def test_every_field_of_every_event_has_a_meaning() -> None:
    used = {name for event in Event for name in event.value.fields}
    assert used == set(FIELDS)


def test_events_are_counted_and_measured_by_fields_they_have() -> None:
    stray = [
        event.name
        for event in Event
        if not {*event.value.counted_by, *filter(None, (event.value.measures,))} <= set(event.value.fields)
    ]
    assert stray == []


def test_every_call_of_emit_gives_declared_fields() -> None:
    wrong = []
    for path in (TOP / "mailbridge").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("emit", "events.emit") and node.args:
                name = ast.unparse(node.args[0]).rpartition("Event.")[2]
                declared = Event[name].value.fields if name in Event.__members__ else ()
                given = {keyword.arg for keyword in node.keywords if keyword.arg}
                wrong += [f"{path.name}:{node.lineno} {name} {field}" for field in sorted(given - set(declared))]
    assert wrong == []


def test_the_page_in_docs_is_the_generated_one() -> None:
    assert (TOP / "docs" / "events.md").read_text(encoding="utf-8") == events.reference()


@given(st.text(), st.text(), st.lists(st.text()), st.dictionaries(st.text(), st.floats(allow_nan=False)))
def test_T75_a_line_is_one_line_of_short_printable_ascii(
    one: str, two: str, many: list[str], ms: dict[str, float]
) -> None:
    fields: dict[str, Value] = {"queue_id": one, "door": two, "reasons": many, "ms": ms, "size_octets": 1}
    line = line_of(Event.MESSAGE_RECEIVED, fields, NOW)
    assert line.endswith("\n")
    assert set(line[:-1]) <= set(string.printable) - set("\n\r\t\x0b\x0c")
    assert len(line) <= MAX_LINE_OCTETS
    assert json.loads(line)["event"] == "message_received"


@pytest.mark.parametrize("size", [10, 600, 5000, 100_000])
def test_T75_a_long_value_is_cut_and_the_line_stays_json(size: int) -> None:
    line = line_of(Event.MESSAGE_RECEIVED, {"queue_id": "q1", "reasons": ["\x00" * size] * 50}, NOW)
    found = json.loads(line)
    assert (len(line) <= MAX_LINE_OCTETS, found["queue_id"]) == (True, "q1")


_NAME = st.text("abcdefgh0123456789._+-", min_size=1, max_size=20)


@given(_NAME, _NAME, st.text(max_size=40), st.integers(0, 4000))
def test_no_address_reaches_the_log(local_part: str, domain: str, around: str, padding: int) -> None:
    address = f"{local_part}@{domain}"
    text = f"{'x ' * padding}550 <{address}>: {around}"
    assert address not in json.loads(line_of(Event.DELIVERY_ATTEMPT, {"diagnostic": text}, NOW))["diagnostic"]
    assert address not in line_of(Event.MESSAGE_RECEIVED, {"reasons": [text], "queue_id": address}, NOW)


@pytest.mark.parametrize(
    "text",
    ['"anna k"@post.example', "<anna@[192.0.2.1]>", "to=anna@post.example,", "anna@post.example@x", "@post.example:x"],
)
def test_no_strange_address_reaches_the_log(text: str) -> None:
    line = line_of(Event.DELIVERY_ATTEMPT, {"diagnostic": f"550 {text} unknown"}, NOW)
    assert not any(word in line for word in ("anna", "post.example", "192.0.2.1"))


def test_a_real_address_hides_itself_in_the_log() -> None:
    line = line_of(Event.FAULT, {"error": str(RealAddress("anna@post.example"))}, NOW)
    assert "anna" not in line


def test_an_undeclared_field_raises_where_tests_run_and_is_left_out_in_service() -> None:
    stream = io.StringIO()
    Journal(stream=stream).emit(Event.HELD, {"queue_id": "q1", "subject": "secret"})
    assert "secret" not in stream.getvalue()
    with pytest.raises(UndeclaredField):
        Journal(stream=stream, is_strict=True).emit(Event.HELD, {"subject": "secret"})


def test_a_message_is_counted_by_door_and_by_each_disposition_once() -> None:
    journal = Journal(stream=io.StringIO())
    fields: dict[str, Value] = {"door": "smtp", "dispositions": ["relayed", "held", "relayed"], "total_ms": 3.0}
    journal.emit(Event.MESSAGE_RECEIVED, fields)
    tally = journal.tally()
    assert tally.counts == {
        (Event.MESSAGE_RECEIVED, ("smtp", "relayed")): 1,
        (Event.MESSAGE_RECEIVED, ("smtp", "held")): 1,
    }
    assert tally.histograms[Event.MESSAGE_RECEIVED] == ((0, 0, 1, *([0] * 12)), 3.0)


@pytest.mark.parametrize("is_closed", [False, True])
def test_a_log_that_can_not_be_written_does_not_stop_mail(is_closed: bool) -> None:
    class Full(io.StringIO):
        @override
        def write(self, text: str, /) -> int:
            raise OSError(28, "No space left on device")

    broken = Full()
    if is_closed:
        broken.close()
    journal = Journal(stream=broken)
    journal.emit(Event.STOPPED, {})
    assert journal.tally().lost_lines == 1


def test_a_quiet_journal_counts_and_writes_nothing() -> None:
    stream = io.StringIO()
    journal = Journal(stream=stream)
    journal.be_quiet()
    journal.emit(Event.STOPPED, {})
    assert (stream.getvalue(), journal.tally().counts) == ("", {(Event.STOPPED, ()): 1})


def test_frames_say_where_and_not_what() -> None:
    try:
        raise ValueError("the words of a message")
    except ValueError as error:
        frames = events.frames_of(error)
    assert frames[-1].startswith("events/test_journal.py:")
    assert "words" not in "".join(frames)


def test_F41_a_log_that_nobody_reads_never_holds_up_the_caller() -> None:
    gate = threading.Event()

    class StuckStream(io.StringIO):
        @override
        def write(self, text: str) -> int:
            gate.wait()
            return super().write(text)

    stream = StuckStream()
    journal = Journal(stream=stream, is_strict=True)
    journal.write_behind()
    for _ in range(20_000):
        journal.emit(Event.STOPPED, {"in_flight": 0})  # returns although the stream does not
    assert journal.tally().lost_lines > 0
    gate.set()
    journal.close()
    assert stream.getvalue().count("\n") + journal.tally().lost_lines == 20_000


def test_lines_written_behind_keep_their_order_and_are_all_there_after_close() -> None:
    stream = io.StringIO()
    journal = Journal(stream=stream, is_strict=True)
    journal.write_behind()
    for number in range(500):
        journal.emit(Event.STOPPED, {"in_flight": number})
    journal.close()
    assert [json.loads(line)["in_flight"] for line in stream.getvalue().splitlines()] == list(range(500))
