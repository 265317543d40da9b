"""The samples beside rules: those of the shipped packs hold, and each way to describe a mail is what it says."""

import shutil
from pathlib import Path

import pytest

from mailbridge.domain.parties import Direction
from mailbridge.domain.verdict import Mode
from mailbridge.errors import ConfigurationError, Problem
from mailbridge.resources import data_folder
from mailbridge.rulefiles.lines import read_yaml, yaml_of
from mailbridge.rulefiles.read import Pack, read_packs, rule_files
from mailbridge.rulefiles.samples import Sample, find_samples, sample_files
from mailbridge.rulefiles.trying import (
    Trials,
    Tried,
    load_tried_rules,
    shipped_contents,
    shipped_digests,
    try_pack,
    try_sample,
)
from tests.rulefiles.packs import RULE, write_pack, write_samples

_FOLDER = data_folder("rules")
_RULES, _PACKS = read_packs((_FOLDER,))
_SAMPLES = tuple((pack, sample) for pack in _PACKS for sample in find_samples(pack))
#: a sample would be 10 MiB; tests/policy/checks/test_attachments.py tries the check
_WITHOUT_SAMPLE = {"general.attachment-size"}


@pytest.mark.parametrize(("pack", "sample"), _SAMPLES, ids=lambda value: getattr(value, "key", "") or "mail")
def test_a_shipped_sample_is_judged_as_it_should_be(pack: Pack, sample: Sample | Problem) -> None:
    assert isinstance(sample, Sample), sample
    assert try_sample(sample, pack).complaint == ""


def test_every_rule_has_a_mail_that_it_catches() -> None:
    caught = {
        sample.rule.id for _, sample in _SAMPLES if isinstance(sample, Sample) and sample.rule and sample.must_be_caught
    }
    assert {rule.id for rule in _RULES.rules} - _WITHOUT_SAMPLE - caught == set()


def test_both_directions_have_mails_that_pass() -> None:
    passing = {s.scene.direction for _, s in _SAMPLES if isinstance(s, Sample) and s.rule is None}
    assert passing == set(Direction)


def _tried(folder: Path) -> list[Tried | Problem]:
    _, packs = read_packs((folder,))
    return [found for pack in packs for found in try_pack(pack)]


def _complaints(folder: Path) -> list[str]:
    """What is wrong with the samples, as `rules check` says it, without the file."""
    try:
        load_tried_rules((folder,))
    except ConfigurationError as error:
        return [f"{p.line}: {p.key}: {p.reason}" for p in error.problems]
    return []


CONDITION = RULE.replace("    check: email_address\n", "    when: WHEN\n")


def _with_condition(folder: Path, condition: str, sample: str, *, kind: str = "fail", rule: str = CONDITION) -> None:
    write_pack(folder, rule.replace("WHEN", condition))
    write_samples(folder, f"{kind}:\n  - {sample}\n")


