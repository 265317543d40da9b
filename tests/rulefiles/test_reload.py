"""Rules change under a running server, and a bad change changes nothing."""

import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from mailbridge.errors import ConfigurationError, Problem
from mailbridge.policy.ruleset import RuleSet
from mailbridge.rulefiles.read import Pack
from mailbridge.rulefiles.reload import RuleKeeper
from mailbridge.rulefiles.trying import Trials, Tried, try_pack
from tests.rulefiles.packs import RULE, write_pack, write_samples


@dataclass(slots=True)
class Heard:
    """What a keeper told."""

    reloaded: list[RuleSet] = field(default_factory=list)
    problems: list[tuple[Problem, ...]] = field(default_factory=list)
    was_told: threading.Event = field(default_factory=threading.Event)

    def on_reloaded(self, ruleset: RuleSet) -> None:
        """Note it."""
        self.reloaded.append(ruleset)
        self.was_told.set()


def _keeper(folder: Path, heard: Heard) -> RuleKeeper:
    return RuleKeeper((folder,), on_reloaded=heard.on_reloaded, on_problems=heard.problems.append)


def test_nothing_changed_is_nothing_reloaded(tmp_path: Path) -> None:
    write_pack(tmp_path)
    keeper = _keeper(tmp_path, Heard())
    before = keeper.current()
    assert not keeper.look()
    assert keeper.current() is before


def test_an_edit_is_in_force_after_the_next_look(tmp_path: Path) -> None:
    write_pack(tmp_path)
    heard = Heard()
    keeper = _keeper(tmp_path, heard)
    write_pack(tmp_path, RULE.replace("r.one", "r.other"))
    assert keeper.look()
    assert [rule.id for rule in keeper.current().rules] == ["r.other"]
    assert heard.reloaded == [keeper.current()]


def test_a_new_file_and_a_removed_one_are_seen(tmp_path: Path) -> None:
    first = write_pack(tmp_path)
    keeper = _keeper(tmp_path, Heard())
    write_pack(tmp_path, RULE.replace("r.one", "r.two"), name="second.yaml")
    assert keeper.look()
    first.unlink()
    assert keeper.look()
    assert [rule.id for rule in keeper.current().rules] == ["r.two"]


def test_T71_F39_a_bad_edit_keeps_the_last_good_rules_and_says_so_once(tmp_path: Path) -> None:
    write_pack(tmp_path)
    heard = Heard()
    keeper = _keeper(tmp_path, heard)
    good = keeper.current()
    write_pack(tmp_path, RULE.replace("refuse", "refuze"))
    assert not keeper.look()
    assert not keeper.look()
    assert keeper.current() is good
    assert len(heard.problems) == 1


def test_T71_an_edit_that_is_taken_back_is_told_too(tmp_path: Path) -> None:
    write_pack(tmp_path)
    heard = Heard()
    keeper = _keeper(tmp_path, heard)
    write_pack(tmp_path, RULE.replace("refuse", "refuze"))
    assert not keeper.look()
    write_pack(tmp_path)
    assert not keeper.look()
    assert heard.reloaded == [keeper.current()]


def test_T71_an_atomic_rename_and_a_swapped_folder_are_seen(tmp_path: Path) -> None:
    write_pack(tmp_path / "one")
    write_pack(tmp_path / "two", RULE.replace("r.one", "r.two"))
    link = tmp_path / "rules"
    link.symlink_to(tmp_path / "one")
    keeper = _keeper(link, Heard())
    fresh = tmp_path / "fresh"
    fresh.symlink_to(tmp_path / "two")
    fresh.replace(link)
    assert keeper.look()
    assert [rule.id for rule in keeper.current().rules] == ["r.two"]


def test_an_edit_that_changes_no_rule_is_not_announced(tmp_path: Path) -> None:
    write_pack(tmp_path)
    heard = Heard()
    keeper = _keeper(tmp_path, heard)
    write_pack(tmp_path, "# a comment\n" + RULE)
    assert not keeper.look()
    assert heard.reloaded == []


def test_an_edit_of_the_same_size_is_seen_by_its_time(tmp_path: Path) -> None:
    file = write_pack(tmp_path)
    keeper = _keeper(tmp_path, Heard())
    write_pack(tmp_path, RULE.replace("r.one", "r.two"))
    os.utime(file, ns=(1, 1))
    assert keeper.look()


