"""`import` of a file of messages: each goes the way of mail, and what became of it is said."""

import json
from pathlib import Path

from mailbridge.cli.output import ExitCode
from tests.cli.bridge_folder import Say
from tests.trade_import.test_read_messages import ANSWER, ROW


def _file(folder: Path, *rows: dict[str, object]) -> Path:
    file = folder / "posts.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return file


def test_S32_a_file_of_messages_is_posted_and_taken_again_counts_once(bridge: Path, say: Say) -> None:
    file = _file(bridge, ROW, ANSWER)
    code, out, _ = say("import", file)
    assert (code, out) == (ExitCode.OK, f"{file}: messages: relayed 2\n")
    _, listed, _ = say("thread", "list", "--area", "dispute", "--json")
    assert len(json.loads(listed)) == 1
    code, out, _ = say("import", file, "--json")
    assert code == ExitCode.OK
    assert [row["result"] for row in json.loads(out)["posted"]] == ["duplicate", "duplicate"]


def test_what_a_rule_stops_is_said_and_what_it_begins_is_not_answered(bridge: Path, say: Say) -> None:
    file = _file(bridge, ROW | {"text": "See https://elsewhere.example/x or call +48 601 234 567"}, ANSWER)
    code, out, _ = say("import", file)
    assert code == ExitCode.PROBLEM
    first, second, third = out.splitlines()
    assert first.startswith("line 1: m-1: refused")
    assert second == "line 2: m-2: not_posted: the two have no conversation D-7"
    assert third == f"{file}: messages: refused 1, not_posted 1"


def test_one_that_can_not_be_posted_rejects_the_file(bridge: Path, say: Say) -> None:
    file = _file(bridge, ROW, ROW | {"reference": "m-2", "order": "99999"})
    code, _, errors = say("import", file)
    assert (code, f"{file}:2: order: order 99999 is not of the two" in errors) == (ExitCode.PROBLEM, True)
    assert json.loads(say("thread", "list", "--json")[1]) == []
