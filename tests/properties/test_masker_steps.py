"""Each step of the masker switched off in turn: what leaks then, and that the gate catches every one of it (I4, K5).

With step and gate off the third decoder must see leaks, or the step would be proved by nothing; with the gate on none
may come out, and each letter that leaked must be held.
"""

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from mailbridge.message import mask, masker, parts, textfiles
from mailbridge.message.mask import Masked
from mailbridge.message.masker import Masker
from mailbridge.message.needles import Needles
from mailbridge.path import post, relay
from tests.house.sources import TOP
from tests.properties.canaries.factory import Factory, Outcome, a_factory
from tests.properties.canaries.letters import letter

_SEED = 7
_LETTERS = 40
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the masker, and how it is switched off."""

    #: owner, name of the attribute, what stands in its place
    patches: tuple[tuple[Any, str, Any], ...]
    #: letters with one of these carriers show it
    carriers: frozenset[str]
    #: the step that takes out the same in another way, so that nothing leaks without this one; "" for none
    backed_by: str = ""
    #: how many letters are looked at
    letters: int = _LETTERS


def _step(*patches: tuple[Any, str, Any], carriers: str, backed_by: str = "", letters: int = _LETTERS) -> Step:
    return Step(patches=patches, carriers=frozenset(carriers.split(", ")), backed_by=backed_by, letters=letters)


def _first(*given: Any, **_: Any) -> Any:
    """Returns what it is given."""
    return given[0]


def _second(_: Any, given: Any, *__: Any, **___: Any) -> Any:
    """A method that returns what it is given."""
    return given


def _unmasked(message: Any, _: Any) -> Masked:
    return Masked(subject=message.subject, body=message.body, attachments=message.attachments)


def _with_their_ids(attachments: Any, html: Any, masker: Masker) -> Any:
    """Names of files are masked, ids are kept."""
    return tuple(replace(file, filename=masker.line(file.filename)) for file in attachments), html


_TEXT = "attribution, header block, html quote, signature in quote, client"
STEPS: dict[str, Step] = {
    "the whole masker": _step((relay, "mask", _unmasked), carriers=_TEXT),
    "addresses and traces": _step((Needles, "marked", _second), carriers=_TEXT),
    "reading letter by letter": _step(
        (Needles, "_cut", _second), (Needles, "_cut_encoded", _second), carriers="disguised"
    ),
    "encoded runs": _step((Needles, "_cut_encoded", _second), carriers="disguised, wrapped link"),
    "values of attributes": _step(
        (Needles, "_cut_in_tags", _second), (Needles, "_mark_open", lambda _, text, __: (text, text.lower())),
        carriers="html hidden",
    ),
    "class H": _step((Masker, "_without_hidden", _second), carriers=_TEXT),
    "names beside addresses": _step((masker, "without_names", _first), carriers=_TEXT, backed_by="class H"),
    "sanitised HTML": _step((masker, "sanitise", _first), carriers="html hidden, tracking pixel"),
    "links of filters": _step(
        (masker, "unwrapped", _first), carriers="wrapped link", backed_by="addresses and traces"
    ),
    "subject and names of files": _step((Masker, "line", _second), carriers="subject, file name"),
    "calendars": _step((textfiles, "rewritten", _first), carriers="calendar"),
    "contact cards": _step(
        (textfiles, "_CARD", _NEVER), (textfiles, "_CARDS", frozenset()), (textfiles, "_rewritten", _first),
        carriers="card",
    ),
    "ids of files": _step((mask, "_renamed", _with_their_ids), carriers="file name"),
    "mails inside are history": _step((Masker, "for_history", lambda self: self), carriers="mail inside"),
    "reports of servers": _step(
        (textfiles, "_masked", lambda _, text, masker: masker.plain(text)), carriers="report"
    ),
    "other ways to write signs": _step((Needles, "_cut_odd", _second), carriers="disguised", letters=200),
    "mails inside": _step((textfiles, "rebuilt", _first), carriers="mail inside"),
    "text files": _step((textfiles, "_rewritten", _first), carriers="text file"),
    "signatures": _step(
        (parts, "_SIGNATURES", frozenset()), (parts, "_SIGNATURE_FILE", _NEVER), (textfiles, "_KEY", _NEVER),
        carriers="signature part",
    ),
    "keys": _step(
        (parts, "_SIGNATURES", frozenset()), (parts, "_SIGNATURE_FILE", _NEVER), (textfiles, "_KEY", _NEVER),
        (textfiles, "_rewritten", _first), carriers="key file",
    ),
}  # fmt: skip


def _numbers(factory: Factory, step: Step) -> list[int]:
    """The first letters that show the step."""
    found: list[int] = []
    number = 0
    while len(found) < step.letters:
        if step.carriers & set(letter(_SEED, number, factory.pairs, factory.alias).carriers):
            found.append(number)
        number += 1
    return found


def _run(folder: Path, step: Step) -> Outcome:
    """On a bridge of its own: the same letters a second time would be duplicates."""
    folder.mkdir()
    with a_factory(folder, _SEED) as factory:
        return factory.run(_numbers(factory, step), answers=False)


@pytest.mark.parametrize("name", STEPS)
def test_I4_K5_what_the_masker_leaves_without_one_step_is_caught_by_the_gate_every_time(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = STEPS[name]
    for owner, attribute, instead in step.patches:
        monkeypatch.setattr(owner, attribute, instead)
    with monkeypatch.context() as without_gate:
        without_gate.setattr(post, "find_leaks", lambda *_, **__: ())
        leaking = {number for number, *_ in _run(tmp_path / "without gate", step).leaks}
    outcome = _run(tmp_path / "with gate", step)
    print(f"{name:<32} {len(leaking):>3} of {step.letters} leak without it, {len(leaking & outcome.stopped):>3} caught")
    assert outcome.leaks == []
    assert leaking <= outcome.stopped
    assert outcome.doors.total() > 0
    assert bool(leaking) is not bool(step.backed_by)


def test_the_table_in_the_decision_names_every_step() -> None:
    page = (TOP / "docs" / "decisions" / "0013-masker-gate-and-their-judge.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| ([^|]+) \| \d", page, re.MULTILINE) == list(STEPS)
