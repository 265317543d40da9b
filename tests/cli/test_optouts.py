"""`mailbridge optout`: what buyers want no more, listed, added and taken back by hand (S-15)."""

import json
from pathlib import Path

import pytest

from mailbridge.cli.output import ExitCode
from tests.cli.bridge_folder import Say

PAIR = ("--market", "market", "--buyer", "b1")


def test_S15_a_person_stops_messages_for_a_buyer_and_lets_them_come_again(bridge: Path, say: Say) -> None:
    assert say("optout", "list")[1] == "Nobody opted out.\n"
    added = json.loads(say("optout", "add", *PAIR, "--seller", "s1", "--kind", "review", "--json")[1])
    assert say("optout", "add", *PAIR)[1] == "b1, every seller, all: stopped\n"
    assert say("optout", "add", *PAIR)[1] == "b1, every seller, all: so already\n"
    listed = json.loads(say("optout", "list", "--json")[1])
    assert say("optout", "remove", *PAIR)[1] == "b1, every seller, all: taken back\n"
    left = json.loads(say("optout", "list", "--buyer", "b1", "--json")[1])
    assert (added["changed"], added["kind"]) == (True, "review")
    assert {(row["seller"], row["kind"], row["via"]) for row in listed} == {
        ("s1", "review", "command"),
        ("", "all", "command"),
    }
    assert [row["seller"] for row in left] == ["s1"]


def test_people_get_a_table(bridge: Path, say: Say) -> None:
    say("optout", "add", *PAIR)
    out = say("optout", "list")[1]
    assert [word for word in ("BUYER", "b1", "(every)", "all", "command") if word not in out] == []


@pytest.mark.parametrize("wrong", [("--market", "x", "--buyer", "b1"), ("--market", "market", "--buyer", "x")])
def test_a_reference_that_names_nothing_has_its_exit_code(bridge: Path, say: Say, wrong: tuple[str, ...]) -> None:
    code, _, errors = say("optout", "add", *wrong)
    assert (code, "has the reference x" in errors) == (ExitCode.NOT_FOUND, True)
