"""`mailbridge classify`: the kind of a mail and what a bounce says, for people and as scorers of bounces read it."""

import json
from pathlib import Path

import pytest

from mailbridge.cli.output import ExitCode
from tests.cli.bridge_folder import Say

_BOUNCE = (
    "\n   \nReturn-Path: <>\nFrom: MAILER-DAEMON@mx.example\nSubject: failure notice\n\n"
    "Hi. This is the qmail-send program at mx.example.\n\n<anna@one.example>:\nSorry, no mailbox here by that name.\n"
)


@pytest.fixture
def bounce(tmp_path: Path) -> Path:
    file = tmp_path / "bounce.eml"
    file.write_text(_BOUNCE, encoding="utf-8")
    return file


def test_json_is_what_scorers_of_bounces_read(say: Say, bounce: Path) -> None:
    shown = json.loads(say("classify", "--json", str(bounce), config=False)[1])
    assert (shown["kind"], shown["mail"], shown["automated"]) == ("bounce", "bounce", True)
    assert [(one["recipient"], one["status"], one["permanent"], one["reason"]) for one in shown["failures"]] == [
        ("anna@one.example", "5.1.1", True, "userunknown")
    ]


def test_people_read_whom_it_is_about_and_why(say: Say, bounce: Path) -> None:
    code, shown, _ = say("classify", str(bounce), config=False)
    assert code == ExitCode.OK
    assert "kind:         bounce" in shown
    assert "anna@one.example  failed  5.1.1   hard     userunknown" in shown


def test_mail_that_is_no_bounce_is_other_to_scorers(say: Say, tmp_path: Path) -> None:
    mail = tmp_path / "mail.eml"
    mail.write_text("From: a@one.example\n\nIs it available?", encoding="utf-8")
    shown = json.loads(say("classify", "--json", str(mail), config=False)[1])
    assert (shown["kind"], shown["mail"], shown["automated"], shown["failures"]) == ("other", "person", False, [])


def test_a_file_that_is_not_there_is_named(say: Say, tmp_path: Path) -> None:
    code, _, errors = say("classify", str(tmp_path / "nothing.eml"), config=False)
    assert (code, "nothing.eml" in errors) == (ExitCode.NOT_FOUND, True)