# What a sample says, and a condition that sees it.
SEEN = [
    ("text: Hello", "message.text == 'Hello'"),
    ('{text: "Hello\\n\\n-- \\nAnna"}', "message.characters < 10 && message.text.contains('Anna')"),
    ("text: Zażółć gęślą", "message.text == 'Zażółć gęślą'"),
    ("{text: x, subject: Zażółć}", "message.subject == 'Zażółć'"),
    ("{text: x, language: pl}", "message.language == 'pl'"),
    ("{text: x, direction: to_seller}", "direction == 'to_seller' && author.role == 'buyer'"),
    ("text: x", "direction == 'to_buyer' && author.role == 'seller'"),
    ("html: <p>Hi</p>", "message.has_html && message.text == 'Hi'"),
    ("{text: Hi, html: '<p>Hi</p><p>secret</p>'}", "message.html_text.contains('secret')"),
    ("text: x", "order.is_known && order.state == 'open' && thread.area == 'order' && !thread.is_new"),
    ("{text: x, order: {state: none}}", "!order.is_known"),
    ("text: x", "message.is_reply"),
    ("{text: x, is_reply: false}", "!message.is_reply"),
    ("{text: x, thread: {is_new: true}}", "!message.is_reply"),
    ("{text: x, thread: {buyer_wrote: false}}", "!message.is_reply"),
    (
        "{text: x, order: {state: completed, completed_days_ago: 31, fulfilled_by: marketplace, is_gift: true}}",
        "order.days_since_completed == 31 && order.fulfilled_by == 'marketplace' && order.is_gift",
    ),
    ("{text: x, thread: {is_new: true, area: dispute}}", "thread.is_new && thread.area == 'dispute'"),
    (
        "{text: x, thread: {is_closed: true, messages: 3, last_days_ago: 9}}",
        "thread.is_closed && thread.messages == 3 && thread.days_since_last == 9",
    ),
    ("text: x", "thread.last_by == 'buyer'"),
    ("{text: x, direction: to_seller}", "thread.last_by == 'seller'"),
    ("{text: x, thread: {last_by: seller, messages: 3}}", "thread.last_by == 'seller' && thread.messages == 3"),
    ("{text: x, thread: {is_new: true}}", "thread.last_by == ''"),
    ("{text: x, history: [y], thread: {last_by: seller}}", "thread.last_by == 'seller'"),
    ("{text: 'Hi,\n" + "some words " * 10 + "', same_text_to: 6}", "checks.duplicate_text == 1"),
    ("{text: 'Hi,\n" + "some words " * 10 + "', same_text_to: 4}", "checks.duplicate_text == 0"),
    ("{text: x, language: de}", "author.language == 'de' && reader.language == 'de' && author.is_known"),
    ("{text: x, reader: {language: it}}", "reader.language == 'it' && author.language == 'en'"),
    ("{text: x, order: {state: cancelled}}", "pair.orders == 1 && pair.open_orders == 0"),
    ("{text: x, attachments: [{name: a.pdf, text: Call 601 234 567}]}", "checks.phone_number == 1"),
    ("{text: x, thread: {is_uncertain: true}}", "thread.is_uncertain"),
    ("{text: x, author: {is_business: false}}", "!author.is_business"),
    ("{text: x, author: {is_unproven: true}}", "author.is_unproven"),
    ("text: x", "author.is_business && !author.is_unproven && market.name == 'general'"),
    ("{text: x, attachments: [{name: a.pdf}, {name: b.exe}]}", "message.attachments == 2 && 'pdf' in files.kinds"),
    ("{text: x, attachments: [{name: Faktura.pdf}]}", "'invoice' in files.declared"),
    ("{text: x, attachments: [{name: a.txt, size_octets: 5000}]}", "message.size_octets > 5000"),
    (
        "{text: one two three four five six, attachments: "
        "[{name: a.jpg}, {name: b.png}, {name: c.gif}, {name: d.webp}, {name: e.tif}, {name: f.heic}]}",
        "checks.unrelated_image == 6 && checks.attachment_type == 0",
    ),
    ("{text: x, to: [a@x.example], cc: [b@x.example]}", "message.recipients == 4 && market.has_cc_address"),
    ("{text: x, copies_market: false}", "message.recipients == 1"),
    ("{text: x, is_direct: true}", "message.is_direct"),
    ("{text: x, is_reply: true}", "message.is_reply"),
]


@pytest.mark.parametrize(("sample", "condition"), SEEN)
def test_a_condition_sees_what_a_sample_says(tmp_path: Path, sample: str, condition: str) -> None:
    _with_condition(tmp_path, f'"{condition}"', sample)
    assert _complaints(tmp_path) == []


@pytest.mark.parametrize(("sample", "_condition"), SEEN)
def test_the_same_sample_is_not_caught_by_a_rule_that_says_no(tmp_path: Path, sample: str, _condition: str) -> None:
    _with_condition(tmp_path, '"false"', sample, kind="pass")
    assert _complaints(tmp_path) == []


