"""The commands as a person types them: what they print, what they leave, and their exit codes."""

import json
import os
import sqlite3
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mailbridge.cli.output import ExitCode, harmless
from mailbridge.config import load
from tests.cli.bridge_folder import MAIL, TRADE, Say, hold_a_mail


def test_help_names_every_command_and_is_quick() -> None:
    begun, before = time.process_time(), os.times().children_user
    done = subprocess.run([sys.executable, "-m", "mailbridge", "--help"], capture_output=True, text=True, check=True)
    used = os.times().children_user - before
    assert "serve" in done.stdout
    assert (used < 3, time.process_time() - begun < 1) == (True, True)


def test_help_needs_no_heavy_library() -> None:
    heavy = "'sqlalchemy', 'jinja2', 'pydantic', 'dns'"
    code = f"import sys, mailbridge.cli; print([name for name in ({heavy}) if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--version",), ExitCode.OK),
        (("nonsense",), ExitCode.USAGE),
        (("held", "show"), ExitCode.USAGE),
        (("alias", "export", "--since", "soon"), ExitCode.USAGE),
        (("held", "list", "--config", "nothing.toml"), ExitCode.CONFIGURATION),
        (("settings", "reference"), ExitCode.OK),
    ],
)
def test_exit_codes_say_what_kind_of_trouble_it_is(say: Say, arguments: tuple[str, ...], code: ExitCode) -> None:
    found, _, errors = say(*arguments, config=False)
    assert (found, "Traceback" in errors) == (code, False)


@pytest.mark.parametrize(
    ("arguments", "end"),
    [
        (("seller", "authorise", "a@b.example"), "see `mailbridge seller authorise --help`"),
        (("queue", "list", "--nonsense"), "see `mailbridge queue list --help`"),
        (("nonsense",), "see `mailbridge --help`"),
    ],
)
def test_a_mistyped_command_names_its_own_help(say: Say, arguments: tuple[str, ...], end: str) -> None:
    assert say(*arguments, config=False)[2].strip().endswith(end)


@pytest.mark.parametrize("arguments", [(), ("thread",)])
def test_a_group_without_a_command_shows_its_help_alone(say: Say, arguments: tuple[str, ...]) -> None:
    code, _, errors = say(*arguments, config=False)
    assert (code, errors.startswith("Usage: mailbridge"), "see `" in errors) == (ExitCode.USAGE, True, False)


def test_init_makes_a_bridge_that_check_can_use(bridge: Path, say: Say) -> None:
    assert stat.S_IMODE((bridge / "mailbridge.key").stat().st_mode) == 0o600
    code, out, _ = say("check", "--offline", "--json")
    assert code == ExitCode.OK
    assert {line["subject"]: line["status"] for line in json.loads(out)}["master key"] == "ok"


@pytest.mark.parametrize(
    ("smarthost", "host", "port"),
    [
        ("smtp.example.com", "smtp.example.com", 25),
        ("smtp.example.com:587", "smtp.example.com", 587),
        ("[2001:db8::25]:587", "2001:db8::25", 587),
        ("2001:db8::25", "2001:db8::25", 25),
    ],
)
def test_init_takes_a_port_with_the_smarthost(tmp_path: Path, say: Say, smarthost: str, host: str, port: int) -> None:
    options = ("--hostname", "b.example", "--operator", "op@example.com", "--smarthost", smarthost)
    assert say("init", tmp_path / "new", *options, config=False)[0] == ExitCode.OK
    (route,) = load(tmp_path / "new" / "mailbridge.toml").route
    assert (route.host, route.port) == (host, port)


@pytest.mark.parametrize("smarthost", ["smtp.example.com:0", "smtp.example.com:70000", "smtp.example.com:x", ":25"])
def test_init_refuses_a_port_that_is_none(tmp_path: Path, say: Say, smarthost: str) -> None:
    options = ("--hostname", "b.example", "--operator", "op@example.com", "--smarthost", smarthost)
    code, _, errors = say("init", tmp_path / "new", *options, config=False)
    assert (code, "route." in errors, (tmp_path / "new").exists()) == (ExitCode.USAGE, True, False)


