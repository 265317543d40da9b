"""The engine behind its one door: a table of what expressions mean, so that another engine can replace it."""

import time
from typing import Any

import pytest

from mailbridge.policy.factview import FACTS, FactType
from mailbridge.policy.ruleset import ConditionResult
from mailbridge.rulefiles.cel import CelCondition, ConditionProblem, compile_condition

_EMPTY: dict[FactType, Any] = {
    FactType.BOOL: False,
    FactType.INT: 0,
    FactType.STRING: "",
    FactType.STRINGS: [],
}
VIEW = {fact.name: _EMPTY[fact.type] for fact in FACTS} | {
    "author.role": "seller",
    "order.is_known": True,
    "order.days_since_completed": 31,
    "message.subject": "Re: Zażółć [Important]",
    "message.text": "Guten Tag",
    "message.attachments": 2,
    "findings.count": 2,
    "findings.words": ["anna@shop.example", "x@y.example"],
}
HOLDS, NOT, BROKEN = ConditionResult.HOLDS, ConditionResult.NOT, ConditionResult.BROKEN

MEANINGS = [
    ("true", HOLDS),
    ("false", NOT),
    ('author.role == "seller"', HOLDS),
    ('author.role != "seller"', NOT),
    ('author.role in ["buyer", "seller"]', HOLDS),
    ('!(author.role in ["buyer"])', HOLDS),
    ("order.is_known", HOLDS),
    ("!order.is_known", NOT),
    ("order.is_known && order.days_since_completed > 30", HOLDS),
    ("order.days_since_completed >= 31 && order.days_since_completed <= 31", HOLDS),
    ("order.days_since_completed < 31 || order.is_gift", NOT),
    ("order.is_gift ? false : true", HOLDS),
    ("message.attachments + 1 == 3", HOLDS),
    ("message.attachments * 2 - 1 == 3", HOLDS),
    ("message.attachments % 2 == 0", HOLDS),
    ("-message.attachments == -2", HOLDS),
    ('message.subject.contains("[Important]")', HOLDS),
    ('message.subject.startsWith("Re: ")', HOLDS),
    ('message.subject.endsWith("]")', HOLDS),
    ('message.subject.matches("(?i)zażółć")', HOLDS),
    ('message.subject.matches("^[a-z]+$")', NOT),
    ("message.subject.size() > 5", HOLDS),
    ("size(findings.words) == 2", HOLDS),
    ("findings.words.size() == findings.count", HOLDS),
    ('findings.words[0] == "anna@shop.example"', HOLDS),
    ('findings.words.exists(w, w.endsWith("@y.example"))', HOLDS),
    ('findings.words.all(w, w.contains("@"))', HOLDS),
    ('findings.words.exists_one(w, w.startsWith("x"))', HOLDS),
    ('findings.words.filter(w, w.startsWith("x")).size() == 1', HOLDS),
    ("findings.words.map(w, w.size()).exists(n, n > 11)", HOLDS),
    ('"x@y.example" in findings.words', HOLDS),
    ('message.language == ""', HOLDS),
    ('message.text + "!" == "Guten Tag!"', HOLDS),
    ('int("7") == 7', HOLDS),
    ('string(message.attachments) == "2"', HOLDS),
    ('findings.words[9] == "x"', BROKEN),
    ('findings.words[9] == "x" || true', HOLDS),
    ('findings.words[9] == "x" && false', NOT),
    ("1 / findings.in_new_text == 1", BROKEN),
    ("int(message.text) == 1", BROKEN),
    ('message.text.matches("(")', BROKEN),
    ("9223372036854775807 + message.attachments > 0", BROKEN),
]


@pytest.mark.parametrize(("source", "result"), MEANINGS)
def test_an_expression_means_what_it_says(source: str, result: ConditionResult) -> None:
    condition = compile_condition(source)
    assert isinstance(condition, CelCondition), condition
    assert condition.source == source
    assert condition.evaluate(VIEW) is result


REFUSED = [
    ("", 1, 1, "Syntax error"),
    ("author.rol == 'x'", 1, 7, "undeclared reference to 'author.rol'"),
    ("author == 'x'", 1, 1, "undeclared reference"),
    ("author.role == 1", 1, 13, "no matching overload"),
    ("author.role", 1, 1, "must say true or false, but yields string"),
    ("message.attachments", 1, 1, "yields int"),
    ("true &&", 1, 8, "Syntax error"),
    ("true && (", 1, 10, "Syntax error"),
    ("true\n&& x", 2, 4, "undeclared reference to 'x'"),
    ("message.text.lowerAscii() == ''", 1, 24, "undeclared reference"),
    ("message.text.nothing()", 1, 21, "undeclared reference"),
    ("findings.words == ''", 1, 16, "no matching overload"),
    ("'" + "x" * 5000 + "' == ''", 1, 1, "longer than 4000 characters"),
    ("(" * 60 + "true" + ")" * 60, 1, 1, "recursion limit"),
]


@pytest.mark.parametrize(("source", "line", "column", "words"), REFUSED, ids=[case[0][:40] for case in REFUSED])
def test_a_wrong_expression_is_refused_when_loaded(source: str, line: int, column: int, words: str) -> None:
    problem = compile_condition(source)
    assert isinstance(problem, ConditionProblem)
    assert (problem.line, problem.column) == (line, column)
    assert words in problem.reason


def test_T70_an_expression_that_never_ends_is_broken_soon() -> None:
    words = "findings.words"
    condition = compile_condition(f"{words}.all(a, {words}.all(b, {words}.all(c, {words}.all(d, true))))")
    assert isinstance(condition, CelCondition)
    started = time.process_time()
    assert condition.evaluate(VIEW | {"findings.words": ["x"] * 300}) is BROKEN
    assert time.process_time() - started < 5


def test_T70_a_hostile_pattern_is_linear() -> None:
    condition = compile_condition('message.text.matches("^(a+)+$")')
    assert isinstance(condition, CelCondition)
    assert condition.evaluate(VIEW | {"message.text": "a" * 100_000 + "b"}) is NOT


@pytest.mark.parametrize("text", ["\ud800", "\x00", "\U0010ffff"])
def test_text_that_the_engine_can_not_take_is_broken_or_judged_but_never_raises(text: str) -> None:
    condition = compile_condition('message.text == "x"')
    assert isinstance(condition, CelCondition)
    assert condition.evaluate(VIEW | {"message.text": text}) in {BROKEN, NOT}