# What is around a sample comes from its rule, where it does not say otherwise.
LENT = [
    ("directions: [to_seller]", "direction == 'to_seller'"),
    ("areas: [note, dispute]", "thread.area == 'dispute'"),
    ("markets: [Bazaar]", "market.name == 'Bazaar'"),
    ("valid_from: 2031-05-01", "true"),
    ("valid_until: 2001-05-01", "true"),
    ("mode: dry_run", "true"),
]


@pytest.mark.parametrize(("line", "condition"), LENT)
def test_a_rule_lends_its_samples_what_they_leave_out(tmp_path: Path, line: str, condition: str) -> None:
    key = line.partition(":")[0]
    kept = "".join(each for each in CONDITION.splitlines(keepends=True) if not each.lstrip().startswith(f"{key}:"))
    _with_condition(tmp_path, f'"{condition}"', "text: x", rule=f"{kept}    {line}\n")
    assert _complaints(tmp_path) == []


WRONG = [
    ("fail", "text: Hello", "must be caught by r.one, but its check finds nothing"),
    (
        "fail",
        "{text: a@x.example, date: 2020-01-01}",
        "must be caught by r.one, but the rule is not in force: valid_from",
    ),
    (
        "fail",
        "{text: a@x.example, thread: {is_new: true}}",
        "must be caught by r.one, but its condition is false: thread.is_new is true",
    ),
    ("pass", "text: a@x.example", 'must pass, but is caught by r.one, which finds "a@x.example"'),
    ("fail", "{text: a@x.example, finds: [b@x.example]}", 'r.one must find "b@x.example", but finds "a@x.example"'),
    ("pass", "{text: '', subject: x}", "says nothing: give it a text, html, or attachments"),
    ("pass", "{text: x, attachments: [{name: x.qqq}]}", '"qqq" is no type of a file'),
    ("pass", "{text: x, order: {completed_days_ago: 3}}", "an order that is open was never completed"),
    ("pass", "{text: x, txet: y}", 'is not known; did you mean "text"?'),
    ("pass", "{text: x, order: {sate: open}}", 'is not known; did you mean "state"?'),
    ("pass", "{text: x, direction: up}", "'to_buyer'"),
    ("pass", "{text: x, language: German}", "must be a language code such as pl"),
]
_DATED = RULE + "    valid_from: 2026-03-01\n    when: '!thread.is_new'\n"


@pytest.mark.parametrize(("kind", "sample", "words"), WRONG)
def test_a_sample_that_is_wrong_is_named_with_its_line(tmp_path: Path, kind: str, sample: str, words: str) -> None:
    write_pack(tmp_path, _DATED)
    good = "text: c@x.example" if kind == "fail" else "text: nothing"
    write_samples(tmp_path, f"{kind}:\n  - {good}\n    direction: to_seller\n  - {sample}\n")
    [complaint] = _complaints(tmp_path)
    assert complaint.startswith(f"4: {kind}[2]")
    assert words in complaint


def test_a_condition_that_breaks_on_a_sample_is_named(tmp_path: Path) -> None:
    _with_condition(tmp_path, '"message.attachments / (message.recipients - 2) == 1"', "text: x")
    assert "the condition of r.one can not be evaluated on it" in _complaints(tmp_path)[0]


def test_samples_of_no_rule_are_named(tmp_path: Path) -> None:
    write_pack(tmp_path)
    write_samples(tmp_path, "fail: []\n", name="r.noe.yaml")
    assert _complaints(tmp_path) == [
        'None: : is named after "r.noe", which is no rule of this pack; did you mean "r.one"?'
    ]


