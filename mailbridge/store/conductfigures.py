"""Counts how often sellers broke which rules and were reported: what `review report` shows.

Reads what of a verdict stands in the clear (rule, action, mode); opens nothing that is sealed.
"""

import json
from collections import Counter
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from mailbridge.domain.ids import RuleId
from mailbridge.domain.parties import Direction
from mailbridge.domain.reviews import RULE_OF_REPORTS, ReviewKind
from mailbridge.domain.verdict import Action, Mode
from mailbridge.policy.plan import Disposition
from mailbridge.store.conducttables import breaches, reviews
from mailbridge.store.reviewrecords import ConductFigures
from mailbridge.store.rows import micros
from mailbridge.store.tables import marketplaces, records, sellers

_AT_ONCE = 1000
_BREACHES = select(breaches.c.seller_id, breaches.c.rule, breaches.c.dismissed_at).where(
    breaches.c.at >= bindparam("since")
)
_REPORTS = select(reviews.c.seller_id).where(
    reviews.c.at >= bindparam("since"), reviews.c.kind == ReviewKind.REPORT.value
)
#: a message that would have begun a conversation belongs to none: whose it is, its breach tells
_OF_BREACH = select(func.min(breaches.c.seller_id)).where(breaches.c.record_id == records.c.id).scalar_subquery()
_REFUSED = select(func.coalesce(records.c.seller_id, _OF_BREACH), records.c.public).where(
    records.c.received_at >= bindparam("since"),
    records.c.disposition == Disposition.REFUSED.value,
    records.c.direction == Direction.TO_BUYER.value,
    records.c.public.contains('"judgements"'),
)
_SELLERS = select(sellers.c.id, sellers.c.reference, marketplaces.c.reference.label("marketplace")).join(
    marketplaces, marketplaces.c.id == sellers.c.marketplace_id
)


def figures_of(connection: Connection, since: datetime) -> tuple[ConductFigures, ...]:
    """By marketplace, seller and rule, in the order of their names."""
    values = {"since": micros(since)}
    counts = {name: Counter[tuple[str, str]]() for name in ("refused", "breaches", "dismissed", "reported")}
    for seller_id, rule, dismissed_at in connection.execute(_BREACHES, values):
        counts["breaches"][seller_id, rule] += 1
        counts["dismissed"][seller_id, rule] += dismissed_at is not None
    for (seller_id,) in connection.execute(_REPORTS, values):
        counts["reported"][seller_id, RULE_OF_REPORTS] += 1
    for rows in connection.execute(_REFUSED, values).partitions(_AT_ONCE):
        for seller_id, public in rows:
            for rule in _refusing(public):
                counts["refused"][seller_id, rule] += 1
    names = {row.id: (row.marketplace, row.reference) for row in connection.execute(_SELLERS)}
    found = {key for counter in counts.values() for key in counter if key[0] in names}
    return tuple(
        ConductFigures(
            marketplace=names[seller_id][0],
            seller=names[seller_id][1],
            rule=RuleId(rule),
            **{name: counter[seller_id, rule] for name, counter in counts.items()},
        )
        for seller_id, rule in sorted(found, key=lambda key: (names[key[0]], key[1]))
    )


def _refusing(public: str) -> set[str]:
    """Rules that refused this message, by what of its verdict stands in the clear."""
    return {
        rule
        for rule, action, mode in json.loads(public)["judgements"]
        if action == Action.REFUSE.name and mode == Mode.ENFORCE.value
    }
