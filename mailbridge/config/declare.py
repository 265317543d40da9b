"""How a setting is declared: a dataclass field that carries its kind, default and doc.

The fields themselves are in `config/settings.py`.
"""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, cast, dataclass_transform

from mailbridge.config.kinds import Kind

T = TypeVar("T")

#: what TOML can write as a default
Plain = str | int | bool | list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What the metadata of a field says about its setting."""

    kind: Kind[object]
    doc: str
    #: as it would stand in the file; None: the setting must be given
    default: Plain | None


def required(kind: Kind[T], doc: str) -> T:
    """A setting that must be given."""
    declared = Declared(kind=cast("Kind[object]", kind), doc=doc, default=None)
    return cast("T", dataclasses.field(metadata={"declared": declared}))


def setting(kind: Kind[T], doc: str, *, default: Plain) -> T:
    """A setting that may be left out; `default` is written as in the file."""
    declared = Declared(kind=cast("Kind[object]", kind), doc=doc, default=default)
    value = kind.read(default, Path())
    return dataclasses.field(default=value, metadata={"declared": declared})


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(required, setting))
def table(cls: type[T]) -> type[T]:
    """A table of settings: a frozen, slotted, keyword-only dataclass."""
    make = cast("Callable[[type[T]], type[T]]", dataclass(frozen=True, slots=True, kw_only=True))
    return make(cls)


def declared_in(cls: type[object]) -> dict[str, Declared]:
    """The settings of a table by name, in the order they are written down."""
    fields = dataclasses.fields(cls)  # type: ignore[arg-type]  # a class made by `table` is a dataclass
    return {field.name: field.metadata["declared"] for field in fields}
