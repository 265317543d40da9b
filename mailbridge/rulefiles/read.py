"""Reads rule folders into one RuleSet, or says everything that is wrong with file, line and key.

A folder holds `general/*.yaml` and `markets/<name>/*.yaml`; each of these is a pack, named after its folder. One
problem anywhere refuses the whole: a rule set is never half loaded (threats.md T-71). Does not watch files: that is
`reload.py`.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from mailbridge.domain.ids import RuleId
from mailbridge.domain.parties import Direction
from mailbridge.domain.verdict import Action, Mode, Severity
from mailbridge.errors import ConfigurationError, Problem
from mailbridge.policy.check import Parameter
from mailbridge.policy.checks import CHECKS_BY_NAME
from mailbridge.policy.ruleset import CheckCall, ParameterValue, Rule, RuleSet
from mailbridge.rulefiles.cel import CelCondition, ConditionProblem, compile_condition
from mailbridge.rulefiles.clocks import WrittenArea, WrittenClock, WrittenClocks
from mailbridge.rulefiles.ladders import WrittenLadder, build_ladders
from mailbridge.rulefiles.lines import YamlFile
from mailbridge.rulefiles.models import Refusal, RuleFileModel, RuleModel, canonical, key_of, read_as, suggestion

MAX_RULES = 2000
#: a text that nobody wrote yet, as `rules new` leaves it: a rule with one only runs dry
PLACEHOLDER = re.compile(r"<[^<>]+>")
_ACTIONS = {action.name.lower(): action for action in Action}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    """One rule where it stands."""

    model: RuleModel
    pack: str
    #: file as problems call it
    file: str
    index: int
    yaml: YamlFile

    def problem(self, key: str, reason: str, *deeper: str | int) -> Problem:
        """A problem of this rule."""
        path = ("rules", self.index, *((key,) if key else ()), *deeper)
        return Problem(file=self.file, line=self.yaml.line_of(path), key=key_of(path), reason=reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """One pack as it stands in one folder; an admin's folder may add to a pack of the same name."""

    name: str
    folder: Path
    rules: tuple[Rule, ...]


def load_rules(folders: tuple[Path, ...]) -> RuleSet:
    """Read every pack of these folders; samples are not tried. Raises ConfigurationError with every problem."""
    return read_packs(folders)[0]


def read_packs(folders: tuple[Path, ...]) -> tuple[RuleSet, tuple[Pack, ...]]:
    """The rule set, and the packs that it is made of. Raises ConfigurationError with every problem."""
    problems: list[Problem] = []
    written: list[_Written] = []
    ladders: list[WrittenLadder] = []
    clocks = WrittenClocks()
    names: dict[Path, str] = {}
    for folder in folders:
        files = list(rule_files(folder))
        if not files:
            reason = "holds no rule file; a pack is a folder in it with *.yaml"
            problems.append(Problem(file=str(folder), line=None, key="", reason=reason))
        for pack, file in files:
            names[file.parent] = pack
            found = _read_file(pack, file)
            written += found.rules
            ladders += found.ladders
            clocks.areas += found.clocks.areas
            clocks.clocks += found.clocks.clocks
            problems += found.problems
    rules = [_built(rule, problems) for rule in written]
    problems += _clashes(written)
    built = build_ladders(ladders, problems)
    areas, built_clocks = clocks.build(problems)
    if problems:
        raise ConfigurationError(tuple(problems))
    kept = tuple(rule for rule in rules if rule is not None)
    standing: dict[Path, list[Rule]] = {folder: [] for folder in names}
    for rule, where in zip(kept, written, strict=True):
        standing[Path(where.file).parent].append(rule)
    packs = tuple(Pack(name=names[folder], folder=folder, rules=tuple(own)) for folder, own in standing.items())
    fingerprint = _fingerprint(written, ladders, clocks)
    ruleset = RuleSet.of(kept, fingerprint, packs=names.values(), ladders=built)
    return replace(ruleset, areas=areas, clocks=built_clocks), packs


