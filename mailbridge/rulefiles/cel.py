"""The conditions of rules, in CEL: the only door of the engine (design.md D12).

Checked against the declared facts when loaded: a misspelt name or a wrong type is a problem with line and column.
Evaluation is bounded by the engine's iteration budget, its regular expressions are RE2, and there are no callbacks:
they would leak memory (dependencies.md §1). Knows nothing of rules or files.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from cel_expr_python import cel

from mailbridge.policy.factview import FACTS, FactType, FactValue
from mailbridge.policy.ruleset import ConditionResult

MAX_CHARACTERS = 4000
# The engine says: INVALID_ARGUMENT: ERROR: <input>, line, column, and what is wrong
_ERROR = re.compile(r"<input>:(\d+):(\d+): (.*)")
_TYPES = {
    FactType.BOOL: cel.Type.BOOL,
    FactType.INT: cel.Type.INT,
    FactType.STRING: cel.Type.STRING,
    FactType.STRINGS: cel.Type.List(cel.Type.STRING),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionProblem:
    """Why an expression can not be used."""

    #: line and column in the expression, both from 1
    line: int
    column: int
    reason: str


class CelCondition:
    """One compiled expression that yields a bool; safe to evaluate from several threads."""

    __slots__ = ("_expression", "_source")

    def __init__(self, source: str, expression: Any) -> None:
        self._source = source
        self._expression = expression

    @property
    def source(self) -> str:
        """The expression as the admin wrote it."""
        return self._source

    def evaluate(self, view: Mapping[str, FactValue]) -> ConditionResult:
        """Evaluate over the whole view; whatever is no bool in the end is BROKEN.

        The engine returns an error as a value, and that value is truthy: only type BOOL counts (dependencies.md §0.2).
        """
        try:
            value = self._expression.eval(data=dict(view))
        except (RuntimeError, TypeError, ValueError):
            # What the engine raises for input it can not take, such as a lone surrogate.
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
        return _problem(str(error))
    if expression.return_type() != cel.Type.BOOL:
        kind = expression.return_type().name().lower()
        return ConditionProblem(line=1, column=1, reason=f"must say true or false, but yields {kind}")
    return CelCondition(source, expression)


@cache
def _environment() -> Any:
    return cel.NewEnv(variables={fact.name: _TYPES[fact.type] for fact in FACTS})


def _problem(text: str) -> ConditionProblem:
    found = _ERROR.search(text)
    if found is None:
        return ConditionProblem(line=1, column=1, reason=text.splitlines()[0] if text else "can not be compiled")
    reason = found[3].replace(" (in container '')", "").removesuffix(" [INVALID_ARGUMENT]")
    return ConditionProblem(line=int(found[1]), column=int(found[2]), reason=reason)
