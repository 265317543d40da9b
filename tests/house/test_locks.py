"""The locks: exact versions with hashes for everything pyproject.toml asks for, and no address in them."""

import ast
import re
import tomllib
from importlib.metadata import packages_distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.sources import TOP, modules

PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))
WANTED = {
    "requirements.txt": [
        *PROJECT["project"]["dependencies"],
        *PROJECT["project"]["optional-dependencies"]["postgresql"],
    ],
    "requirements-dev.txt": PROJECT["dependency-groups"]["dev"],
    "requirements-build.txt": PROJECT["dependency-groups"]["build"],
}


def _locked(lock: str) -> dict[str, str]:
    """Name and version of every package in a lock."""
    text = (TOP / lock).read_text(encoding="utf-8")
    found = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;]+)", text, re.MULTILINE)
    return {canonicalize_name(name): version for name, version in found}


@pytest.mark.parametrize("lock", WANTED)
def test_lock_satisfies_what_the_project_asks_for(lock: str) -> None:
    locked = _locked(lock)
    missing = [
        wanted
        for wanted in WANTED[lock]
        if (version := locked.get(canonicalize_name(Requirement(wanted).name))) is None
        or not Requirement(wanted).specifier.contains(version)
    ]
    assert missing == []


@pytest.mark.parametrize("lock", WANTED)
def test_lock_holds_a_hash_for_every_package_and_no_address(lock: str) -> None:
    text = (TOP / lock).read_text(encoding="utf-8")
    unhashed = re.findall(r"^\S+==(?!.*\\\n\s+--hash=sha256:).*$", text, re.MULTILINE)
    assert (unhashed, "://" in text, re.findall(r"^-.*", text, re.MULTILINE)) == ([], False, [])


def test_no_package_is_locked_twice_at_different_versions() -> None:
    seen: dict[str, set[str]] = {}
    for lock in WANTED:
        for name, version in _locked(lock).items():
            seen.setdefault(name, set()).add(version)
    assert {name: versions for name, versions in seen.items() if len(versions) > 1} == {}


def _used(folder: str) -> set[str]:
    """The distributions whose modules are imported under a top-level folder."""
    imported = {
        name.partition(".")[0]
        for module in modules(folder)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""])
    }
    providers = packages_distributions()
    return {canonicalize_name(dist) for name in imported for dist in providers.get(name, [])}


def _wanted(*lists: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(line).name) for wanted in lists for line in wanted}


def test_every_runtime_dependency_is_used() -> None:
    assert sorted(_wanted(PROJECT["project"]["dependencies"]) - _used("mailbridge")) == []


def test_every_library_that_the_package_imports_is_a_runtime_dependency() -> None:
    # One namespace, two distributions; pydantic_core is pydantic's own.
    ours_or_namesakes = {"mailbridge-gateway", "atpublic", "pydantic-core"}
    assert sorted(_used("mailbridge") - _wanted(PROJECT["project"]["dependencies"]) - ours_or_namesakes) == []


def test_every_library_that_the_tests_import_is_a_declared_dependency() -> None:
    declared = _wanted(PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"].values())
    declared |= _wanted(*PROJECT["dependency-groups"].values()) | {"mailbridge-gateway", "atpublic"}
    assert sorted((_used("tests") | _used("bench")) - declared) == []
