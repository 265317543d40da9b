"""Every invariant, threat, fault and field case stands in a test's name, or in ids.toml with the reason why not yet."""

from tests.conformance.ids import ids_in, ids_of_cases, ids_of_threats, named_by_tests, prune, put_off
from tests.shared_data import shared_path


def _all_ids() -> list[str]:
    threats = shared_path("threats.md").read_text(encoding="utf-8")
    cases = shared_path("cases.md").read_text(encoding="utf-8")
    return ids_of_threats(threats) + ids_of_cases(cases)


def test_the_documents_are_read_as_they_are_meant() -> None:
    ids = _all_ids()
    assert len(ids) == len(set(ids))
    assert {
        "I1",
        "I10",
        "T-01",
        "T-92",
        "F-01",
        "F-43",
        "W1",
        "W20",
        "P1",
        "P19",
        "A9",
        "T12",
        "E4",
        "Q4",
        "U8",
    } <= set(ids)


def test_every_id_is_tested_or_put_off_with_a_reason() -> None:
    accounted = named_by_tests() | set(put_off())
    assert [identifier for identifier in _all_ids() if identifier not in accounted] == []


def test_nothing_is_put_off_that_a_test_names() -> None:
    # `python -m tests.conformance.ids --prune` takes them out.
    assert sorted(set(put_off()) & named_by_tests()) == []


def test_nothing_is_put_off_that_does_not_exist() -> None:
    assert sorted(set(put_off()) - set(_all_ids())) == []


def test_every_reason_is_a_sentence() -> None:
    assert [reason for reason in put_off().values() if len(reason) < 25] == []


def test_ids_are_read_out_of_names() -> None:
    assert ids_in("test_T01_T9_caseT10_F43_I3_P1_smtp_T_X400") == {"T-01", "T9", "T10", "F-43", "I3", "P1"}


def test_pruning_takes_out_ids_and_empty_groups() -> None:
    before = '[[put_off]]\nreason = "one"\nids = ["T-01", "T1"]\n\n[[put_off]]\nreason = "two"\nids = ["P1"]\n'
    assert prune(before, {"T-01", "P1"}) == '[[put_off]]\nreason = "one"\nids = ["T1"]\n\n'