def rule_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Pack name and path of every rule file below this folder, in a fixed order."""
    packs = [path for path in sorted(folder.glob("*/")) if path.name != "markets"]
    for pack in (*packs, *sorted(folder.glob("markets/*/"))):
        for file in sorted((*pack.glob("*.yaml"), *pack.glob("*.yml"))):
            yield pack.name, file


@dataclass(slots=True)
class _Found:
    """What one file holds, or what is wrong with it."""

    rules: list[_Written] = field(default_factory=list)
    ladders: list[WrittenLadder] = field(default_factory=list)
    clocks: WrittenClocks = field(default_factory=WrittenClocks)
    problems: list[Problem] = field(default_factory=list)


def _read_file(pack: str, file: Path) -> _Found:
    read, found = read_as(file, RuleFileModel), _Found()
    if isinstance(read, Refusal):
        found.problems += read.problems
        return found
    if not read.content.model_fields_set:
        found.problems.append(Problem(file=str(file), line=None, key="rules", reason="is missing; add it"))
    place = {"pack": pack, "file": str(file)}
    for index, rule in enumerate(read.content.rules):
        found.rules.append(_Written(model=rule, index=index, yaml=read.yaml, **place))
    for index, ladder in enumerate(read.content.ladders):
        found.ladders.append(WrittenLadder(model=ladder, index=index, yaml=read.yaml, **place))
    for index, area in enumerate(read.content.areas):
        found.clocks.areas.append(WrittenArea(model=area, index=index, yaml=read.yaml, **place))
    for index, clock in enumerate(read.content.clocks):
        found.clocks.clocks.append(WrittenClock(model=clock, index=index, yaml=read.yaml, **place))
    return found


def _built(written: _Written, problems: list[Problem]) -> Rule | None:
    """The rule; None when `problems` grew."""
    before = len(problems)
    problems += _nonsense(written)
    call = _call(written, problems)
    condition = _condition(written, problems)
    if len(problems) > before:
        return None
    model = written.model
    return Rule(
        id=RuleId(model.id),
        pack=written.pack,
        title=model.title.model_dump(),
        text=model.text.model_dump(),
        fix=model.fix.model_dump(),
        action=_ACTIONS[model.action],
        in_signature=_ACTIONS[model.in_signature] if model.in_signature is not None else None,
        mode=Mode(model.mode),
        check=call,
        condition=condition,
        source=model.source,
        source_date=model.source_date,
        severity=Severity(model.severity),
        valid_from=model.valid_from,
        valid_until=model.valid_until,
        markets=frozenset(model.markets),
        areas=frozenset(model.areas),
        directions=frozenset(Direction(direction) for direction in model.directions),
        place=f"{written.file}:{written.yaml.line_of(('rules', written.index))}",
    )


def _nonsense(written: _Written) -> Iterator[Problem]:
    model = written.model
    if model.check is None and model.when is None:
        yield written.problem("", "needs a check, a condition (when), or both")
    if model.check is None and model.parameters:
        yield written.problem("parameters", "belong to a check; name it with `check:`")
    if model.valid_from is not None and model.valid_until is not None and model.valid_from > model.valid_until:
        yield written.problem("valid_until", "is before valid_from; the rule would never be in force")
    if model.source_date is not None and not model.source:
        yield written.problem("source_date", "is the day of a source; name it with `source:`")
    for key, texts in (("title", model.title), ("text", model.text), ("fix", model.fix)):
        for language, text in texts.model_dump().items():
            if PLACEHOLDER.fullmatch(text) and model.mode != "dry_run":
                reason = "is still what `rules new` put there; write it, or keep `mode: dry_run`"
                yield written.problem(key, reason, language)
    yield from _impossible_actions(written)


def _impossible_actions(written: _Written) -> Iterator[Problem]:
    """Actions that the rule's check can not do."""
    model = written.model
    check = CHECKS_BY_NAME.get(model.check or "")
    for key, action in (("action", model.action), ("in_signature", model.in_signature)):
        if action == "repair" and not (check is not None and check.can_be_repaired):
            able = ", ".join(check.name for check in CHECKS_BY_NAME.values() if check.can_be_repaired)
            yield written.problem(key, f"repair works with these checks only: {able}; choose warn, hold or refuse")
    if model.in_signature is not None and not (check is not None and check.reads_texts):
        able = ", ".join(check.name for check in CHECKS_BY_NAME.values() if check.reads_texts)
        yield written.problem("in_signature", f"works with these checks only, which look at texts: {able}")


