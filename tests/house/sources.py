"""The repository's own files as the house-rule tests see them. Decides only which files count; judges none.

Walks the file system, not git: the rules hold in an unpacked archive too.
"""

import ast
import fnmatch
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
# What .gitignore names is made, not written; its patterns match the name of a file or folder anywhere.
_MADE = [
    line.strip("/")
    for line in (TOP / ".gitignore").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """One Python file with its syntax tree."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """Path from the top of the repository, for messages."""
        return self.path.relative_to(TOP).as_posix()

    @property
    def dotted(self) -> str:
        """The module's import name."""
        parts = self.path.relative_to(TOP).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def files() -> tuple[Path, ...]:
    """Every file that belongs to the repository, by the folders that .gitignore names left out."""
    return tuple(sorted(_walk(TOP)))


def _walk(folder: Path) -> Iterator[Path]:
    for entry in folder.iterdir():
        if entry.is_symlink() or entry.name == ".git" or any(fnmatch.fnmatchcase(entry.name, made) for made in _MADE):
            continue
        if entry.is_dir():
            yield from _walk(entry)
        else:
            yield entry


@cache
def modules(folder: str) -> tuple[Module, ...]:
    """The Python modules under one top-level folder, parsed."""
    found = []
    for path in files():
        if path.suffix == ".py" and path.relative_to(TOP).parts[0] == folder:
            text = path.read_text(encoding="utf-8")
            found.append(Module(path=path, text=text, tree=ast.parse(text)))
    return tuple(found)


def functions(tree: ast.AST) -> Iterator[FunctionNode]:
    """Every function and method in `tree`, nested ones too."""
    for node in ast.walk(tree):
        if isinstance(node, FunctionNode):
            yield node