def test_init_writes_nothing_over(bridge: Path, say: Say) -> None:
    before = (bridge / "mailbridge.toml").read_text(), (bridge / "mailbridge.key").read_text()
    options = ("--hostname", "b.example", "--operator", "op@example.com", "--smarthost", "127.0.0.1")
    code, _, errors = say("init", bridge, *options, config=False)
    assert (code, "mailbridge.key" in errors) == (ExitCode.CONFIGURATION, True)
    assert ((bridge / "mailbridge.toml").read_text(), (bridge / "mailbridge.key").read_text()) == before


def test_init_refuses_bad_values_before_it_writes_anything(tmp_path: Path, say: Say) -> None:
    options = ("--hostname", "b.example", "--operator", "nobody", "--smarthost", "127.0.0.1")
    code, _, errors = say("init", tmp_path / "new", *options, config=False)
    assert (code, "bridge.operator" in errors, (tmp_path / "new").exists()) == (ExitCode.USAGE, True, False)


def test_a_value_that_is_none_of_the_known_ones_is_told_in_plain_words(bridge: Path, say: Say) -> None:
    code, _, errors = say("standing", "set", "s1", "bared", "--why", "adverts")
    assert code == ExitCode.USAGE
    assert "'STEP': 'bared' is not one of 'reminded', 'warned', 'barred', 'suspended', 'closed'" in errors


def test_settings_problems_are_lines_on_stderr(tmp_path: Path, say: Say) -> None:
    (tmp_path / "mailbridge.toml").write_text('[bridge]\nhostnam = "x"\n')
    code, out, errors = say("serve")
    place = f"{tmp_path / 'mailbridge.toml'}:2: bridge.hostnam: "
    assert (code, out, place in errors) == (ExitCode.CONFIGURATION, "", True)


def test_a_key_of_another_bridge_stops_the_command_F42(bridge: Path, say: Say) -> None:
    (bridge / "mailbridge.key").unlink()
    assert say("held", "list")[0] == ExitCode.CONFIGURATION
    say("key", "new", bridge / "mailbridge.key", config=False)
    assert say("held", "list")[0] == ExitCode.CONFIGURATION


def test_an_import_prints_the_aliases_it_minted_with_the_markets_references(bridge: Path, say: Say) -> None:
    more = TRADE.splitlines()[2].replace("b1", "b2").replace("anna", "ola") + "\n"
    order = TRADE.splitlines()[3].replace("b1", "b2").replace("48213", "48214") + "\n"
    (bridge / "more.jsonl").write_text(more + order)
    code, out, _ = say("import", bridge / "more.jsonl", "--json")
    aliases = json.loads(out)["aliases"]
    assert (code, sorted(alias["stands_for"] for alias in aliases)) == (ExitCode.OK, ["buyer", "seller"])
    assert {(alias["seller"], alias["buyer"]) for alias in aliases} == {("s1", "b2")}


def test_the_same_import_twice_mints_nothing(bridge: Path, say: Say) -> None:
    _, out, _ = say("import", bridge / "trade.jsonl", "--json")
    assert json.loads(out)["aliases"] == []


def test_a_rejected_import_names_every_error_and_takes_nothing(bridge: Path, say: Say) -> None:
    good = TRADE.splitlines()[2].replace("b1", "b9")
    (bridge / "bad.jsonl").write_text(f'{good}\n{{"type": "order"}}\n')
    code, _, errors = say("import", bridge / "bad.jsonl")
    assert (code, f"{bridge / 'bad.jsonl'}:2: reference: is missing" in errors) == (ExitCode.PROBLEM, True)
    assert say("alias", "mint", "--market", "market", "--seller", "s1", "--buyer", "b9")[0] == ExitCode.NOT_FOUND


def test_aliases_are_exported_since_a_time(bridge: Path, say: Say) -> None:
    _, all_of_them, _ = say("alias", "export", "--json")
    _, none, _ = say("alias", "export", "--json", "--since", "2999-01-01")
    assert (len(json.loads(all_of_them)), json.loads(none)) == (2, [])


