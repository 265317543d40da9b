"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "begun",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_begun")),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=True),
        sa.Column("thread_id", sa.Text(), nullable=True),
        sa.Column("marketplace_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("leased_by", sa.Text(), nullable=True),
        sa.Column("fencing_token", sa.Integer(), nullable=False),
        sa.Column("composed_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("diagnostic", sa.LargeBinary(), nullable=True),
        sa.Column("remote_hash", sa.LargeBinary(), nullable=True),
        sa.Column("message_hash", sa.LargeBinary(), nullable=True),
        sa.Column("wrap_store", sa.LargeBinary(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
    )
    op.create_index(
        "ix_deliveries_due_at",
        "deliveries",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_index(
        "ix_deliveries_message_hash",
        "deliveries",
        ["message_hash"],
        unique=False,
        sqlite_where=sa.text("message_hash IS NOT NULL"),
        postgresql_where=sa.text("message_hash IS NOT NULL"),
    )
    op.create_index("ix_deliveries_record_id", "deliveries", ["record_id"], unique=False)
    op.create_index(
        "ix_deliveries_remote_hash",
        "deliveries",
        ["remote_hash"],
        unique=False,
        sqlite_where=sa.text("remote_hash IS NOT NULL"),
        postgresql_where=sa.text("remote_hash IS NOT NULL"),
    )
    op.create_table(
        "events",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=True),
        sa.Column("thread_id", sa.Text(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    op.create_table(
        "marketplaces",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("alias_domain", sa.Text(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marketplaces")),
        sa.UniqueConstraint("alias_domain", name=op.f("uq_marketplaces_alias_domain")),
        sa.UniqueConstraint("reference", name=op.f("uq_marketplaces_reference")),
    )
    op.create_table(
        "marks",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("octets", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_marks")),
    )
    op.create_table(
        "buyers",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("marketplace_id", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("holder", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["marketplace_id"], ["marketplaces.id"], name=op.f("fk_buyers_marketplace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_buyers")),
        sa.UniqueConstraint("marketplace_id", "reference", name=op.f("uq_buyers_marketplace_id_reference")),
    )
    op.create_table(
        "mailboxes",
        sa.Column("owner_id", sa.Text(), nullable=False),
        sa.Column("address_hash", sa.LargeBinary(), nullable=False),
        sa.Column("marketplace_id", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["marketplace_id"], ["marketplaces.id"], name=op.f("fk_mailboxes_marketplace_id")),
        sa.PrimaryKeyConstraint("owner_id", "address_hash", name=op.f("pk_mailboxes")),
        sa.UniqueConstraint(
            "marketplace_id",
            "role",
            "scope",
            "address_hash",
            name=op.f("uq_mailboxes_marketplace_id_role_scope_address_hash"),
        ),
    )
    op.create_index("ix_mailboxes_address_hash", "mailboxes", ["address_hash"], unique=False)
    op.create_table(
        "sellers",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("marketplace_id", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("is_business", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("holder", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["marketplace_id"], ["marketplaces.id"], name=op.f("fk_sellers_marketplace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sellers")),
        sa.UniqueConstraint("marketplace_id", "contact", name=op.f("uq_sellers_marketplace_id_contact")),
        sa.UniqueConstraint("marketplace_id", "reference", name=op.f("uq_sellers_marketplace_id_reference")),
    )
    op.create_table(
        "aliases",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("marketplace_id", sa.Text(), nullable=False),
        sa.Column("seller_id", sa.Text(), nullable=False),
        sa.Column("buyer_id", sa.Text(), nullable=False),
        sa.Column("stands_for", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyers.id"], name=op.f("fk_aliases_buyer_id")),
        sa.ForeignKeyConstraint(["marketplace_id"], ["marketplaces.id"], name=op.f("fk_aliases_marketplace_id")),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_aliases_seller_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aliases")),
        sa.UniqueConstraint("address", name=op.f("uq_aliases_address")),
        sa.UniqueConstraint(
            "seller_id",
            "buyer_id",
            "stands_for",
            "marketplace_id",
            name=op.f("uq_aliases_seller_id_buyer_id_stands_for_marketplace_id"),
        ),
    )
    op.create_index("ix_aliases_created_at", "aliases", ["created_at"], unique=False)
    op.create_table(
        "offers",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("marketplace_id", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("seller_id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["marketplace_id"], ["marketplaces.id"], name=op.f("fk_offers_marketplace_id")),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_offers_seller_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offers")),
        sa.UniqueConstraint("marketplace_id", "reference", name=op.f("uq_offers_marketplace_id_reference")),
    )
    op.create_table(
        "orders",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("marketplace_id", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("seller_id", sa.Text(), nullable=False),
        sa.Column("buyer_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("completed_at", sa.BigInteger(), nullable=True),
        sa.Column("fulfilled_by", sa.Text(), nullable=False),
        sa.Column("is_gift", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyers.id"], name=op.f("fk_orders_buyer_id")),
        sa.ForeignKeyConstraint(["marketplace_id"], ["marketplaces.id"], name=op.f("fk_orders_marketplace_id")),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_orders_seller_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders")),
        sa.UniqueConstraint("marketplace_id", "reference", name=op.f("uq_orders_marketplace_id_reference")),
    )
    op.create_index("ix_orders_pair", "orders", ["buyer_id", "seller_id"], unique=False)
    op.create_table(
        "threads",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("marketplace_id", sa.Text(), nullable=False),
        sa.Column("seller_id", sa.Text(), nullable=False),
        sa.Column("buyer_id", sa.Text(), nullable=False),
        sa.Column("pair_number", sa.Integer(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=True),
        sa.Column("offer_id", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column("is_acknowledged", sa.Boolean(), nullable=False),
        sa.Column("seller_was_written_to", sa.Boolean(), nullable=False),
        sa.Column("buyer_was_written_to", sa.Boolean(), nullable=False),
        sa.Column("holder", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyers.id"], name=op.f("fk_threads_buyer_id")),
        sa.ForeignKeyConstraint(["marketplace_id"], ["marketplaces.id"], name=op.f("fk_threads_marketplace_id")),
        sa.ForeignKeyConstraint(["offer_id"], ["offers.id"], name=op.f("fk_threads_offer_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_threads_order_id")),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_threads_seller_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threads")),
        sa.UniqueConstraint(
            "seller_id", "buyer_id", "pair_number", name=op.f("uq_threads_seller_id_buyer_id_pair_number")
        ),
    )
    op.create_index("ix_threads_last_at", "threads", ["last_at"], unique=False)
    op.create_table(
        "intents",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("unique_key", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("claimable_at", sa.BigInteger(), nullable=True),
        sa.Column("leased_by", sa.Text(), nullable=True),
        sa.Column("thread_id", sa.Text(), nullable=True),
        sa.Column("record_id", sa.Text(), nullable=True),
        sa.Column("seller_id", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name=op.f("fk_intents_thread_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intents")),
        sa.UniqueConstraint("unique_key", name=op.f("uq_intents_unique_key")),
    )
    op.create_index(
        "ix_intents_claimable_at",
        "intents",
        ["claimable_at"],
        unique=False,
        sqlite_where=sa.text("claimable_at IS NOT NULL"),
        postgresql_where=sa.text("claimable_at IS NOT NULL"),
    )
    op.create_table(
        "records",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("queue_id", sa.Text(), nullable=False),
        sa.Column("marketplace_id", sa.Text(), nullable=True),
        sa.Column("thread_id", sa.Text(), nullable=True),
        sa.Column("seller_id", sa.Text(), nullable=True),
        sa.Column("buyer_id", sa.Text(), nullable=True),
        sa.Column("direction", sa.Text(), nullable=True),
        sa.Column("door", sa.Text(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("disposition", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("hold", sa.Text(), nullable=True),
        sa.Column("ruleset", sa.Text(), nullable=False),
        sa.Column("public", sa.Text(), nullable=False),
        sa.Column("dedupe_key", sa.LargeBinary(), nullable=True),
        sa.Column("buyer_id_hash", sa.LargeBinary(), nullable=True),
        sa.Column("seller_id_hash", sa.LargeBinary(), nullable=True),
        sa.Column("wrap_thread", sa.LargeBinary(), nullable=True),
        sa.Column("wrap_seller", sa.LargeBinary(), nullable=True),
        sa.Column("wrap_buyer", sa.LargeBinary(), nullable=True),
        sa.Column("wrap_store", sa.LargeBinary(), nullable=True),
        sa.Column("details", sa.LargeBinary(), nullable=False),
        sa.Column("octets", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name=op.f("fk_records_thread_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_records")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_records_dedupe_key")),
    )
    op.create_index(
        "ix_records_buyer_id_hash",
        "records",
        ["buyer_id_hash"],
        unique=False,
        sqlite_where=sa.text("buyer_id_hash IS NOT NULL"),
        postgresql_where=sa.text("buyer_id_hash IS NOT NULL"),
    )
    op.create_index(
        "ix_records_held",
        "records",
        ["received_at"],
        unique=False,
        sqlite_where=sa.text("state = 'held'"),
        postgresql_where=sa.text("state = 'held'"),
    )
    op.create_index(
        "ix_records_seller_id_hash",
        "records",
        ["seller_id_hash"],
        unique=False,
        sqlite_where=sa.text("seller_id_hash IS NOT NULL"),
        postgresql_where=sa.text("seller_id_hash IS NOT NULL"),
    )
    op.create_index("ix_records_thread_id", "records", ["thread_id", "received_at"], unique=False)
    op.create_table(
        "actions",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["record_id"], ["records.id"], name=op.f("fk_actions_record_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_actions")),
    )
