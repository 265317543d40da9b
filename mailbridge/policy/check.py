"""How a check is declared: its name, what it finds, and the parameters that a rule file may give.

The checks themselves stand in `policy/checks/`, and their list in its `__init__.py`. Finds nothing.
"""

from dataclasses import dataclass

from mailbridge.policy.scanning import Find


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter of a check; its default says its type."""

    name: str
    default: int | bool | str | tuple[str, ...]
    #: one line with the unit, for the rules reference
    doc: str
    #: the values a list may hold; empty is any text
    choices: tuple[str, ...] = ()

    def why_not(self, value: object) -> str:
        """What is wrong with this value from a rule file, where a list is a list; "" when it may be used."""
        if isinstance(self.default, tuple):
            if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
                return "must be a list of texts"
            unknown = [item for item in value if self.choices and item not in self.choices]
            return f'"{unknown[0]}" is not known; known are {", ".join(self.choices)}' if unknown else ""
        if isinstance(self.default, bool):
            return "" if isinstance(value, bool) else "must be true or false"
        if isinstance(self.default, int):
            is_number = isinstance(value, int) and not isinstance(value, bool) and value >= 0
            return "" if is_number else "must be a whole number, 0 or more"
        return "" if isinstance(value, str) else "must be a text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One row of the registry."""

    #: as rule files call it
    name: str
    #: what it finds, one line
    doc: str
    find: Find
    parameters: tuple[Parameter, ...] = ()
    #: True when it looks at texts: asked again about what only the HTML form shows
    reads_texts: bool = False
    #: True when relaying repairs what it finds by itself
    is_repaired_by_relaying: bool = False
    #: True when it finds files that may be left out
    finds_files: bool = False
    #: True when it asks who else got the text: it finds nothing without `Facts.copies`
    counts_copies: bool = False

    @property
    def can_be_repaired(self) -> bool:
        """True when a rule may say `action: repair`: what it finds is repaired by relaying, or can be cut out."""
        return self.is_repaired_by_relaying or self.reads_texts or self.finds_files