def test_minting_twice_gives_the_same_aliases(bridge: Path, say: Say) -> None:
    pair = ("--market", "market", "--seller", "s1", "--buyer", "b1")
    assert say("alias", "mint", *pair, "--json") == say("alias", "mint", *pair, "--json")


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("acme.o-48213@relay.example", "Contact"),
        ("postmaster@relay.example", "Role"),
        ("nobody@relay.example", "Unknown"),
        ("x@elsewhere.example", "Unknown"),
    ],
)
def test_alias_show_says_what_an_address_means(bridge: Path, say: Say, address: str, kind: str) -> None:
    code, out, _ = say("alias", "show", address, "--json")
    assert (code, json.loads(out)["kind"]) == (ExitCode.OK, kind)


def test_a_mailbox_can_be_authorised(bridge: Path, say: Say) -> None:
    assert say("seller", "authorise", "staff@acme.example", "--seller", "s1", "--market", "market")[0] == ExitCode.OK
    _, out, _ = say("seller", "list", "--json")
    assert len(json.loads(out)[0]["seller"]["mailboxes"]) == 2
    assert "staff@acme.example" not in out


def test_T47_a_buyers_mailbox_is_authorised_only_on_purpose(bridge: Path, say: Say) -> None:
    words = ("seller", "authorise", "Anna@post.example", "--seller", "s1", "--market", "market")
    code, out, errors = say(*words)
    assert (code, out, "buyer b1" in errors, "--shared" in errors) == (ExitCode.PROBLEM, "", True, True)
    assert say(*words, "--shared")[0] == ExitCode.OK


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("shop",), "must be one mail address"),
        (("postmaster@acme.example",), "is an address of a mail system"),
        (("staff@acme.example", "--authenticated-as", "no domain"), "must be a domain"),
        (("staff@acme.example", "--authenticated-as", "@"), "must be one mail address"),
    ],
)
def test_no_mailbox_is_authorised_that_an_import_would_not_take(
    bridge: Path, say: Say, words: tuple[str, ...], reason: str
) -> None:
    code, _, errors = say("seller", "authorise", *words, "--seller", "s1", "--market", "market")
    assert (code, reason in errors) == (ExitCode.USAGE, True)


def test_T47_an_address_of_ours_is_not_authorised(bridge: Path, say: Say) -> None:
    code, _, _ = say("seller", "authorise", "x@relay.example", "--seller", "s1", "--market", "market")
    assert code != ExitCode.OK


def test_held_mail_is_listed_shown_and_refused(bridge: Path, say: Say) -> None:
    record_id = hold_a_mail(bridge)
    why = "nothing proves that the author on record wrote it"
    assert why in say("held", "list")[1]
    _, listed, _ = say("held", "list", "--json")
    assert [(row["record_id"], row["hold"]) for row in json.loads(listed)] == [(record_id, "author_unproven")]
    code, shown, _ = say("held", "show", record_id)
    assert (code, "How long is the hose?" in shown, why in shown) == (ExitCode.OK, True, True)
    assert json.loads(say("held", "show", record_id, "--json")[1])["hold"] == "author_unproven"
    assert say("held", "refuse", record_id)[0] == ExitCode.OK
    code, _, errors = say("held", "refuse", record_id)
    assert (code, "not held any more: it was refused" in errors) == (ExitCode.PROBLEM, True)
    assert json.loads(say("held", "list", "--json")[1]) == []


def test_one_message_can_be_shown_that_is_in_no_conversation(bridge: Path, say: Say) -> None:
    record_id = hold_a_mail(bridge)
    code, out, _ = say("thread", "show", record_id)
    assert (code, "How long is the hose?" in out) == (ExitCode.OK, True)
    assert [row["record_id"] for row in json.loads(say("thread", "show", record_id, "--json")[1])] == [record_id]


def test_S29_a_message_on_record_says_of_what_kind_it_is_and_what_it_is_about(bridge: Path, say: Say) -> None:
    record_id = hold_a_mail(bridge)
    assert "Kind: person; about: question; priority: normal" in say("thread", "show", record_id)[1]
    (row,) = json.loads(say("thread", "show", record_id, "--json")[1])
    assert (row["kind"], row["topics"], row["priority"]) == ("person", ["question"], "normal")


