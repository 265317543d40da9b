"""What holds for every noun of the domain and every value of the policy: it can not be changed, nor added to."""

import dataclasses
import importlib
import pkgutil

import pytest

import mailbridge.domain
import mailbridge.policy

MODULES = [
    importlib.import_module(found.name)
    for package in (mailbridge.domain, mailbridge.policy)
    for found in pkgutil.walk_packages(package.__path__, package.__name__ + ".")
]
NOUNS = {
    f"{noun.__module__}.{noun.__qualname__}": noun
    for module in MODULES
    for noun in vars(module).values()
    if isinstance(noun, type) and dataclasses.is_dataclass(noun) and noun.__module__ == module.__name__
}


def test_both_packages_have_nouns() -> None:
    assert {name.split(".")[1] for name in NOUNS} == {"domain", "policy"}


@pytest.mark.parametrize("name", NOUNS)
def test_a_noun_is_frozen_and_slotted(name: str) -> None:
    noun = NOUNS[name]
    parameters = noun.__dataclass_params__  # type: ignore[attr-defined]  # not in the stubs of `type`
    assert (parameters.frozen, "__dict__" in dir(noun)) == (True, False)


@pytest.mark.parametrize("name", [name for name in NOUNS if ".domain." in name])
def test_the_fields_of_a_noun_of_the_domain_are_immutable_too(name: str) -> None:
    mutable = [
        field.name
        for field in dataclasses.fields(NOUNS[name])
        if str(field.type).startswith(("list", "dict", "set[", "bytearray"))
    ]
    assert mutable == []
