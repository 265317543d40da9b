"""Size limits that ruff does not measure: lines of a function and of a module, parameters of every kind."""

import ast

from tests.house.sources import FunctionNode, functions, modules

MAX_FUNCTION_LINES = 40
MAX_MODULE_LINES = 400
MAX_PARAMETERS = 6


def _code_lines(function: FunctionNode) -> int:
    """Lines from `def` to the end, the docstring left out: nobody shall save on those."""
    first = function.body[0]
    end = function.end_lineno or function.lineno
    docstring = 0
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        docstring = (first.end_lineno or first.lineno) - first.lineno + 1
    return end - function.lineno + 1 - docstring


def _parameters(function: FunctionNode) -> int:
    arguments = function.args
    names = [a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    return len(names) - (names[:1] in (["self"], ["cls"]))


def test_no_function_is_longer_than_forty_lines() -> None:
    too_long = [
        f"{module.name}:{function.lineno} {function.name}: {_code_lines(function)} lines"
        for module in modules("mailbridge")
        if "/migrations/versions/" not in module.name  # generated lists of columns, read once and frozen
        for function in functions(module.tree)
        if _code_lines(function) > MAX_FUNCTION_LINES
    ]
    assert too_long == []


def test_no_module_is_longer_than_four_hundred_lines() -> None:
    too_long = [
        f"{module.name}: {len(module.text.splitlines())} lines"
        for module in modules("mailbridge")
        if "/migrations/versions/" not in module.name and len(module.text.splitlines()) > MAX_MODULE_LINES
    ]
    assert too_long == []


def test_no_function_takes_more_than_six_parameters() -> None:
    # A command of the cli takes an option per parameter; that is typer's way to declare them.
    too_many = [
        f"{module.name}:{function.lineno} {function.name}: {_parameters(function)} parameters"
        for module in modules("mailbridge")
        if not module.dotted.startswith("mailbridge.cli")
        for function in functions(module.tree)
        if _parameters(function) > MAX_PARAMETERS
    ]
    assert too_many == []
