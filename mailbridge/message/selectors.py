"""The few CSS selectors that name what a mail client writes, made into look-ups for one walk over a tree.

Asking the parser's own CSS engine for all of them costs more than reading the page. Understood is a tag with one
class, id or attribute: `div.name`, `div#name`, `[name=value]`, `div[name]`, `div[name*=part]`, `div[name^=begin]`.
"""

import re
from collections.abc import Iterable, Mapping

_SELECTOR = re.compile(r"([a-z]*)(?:\.([\w-]+)|#([\w-]+)|\[([\w-]+)(?:([*^]?)=([\w-]+))?\])")

#: (tag, operator, value, mark): operator "" is equality, "any" needs no value
_Condition = tuple[str, str, str, int]


class Selectors:
    """Marks of elements, by what stands in their attributes."""

    def __init__(self, selectors: Iterable[tuple[str, int]]) -> None:
        #: class or id, to tag ("" for any), to mark
        self._classes: dict[str, dict[str, int]] = {}
        self._ids: dict[str, dict[str, int]] = {}
        self._attributes: dict[str, list[_Condition]] = {}
        for selector, mark in selectors:
            match = _SELECTOR.fullmatch(selector)
            if match is None:
                raise ValueError(f"selector not understood: {selector}")
            tag, class_name, id_name, attribute, operator, value = match.groups()
            if class_name:
                self._classes.setdefault(class_name, {})[tag] = mark
            elif id_name:
                self._ids.setdefault(id_name, {})[tag] = mark
            else:
                condition = (tag, operator or ("" if value else "any"), value or "", mark)
                self._attributes.setdefault(attribute, []).append(condition)

    def mark_of(self, tag: str, attributes: Mapping[str, str | None]) -> int:
        """The mark of an element, 0 for none."""
        for name, given in attributes.items():
            value = given or ""
            if name == "class":
                for token in value.split():
                    if token in self._classes and (mark := _for_tag(self._classes[token], tag)):
                        return mark
            elif name == "id" and value in self._ids and (mark := _for_tag(self._ids[value], tag)):
                return mark
            for condition in self._attributes.get(name, ()):
                if _holds(condition, tag, value):
                    return condition[3]
        return 0


def _for_tag(marks: Mapping[str, int], tag: str) -> int:
    return marks.get(tag) or marks.get("", 0)


def _holds(condition: _Condition, tag: str, value: str) -> bool:
    wanted_tag, operator, wanted, _ = condition
    if wanted_tag and wanted_tag != tag:
        return False
    if operator == "*":
        return wanted in value
    if operator == "^":
        return value.startswith(wanted)
    return operator == "any" or value.lower() == wanted.lower()
