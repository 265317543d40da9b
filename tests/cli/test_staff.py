"""`staff` and `thread assign`: who works for a shop, who takes a conversation, messaging off and on (S-13, S-17)."""

import json
from pathlib import Path

import pytest

from mailbridge import app
from mailbridge.cli.output import ExitCode
from mailbridge.config import load
from mailbridge.domain.ids import RecordId
from mailbridge.path.held import release
from tests.cli.bridge_folder import TRADE, Say, hold_a_mail

pytestmark = pytest.mark.usefixtures("bridge")

SHOP, JAN = "shop@acme.example", "jan@acme.example"
_TWO = TRADE.replace(
    '"mailboxes": [{"address": "shop@acme.example"}]',
    '"mailboxes": [{"address": "shop@acme.example"}, {"address": "jan@acme.example"}]',
)


@pytest.fixture(autouse=True)
def _two(bridge: Path, say: Say) -> None:
    (bridge / "two.jsonl").write_text(_TWO)
    assert say("import", bridge / "two.jsonl")[0] == ExitCode.OK


def _listed(say: Say) -> dict[str, dict[str, object]]:
    found = json.loads(say("staff", "list", "s1", "--json")[1])
    return {one["address"]: one for one in found["mailboxes"]}


def test_S13_terms_are_set_one_by_one_and_shown(say: Say) -> None:
    assert [one["gets"] for one in _listed(say).values()] == ["all", "assigned"]
    code, out, _ = say("staff", "set", "s1", JAN, "--name", "Jan", "--role", "agent", "--copies")
    assert (code, out) == (ExitCode.OK, f"{JAN}: agent, gets assigned, with copies\n")
    say("staff", "set", "s1", JAN, "--gets", "areas", "--area", "dispute", "--area", "order")
    jan = _listed(say)[JAN]
    assert (jan["name"], jan["role"], jan["areas"], jan["copies"]) == ("Jan", "agent", ["dispute", "order"], True)
    say("staff", "set", "s1", JAN, "--gets", "all")
    assert _listed(say)[JAN]["areas"] == []
    assert "Jan" in say("staff", "list", "s1")[1]


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (("set", "s1", "nobody@acme.example", "--copies"), ExitCode.NOT_FOUND, "nobody@acme.example"),
        (("set", "s9", JAN), ExitCode.NOT_FOUND, "s9"),
        (("set", "s1", JAN, "--gets", "areas"), ExitCode.PROBLEM, "name at least one"),
        (("set", "s1", JAN, "--area", "order"), ExitCode.PROBLEM, "areas go with"),
        (("set", "s1", JAN, "--name", "a]b"), ExitCode.USAGE, "brackets"),
        (("away", "s1", JAN, "--back-on", "soon"), ExitCode.USAGE, "2026-12-05"),
        (("away", "s1", JAN, "--back-on", "2020-01-01"), ExitCode.USAGE, "begun already"),
        (("away", "s1", JAN, "--back-on", "2099-12-05", "--stand-in", JAN), ExitCode.PROBLEM, "another active"),
        (("away", "s1", JAN, "--back-on", "2099-12-05", "--stand-in", "nobody"), ExitCode.USAGE, "one mail address"),
    ],
)
def test_S13_what_can_not_be_is_refused(say: Say, arguments: tuple[str, ...], code: ExitCode, word: str) -> None:
    before = _listed(say)
    found, _, errors = say("staff", *arguments)
    assert (found, word in errors) == (code, True)
    assert _listed(say) == before


def test_S13_somebody_must_be_able_to_answer(say: Say) -> None:
    assert say("staff", "set", "s1", SHOP, "--role", "observer")[0] == ExitCode.OK
    code, _, errors = say("staff", "set", "s1", JAN, "--role", "observer")
    assert (code, "able to answer" in errors) == (ExitCode.PROBLEM, True)


def test_S13_who_may_only_read_stands_in_for_nobody(say: Say) -> None:
    say("staff", "set", "s1", JAN, "--role", "observer")
    code, _, errors = say("staff", "away", "s1", SHOP, "--back-on", "2099-12-05", "--stand-in", JAN)
    assert (code, "may only read" in errors, _listed(say)[SHOP]["away_until"]) == (ExitCode.PROBLEM, True, None)


def test_S13_away_and_back(say: Say) -> None:
    code, said, _ = say("staff", "away", "s1", SHOP, "--back-on", "2099-12-05", "--stand-in", JAN)
    assert (code, f"away until 2099-12-05 00:00:00 UTC, {JAN} stands in" in said) == (ExitCode.OK, True)
    shop = _listed(say)[SHOP]
    assert (shop["away_until"], shop["stand_in"]) == ("2099-12-05T00:00:00+00:00", JAN)
    assert say("staff", "back", "s1", SHOP)[0] == ExitCode.OK
    assert _listed(say)[SHOP]["away_until"] is None


