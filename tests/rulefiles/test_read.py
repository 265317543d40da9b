"""Rule files: what is read, and what is said when it is wrong."""

import re
from datetime import date
from pathlib import Path

import pytest

from mailbridge.domain.parties import Direction
from mailbridge.domain.verdict import Action, Mode, Severity
from mailbridge.errors import ConfigurationError, Problem
from mailbridge.policy.checks import CHECKS
from mailbridge.resources import data_folder
from mailbridge.rulefiles.read import load_rules
from tests.rulefiles.packs import RULE, write_pack

#: what only some markets forbid: the packs of the markets name them
_OF_SOME_MARKETS = {
    "advertising",
    "coupon",
    "missing_order_id",
    "real_address_beside_alias",
    "repeats_market_notice",
    "several_aliases",
    "wrong_language",
}


def _problems(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(ConfigurationError) as caught:
        load_rules((folder,))
    return caught.value.problems


def test_a_rule_is_read_with_its_defaults(tmp_path: Path) -> None:
    file = write_pack(tmp_path)
    [rule] = load_rules((tmp_path,)).rules
    assert (rule.id, rule.pack, rule.action, rule.mode) == ("r.one", "general", Action.REFUSE, Mode.ENFORCE)
    assert rule.check is not None
    assert rule.check.parameters == (("allowed_domains", ()),)
    assert rule.directions == frozenset(Direction)
    assert rule.place == f"{file}:2"
    assert rule.title["de"] == "t"


def test_every_key_of_a_rule_is_read(tmp_path: Path) -> None:
    more = """\
    source: https://market.example/help
    source_date: 2025-12-24
    severity: high
    valid_from: 2026-01-01
    valid_until: 2026-12-31
    markets: [Bazaar]
    areas: [order, dispute]
    directions: [to_buyer]
    parameters: {allowed_domains: [carrier.example]}
    when: findings.count > 1
"""
    write_pack(tmp_path, RULE + more)
    [rule] = load_rules((tmp_path,)).rules
    assert (rule.valid_from, rule.valid_until) == (date(2026, 1, 1), date(2026, 12, 31))
    assert (rule.markets, rule.areas) == (frozenset({"Bazaar"}), frozenset({"order", "dispute"}))
    assert rule.directions == frozenset({Direction.TO_BUYER})
    assert rule.check is not None
    assert rule.check.parameters == (("allowed_domains", ("carrier.example",)),)
    assert rule.condition is not None
    assert rule.condition.source == "findings.count > 1"
    assert (rule.source_date, rule.severity) == (date(2025, 12, 24), Severity.HIGH)


def test_a_market_pack_is_named_after_its_folder(tmp_path: Path) -> None:
    write_pack(tmp_path, pack="markets/bazaar")
    ruleset = load_rules((tmp_path,))
    assert [rule.pack for rule in ruleset.rules] == ["bazaar"]


def test_a_pack_without_rules_is_known_all_the_same(tmp_path: Path) -> None:
    write_pack(tmp_path, "rules: []\n")
    assert load_rules((tmp_path,)).by_pack == {"general": ()}


def test_the_fingerprint_is_of_the_content_not_of_layout_or_place(tmp_path: Path) -> None:
    write_pack(tmp_path / "a")
    write_pack(tmp_path / "b", "# a comment\n\n" + RULE.replace("{en: t, pl: t", "{pl: t, en: t"), name="other.yml")
    write_pack(tmp_path / "c", RULE.replace("refuse", "hold"))
    a, b, c = (load_rules((tmp_path / name,)).fingerprint for name in "abc")
    assert a == b
    assert a != c


# What is put in the place of what, the line of the problem, and the words that say what to do.
MUTATIONS = [
    ("action: refuse", "action: refuze", 7, "action", "'refuse'"),
    ("action: refuse", "actoin: refuse", 7, "actoin", 'did you mean "action"?'),
    ("    action: refuse\n", "", 2, "action", "is missing; add it"),
    ("mode: enforce", "mode: enforce\n    in_signature: cut", 9, "in_signature", "'repair'"),
    (
        "check: email_address\n    action: refuse",
        "check: attachment_size\n    action: refuse\n    in_signature: allow",
        8,
        "in_signature",
        "which look at texts: email_address",
    ),
    (
        "check: email_address\n    action: refuse",
        "when: 'true'\n    action: refuse\n    in_signature: repair",
        8,
        "in_signature",
        "repair works with",
    ),
    ("mode: enforce", "mode: on", 8, "mode", "'enforce'"),
    ("mode: enforce", "mode: true", 8, "mode", "'enforce'"),
    ("check: email_address", "check: email_adress", 6, "check", 'did you mean "email_address"?'),
    ("check: email_address", "check: 7", 6, "check", "must be a text"),
    (
        "check: email_address",
        "check: email_address\n    parameters: {domains: []}",
        7,
        "parameters.domains",
        "allowed_domains",
    ),
    (
        "check: email_address",
        "check: email_address\n    parameters: {allowed_domains: x.example}",
        7,
        "parameters.allowed_domains",
        "must be a list",
    ),
    (
        "check: email_address",
        "check: attachment_size\n    parameters: {max_each_octets: 10 MB}",
        7,
        "parameters.max_each_octets",
        "must be a whole number",
    ),
    (
        "check: email_address",
        "check: attachment_size\n    parameters: {max_each_octets: -1}",
        7,
        "parameters.max_each_octets",
        "0 or more",
    ),
    (
        "check: email_address",
        "check: attachment_type\n    parameters:\n      allowed: [pdf, dox]",
        8,
        "parameters.allowed",
        '"dox" is not known',
    ),
    ("check: email_address", "check: required_cc_missing\n    parameters: {x: 1}", 7, "parameters.x", "takes none"),
    ("    check: email_address\n", "", 2, "rules[1]", "needs a check"),
    ("    check: email_address\n", "    parameters: {}\n    when: 'true'\n    parameters: {}\n", 8, "", "duplicate"),
    ("    check: email_address\n", "    when: 'true'\n    parameters: {a: 1}\n", 7, "parameters", "belong to a check"),
    (
        "check: email_address\n    action: refuse",
        "check: no_recent_order\n    action: repair",
        7,
        "action",
        "required_cc_missing",
    ),
    ("{en: x, pl: x, it: x, de: x}", "{en: x, pl: x, it: x}", 4, "text.de", "is missing"),
    ("{en: x, pl: x, it: x, de: x}", "{en: x, pl: x, it: x, de: x, fr: x}", 4, "text.fr", "is not known"),
    ("{en: x, pl: x, it: x, de: x}", "x", 4, "text", "must be a mapping"),
    ("id: r.one", "id: R 1", 2, "id", "a-z"),
    ("id: r.one", "id: r.one\n    valid_from: soon", 3, "valid_from", "must be a date"),
    (
        "id: r.one",
        "id: r.one\n    valid_from: 2026-02-01\n    valid_until: 2026-01-31",
        4,
        "valid_until",
        "before valid_from",
    ),
    ("id: r.one", "id: r.one\n    areas: [orders]", 3, "areas[1]", "'order'"),
    ("id: r.one", "id: r.one\n    directions: []", 3, "directions", "must not be empty"),
    ("id: r.one", "id: r.one\n    directions: to_buyer", 3, "directions", "must be a list"),
    (
        "id: r.one",
        "id: r.one\n    when: findings.cuont > 1",
        3,
        "when",
        'column 1 of the condition: "findings.cuont" is not known; did you mean "findings.count"?',
    ),
    ("id: r.one", "id: r.one\n    when: findings.count", 3, "when", "true or false"),
    (
        "id: r.one",
        "id: r.one\n    when: author.role == 1",
        3,
        "when",
        "column 13 of the condition: found no matching overload",
    ),
    ("id: r.one", "id: r.one\n    when: 'true &&'", 3, "when", "Syntax error"),
    ("check: email_address", "when: findings.count > 1", 6, "when", "the rule names no check"),
    ("id: r.one", "id: r.one\n    source_date: 2026-01-31", 3, "source_date", "is the day of a source"),
    ("id: r.one", "id: r.one\n    severity: awful", 3, "severity", "'medium'"),
    ("en: x", "en: <what it says>", 4, "text.en", "is still what `rules new` put there"),
    ("id: r.one", "id: r.one\n    when: ''", 3, "when", "must not be empty"),
    ("id: r.one", f"id: r.one\n    when: '{'(' * 60}true{')' * 60}'", 3, "when", "recursion limit"),
    ("rules:\n", "ruels:\n", 1, "ruels", 'did you mean "rules"?'),
    ("rules:\n", "rules: 7\nx:\n", 1, "rules", "must be a list"),
    ("rules:\n", "- rules:\n", 1, "", "must be a mapping"),
    ("id: r.one", "id: [r.one", 3, "", "is no YAML"),
    ("id: r.one", "id: &a r.one", 2, "", "anchors"),
    ("id: r.one", "id: !!str r.one", 2, "", "tags"),
    ("id: r.one", "id: r.one\n    id: r.two", 3, "", "duplicate key"),
]


@pytest.mark.parametrize(("old", "new", "line", "key", "words"), MUTATIONS, ids=[m[1][:60] for m in MUTATIONS])
def test_a_mistake_is_named_with_file_line_key_and_what_to_do(
    tmp_path: Path, old: str, new: str, line: int, key: str, words: str
) -> None:
    assert RULE.count(old) == 1
    file = write_pack(tmp_path, RULE.replace(old, new))
    problems = _problems(tmp_path)
    assert any(
        p.file == str(file) and p.line == line and p.key.endswith(key) and words in p.reason for p in problems
    ), problems


def test_all_problems_are_said_at_once(tmp_path: Path) -> None:
    write_pack(tmp_path, RULE.replace("refuse", "refuze").replace("enforce", "on"))
    write_pack(tmp_path, RULE.replace("email_address", "nothing"), name="second.yaml")
    assert len(_problems(tmp_path)) == 3


def test_the_same_id_twice_is_a_problem_that_names_both_places(tmp_path: Path) -> None:
    first = write_pack(tmp_path)
    write_pack(tmp_path, pack="markets/bazaar")
    [problem] = _problems(tmp_path)
    assert f"{first}:2" in problem.reason


def test_a_folded_text_is_one_line_with_blanks(tmp_path: Path) -> None:
    folded = "    when: >-\n      true\n      && author.is_known\n    source: >-\n      one\n      two\n"
    write_pack(tmp_path, RULE + folded)
    [rule] = load_rules((tmp_path,)).rules
    assert rule.source == "one two"


def test_a_condition_over_several_lines_names_the_line_inside(tmp_path: Path) -> None:
    write_pack(tmp_path, RULE + "    when: |\n      true &&\n      author.rol == ''\n")
    [problem] = _problems(tmp_path)
    assert problem.line == 11
    assert "column 1 of the condition" in problem.reason


@pytest.mark.parametrize("folder", ["missing", "empty"])
def test_a_folder_without_rules_is_a_problem(tmp_path: Path, folder: str) -> None:
    (tmp_path / "empty").mkdir()
    [problem] = _problems(tmp_path / folder)
    assert "holds no rule file" in problem.reason


BOMBS = {
    "aliases": "a: &a [x, x]\nb: &b [*a, *a]\nrules: []\n",
    "nested deeper": "rules: " + "[" * 2000 + "]" * 2000 + "\n",
    "more than": "rules: [" + "1, " * 60_000 + "1]\n",
    "is bigger": "# " + "x" * (1024 * 1024) + "\nrules: []\n",
}


@pytest.mark.parametrize(("words", "text"), BOMBS.items(), ids=list(BOMBS))
def test_T72_a_bomb_is_refused(tmp_path: Path, words: str, text: str) -> None:
    write_pack(tmp_path, text)
    [problem] = _problems(tmp_path)
    assert words in problem.reason


def test_T70_no_check_takes_a_pattern_that_is_not_linear() -> None:
    # Patterns of admins stand in conditions, where the engine's are RE2; a check that takes them needs RE2 too.
    taken = [p.name for check in CHECKS for p in check.parameters if "pattern" in p.name or "regex" in p.name]
    assert taken == []


def test_T71_a_file_that_is_no_text_is_a_problem_with_its_line(tmp_path: Path) -> None:
    write_pack(tmp_path).write_bytes(b"rules: []\n# \xff\n")
    [problem] = _problems(tmp_path)
    assert (problem.line, "UTF-8" in problem.reason) == (2, True)


def test_T71_a_file_with_control_characters_is_a_problem(tmp_path: Path) -> None:
    write_pack(tmp_path, "rules: [\x00]\n")
    [problem] = _problems(tmp_path)
    assert "is no YAML" in problem.reason


def test_T71_a_half_written_file_is_a_problem(tmp_path: Path) -> None:
    write_pack(tmp_path, RULE[: len(RULE) // 2])
    assert _problems(tmp_path)


def test_T71_a_folder_called_like_a_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "general" / "x.yaml").mkdir(parents=True)
    [problem] = _problems(tmp_path)
    assert "can not be read" in problem.reason


def test_yes_and_no_stay_words(tmp_path: Path) -> None:
    write_pack(tmp_path, RULE.replace("{en: t,", "{en: NO,"))
    [rule] = load_rules((tmp_path,)).rules
    assert rule.title["en"] == "NO"


def test_the_shipped_packs_are_good_and_use_checks_that_exist() -> None:
    ruleset = load_rules((data_folder("rules"),))
    used = {rule.check.name for rule in ruleset.rules if rule.check is not None}
    # What only some markets forbid (a picture the text does not speak of, a file without a purpose) is for their packs.
    assert used <= {check.name for check in CHECKS}
    assert re.fullmatch(r"[0-9a-f]{32}", ruleset.fingerprint)
