"""Says which of several patterns may stand in a text, by one look at it: the only door of google-re2.

A look for all of them costs less than a look for one with `re`, so that most texts are read closely for nothing. What
may be there is matched again with the pattern itself, which says where.
"""

import re
from collections.abc import Sequence
from functools import cached_property

import re2

from mailbridge.patterns import lazy_pattern

#: states that the automaton may keep; beyond it forgets them and goes on, slower
_MAX_MEMORY_OCTETS = 16 << 20
#: octets from which patterns are looked for one by one: all at once cost the more the more of them were found (T-70)
_LONG = 16_384
#: `re` knows more blanks, letters and digits than RE2 does by these names
_WIDER = {r"\s": r"\s\pZ\x0b\x1c-\x1f\x{85}", r"\w": r"\pL\pN\pM_", r"\d": r"\pN"}
_NARROW_IN_NEGATION = (r"[^\W\d_]", r"[\pL\pN]")
_PIECE = lazy_pattern(r"\(\?(?:<?[=!])|\(|\)|\[\^?\]?(?:[^\]\\]|\\.)*\]|\\.|[^()\[\\]+", re.DOTALL)
_ASSERTIONS = frozenset({r"\b", r"\B", r"\A", r"\Z"})


class Clues:
    """What one check looks for in lower-case text; compiled when first needed."""

    def __init__(self, *patterns: str) -> None:
        """`patterns` are Python's; what only looks around or at edges is left out, so that a text may hold more."""
        self.patterns = patterns

    def in_text(self, lower: str) -> Sequence[int]:
        """The numbers of those that this text may hold, in order; each other one it does not hold."""
        octets = lower.encode("utf-8", "replace")
        # Most texts hold none, which is told soonest when it is all that is asked.
        if not self._any.Match(octets):
            return ()
        if len(octets) > _LONG:
            return [number for number, one in enumerate(self._one_by_one) if one.Match(octets)]
        return sorted(self._each.Match(octets) or ())

    @cached_property
    def _any(self) -> "re2.Set":
        return _compiled("|".join(f"(?:{pattern})" for pattern in self.patterns))

    @cached_property
    def _each(self) -> "re2.Set":
        return _compiled(*self.patterns)

    @cached_property
    def _one_by_one(self) -> "list[re2.Set]":
        return list(map(_compiled, self.patterns))


def _compiled(*patterns: str) -> "re2.Set":
    options = re2.Options()
    options.max_mem = _MAX_MEMORY_OCTETS
    options.log_errors = False
    listed = re2.Set.SearchSet(options)
    for pattern in patterns:
        listed.Add(widened(pattern))
    listed.Compile()
    return listed


def widened(pattern: str) -> str:
    """A pattern of RE2 that finds every text in which `re` finds this one."""
    kept: list[str] = []
    #: how many groups are open, and at which depth one began that is left out
    depth, left_out = 0, 0
    for piece in _PIECE.findall(pattern):
        if piece.startswith("("):
            depth += 1
            left_out = left_out or (depth if piece != "(" else 0)
        if not left_out:
            kept.append(_wide(piece))
        if piece == ")":
            left_out = 0 if left_out == depth else left_out
            depth -= 1
    return "".join(kept)


def _wide(piece: str) -> str:
    if piece in _ASSERTIONS:
        return ""
    if piece.startswith("[^"):
        return _of_others(piece)
    if piece.startswith("["):
        for known, wider in _WIDER.items():
            piece = piece.replace(known, wider)
        return piece
    return f"[{_WIDER[piece]}]" if piece in _WIDER else piece


def _of_others(piece: str) -> str:
    """What a class leaves out must not be more than `re` leaves out."""
    narrow, known = _NARROW_IN_NEGATION
    if piece == narrow:
        return known
    return piece.replace(r"\w", "a-zA-Z0-9_").replace(r"\d", "0-9").replace(r"\s", r" \t\n\r\f\v")
