"""Docstrings, comments and names: what must be said, and what must not."""

import ast
import re
from collections import Counter
from collections.abc import Iterator

from tests.house.sources import Module, functions, modules

BANNED_MODULES = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
#: reverse-path, Sender field or author? an address or a message? (style.md §3)
BANNED_NAMES = {"sender", "email", "emails"}
_EXCUSE = re.compile(r"#\s*(?:type:\s*ignore|noqa)(?P<rest>.*)")
_REASONED = re.compile(r"(?:\[[a-z, -]+\]|:\s*[A-Z]+\d+(?:\s*,\s*[A-Z]+\d+)*)\s+(?:#|-)*\s*\w.{4,}")
OURS = ("mailbridge", "tests", "bench")


def _is_public(name: str) -> bool:
    return not name.startswith("_")


def _public_functions(module: Module) -> list[tuple[int, str, str | None]]:
    """Public functions of the module and public methods of its public classes, with their docstrings."""
    found = []
    for node in module.tree.body:
        owner = [node] if not isinstance(node, ast.ClassDef) else node.body if _is_public(node.name) else []
        for function in owner:
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and _is_public(function.name):
                decorators = {ast.unparse(d).rpartition(".")[2] for d in function.decorator_list}
                if not decorators & {"override", "overload", "setter"}:
                    found.append((function.lineno, function.name, ast.get_docstring(function)))
    return found


def test_every_module_says_what_it_does() -> None:
    silent = [m.name for folder in OURS for m in modules(folder) if m.text.strip() and not ast.get_docstring(m.tree)]
    assert silent == []


def test_no_two_modules_open_with_the_same_words() -> None:
    openings = Counter(
        (ast.get_docstring(m.tree) or "").split("\n")[0] for m in modules("mailbridge") if "/versions/" not in m.name
    )
    assert [opening for opening, times in openings.items() if opening and times > 1] == []


def test_every_public_function_has_a_docstring() -> None:
    silent = [
        f"{module.name}:{line} {name}"
        for module in modules("mailbridge")
        if "/migrations/" not in module.name
        for line, name, docstring in _public_functions(module)
        if not docstring
    ]
    assert silent == []


def test_every_field_of_a_noun_is_explained_above_it() -> None:
    unexplained = []
    for module in modules("mailbridge"):
        if not module.dotted.startswith("mailbridge.domain"):
            continue
        lines = module.text.splitlines()
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ClassDef) and any("dataclass" in ast.unparse(d) for d in node.decorator_list):
                unexplained += [
                    f"{module.name}:{field.lineno} {node.name}.{ast.unparse(field.target)}"
                    for field in node.body
                    if isinstance(field, ast.AnnAssign) and not _comment_above(lines, field.lineno)
                ]
    assert unexplained == []


def _comment_above(lines: list[str], lineno: int) -> bool:
    """Does the comment block right above line `lineno` (from 1) hold a `#:` line?"""
    index = lineno - 2
    while index >= 0 and lines[index].lstrip().startswith("#"):
        if lines[index].lstrip().startswith("#:"):
            return True
        index -= 1
    return False


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [m.name for folder in OURS for m in modules(folder) if m.path.stem in BANNED_MODULES] == []


def _names_given(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every name that is bound: parameters and variables."""
    for node in ast.walk(tree):
        if isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id


def test_no_name_leaves_open_whose_address_it_is() -> None:
    vague = [
        f"{module.name}:{line} {name}"
        for module in modules("mailbridge")
        for line, name in _names_given(module.tree)
        if name in BANNED_NAMES
    ]
    assert vague == []


def test_every_silenced_warning_gives_its_reason() -> None:
    unexplained = []
    for folder in OURS:
        for module in modules(folder):
            for number, line in enumerate(module.text.splitlines(), 1):
                excuse = _EXCUSE.search(line)
                if excuse and module.path.stem != "test_words" and not _REASONED.match(excuse["rest"].strip()):
                    unexplained.append(f"{module.name}:{number} {line.strip()}")
    assert unexplained == []


def test_coverage_is_never_switched_off() -> None:
    switch = "pragma:" + " no cover"
    assert [m.name for folder in OURS for m in modules(folder) if switch in m.text] == []


def test_functions_are_found_at_all() -> None:
    assert sum(1 for module in modules("mailbridge") for _ in functions(module.tree)) > 20
