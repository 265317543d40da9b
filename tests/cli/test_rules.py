"""`mailbridge rules ...`: what an admin does with rule files."""

import json
from pathlib import Path

import pytest

from mailbridge.cli.output import ExitCode
from mailbridge.rulefiles.read import load_rules
from mailbridge.rulefiles.schema import rules_schema, samples_schema
from mailbridge.rulefiles.trying import load_tried_rules
from tests.cli.bridge_folder import TRADE, Say, hold_a_mail
from tests.rulefiles.packs import RULE, write_pack, write_samples


@pytest.fixture
def own(bridge: Path) -> Path:
    """A rule folder of the admin's own, in the settings, with one rule and its samples."""
    folder = bridge / "own"
    write_pack(folder, pack="mine")
    write_samples(folder, "pass:\n  - text: Hello\nfail:\n  - text: write to a@x.example\n", pack="mine")
    file = bridge / "mailbridge.toml"
    file.write_text(file.read_text().replace("[rules]\n", '[rules]\nfolders = ["own"]\n'))
    return folder


def _only_thread(say: Say) -> str:
    [thread] = json.loads(say("thread", "list", "--json")[1])
    return str(thread["thread"]["id"])


def _mail(folder: Path, text: str, header: str = "To: bbbbbbbbbbbbbbbb@relay.example\n") -> Path:
    file = folder / "mail.eml"
    file.write_text(f"From: shop@acme.example\n{header}Subject: Re: 48213\n\n{text}\n")
    return file


def test_the_samples_of_a_pack_or_a_rule_are_tried(own: Path, say: Say) -> None:
    code, out, _ = say("rules", "test", "mine")
    assert (code, out.splitlines()) == (
        ExitCode.OK,
        ["RULE   PASS  FAIL  WRONG", "r.one  1     1     0", "2 samples, 0 wrong."],
    )
    assert say("rules", "test", "r.one")[1] == out
    assert "(every rule of a pack)" in say("rules", "test")[1]
    assert say("rules", "test", "r.two")[0] == ExitCode.NOT_FOUND


def test_a_sample_that_is_wrong_is_named(own: Path, say: Say) -> None:
    write_samples(own, "fail:\n  - text: Hello\n  - {text: x, txt: y}\n", pack="mine", name="r.one.yaml")
    code, _, errors = say("rules", "test", "mine")
    assert (code, 'fail[2].txt: is not known; did you mean "text"?' in errors) == (ExitCode.PROBLEM, True)
    write_samples(own, "fail:\n  - text: Hello\n", pack="mine")
    code, out, errors = say("rules", "test", "mine")
    assert (code, "1 samples, 1 wrong." in out) == (ExitCode.PROBLEM, True)
    assert "r.one.yaml:2: fail[1]: must be caught by r.one, but its check finds nothing" in errors
    assert say("rules", "check")[0] == ExitCode.CONFIGURATION


def test_N17_a_rule_that_no_sample_shows_at_work_is_named(own: Path, say: Say) -> None:
    write_samples(own, "pass:\n  - text: Hello\n", pack="mine", name="r.one.yaml")
    code, out, _ = say("rules", "test", "r.one")
    assert code == ExitCode.OK
    assert "nothing shows that they work: r.one." in out


def test_samples_are_listed_for_programs(own: Path, say: Say) -> None:
    found = json.loads(say("rules", "test", "r.one", "--json")[1])
    assert found["problems"] == []
    assert [(s["key"], s["must_be_caught"], s["words"]) for s in found["samples"]] == [
        ("pass[1]", False, []),
        ("fail[1]", True, ["a@x.example"]),
    ]
    assert own.name == "own"


def test_a_mail_is_explained_rule_by_rule(bridge: Path, say: Say) -> None:
    code, out, _ = say("rules", "explain", _mail(bridge, "Call 601 234 567."), "--on", "2026-11-21")
    assert code == ExitCode.PROBLEM
    assert out.startswith("Market, to_buyer, received 2026-11-21, order: open")
    rows = {line.split()[0]: line for line in out.splitlines() if line}
    assert '"601 234 567" (new_text)' in rows["general.no-phone-number"]
    assert "check found nothing" in rows["general.no-email-address"]
    assert "What follows: it is refused, and its author is told why." in out
    assert "general.no-phone-number: No phone numbers" in out


