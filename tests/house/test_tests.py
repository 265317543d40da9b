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
        if function.name.startswith("test_") and not _asserts(function) and not _called(function) & checking
    ]
    assert toothless == []


def test_no_test_waits_a_fixed_time() -> None:
    sleeping = [
        f"{module.name}:{node.lineno}"
        for module in modules("tests")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"time.sleep", "sleep"} and not _is_poll(node)
    ]
    assert sleeping == []


def _is_poll(call: ast.Call) -> bool:
    """A short nap inside a loop that waits for a condition; anything longer is a guess about speed."""
    nap = call.args[0] if call.args else None
    return isinstance(nap, ast.Constant) and isinstance(nap.value, int | float) and nap.value <= 0.1
