"""What sellers start, what buyers do not want, and what follows breaches of rules."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Give orders the time they were placed; make the tables of outreach, opt-outs, breaches, sanctions and reviews."""
    op.add_column("intents", sa.Column("argument", sa.Text(), nullable=True))
    op.add_column("orders", sa.Column("placed_at", sa.BigInteger(), nullable=True))
    op.create_index("ix_orders_seller_id", "orders", ["seller_id", "placed_at"], unique=False)
    with op.batch_alter_table("actions") as batch:
        batch.alter_column("record_id", existing_type=sa.Text(), nullable=True)
        batch.add_column(sa.Column("sanction_id", sa.Text(), nullable=True))
    op.add_column("actions", sa.Column("scope", sa.Text(), nullable=True))
    op.add_column("actions", sa.Column("wish", sa.Text(), nullable=True))
    _outreach()
    _opt_outs()
    _standing()
    _reviews()


def _outreach() -> None:
    op.create_table(
        "outreach",
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("seller_id", sa.Text(), nullable=False),
        sa.Column("buyer_id", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyers.id"], name=op.f("fk_outreach_buyer_id_buyers")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_outreach_order_id_orders")),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_outreach_seller_id_sellers")),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_outreach")),
        sa.UniqueConstraint("seller_id", "number", name=op.f("uq_outreach_seller_id_number")),
    )
    op.create_index("ix_outreach_at", "outreach", ["seller_id", "at"], unique=False)
    op.create_index(
        "ix_outreach_order_id",
        "outreach",
        ["order_id"],
        unique=False,
        sqlite_where=sa.text("order_id IS NOT NULL"),
        postgresql_where=sa.text("order_id IS NOT NULL"),
    )


def _opt_outs() -> None:
    op.create_table(
        "opt_outs",
        sa.Column("buyer_id", sa.Text(), nullable=False),
        sa.Column("seller_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("via", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyers.id"], name=op.f("fk_opt_outs_buyer_id_buyers")),
        sa.PrimaryKeyConstraint("buyer_id", "seller_id", "kind", name=op.f("pk_opt_outs")),
    )


def _standing() -> None:
    op.create_table(
        "sanctions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("seller_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("lifted_at", sa.BigInteger(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("rung", sa.Integer(), nullable=True),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("why", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_sanctions_seller_id_sellers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sanctions")),
        sa.UniqueConstraint("seller_id", "number", name=op.f("uq_sanctions_seller_id_number")),
    )
    op.add_column("deliveries", sa.Column("held_by", sa.Text(), nullable=True))
    op.create_table(
        "breaches",
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("seller_id", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("dismissed_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_breaches_seller_id_sellers")),
        sa.PrimaryKeyConstraint("record_id", "rule", name=op.f("pk_breaches")),
    )
    op.create_index("ix_breaches_seller_id", "breaches", ["seller_id", "at"], unique=False)


def _reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=True),
        sa.Column("sanction_id", sa.Text(), nullable=True),
        sa.Column("seller_id", sa.Text(), nullable=False),
        sa.Column("asked_in", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column("found", sa.Text(), nullable=True),
        sa.Column("why", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_reviews_seller_id_sellers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
        sa.UniqueConstraint("record_id", name=op.f("uq_reviews_record_id")),
        sa.UniqueConstraint("sanction_id", name=op.f("uq_reviews_sanction_id")),
    )
    op.create_index("ix_reviews_seller_id", "reviews", ["seller_id", "at"], unique=False)
    op.create_index(
        "ix_reviews_unsettled",
        "reviews",
        ["at"],
        unique=False,
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )
