"""The sample mails of the shipped packs do what their folders say."""

import shutil
from pathlib import Path

import pytest

from mailbridge.domain.parties import Direction
from mailbridge.resources import data_folder
from mailbridge.rulefiles.read import load_rules
from mailbridge.rulefiles.samples import Sample, find_samples, try_sample

_FOLDER = data_folder("rules")
_SAMPLES = tuple(find_samples(_FOLDER))
_RULES = load_rules((_FOLDER,))
#: a sample would be 10 MiB; tests/policy/checks/test_attachments.py tries the check
_WITHOUT_SAMPLE = {"general.attachment-size"}


@pytest.mark.parametrize("sample", _SAMPLES, ids=lambda sample: f"{sample.rule or 'pass'} {sample.file.stem}")
def test_a_sample_does_what_its_folder_says(sample: Sample) -> None:
    assert try_sample(sample, _RULES).complaint == ""


def test_every_rule_has_a_mail_that_it_catches() -> None:
    assert {rule.id for rule in _RULES.rules} - _WITHOUT_SAMPLE == {sample.rule for sample in _SAMPLES} - {""}


def test_both_directions_have_mails_that_pass() -> None:
    assert {sample.direction for sample in _SAMPLES if not sample.rule} == set(Direction)


def _moved(tmp_path: Path, old: str, new: str) -> Sample:
    shutil.copytree(_FOLDER / "general", tmp_path / "general")
    target = tmp_path / "general/samples" / new
    target.parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / "general/samples" / old).rename(target)
    return next(sample for sample in find_samples(tmp_path) if sample.file == target)


def test_a_mail_that_must_pass_and_does_not_is_named(tmp_path: Path) -> None:
    sample = _moved(tmp_path, "fail/general.no-phone-number/to_buyer-polish-mobile.eml", "pass/to_buyer-x.eml")
    assert try_sample(sample, _RULES).complaint == "must pass, but is caught by general.no-phone-number"


def test_a_mail_that_must_be_caught_and_is_not_is_named(tmp_path: Path) -> None:
    sample = _moved(tmp_path, "pass/to_seller-dots-without-blanks.eml", "fail/general.no-phone-number/to_seller-x.eml")
    result = try_sample(sample, _RULES)
    assert result.complaint == "must be caught by general.no-phone-number, but is caught by no rule"


def test_a_sample_without_a_date_is_named(tmp_path: Path) -> None:
    file = tmp_path / "to_buyer-x.eml"
    file.write_bytes(b"From: a@x.example\r\nTo: b@bridge.example\r\n\r\nhi\r\n")
    sample = Sample(file=file, pack="general", direction=Direction.TO_BUYER)
    assert try_sample(sample, _RULES).complaint == "needs From, To and Date"


def test_a_name_without_direction_is_refused(tmp_path: Path) -> None:
    (tmp_path / "general/samples/pass").mkdir(parents=True)
    (tmp_path / "general/samples/pass/x.eml").write_bytes(b"")
    with pytest.raises(ValueError, match=r"'x\.eml'"):
        list(find_samples(tmp_path))