def test_S17_switching_messaging_off_is_said_at_once_in_the_lists_and_ends(say: Say) -> None:
    code, out, _ = say("staff", "set", "s1", SHOP, "--gets", "nothing")
    assert (code, "Messaging is switched off since" in out) == (ExitCode.OK, True)
    assert "Messaging is switched off since" in say("staff", "list", "s1")[1]
    assert "switched off" in say("seller", "list")[1]
    found = json.loads(say("staff", "list", "s1", "--json")[1])
    assert (found["messaging_off_at"] is not None, found["kept"]) == (True, 0)
    assert "switched off" not in say("staff", "set", "s1", JAN, "--gets", "all")[1]
    assert "switched off" not in say("seller", "list")[1]


def test_S13_how_a_conversation_is_taken(say: Say) -> None:
    assert json.loads(say("staff", "taking", "s1", "--json")[1])["first_answer_takes"] is False
    assert "answers first" in say("staff", "taking", "s1", "--by-answer")[1]
    assert json.loads(say("staff", "list", "s1", "--json")[1])["first_answer_takes"] is True
    assert "answers first" not in say("staff", "taking", "s1", "--by-word")[1]


def test_S13_a_conversation_is_assigned_by_command(bridge: Path, say: Say) -> None:
    held = hold_a_mail(bridge)
    with app.open_bridge(load(bridge / "mailbridge.toml")) as path:
        release(RecordId(held), path)
        [row] = path.store.threads(10)
    thread = row.thread.id
    say("staff", "set", "s1", JAN, "--name", "Jan Nowak")
    assert say("thread", "assign", thread, "jan nowak")[:2] == (ExitCode.OK, f"{thread}: taken by {JAN}\n")
    assert JAN in say("thread", "list")[1]
    [listed] = json.loads(say("thread", "list", "--json")[1])
    assert (listed["taken_by"], listed["thread"]["assigned_to"], listed["thread"]["id"]) == (JAN, None, thread)
    assert say("thread", "assign", thread, "eva")[0] == ExitCode.NOT_FOUND
    assert say("thread", "assign", thread)[0] == ExitCode.USAGE
    assert say("thread", "assign", thread, JAN, "--nobody")[0] == ExitCode.USAGE
    assert say("thread", "assign", thread, "--nobody")[1] == f"{thread}: nobody has it\n"
    assert JAN not in say("thread", "list")[1]


def test_S13_an_import_sets_terms_and_one_without_leaves_them(bridge: Path, say: Say) -> None:
    terms = '{"name": "Jan", "role": "agent", "gets": "areas", "areas": ["order"]}'
    staff = f'{{"address": "jan@acme.example", "staff": {terms}}}'
    (bridge / "staff.jsonl").write_text(
        _TWO.replace('{"address": "jan@acme.example"}', staff).replace(
            '"contact":', '"first_answer_takes": true, "contact":'
        )
    )
    assert say("import", bridge / "staff.jsonl")[0] == ExitCode.OK
    for _ in range(2):
        jan = _listed(say)[JAN]
        assert (jan["name"], jan["role"], jan["areas"]) == ("Jan", "agent", ["order"])
        assert json.loads(say("staff", "list", "s1", "--json")[1])["first_answer_takes"] is True
        assert say("import", bridge / "two.jsonl")[0] == ExitCode.OK


@pytest.mark.parametrize(
    ("staff", "key", "reason"),
    [
        ('{"nam": "Jan"}', "mailboxes[2].staff.nam", 'is no field of a staff, did you mean "name"?'),
        ('{"role": "boss"}', "mailboxes[2].staff.role", "must be 'owner', 'agent' or 'observer'"),
        ('{"gets": "areas"}', "mailboxes", "areas go with gets = areas"),
        ('{"name": "a[b"}', "mailboxes[2].staff.name", "without brackets"),
        (
            '{"away_until": "2099-12-05T00:00:00Z", "stand_in": "x@acme.example"}',
            "mailboxes",
            "another active mailbox",
        ),
        ('{"stand_in": "shop@acme.example"}', "mailboxes", "goes with away_until"),
        ('{"stand_in": "ola"}', "mailboxes[2].staff.stand_in", "one mail address"),
        ('{"away_until": "tomorrow"}', "mailboxes[2].staff.away_until", "time with zone"),
    ],
)
def test_S13_an_import_says_what_is_wrong_with_terms(bridge: Path, say: Say, staff: str, key: str, reason: str) -> None:
    mailbox = '{"address": "jan@acme.example", "staff": ' + staff + "}"
    (bridge / "bad.jsonl").write_text(_TWO.replace('{"address": "jan@acme.example"}', mailbox))
    code, _, errors = say("import", bridge / "bad.jsonl")
    assert (code, f"{key}: " in errors, reason in errors) == (ExitCode.PROBLEM, True, True), errors


def test_S13_a_buyers_mailbox_has_no_staff(bridge: Path, say: Say) -> None:
    (bridge / "bad.jsonl").write_text(
        TRADE.replace('{"address": "anna@post.example"}', '{"address": "anna@post.example", "staff": {}}')
    )
    code, _, errors = say("import", bridge / "bad.jsonl")
    assert (code, "mailboxes[1].staff: is no field of a mailbox" in errors) == (ExitCode.PROBLEM, True)