def test_a_mail_that_goes_on_is_explained_with_exit_code_0(bridge: Path, say: Say) -> None:
    words = ("rules", "explain", _mail(bridge, "Your parcel left today."), "--direction", "to_seller")
    code, out, _ = say(*words)
    assert (code, "1 more" in out or "more are not in force" in out) == (ExitCode.OK, True)
    assert "not in force: direction" not in out
    assert "not in force: direction" in say(*words, "--all")[1]
    plain = json.loads(say(*words, "--json")[1])
    assert (plain["market"], plain["verdict"]["action"]) == ("Market", 0)


def test_a_rule_that_asks_about_the_order_sees_the_one_that_is_named(own: Path, bridge: Path, say: Say) -> None:
    write_pack(own, RULE.replace("check: email_address", "when: order.state == 'completed'"), pack="mine")
    mail = _mail(bridge, "Hello")
    for order, reason in (("completed", "applies"), ("none", "condition is false"), ("open", "condition is false")):
        out = json.loads(say("rules", "explain", mail, "--market", "mine", "--order", order, "--json")[1])
        assert [rule["reason"] for rule in out["rules"]] == [reason]


def test_a_rule_that_counts_copies_sees_how_many_others_are_said_to_have_got_the_text(
    own: Path, bridge: Path, say: Say
) -> None:
    write_pack(own, RULE.replace("email_address", "duplicate_text"), pack="mine")
    mail = _mail(bridge, "Hello,\n" + "come and see the new lamps. " * 5)
    for number, reason in (("5", "applies"), ("4", "check found nothing")):
        words = ("--market", "mine", "--same-text-to", number, "--json")
        out = json.loads(say("rules", "explain", mail, *words)[1])
        assert [rule["reason"] for rule in out["rules"]] == [reason]


def test_a_pack_stands_for_the_marketplace_that_its_samples_are_written_on(own: Path, bridge: Path, say: Say) -> None:
    mail = _mail(bridge, "help@shop.example")
    assert say("rules", "explain", mail, "--market", "mine")[0] == ExitCode.PROBLEM
    write_samples(own, "own_domains: [shop.example]\n", pack="mine", name="market.yaml")
    assert say("rules", "explain", mail, "--market", "mine")[0] == ExitCode.OK
    write_samples(own, "own_domains: shop.example\n", pack="mine", name="market.yaml")
    assert say("rules", "explain", mail, "--market", "mine")[0] == ExitCode.CONFIGURATION


def test_a_mail_that_can_not_be_judged_says_why(bridge: Path, say: Say) -> None:
    assert say("rules", "explain", bridge / "none.eml")[0] == ExitCode.NOT_FOUND
    assert say("rules", "explain", _mail(bridge, "x", header=""))[0] == ExitCode.PROBLEM
    code, _, errors = say("rules", "explain", _mail(bridge, "x"), "--market", "Nowhere")
    assert (code, "there are: Market, general" in errors) == (ExitCode.NOT_FOUND, True)


def test_of_several_marketplaces_one_must_be_named(bridge: Path, say: Say) -> None:
    second = TRADE.splitlines()[0].replace('"market"', '"two"').replace("Market", "Two").replace("relay.", "two.")
    (bridge / "two.jsonl").write_text(second + "\n")
    assert say("import", bridge / "two.jsonl")[0] == ExitCode.OK
    code, _, errors = say("rules", "explain", _mail(bridge, "x"))
    assert (code, "Market, Two" in errors) == (ExitCode.USAGE, True)
    mail = _mail(bridge, "x", header="To: bbbbbbbbbbbbbbbb@two.example\n")
    assert say("rules", "explain", mail, "--market", "Two")[0] == ExitCode.OK


def test_without_a_database_the_general_pack_explains(bridge: Path, say: Say) -> None:
    databases = list((bridge / "data").rglob("*.sqlite*"))
    for file in databases:
        file.unlink()
    assert databases
    assert say("rules", "explain", _mail(bridge, "Call 601 234 567."))[0] == ExitCode.PROBLEM


def test_a_new_rule_loads_as_it_is_and_only_runs_dry(bridge: Path, own: Path, say: Say) -> None:
    code, out, _ = say("rules", "new", "no-discount-codes", "--pack", "mine")
    assert (code, "Next: fill in both, then `mailbridge rules test mine.no-discount-codes`" in out) == (0, True)
    assert 'where a marketplace names the pack: "rule_packs": [..., "mine"]' in out
    assert "Not in force yet" not in out
    ruleset = load_tried_rules((own,))
    assert [(rule.id, rule.mode.value) for rule in ruleset.rules] == [
        ("mine.no-discount-codes", "dry_run"),
        ("r.one", "enforce"),
    ]
    code, out, _ = say("rules", "test", "mine.no-discount-codes")
    assert (code, "4 samples, 0 wrong." in out) == (ExitCode.OK, True)
    assert say("rules", "new", "no-discount-codes", "--pack", "mine")[0] == ExitCode.PROBLEM
    assert bridge in own.parents


