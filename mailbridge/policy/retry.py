"""Decides when a delivery that could not be made is tried again, and when it is given up.

The schedule rises from one minute to four hours (RFC 5321 §4.5.4.1 asks for patience; greylisting for a first retry
soon). Draws no random number: the jitter, which keeps a thousand deliveries from returning together, is a
parameter.
"""

from datetime import datetime, timedelta

_STEPS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 120, 240))
#: a step is stretched by at most this share; two neighbours never change places
_STRETCH = 0.25


def next_attempt(
    attempts: int, now: datetime, *, first_at: datetime, expires_at: datetime, jitter: float
) -> datetime | None:
    """When to try again after `attempts` attempts (1 or more); None when that would be at `expires_at` or later.

    `jitter` is between 0 and 1. The clock may have been set back (F-34): nothing is due before `first_at`.
    """
    step = _STEPS[min(max(attempts, 1), len(_STEPS)) - 1]
    due_at = max(now, first_at) + step * (1 + _STRETCH * min(max(jitter, 0.0), 1.0))
    return due_at if due_at < expires_at else None