def test_T71_a_folder_that_can_not_be_looked_at_is_said_once_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pack(tmp_path)
    heard = Heard()
    keeper = _keeper(tmp_path, heard)
    good = keeper.current()

    def unreadable(_folder: Path) -> Iterator[tuple[str, Path]]:
        raise PermissionError(13, "Permission denied", str(tmp_path))

    with monkeypatch.context() as patched:
        patched.setattr("mailbridge.rulefiles.reload.rule_files", unreadable)
        assert not keeper.look()
        assert not keeper.look()
    assert [problem.reason for problems in heard.problems for problem in problems] == [
        "can not be looked at: Permission denied"
    ]
    assert not keeper.look()
    assert keeper.current() is good


def test_N17_a_sample_that_fails_keeps_the_last_good_rules_and_is_named(tmp_path: Path) -> None:
    write_pack(tmp_path)
    write_samples(tmp_path, "fail:\n  - text: write to a@x.example\n")
    heard = Heard()
    keeper = _keeper(tmp_path, heard)
    good = keeper.current()
    write_pack(tmp_path, RULE.replace("email_address", "phone_number"))
    assert not keeper.look()
    assert keeper.current() is good
    [[problem]] = heard.problems
    assert problem.file.endswith("samples/r.one.yaml")
    assert (problem.line, problem.key) == (2, "fail[1]")
    assert problem.reason == "must be caught by r.one, but its check finds nothing"
    write_samples(tmp_path, "fail:\n  - text: call 601 234 567\n")  # rule and samples are saved one after the other
    assert keeper.look()
    assert keeper.current() is not good


def test_a_pack_is_tried_again_only_when_a_file_of_it_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_pack(tmp_path)
    write_samples(tmp_path, "fail:\n  - text: write to a@x.example\n")
    tried: list[str] = []

    def noted(pack: Pack) -> Iterator[Tried | Problem]:
        tried.append(pack.name)
        return try_pack(pack)

    monkeypatch.setattr("mailbridge.rulefiles.trying.try_pack", noted)
    keeper = _keeper(tmp_path, Heard())
    write_pack(tmp_path, RULE.replace("r.one", "r.two"), pack="other")
    assert keeper.look()
    assert tried == ["general", "other"]
    write_samples(tmp_path, "fail:\n  - text: write to b@x.example\n")
    assert not keeper.look()  # the rules are the same
    assert tried == ["general", "other", "general"]


def test_N17_rules_whose_samples_fail_are_not_started_with(tmp_path: Path) -> None:
    write_pack(tmp_path)
    write_samples(tmp_path, "pass:\n  - text: write to a@x.example\n")
    with pytest.raises(ConfigurationError):
        _keeper(tmp_path, Heard())


def test_T71_files_that_change_while_they_are_read_are_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pack(tmp_path)
    keeper = _keeper(tmp_path, Heard())
    good = keeper.current()
    write_pack(tmp_path, RULE.replace("r.one", "r.two"))
    load = Trials.load

    def slowly(trials: Trials, folders: tuple[Path, ...]) -> RuleSet:
        loaded = load(trials, folders)
        write_pack(tmp_path, RULE.replace("r.one", "r.three.later"))
        return loaded

    with monkeypatch.context() as patched:
        patched.setattr(Trials, "load", slowly)
        assert not keeper.look()
    assert keeper.current() is good
    assert keeper.look()
    assert [rule.id for rule in keeper.current().rules] == ["r.three.later"]


def test_the_first_load_must_succeed(tmp_path: Path) -> None:
    write_pack(tmp_path, "nothing")
    with pytest.raises(ConfigurationError):
        _keeper(tmp_path, Heard())


def test_a_running_keeper_looks_by_itself_and_stops(tmp_path: Path) -> None:
    write_pack(tmp_path)
    heard = Heard()
    keeper = _keeper(tmp_path, heard)
    keeper.start()
    write_pack(tmp_path, RULE.replace("r.one", "r.other"))
    assert heard.was_told.wait(30)
    keeper.stop()
    assert [rule.id for rule in keeper.current().rules] == ["r.other"]
