"""`Any` stands only where a library without types comes in: in the files that are its door."""

import ast
import tomllib

from tests.house.sources import TOP, Module, modules


def _door_modules() -> tuple[str, ...]:
    """The modules that pyproject's contract lets import an outside library."""
    contracts = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    doors = next(contract for contract in contracts if contract["name"] == "each library has its one door")
    return tuple(line.split(" -> ")[0] for line in doors["ignore_imports"])


def _is_door(module: Module) -> bool:
    return any(
        module.dotted == door or (door.endswith(".**") and module.dotted.startswith(door.removesuffix("**")))
        for door in _door_modules()
    )


def _names_any(module: Module) -> bool:
    return any(
        (isinstance(node, ast.Name) and node.id == "Any")
        or (isinstance(node, ast.Attribute) and node.attr == "Any" and ast.unparse(node.value) == "typing")
        for node in ast.walk(module.tree)
    )


def test_any_stands_only_in_door_files() -> None:
    assert [m.name for m in modules("mailbridge") if _names_any(m) and not _is_door(m)] == []