def _call(written: _Written, problems: list[Problem]) -> CheckCall | None:
    name = written.model.check
    if name is None:
        return None
    check = CHECKS_BY_NAME.get(name)
    if check is None:
        problems.append(written.problem("check", f'"{name}" is no check' + suggestion(name, tuple(CHECKS_BY_NAME))))
        return None
    given = written.model.parameters
    known = {parameter.name: parameter for parameter in check.parameters}
    for unknown in given.keys() - known.keys():
        hint = suggestion(unknown, tuple(known)) if known else f"; {name} takes none"
        problems.append(written.problem("parameters", "is not known" + hint, unknown))
    values = {p.name: _value(written, p, problems) if p.name in given else p.default for p in check.parameters}
    return CheckCall(name=check.name, parameters=tuple(sorted(values.items())))


def _value(written: _Written, parameter: Parameter, problems: list[Problem]) -> ParameterValue:
    """The value given for this parameter; its default where it is wrong, which is noted."""
    given: object = written.model.parameters[parameter.name]
    reason = parameter.why_not(given)
    if reason:
        problems.append(written.problem("parameters", reason, parameter.name))
        return parameter.default
    if isinstance(given, list):
        return tuple(str(item) for item in given)
    return given if isinstance(given, bool | int | str) else parameter.default


def _condition(written: _Written, problems: list[Problem]) -> CelCondition | None:
    if written.model.when is None:
        return None
    condition = compile_condition(written.model.when)
    if isinstance(condition, CelCondition) and written.model.check is None:
        problems += _asks_for_nothing(written, condition)
    if isinstance(condition, ConditionProblem):
        reason = f"column {condition.column} of the condition: {condition.reason}"
        path = ("rules", written.index, "when")
        line = written.yaml.first_line_of(path) + condition.line - 1
        problems.append(Problem(file=written.file, line=line, key=key_of(path), reason=reason))
        return None
    return condition


def _asks_for_nothing(written: _Written, condition: CelCondition) -> Iterator[Problem]:
    """A rule without a check never has findings."""
    asked = sorted(name for name in condition.names if name.startswith("findings."))
    if asked:
        reason = f"asks for {asked[0]}, but the rule names no check; name one, or count one with checks.<name>"
        yield written.problem("when", reason)


def _clashes(written: list[_Written]) -> Iterator[Problem]:
    first: dict[str, _Written] = {}
    for rule in written:
        known = first.setdefault(rule.model.id, rule)
        if known is not rule:
            line = known.yaml.line_of(("rules", known.index))
            yield rule.problem("id", f'"{rule.model.id}" stands already in {known.file}:{line}; choose another')
    if len(written) > MAX_RULES:
        yield Problem(file="", line=None, key="rules", reason=f"more than {MAX_RULES} rules; join some")


def _fingerprint(written: list[_Written], ladders: list[WrittenLadder], clocks: WrittenClocks) -> str:
    """Changes when what a rule, a ladder, an area or a clock says changes; not by layout, comments, or folders."""
    lines = sorted(f"{rule.pack}\n{canonical(rule.model)}" for rule in written)
    lines += sorted(ladder.canonical for ladder in ladders)
    lines += clocks.canonical
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]
