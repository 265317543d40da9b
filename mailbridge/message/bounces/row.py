"""The form of a phrase table: one reason, how it is said, and what RFC 3463 has for it. Data stands elsewhere."""

import re
from dataclasses import dataclass

from mailbridge.domain.classification import FailureReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One reason and how it is said."""

    #: what the phrases mean
    reason: FailureReason
    #: subject and detail that RFC 3463 has for it, where the server gives no enhanced status of its own
    detail: tuple[int, int]
    #: True where RFC 3463 calls it a persistent transient failure: its class is 4 where nothing else says
    is_transient: bool
    #: lower case, single blanks
    phrases: tuple[str, ...]


def row(reason: FailureReason, detail: tuple[int, int], *, said: str, is_transient: bool = False) -> Row:
    """A row of phrases that stand between bars and line ends."""
    phrases = tuple(phrase for part in re.split(r"[|\n]", said) if (phrase := part.strip()))
    return Row(reason=reason, detail=detail, is_transient=is_transient, phrases=phrases)