def test_held_mail_is_explained_in_the_language_of_the_person_in_charge(bridge: Path, say: Say) -> None:
    hold_a_mail(bridge)
    file = bridge / "mailbridge.toml"
    file.write_text(file.read_text().replace("[bridge]\n", '[bridge]\nlanguage = "pl"\n'))
    assert "nic nie potwierdza, że napisał ją zapisany autor" in say("held", "list")[1]


def test_T75_a_subject_can_not_command_the_terminal(bridge: Path, say: Say) -> None:
    record_id = hold_a_mail(bridge)
    assert "\x1b" not in say("held", "list")[1] + say("held", "show", record_id)[1]


def test_released_mail_is_relayed_queued_and_stands_in_its_thread(bridge: Path, say: Say) -> None:
    record_id = hold_a_mail(bridge)
    code, out, _ = say("held", "release", record_id)
    assert (code, "relayed" in out) == (ExitCode.OK, True)
    queued = json.loads(say("queue", "list", "--json")[1])
    relays = [row for row in queued if row["kind"] == "relay"]
    assert [row["reader"] for row in relays] == ["seller"]
    (row,) = json.loads(say("thread", "list", "--json")[1])
    code, shown, _ = say("thread", "show", row["thread"]["id"])
    assert (code, "How long is the hose?" in shown) == (ExitCode.OK, True)
    code, out, errors = say("held", "release", record_id)
    assert (code, out, "not held any more: it was released" in errors) == (ExitCode.PROBLEM, "", True)


def test_T5_threads_are_split_and_merged_only_where_there_is_something_to_split_or_merge(
    bridge: Path, say: Say
) -> None:
    say("held", "release", hold_a_mail(bridge))
    (row,) = json.loads(say("thread", "list", "--json")[1])
    thread_id = row["thread"]["id"]
    (message,) = json.loads(say("thread", "show", thread_id, "--json")[1])
    code, out, errors = say("thread", "split", message["record_id"])
    assert (code, out, "first message of its thread" in errors) == (ExitCode.PROBLEM, "", True)
    code, out, errors = say("thread", "merge", thread_id, thread_id)
    assert (code, out, "into itself" in errors) == (ExitCode.PROBLEM, "", True)


def test_S82_the_marketplace_ends_a_conversation_and_opens_it_again(bridge: Path, say: Say) -> None:
    say("held", "release", hold_a_mail(bridge))
    (row,) = json.loads(say("thread", "list", "--json")[1])
    thread_id = row["thread"]["id"]
    states = []
    for command in ("close", "reopen", "resolve"):
        assert say("thread", command, thread_id, "--why", "Asked for by telephone.")[0] == ExitCode.OK
        (row,) = json.loads(say("thread", "list", "--json")[1])
        states.append(row["thread"]["state"])
    assert states == ["closed", "open", "resolved"]
    code, out, errors = say("thread", "close", thread_id)
    assert (code, out, "`thread reopen` comes first" in errors) == (ExitCode.PROBLEM, "", True)
    code, out, errors = say("thread", "give-up", thread_id)
    assert (code, out, "do not let the marketplace" in errors) == (ExitCode.PROBLEM, "", True)


def test_a_delivery_is_kept_back_let_go_and_retried(bridge: Path, say: Say) -> None:
    say("held", "release", hold_a_mail(bridge))
    row = next(row for row in json.loads(say("queue", "list", "--json")[1]) if row["kind"] == "relay")
    states = []
    for command in ("hold", "release", "retry"):
        assert say("queue", command, row["id"])[0] == ExitCode.OK
        states.append(json.loads(say("queue", "show", row["id"], "--json")[1])["state"])
    assert states == ["held", "pending", "pending"]
    code, out, errors = say("queue", "release", row["id"])
    assert (code, out, "its state is pending" in errors) == (ExitCode.PROBLEM, "", True)
    assert say("queue", "show", row["id"])[0] == ExitCode.OK


