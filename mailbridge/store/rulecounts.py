"""Counts from the verdicts on record how often each rule applied: what `rules stats` shows.

Reads what of a verdict stands in the clear (rule, action, mode); opens nothing that is sealed.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from mailbridge.store.rows import instant, micros
from mailbridge.store.tables import records

_AT_ONCE = 1000
_IN_TIME = (records.c.received_at >= bindparam("since"), records.c.received_at < bindparam("until"))
_JUDGED = select(func.count()).select_from(records).where(*_IN_TIME, records.c.ruleset != "")
_CAUGHT = select(records.c.public, records.c.received_at).where(
    *_IN_TIME, records.c.ruleset != "", records.c.public.contains('"judgements"')
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCount:
    """How often one rule applied in one way."""

    rule: str
    #: name of an `Action` in lower case; "broken" where the rule could not be evaluated
    action: str
    #: value of a `Mode`
    mode: str
    times: int
    #: aware UTC
    last_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCounts:
    """What the verdicts on record say of rules."""

    #: messages on record that rules judged in that time, caught by one or not
    judged: int
    #: by rule, action and mode
    rules: tuple[RuleCount, ...]


def count_rules(connection: Connection, since: datetime, until: datetime) -> RuleCounts:
    """Rules in the order of their names; within one, the most frequent way first."""
    times = {"since": micros(since), "until": micros(until)}
    judged = connection.execute(_JUDGED, times).scalar_one()
    counts: dict[tuple[str, str, str], tuple[int, int]] = {}
    for rows in connection.execute(_CAUGHT, times).partitions(_AT_ONCE):
        for public, received_at in rows:
            for rule, action, mode in json.loads(public)["judgements"]:
                number, last = counts.get((rule, action, mode), (0, 0))
                counts[rule, action, mode] = number + 1, max(last, received_at)
    rules = sorted(
        (
            RuleCount(rule=rule, action=action.lower(), mode=mode, times=number, last_at=instant(last))
            for (rule, action, mode), (number, last) in counts.items()
        ),
        key=lambda count: (count.rule, -count.times, count.action, count.mode),
    )
    return RuleCounts(judged=judged, rules=tuple(rules))