def test_a_new_rule_can_not_count_before_its_texts_are_written(own: Path, say: Say) -> None:
    say("rules", "new", "x-rule", "--pack", "mine")
    file = own / "mine" / "x-rule.yaml"
    file.write_text(file.read_text().replace("mode: dry_run\n", "mode: warn\n"))
    code, _, errors = say("rules", "check")
    assert code == ExitCode.CONFIGURATION
    assert errors.count("is still what `rules new` put there") == 12
    assert f"{file}:6: rules[1].title.en: " in errors


def test_a_new_rule_needs_a_folder_and_a_plain_name(bridge: Path, say: Say) -> None:
    assert say("rules", "new", "no-discount-codes")[0] == ExitCode.USAGE
    assert say("rules", "new", "No discounts", "--folder", bridge / "rules")[0] == ExitCode.USAGE
    (bridge / "rules" / "markets" / "bazaar").mkdir(parents=True)
    code, out, _ = say("rules", "new", "codes", "--folder", bridge / "rules", "--pack", "bazaar")
    assert (code, f'[rules] folders = ["{bridge / "rules"}"]' in out) == (ExitCode.OK, True)
    assert [rule.id for rule in load_rules((bridge / "rules",)).by_pack["bazaar"]] == ["bazaar.codes"]
    (bridge / "file").write_text("")
    assert say("rules", "new", "codes", "--folder", bridge / "file")[0] == ExitCode.PROBLEM


def test_rules_are_counted_from_the_verdicts_on_record(own: Path, bridge: Path, say: Say) -> None:
    market = TRADE.splitlines()[0].replace("}", ', "rule_packs": ["mine"], "first_contact": "relay_marked"}')
    (bridge / "market.jsonl").write_text(market + "\n")
    assert say("import", bridge / "market.jsonl")[0] == ExitCode.OK
    write_pack(own, RULE.replace("check: email_address", "when: thread.is_new"), pack="mine")
    write_samples(own, "pass: []\n", pack="mine")
    record_id = hold_a_mail(bridge)
    say("held", "release", record_id)
    judged = [m["record_id"] for m in json.loads(say("thread", "show", _only_thread(say), "--json")[1])]
    assert "Conditions saw: thread.is_new = true" in "".join(say("thread", "show", each)[1] for each in judged)
    counts = json.loads(say("rules", "stats", "--json")[1])
    assert counts["judged"] >= 1
    assert [(c["rule"], c["action"], c["mode"]) for c in counts["rules"]] == [("r.one", "refuse", "enforce")]
    assert "general.no-phone-number" in counts["never"]
    out = say("rules", "stats", "--days", "7")[1]
    rows = [line.split() for line in out.splitlines()]
    assert ["general.no-phone-number", "refuse", "enforce", "0", "-"] in rows


@pytest.mark.parametrize(
    ("words", "made"), [((), rules_schema), (("rules",), rules_schema), (("samples",), samples_schema)]
)
def test_the_schemas_are_printed(say: Say, words: tuple[str, ...], made: object) -> None:
    assert callable(made)
    assert say("rules", "schema", *words, config=False) == (ExitCode.OK, made(), "")


def test_the_reference_is_where_an_admin_looks_for_it(say: Say) -> None:
    assert say("rules", "reference", config=False) == say("settings", "rules", config=False)


def test_a_rule_for_a_marketplace_that_nobody_knows_is_named(own: Path, say: Say) -> None:
    write_pack(own, RULE + "    markets: [Markt, Market]\n", pack="mine")
    out = say("check", "--offline")[1]
    assert "warn  rule r.one: is for Markt, and no marketplace on record is called so" in out
    assert "is for Market," not in out


def test_the_list_of_rules_says_from_when_until_when(own: Path, say: Say) -> None:
    write_pack(own, RULE + "    valid_from: 2026-03-01\n", pack="mine")
    row = next(line.split() for line in say("rules", "check")[1].splitlines() if line.startswith("r.one"))
    assert row == ["r.one", "mine", "enforce", "refuse", "2026-03-01", "-", "t"]


def test_N17_serve_does_not_start_with_rules_whose_samples_fail(own: Path, say: Say) -> None:
    write_samples(own, "fail:\n  - text: Hello\n", pack="mine")
    code, _, errors = say("serve")
    assert (code, "r.one.yaml:2: fail[1]: must be caught by r.one" in errors) == (ExitCode.CONFIGURATION, True)