def test_honest_mails_must_pass_every_rule_that_counts(tmp_path: Path) -> None:
    write_pack(tmp_path, RULE + RULE.removeprefix("rules:\n").replace("r.one", "r.dry").replace("enforce", "dry_run"))
    write_samples(tmp_path, "pass:\n  - text: see a@x.example\n", name="pass.yaml")
    assert _complaints(tmp_path) == ['2: pass[1]: must pass, but is caught by r.one, which finds "a@x.example"']
    write_samples(tmp_path, "fail:\n  - text: see a@x.example\n", name="pass.yaml")
    assert "belong into the file of their rule" in _complaints(tmp_path)[0]


def test_a_pack_says_on_which_market_its_samples_are_written(tmp_path: Path) -> None:
    write_pack(tmp_path)
    write_samples(tmp_path, "pass:\n  - text: help@shop.example\n")
    assert len(_complaints(tmp_path)) == 1
    market = "name: Shop\nown_domains: [shop.example]\nlanguages: [de]\nregions: [DE]\nhas_cc_address: false\n"
    write_samples(tmp_path, market, name="market.yaml")
    assert _complaints(tmp_path) == []
    write_samples(tmp_path, "regions: [Germany]\n", name="market.yaml")
    assert _complaints(tmp_path)[0].startswith("1: regions[1]: ")


def test_an_admins_pack_of_the_same_name_does_not_change_what_shipped_samples_say(tmp_path: Path) -> None:
    write_pack(tmp_path, CONDITION.replace("WHEN", '"true"'))
    assert load_tried_rules((_FOLDER, tmp_path)).by_pack["general"][-1].id == "r.one"


def _moved(tmp_path: Path, old: str, new: str) -> list[str]:
    shutil.copytree(_FOLDER / "general", tmp_path / "general")
    target = tmp_path / "general/samples" / new
    target.parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / "general/samples" / old).rename(target)
    return [f.complaint if isinstance(f, Tried) else f.reason for f in _tried(tmp_path) if getattr(f, "complaint", "x")]


_CAUGHT = "fail/general.no-phone-number/to_buyer-polish-mobile.eml"


def test_a_whole_mail_that_must_pass_and_does_not_is_named(tmp_path: Path) -> None:
    complaint = 'must pass, but is caught by general.no-phone-number, which finds "601 234 567"'
    assert _moved(tmp_path, _CAUGHT, "pass/to_buyer-x.eml") == [complaint]


def test_a_whole_mail_that_must_be_caught_and_is_not_is_named(tmp_path: Path) -> None:
    complaint = "must be caught by general.no-phone-number, but its check finds nothing"
    new = "fail/general.no-phone-number/to_seller-x.eml"
    assert _moved(tmp_path, "pass/to_seller-dots-without-blanks.eml", new) == [complaint]


def test_a_mail_in_the_folder_of_no_rule_or_without_direction_is_named(tmp_path: Path) -> None:
    [reason] = _moved(tmp_path, _CAUGHT, "fail/general.no-such-rule/to_buyer-x.eml")
    assert reason == 'stands in a folder named after no rule of this pack: "general.no-such-rule"'
    shutil.rmtree(tmp_path / "general")
    assert _moved(tmp_path, _CAUGHT, "pass/x.eml") == ["its name must begin with to_buyer- or to_seller-"]


def test_a_whole_mail_without_a_date_is_named(tmp_path: Path) -> None:
    write_pack(tmp_path)
    file = tmp_path / "general/samples/pass/to_buyer-x.eml"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"From: a@x.example\r\nTo: b@bridge.example\r\n\r\nhi\r\n")
    assert _complaints(tmp_path) == ["None: : needs From, To and Date"]
    assert list(sample_files(tmp_path / "general")) == [file]


def test_a_rule_that_runs_dry_keeps_its_samples(tmp_path: Path) -> None:
    write_pack(tmp_path, RULE.replace("enforce", "dry_run"))
    write_samples(tmp_path, "fail:\n  - text: see a@x.example\n    finds: [a@x.example]\n")
    [tried] = _tried(tmp_path)
    assert isinstance(tried, Tried)
    assert tried.sample.rule is not None
    assert (tried.sample.rule.mode, tried.caught_by, tried.words) == (Mode.DRY_RUN, ("r.one",), ("a@x.example",))


