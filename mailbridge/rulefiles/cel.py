"""The conditions of rules, in CEL: the only door of the engine (design.md D12).

Checked against the declared facts when loaded: a misspelt name, a wrong type, a pattern that RE2 does not take and a
text that could grow without bound are problems with line and column. Evaluation is bounded by the engine's iteration
budget and by the length of texts, its regular expressions are RE2, and there are no callbacks: they would leak memory
(dependencies.md §1). Knows nothing of rules or files.
"""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from cel_expr_python import cel
from cel_expr_python.ext import ext_strings

from mailbridge.policy.factvalues import FACT_VALUES
from mailbridge.policy.factview import FACTS, FactType, FactValue
from mailbridge.policy.ruleset import ConditionResult

MAX_CHARACTERS = 4000
#: a condition that asks about a longer text is not evaluated: the message is held
MAX_TEXT_CHARACTERS = 200_000
# The engine says: INVALID_ARGUMENT: ERROR: <input>, line, column, and what is wrong
_ERROR = re.compile(r"<input>:(\d+):(\d+): (.*)")
_UNDECLARED = re.compile(r"undeclared reference to '([^']*)'")
_LITERAL = r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')"""
_NAMES = re.compile(r"[a-z_][a-z0-9_]*(?:\.[a-z0-9_]+)?")
_PATTERN = re.compile(rf"\.matches\(\s*(r?){_LITERAL}\s*\)")
_REPLACING = re.compile(r"\.replace\(")
_SHRINKING = re.compile(rf"\.replace\(\s*{_LITERAL}\s*,\s*{_LITERAL}\s*\)")
_NAME = r"(?<![\w.])[a-z_]+(?:\.[a-z_]+)?(?![\w.])"
#: `fact == "x"`, `"x" != fact`, `fact in ["x", "y"]`
_COMPARED = re.compile(
    rf"(?P<left>{_NAME})\s*(?:[!=]=\s*(?P<behind>{_LITERAL})|in\s*\[(?P<listed>[^\]]*)\])"
    rf"|(?P<before>{_LITERAL})(?:\s*[!=]=\s*(?P<right>{_NAME}))?"
)
_TYPES = {
    FactType.BOOL: cel.Type.BOOL,
    FactType.INT: cel.Type.INT,
    FactType.STRING: cel.Type.STRING,
    FactType.STRINGS: cel.Type.List(cel.Type.STRING),
}
#: the functions that strings have beside those of CEL itself; a test compares them with what the engine knows
STRING_FUNCTIONS = (
    *("charAt", "indexOf", "lastIndexOf", "lowerAscii", "upperAscii", "replace", "reverse", "split", "substring"),
    *("trim", "join"),
)
_KNOWN = (
    *(fact.name for fact in FACTS),
    *STRING_FUNCTIONS,
    *("contains", "startsWith", "endsWith", "matches", "size", "exists", "all", "exists_one", "filter", "map"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionProblem:
    """Why an expression can not be used."""

    #: line and column in the expression, both from 1
    line: int
    column: int
    reason: str


class CelCondition:
    """One compiled expression that yields a bool; safe to evaluate from several threads."""

    __slots__ = ("_expression", "_names", "_source", "_texts")

    def __init__(self, source: str, expression: Any) -> None:
        self._source = source
        self._expression = expression
        written = set(_NAMES.findall(source))
        asked = [fact for fact in FACTS if fact.name in written]
        self._names = frozenset(fact.name for fact in asked)
        self._texts = tuple(fact.name for fact in asked if fact.type is FactType.STRING)

    @property
    def source(self) -> str:
        """The expression as the admin wrote it."""
        return self._source

    @property
    def names(self) -> frozenset[str]:
        """The facts that stand in it, in texts in quotes too."""
        return self._names

    def evaluate(self, view: Mapping[str, FactValue]) -> ConditionResult:
        """Evaluate over the facts of `names`; whatever is no bool in the end is BROKEN, and so is a text of no measure.

        The engine returns an error as a value, and that value is truthy: only type BOOL counts (dependencies.md §0.2).
        """
        for name in self._texts:
            text = view[name]
            if isinstance(text, str) and len(text) > MAX_TEXT_CHARACTERS:
                return ConditionResult.BROKEN
        try:
            # Only what it asks for: handing over all facts costs more than evaluating most conditions.
            value = self._expression.eval(data={name: view[name] for name in self._names})
        except (RuntimeError, TypeError, ValueError):
            # What the engine raises for input it can not take, such as a lone surrogate, and over its budget.
            return ConditionResult.BROKEN
        if value.type() != cel.Type.BOOL:
            return ConditionResult.BROKEN
        return ConditionResult.HOLDS if value.value() is True else ConditionResult.NOT


def compile_condition(source: str) -> CelCondition | ConditionProblem:
    """Check and compile one expression over the declared facts."""
    if len(source) > MAX_CHARACTERS:
        return ConditionProblem(line=1, column=1, reason=f"longer than {MAX_CHARACTERS} characters")
    try:
        expression = _environment().compile(source)
    except (RuntimeError, ValueError) as error:
        return _problem(str(error), source)
    if expression.return_type() != cel.Type.BOOL:
        kind = expression.return_type().name().lower()
        return ConditionProblem(line=1, column=1, reason=f"must say true or false, but yields {kind}")
    return next(_beyond_types(source), None) or CelCondition(source, expression)


@cache
def _environment() -> Any:
    variables = {fact.name: _TYPES[fact.type] for fact in FACTS}
    return cel.NewEnv(variables=variables, extensions=[ext_strings.ExtStrings()])


def _beyond_types(source: str) -> Iterator[ConditionProblem]:
    """What the engine would find out only when a mail comes, or never."""
    yield from _impossible_values(source)
    for pattern in _PATTERN.finditer(source):
        tried = _environment().compile(f"''.matches({pattern[1]}{pattern[2]})").eval(data={})
        if tried.type() != cel.Type.BOOL:
            reason = f"{pattern[2]} is no regular expression that RE2 takes: no look-around, no back-references"
            yield _at(source, pattern.start(1), reason)
    shrinking = {m.start() for m in _SHRINKING.finditer(source) if len(m[2]) <= len(m[1])}
    growing = [m.start() for m in _REPLACING.finditer(source) if m.start() not in shrinking]
    if len(growing) > 1:
        reason = "a second replace() that may make the text longer: its cost has no bound"
        yield _at(source, growing[1] + 1, reason)


def _impossible_values(source: str) -> Iterator[ConditionProblem]:
    """Facts that are compared with what they never are."""
    for found in _COMPARED.finditer(source):
        values = FACT_VALUES.get(found["left"] or found["right"] or "")
        if values is None:  # another fact, or a text by itself: what stands in it compares nothing
            continue
        group = next(name for name in ("behind", "listed", "before") if found[name] is not None)
        for literal in re.finditer(_LITERAL, found[group]):
            if literal[0][1:-1] not in values:
                known = ", ".join(f'"{value}"' for value in values)
                reason = f"{literal[0]} is no {found['left'] or found['right']}; it is one of {known}"
                yield _at(source, found.start(group) + literal.start(), reason)


def _at(source: str, offset: int, reason: str) -> ConditionProblem:
    before = source[:offset]
    return ConditionProblem(line=before.count("\n") + 1, column=offset - before.rfind("\n"), reason=reason)


def _problem(text: str, source: str) -> ConditionProblem:
    found = _ERROR.search(text)
    if found is None:
        return ConditionProblem(line=1, column=1, reason=text.splitlines()[0] if text else "can not be compiled")
    line, column = int(found[1]), int(found[2])
    reason = found[3].replace(" (in container '')", "").removesuffix(" [INVALID_ARGUMENT]")
    unknown = _UNDECLARED.search(reason)
    if unknown is None:
        return ConditionProblem(line=line, column=column, reason=reason)
    # Of a name with a dot the engine points at the dot.
    begins = source.split("\n")[line - 1].rfind(unknown[1], 0, column + len(unknown[1]))
    return ConditionProblem(
        line=line,
        column=begins + 1 if begins >= 0 else column,
        reason=f'"{unknown[1]}" is {_meant(unknown[1])}',
    )


def _meant(unknown: str) -> str:
    """That a name is not known, and what it may have been meant as."""
    if unknown in _KNOWN:
        return "there, but not for these values"
    near = difflib.get_close_matches(unknown, _KNOWN, n=1, cutoff=0.7)
    if not near:
        ends = {name: name.rpartition(".")[2] for name in _KNOWN}
        end = difflib.get_close_matches(unknown.rpartition(".")[2], ends.values(), n=1, cutoff=0.8)
        near = [name for name in _KNOWN if ends[name] in end]
    meant = " or ".join(f'"{name}"' for name in near)
    return f"not known; did you mean {meant}?" if meant else "not known; `mailbridge rules reference` lists every name"
