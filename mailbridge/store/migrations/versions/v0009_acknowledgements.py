"""What sellers set about acknowledgements, in all its versions, and which acknowledgements went out."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make both tables; nobody has set anything, and what went out before is not counted."""
    op.create_table(
        "ack_settings",
        sa.Column("seller_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_ack_settings_seller_id_sellers")),
        sa.PrimaryKeyConstraint("seller_id", "number", name=op.f("pk_ack_settings")),
    )
    op.create_table(
        "acknowledgements",
        sa.Column("thread_id", sa.Text(), nullable=False),
        sa.Column("seller_id", sa.Text(), nullable=False),
        sa.Column("buyer_id", sa.Text(), nullable=False),
        sa.Column("domain_hash", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name=op.f("fk_acknowledgements_thread_id_threads")),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_acknowledgements_seller_id_sellers")),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyers.id"], name=op.f("fk_acknowledgements_buyer_id_buyers")),
        sa.PrimaryKeyConstraint("thread_id", name=op.f("pk_acknowledgements")),
    )
    op.create_index("ix_acknowledgements_at", "acknowledgements", ["at"], unique=False)
    op.create_index("ix_acknowledgements_seller_id", "acknowledgements", ["seller_id", "at"], unique=False)
    op.create_index("ix_acknowledgements_buyer_id", "acknowledgements", ["buyer_id", "at"], unique=False)
    op.create_index(
        "ix_acknowledgements_domain_hash",
        "acknowledgements",
        ["domain_hash", "at"],
        unique=False,
        sqlite_where=sa.text("domain_hash IS NOT NULL"),
        postgresql_where=sa.text("domain_hash IS NOT NULL"),
    )