@pytest.mark.parametrize(
    "words",
    [
        ("held", "show", "no-such-id"),
        ("held", "release", "no-such-id"),
        ("held", "refuse", "no-such-id"),
        ("thread", "show", "no-such-id"),
        ("thread", "move", "no-such-id", "no-such-id"),
        ("thread", "merge", "no-such-id", "no-such-one"),
        ("thread", "split", "no-such-id"),
        ("thread", "close", "no-such-id"),
        ("queue", "show", "no-such-id"),
        ("queue", "retry", "no-such-id"),
        ("queue", "hold", "no-such-id"),
        ("queue", "release", "no-such-id"),
        ("import", "no-such-file"),
        ("explain", "no-such-file"),
        ("seller", "authorise", "a@b.example", "--seller", "no", "--market", "market"),
    ],
)
def test_an_id_that_names_nothing_is_exit_code_4(bridge: Path, say: Say, words: tuple[str, ...]) -> None:
    code, out, errors = say(*words)
    assert (code, out, errors != "") == (ExitCode.NOT_FOUND, "", True)


@pytest.mark.parametrize("command", [("held", "list"), ("thread", "list"), ("queue", "list")])
def test_an_empty_list_says_so_to_people_and_is_empty_for_programs(
    bridge: Path, say: Say, command: tuple[str, ...]
) -> None:
    assert say(*command)[1].strip().endswith(".")
    assert json.loads(say(*command, "--json")[1]) == []


def test_explain_tells_what_would_happen_and_keeps_nothing(bridge: Path, say: Say) -> None:
    (bridge / "first.eml").write_bytes(MAIL)
    code, out, _ = say("explain", bridge / "first.eml")
    assert (code, "address is: contact" in out) == (ExitCode.OK, True)
    assert "@relay.example: held\n  why:        nothing proves that the author on record wrote it (" in out
    assert json.loads(say("held", "list", "--json")[1]) == []
    _, plain, _ = say("explain", bridge / "first.eml", "--json")
    assert json.loads(plain)[0]["plan"]["disposition"] == "held"


def test_explain_takes_only_an_ip_address_as_one(bridge: Path, say: Say) -> None:
    (bridge / "first.eml").write_bytes(MAIL)
    assert say("explain", bridge / "first.eml", "--ip", "999")[0] == ExitCode.USAGE
    assert say("explain", bridge / "first.eml", "--ip", "192.0.2.1")[0] == ExitCode.OK


def test_explain_of_a_mail_to_nobody_asks_for_the_recipient(bridge: Path, say: Say) -> None:
    (bridge / "first.eml").write_bytes(MAIL.replace(b"To: acme.o-48213@relay.example\r\n", b""))
    assert say("explain", bridge / "first.eml")[0] == ExitCode.USAGE
    assert say("explain", bridge / "first.eml", "--to", "nobody@relay.example")[0] == ExitCode.PROBLEM


def test_a_backup_is_a_whole_database_that_others_can_not_read(bridge: Path, say: Say) -> None:
    copy = bridge / "copy.sqlite"
    assert say("backup", copy)[0] == ExitCode.OK
    with sqlite3.connect(copy) as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
    assert stat.S_IMODE(copy.stat().st_mode) & 0o077 == 0
    assert say("backup", copy)[0] == ExitCode.USAGE


def test_dkim_new_makes_a_key_and_prints_its_record(tmp_path: Path, say: Say) -> None:
    words = ("dkim", "new", "relay.example", "--kind", "ed25519", "--folder", tmp_path)
    code, out, _ = say(*words, config=False)
    assert (code, "mb1._domainkey.relay.example. IN TXT" in out) == (ExitCode.OK, True)
    assert stat.S_IMODE((tmp_path / "dkim-relay.example-mb1.pem").stat().st_mode) == 0o600
    assert say(*words, config=False)[0] == ExitCode.CONFIGURATION


@pytest.mark.parametrize(
    ("domain", "selector"), [("../relay.example", "mb1"), ("localhost", "mb1"), ("a.example", "a/b")]
)
def test_dkim_new_takes_only_what_can_stand_in_dns(tmp_path: Path, say: Say, domain: str, selector: str) -> None:
    code, _, errors = say("dkim", "new", domain, "--selector", selector, "--folder", tmp_path, config=False)
    assert (code, errors != "", list(tmp_path.iterdir())) == (ExitCode.USAGE, True, [])


