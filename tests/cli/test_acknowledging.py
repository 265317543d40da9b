"""`mailbridge ack`: a seller's acknowledgements shown, set, tried and set back (S-41, S-42, S-45 to S-53)."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from mailbridge import app
from mailbridge.cli.output import ExitCode
from mailbridge.config import load
from mailbridge.message.parse import parse
from tests.cli.bridge_folder import TRADE, Say

HELLO = "Hello,\n\nthis is {{ seller }}. We answer within a day.\n"
PHONE = "Hello, call us: +48 600 123 456\n"


def _file(bridge: Path, text: str, name: str = "ack.txt") -> str:
    file = bridge / name
    file.write_text(text, encoding="utf-8")
    return str(file)


def _shown(say: Say) -> dict[str, object]:
    shown = json.loads(say("ack", "show", "s1", "--json")[1])
    assert isinstance(shown, dict)
    return shown


def test_S41_S44_what_holds_is_shown_and_whose_wish_it_is(bridge: Path, say: Say) -> None:
    assert (_shown(say)["is_on"], _shown(say)["set_by_seller"]) == (True, [])
    assert say("ack", "set", "s1", "--off", "--after", "30", "--areas", "question,dispute")[0] == ExitCode.OK
    shown = _shown(say)
    assert (shown["is_on"], shown["after_s"], shown["areas"]) == (False, 1800, ["question", "dispute"])
    assert shown["set_by_seller"] == ["on", "areas", "after"]
    assert say("ack", "set", "s1", "--as-market", "on", "--as-market", "areas")[0] == ExitCode.OK
    assert (_shown(say)["is_on"], _shown(say)["set_by_seller"]) == (True, ["after"])
    assert "No text of his own" in say("ack", "show", "s1")[1]


def test_S42_it_can_not_be_on_while_every_area_is_off(bridge: Path, say: Say) -> None:
    code, _, errors = say("ack", "set", "s1", "--on", "--areas", "none")
    assert code == ExitCode.PROBLEM
    assert errors.startswith("is_on: can not be on while every area is off")
    assert _shown(say)["version"] == 0
    assert say("ack", "set", "s1", "--off", "--areas", "none")[0] == ExitCode.OK
    code, _, errors = say("ack", "set", "s1", "--on")
    assert (code, "is_on:" in errors) == (ExitCode.PROBLEM, True)


def test_S48_S52_S53_a_text_counts_once_it_is_saved_and_ours_can_be_restored(bridge: Path, say: Say) -> None:
    file = _file(bridge, HELLO)
    unsaved = say("ack", "preview", "s1", "--text", file, "--language", "en", "--subject", "We have it")[1]
    assert unsaved.startswith("From: Acme via Market\nSubject: We have it\n\nHello,\n\nthis is Acme.")
    assert "was passed on" in say("ack", "preview", "s1")[1]
    assert say("ack", "set", "s1", "--text", file, "--language", "en")[1] == "s1: version 1 saved\n"
    assert "this is Acme" in say("ack", "preview", "s1")[1]
    assert "this is Acme" not in say("ack", "preview", "s1", "--language", "pl")[1]
    assert say("ack", "set", "s1", "--text", file, "--language", "en")[1] == "s1: so already\n"
    assert say("ack", "restore-default", "s1")[1] == "s1: version 2 saved\n"
    assert "was passed on" in say("ack", "preview", "s1")[1]
    kept = json.loads(say("ack", "history", "s1", "--json")[1])
    assert [(each["version"], len(each["texts"])) for each in kept] == [(2, 0), (1, 1)]
    [first] = json.loads(say("ack", "history", "s1", "--version", "1")[1])
    assert first["texts"][0]["body"] == HELLO


def test_S47_a_text_of_one_area_is_sent_there_only(bridge: Path, say: Say) -> None:
    say("ack", "set", "s1", "--text", _file(bridge, HELLO), "--language", "en", "--area", "dispute")
    say("ack", "set", "s1", "--text", _file(bridge, "For all: {{ reference }}"), "--language", "en")
    assert "this is Acme" in say("ack", "preview", "s1", "--area", "dispute")[1]
    assert "For all: " in say("ack", "preview", "s1", "--area", "question")[1]
    say("ack", "restore-default", "s1", "--area", "dispute")
    assert "For all: " in say("ack", "preview", "s1", "--area", "dispute")[1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PHONE, "+48 600 123 456"),
        ("{{ sellr }}", 'did you mean "seller"'),
        ("See https://acme-shop.example", "acme-shop.example"),
        ("", "says nothing"),
        ("{% for a in b %}{% endfor %}", "more than fields and if"),
    ],
)
def test_S53_a_text_that_may_not_be_sent_is_refused_when_it_is_saved_with_the_finding(
    bridge: Path, say: Say, text: str, said: str
) -> None:
    file = _file(bridge, text)
    code, _, errors = say("ack", "set", "s1", "--text", file, "--language", "en")
    assert code == ExitCode.PROBLEM
    assert errors.startswith(f"{file}: texts[1].body: ")
    assert said in errors
    assert _shown(say)["version"] == 0
    assert say("ack", "preview", "s1", "--text", file, "--language", "en")[0] == ExitCode.PROBLEM


def test_S49_the_name_is_judged_too(bridge: Path, say: Say) -> None:
    assert say("ack", "set", "s1", "--name", "Acme Support")[0] == ExitCode.OK
    assert say("ack", "preview", "s1")[1].startswith("From: Acme Support via Market\n")
    assert say("ack", "set", "s1", "--name", "acme@acme.example")[0] == ExitCode.PROBLEM
    assert say("ack", "set", "s1", "--name", "The Market")[0] == ExitCode.PROBLEM


def test_S50_a_further_mailbox_is_set_and_taken_away(bridge: Path, say: Say) -> None:
    say("ack", "set", "s1", "--notify", "desk@acme.example", "--copies")
    assert (_shown(say)["notify"], _shown(say)["copies"]) == ("desk@acme.example", True)
    say("ack", "set", "s1", "--notify", "")
    assert _shown(say)["notify"] is None
    code, _, errors = say("ack", "set", "s1", "--notify", "acme@relay.example")
    assert (code, "an address of ours" in errors) == (ExitCode.PROBLEM, True)


def test_S51_a_test_sends_both_mails_marked_as_automatic(bridge: Path, say: Say) -> None:
    say("ack", "set", "s1", "--text", _file(bridge, HELLO), "--language", "en")
    assert say("ack", "send-test", "me@acme-office.example", "--seller", "s1")[1] == "s1: queued, two mails\n"
    with app.open_store(load(bridge / "mailbridge.toml")) as store:
        queued = store.claim(app.clock(), worker="t", limit=9, lease=timedelta(minutes=1))
    mails = [parse(claimed.delivery.octets) for claimed in queued]
    assert {claimed.delivery.forward_path.addr_spec for claimed in queued} == {"me@acme-office.example"}
    assert all(b"\r\nAuto-Submitted: auto-generated" in claimed.delivery.octets for claimed in queued)
    assert all(claimed.delivery.reverse_path is None for claimed in queued)
    assert any("this is Acme" in (mail.body.plain or "") for mail in mails)
    assert any("waits for you" in (mail.body.plain or "") for mail in mails)


@pytest.mark.parametrize("address", ["nobody", "acme@relay.example"])
def test_S51_a_test_goes_to_a_mailbox_only(bridge: Path, say: Say, address: str) -> None:
    assert say("ack", "send-test", address, "--seller", "s1")[0] != ExitCode.OK


def test_S46_the_copy_can_be_looked_at(bridge: Path, say: Say) -> None:
    assert "This conversation waits for you." in say("ack", "preview", "s1", "--copy")[1]
    assert "<p>" in say("ack", "preview", "s1", "--html")[1]


def test_S53_an_import_is_refused_for_a_text_with_file_line_and_key(bridge: Path, say: Say) -> None:
    lines = TRADE.splitlines()
    wishes = {"texts": [{"language": "en", "body": HELLO}, {"language": "pl", "body": PHONE}]}
    lines[1] = lines[1].replace('"name": "Acme"', f'"name": "Acme", "acknowledgement": {json.dumps(wishes)}')
    file = _file(bridge, "\n".join(lines), "trade.jsonl")
    code, _, errors = say("import", file)
    assert code == ExitCode.PROBLEM
    assert errors.startswith(f"{file}:2: acknowledgement.texts[2].body: breaks the rule ")
    assert "+48 600 123 456" in errors
    assert _shown(say)["version"] == 0
    Path(file).write_text(Path(file).read_text(encoding="utf-8").replace("+48 600 123 456", "us"), encoding="utf-8")
    assert say("import", file)[0] == ExitCode.OK
    assert _shown(say)["version"] == 1


@pytest.mark.parametrize(
    "wrong",
    [
        ("set", "s1", "--areas", "chat"),
        ("set", "s1", "--after", "61"),
        ("set", "s1", "--subject", "x"),
        ("set", "s1", "--text", "nothing.txt", "--language", "en"),
        ("set", "nobody", "--on"),
        ("show", "nobody"),
        ("history", "s1", "--version", "7"),
        ("set", "s1", "--notify", "nobody"),
    ],
)
def test_what_can_not_be_is_said(bridge: Path, say: Say, wrong: tuple[str, ...]) -> None:
    code, _, errors = say("ack", *wrong)
    assert code != ExitCode.OK
    assert errors
