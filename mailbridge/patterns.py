"""Regular expressions that are compiled when first used, so that a `serve` that was killed listens again the sooner.

The few hundred patterns of words in six languages take a sixth of a start to compile (decision 0031). What carries mail
compiles them all once its doors are open; a command needs some of them or none.
"""

import re
from typing import AnyStr, Generic, cast

#: those that nobody used yet
_unused: "set[_Later[str] | _Later[bytes]]" = set()


class _Later(Generic[AnyStr]):
    """Stands for a pattern: what it is asked for is taken from the pattern once and kept."""

    _compiled: "re.Pattern[AnyStr] | None" = None

    def __init__(self, source: AnyStr, flags: int) -> None:
        self.pattern: AnyStr = source
        self._flags = flags
        _unused.add(self)

    def __getattr__(self, name: str) -> object:
        value = self.__dict__[name] = getattr(self._compiled or self.compile(), name)
        return value

    def compile(self) -> re.Pattern[AnyStr]:
        _unused.discard(self)
        self._compiled = re.compile(self.pattern, self._flags)
        return self._compiled


def lazy_pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As `re.compile`, later: what is no pattern raises where it is first used."""
    return cast(re.Pattern[AnyStr], _Later(source, flags))


def compile_all() -> int:
    """Compile what nobody used yet; how many those were."""
    unused = tuple(_unused)  # in one step: other threads use some meanwhile
    for one in unused:
        one.compile()
    return len(unused)