BOMBS = {
    "aliases": "pass: &a [x]\nfail: *a\n",
    "nested deeper": "pass: " + "[" * 2000 + "]" * 2000 + "\n",
    "more than 50000 values": "pass: [" + "1, " * 60_000 + "1]\n",
    "is bigger": "# " + "x" * (1024 * 1024) + "\npass: []\n",
    "tags": "pass: !!python/name:os.system []\n",
    "duplicate": "pass: []\npass: []\n",
    "more than one document": "pass: []\n---\npass: []\n",
    "a key must be a word": "? [a, b]\n: c\n",
    "is no day of the calendar": "pass:\n  - {text: x, date: 2026-02-30}\n",
}


@pytest.mark.parametrize(("words", "text"), BOMBS.items(), ids=list(BOMBS))
def test_T72_a_bomb_among_samples_is_refused(tmp_path: Path, words: str, text: str) -> None:
    write_pack(tmp_path)
    write_samples(tmp_path, text)
    [complaint] = _complaints(tmp_path)
    assert words in complaint


def test_T72_more_samples_than_a_start_can_take_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mailbridge.rulefiles.samples.MAX_SAMPLES", 3)
    write_pack(tmp_path)
    write_samples(tmp_path, "pass: [{text: a}, {text: b}, {text: c}]\n")
    assert _complaints(tmp_path) == []
    write_samples(tmp_path, "pass: [{text: a}, {text: b}, {text: c}, {text: d}]\n")
    assert "more than 3 samples" in _complaints(tmp_path)[0]


def test_T71_a_mail_that_can_not_be_read_or_is_too_big_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pack(tmp_path)
    (tmp_path / "general/samples/pass/to_buyer-x.eml").mkdir(parents=True)
    assert "can not be read" in _complaints(tmp_path)[0]
    (tmp_path / "general/samples/pass/to_buyer-x.eml").rmdir()
    (tmp_path / "general/samples/pass/to_buyer-x.eml").write_bytes(b"x" * 2000)
    monkeypatch.setattr("mailbridge.rulefiles.samples.MAX_MAIL_OCTETS", 1000)
    assert "is bigger than 1000 octets" in _complaints(tmp_path)[0]


def test_a_check_that_fails_on_a_sample_is_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_pack(tmp_path)
    write_samples(tmp_path, "pass:\n  - text: Hello\n")

    def failing(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("mailbridge.rulefiles.trying.trace_rule", failing)
    assert _complaints(tmp_path) == ["2: pass[1]: judging it fails: ZeroDivisionError"]


def test_the_shipped_packs_are_known_as_they_are() -> None:
    said = (data_folder("rules") / "tried.txt").read_text("ascii")
    assert said == shipped_digests(), "run scripts/tried, once the samples pass"


def test_what_stands_in_the_shipped_packs_is_known() -> None:
    said = (data_folder("rules") / "read.json").read_text("utf-8")
    assert said == shipped_contents(), "run scripts/tried, once the samples pass"


@pytest.mark.parametrize("file", [file for _, file in rule_files(data_folder("rules"))], ids=lambda file: file.stem)
def test_a_shipped_file_says_the_same_when_it_is_read_as_yaml(file: Path) -> None:
    assert read_yaml(file, "") == yaml_of(file.read_text("utf-8"))


def test_N17_a_shipped_pack_that_was_edited_is_tried(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(data_folder("rules"), folder)
    Trials().load((folder,))
    sample = folder / "general" / "samples" / "general.no-phone-number.yaml"
    sample.write_text(
        sample.read_text("utf-8").replace("fail:\n", "fail:\n  - text: Nothing wrong here.\n", 1), "utf-8"
    )
    with pytest.raises(ConfigurationError) as caught:
        Trials().load((folder,))
    assert [problem.file for problem in caught.value.problems] == [str(sample)]