def test_rules_check_lists_the_rules(bridge: Path, say: Say) -> None:
    code, out, _ = say("rules", "check", "--json")
    assert (code, "general.no-phone-number" in json.loads(out)["rules"]) == (ExitCode.OK, True)


def test_check_names_a_rule_pack_that_a_marketplace_asks_for_and_nobody_has(bridge: Path, say: Say) -> None:
    market = TRADE.splitlines()[0].replace("}", ', "rule_packs": ["general", "lost"]}')
    (bridge / "market.jsonl").write_text(market + "\n")
    assert say("import", bridge / "market.jsonl")[0] == ExitCode.OK
    code, out, _ = say("check", "--offline")
    assert (code, "fail  rules of Market: there is no pack lost" in out) == (ExitCode.PROBLEM, True)


def test_check_says_what_fails_and_what_to_do(bridge: Path, say: Say) -> None:
    code, out, _ = say("check", "--domain", "relay.example")
    assert (code, "fail" in out, "->" in out) == (ExitCode.PROBLEM, True, True)


def test_a_closed_pipe_ends_a_command_quietly(bridge: Path) -> None:
    words = [sys.executable, "-m", "mailbridge", "settings", "reference"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        process.wait(30)
    assert process.returncode == ExitCode.OK


@pytest.mark.parametrize("text", ["\x1b[2J", "a\rb", "\u202eexe.pdf", "\u0085", "\x07"])
def test_T75_what_a_terminal_would_obey_is_taken_out(text: str) -> None:
    assert harmless(text).isprintable()


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("alias", "export"), ("ADDRESS", "s1", "b1")),
        (("alias", "mint", "--market", "market", "--seller", "s1", "--buyer", "b1"), ("ADDRESS", "active")),
        (("alias", "show", "acme.o-48213@relay.example"), ("contact address", "Acme", "o-48213")),
        (("seller", "list"), ("REFERENCE", "Acme")),
        (("rules", "check"), ("RULE", "Fingerprint")),
    ],
)
def test_people_get_tables(bridge: Path, say: Say, command: tuple[str, ...], words: tuple[str, ...]) -> None:
    code, out, _ = say(*command)
    assert (code, [word for word in words if word not in out]) == (ExitCode.OK, [])


def test_alias_show_says_whom_an_alias_stands_for(bridge: Path, say: Say) -> None:
    alias = json.loads(say("alias", "export", "--json")[1])[0]
    out = say("alias", "show", alias["address"])[1]
    assert all(word in out for word in ("an alias", "Market", alias["stands_for"], "active"))


def test_a_delivery_and_a_thread_are_shown_to_people(bridge: Path, say: Say) -> None:
    say("held", "release", hold_a_mail(bridge))
    assert "relay" in say("queue", "list")[1]
    assert "48213" in say("thread", "list")[1]


def test_held_show_prints_the_mail_as_it_came_and_as_json(bridge: Path, say: Say) -> None:
    record_id = hold_a_mail(bridge)
    found = json.loads(say("held", "show", record_id, "--json")[1])
    assert (found["record_id"], found["text"].strip()) == (record_id, "How long is the hose?")


def test_dkim_show_prints_the_records_of_all_keys(bridge: Path, say: Say) -> None:
    assert say("dkim", "show")[0] == ExitCode.PROBLEM
    say("dkim", "new", "relay.example", "--kind", "ed25519", "--folder", bridge, config=False)
    file = bridge / "mailbridge.toml"
    key = '[[dkim]]\ndomain = "relay.example"\nselector = "mb1"\nkey_file = "dkim-relay.example-mb1.pem"\n'
    file.write_text(file.read_text().replace("# [[dkim]]\n", key))
    code, out, _ = say("dkim", "show")
    assert (code, out.startswith("mb1._domainkey.relay.example. IN TXT")) == (ExitCode.OK, True)
    assert json.loads(say("dkim", "show", "--json")[1])[0]["name"] == "mb1._domainkey.relay.example"


@pytest.mark.parametrize("page", ["reference", "events", "texts", "example"])
def test_the_reference_pages_are_printed(say: Say, page: str) -> None:
    code, out, _ = say("settings", page, config=False)
    assert (code, len(out.splitlines()) > 20) == (ExitCode.OK, True)
