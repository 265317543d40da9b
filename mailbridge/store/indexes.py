"""The indexes of the tables, which only migrations and their tests ask for.

They stand apart from `tables.py`: one that is partial in PostgreSQL has SQLAlchemy load all it knows of PostgreSQL, and
a start need not wait for that (decision 0031). A changed index needs a migration beside it.
"""

from sqlalchemy import Index

from mailbridge.store.acktables import acknowledgements
from mailbridge.store.clocktables import deadlines
from mailbridge.store.conducttables import breaches, outreach, reviews
from mailbridge.store.tables import (
    actions,
    aliases,
    deliveries,
    intents,
    mailboxes,
    metadata,
    orders,
    records,
    sellers,
    threads,
)

__all__ = ["metadata"]

Index("ix_mailboxes_address_hash", mailboxes.c.address_hash)
Index("ix_aliases_created_at", aliases.c.created_at)
Index("ix_orders_pair", orders.c.buyer_id, orders.c.seller_id)
Index("ix_orders_seller_id", orders.c.seller_id, orders.c.placed_at)
_OFF = sellers.c.messaging_off_at.is_not(None)
Index("ix_sellers_messaging_off_at", sellers.c.messaging_off_at, sqlite_where=_OFF, postgresql_where=_OFF)
# Lists of conversations are found in this index alone, whatever they are filtered by.
Index(
    "ix_threads_listed",
    threads.c.last_at,
    threads.c.id,
    threads.c.state,
    threads.c.area,
    threads.c.last_by,
    threads.c.urgency,
    threads.c.topics,
    threads.c.has_people,
    threads.c.market_joined_at,
    threads.c.seller_id,
    threads.c.marketplace_id,
    threads.c.order_id,
    threads.c.offer_id,
)
Index("ix_records_thread_id", records.c.thread_id, records.c.received_at)
_TO_BUYER = records.c.direction == "to_buyer"
Index(
    "ix_records_of_seller",
    records.c.seller_id,
    records.c.received_at,
    records.c.state,  # so that counting reads the index alone
    sqlite_where=_TO_BUYER,
    postgresql_where=_TO_BUYER,
)
_HELD = records.c.state == "held"
Index("ix_records_held", records.c.received_at, sqlite_where=_HELD, postgresql_where=_HELD)
_SCREENING = records.c.state == "screening"
Index(
    "ix_records_screening",
    records.c.waits_key,
    records.c.received_at,
    sqlite_where=_SCREENING,
    postgresql_where=_SCREENING,
)
Index(
    "ix_records_text_hash",
    records.c.text_hash,
    records.c.received_at,
    sqlite_where=records.c.text_hash.is_not(None),
    postgresql_where=records.c.text_hash.is_not(None),
)
for _column in (records.c.buyer_id_hash, records.c.seller_id_hash):
    Index(
        f"ix_records_{_column.name}", _column, sqlite_where=_column.is_not(None), postgresql_where=_column.is_not(None)
    )
Index(
    "ix_deliveries_due_at",
    deliveries.c.due_at,
    sqlite_where=deliveries.c.due_at.is_not(None),
    postgresql_where=deliveries.c.due_at.is_not(None),
)
Index("ix_deliveries_record_id", deliveries.c.record_id)
for _column in (deliveries.c.remote_hash, deliveries.c.message_hash):
    Index(
        f"ix_deliveries_{_column.name}",
        _column,
        sqlite_where=_column.is_not(None),
        postgresql_where=_column.is_not(None),
    )
Index(
    "ix_intents_claimable_at",
    intents.c.claimable_at,
    sqlite_where=intents.c.claimable_at.is_not(None),
    postgresql_where=intents.c.claimable_at.is_not(None),
)
Index("ix_actions_record_id", actions.c.record_id)
Index("ix_outreach_at", outreach.c.seller_id, outreach.c.at)
Index(
    "ix_outreach_order_id",
    outreach.c.order_id,
    sqlite_where=outreach.c.order_id.is_not(None),
    postgresql_where=outreach.c.order_id.is_not(None),
)
Index("ix_breaches_seller_id", breaches.c.seller_id, breaches.c.at)
Index("ix_reviews_seller_id", reviews.c.seller_id, reviews.c.at)
_UNSETTLED = reviews.c.settled_at.is_(None)
Index("ix_reviews_unsettled", reviews.c.at, sqlite_where=_UNSETTLED, postgresql_where=_UNSETTLED)
_RUNNING = deadlines.c.ended_at.is_(None)
Index("ix_deadlines_due_at", deadlines.c.due_at, sqlite_where=_RUNNING, postgresql_where=_RUNNING)
Index(
    "ix_deadlines_seller_id",
    deadlines.c.seller_id,
    deadlines.c.due_at,
    sqlite_where=_RUNNING,
    postgresql_where=_RUNNING,
)
Index("ix_deadlines_started_at", deadlines.c.started_at)
Index(
    "ix_deadlines_tell_at",
    deadlines.c.tell_at,
    sqlite_where=deadlines.c.tell_at.is_not(None),
    postgresql_where=deadlines.c.tell_at.is_not(None),
)
Index("ix_acknowledgements_at", acknowledgements.c.at)
Index("ix_acknowledgements_seller_id", acknowledgements.c.seller_id, acknowledgements.c.at)
Index("ix_acknowledgements_buyer_id", acknowledgements.c.buyer_id, acknowledgements.c.at)
Index(
    "ix_acknowledgements_domain_hash",
    acknowledgements.c.domain_hash,
    acknowledgements.c.at,
    sqlite_where=acknowledgements.c.domain_hash.is_not(None),
    postgresql_where=acknowledgements.c.domain_hash.is_not(None),
)
