"""Counts from the verdicts on record how often each rule applied: what `rules stats` shows.

Reads what of a verdict stands in the clear (rule, action, mode); opens nothing that is sealed.
"""

import json
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from mailbridge.store.records import RuleCount, RuleCounts
from mailbridge.store.rows import instant, micros
from mailbridge.store.tables import records

_AT_ONCE = 1000
_IN_TIME = (records.c.received_at >= bindparam("since"), records.c.received_at < bindparam("until"))
_JUDGED = select(func.count()).select_from(records).where(*_IN_TIME, records.c.ruleset != "")
_CAUGHT = select(records.c.public, records.c.received_at).where(
    *_IN_TIME, records.c.ruleset != "", records.c.public.contains('"judgements"')
)


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
