"""The tests themselves: each one can fail."""

import ast

from tests.house.sources import FunctionNode, functions, modules

_PYTEST_CHECKS = {"raises", "warns", "fail", "deprecated_call"}


def _called(function: FunctionNode) -> set[str]:
    """Names of everything this function calls: `check` for check(), `x.check()`."""
    called = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            target = node.func
            called.add(
                target.id if isinstance(target, ast.Name) else target.attr if isinstance(target, ast.Attribute) else ""
            )
    return called


def _asserts(function: FunctionNode) -> bool:
    return any(isinstance(node, ast.Assert | ast.Raise) for node in ast.walk(function)) or bool(
        _called(function) & _PYTEST_CHECKS
    )


def _checking_names() -> set[str]:
    """Functions under tests/ that assert, or call one that does (by name, until nothing is added)."""
    calls = {f.name: _called(f) for module in modules("tests") for f in functions(module.tree)}
    checking = {f.name for module in modules("tests") for f in functions(module.tree) if _asserts(f)}
    while True:
        more = {name for name, called in calls.items() if called & checking} - checking
        if not more:
            return checking
        checking |= more


def test_every_test_can_fail() -> None:
    checking = _checking_names()
    toothless = [
        f"{module.name}:{function.lineno} {function.name}"
        for module in modules("tests")
        for function in functions(module.tree)
        if function.name.startswith("test_")
        and not _asserts(function)
        and not _called(function) & checking
        and not function.name.endswith("_never_raises")  # fails by itself
    ]
    assert toothless == []


def test_no_test_waits_a_fixed_time() -> None:
    # A short nap inside a loop that asks for a condition is a poll; anything else is a guess about speed.
    sleeping = []
    for module in modules("tests"):
        polls = {id(call) for loop in ast.walk(module.tree) if isinstance(loop, ast.While) for call in _naps(loop)}
        sleeping += [f"{module.name}:{call.lineno}" for call in _naps(module.tree) if id(call) not in polls]
    assert sleeping == []


def _naps(tree: ast.AST) -> list[ast.Call]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [call for call in calls if ast.unparse(call.func) in {"time.sleep", "sleep"}]
