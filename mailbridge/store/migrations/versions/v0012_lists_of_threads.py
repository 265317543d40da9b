"""What lists of conversations are filtered by, and when the marketplace was called to one."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_LISTED = (
    *("last_at", "id", "state", "area", "last_by", "urgency", "topics", "has_people", "market_joined_at"),
    *("seller_id", "marketplace_id", "order_id", "offer_id"),
)


def upgrade() -> None:
    """Add the columns; conversations of before are on record without them until somebody writes again."""
    op.add_column("threads", sa.Column("market_joined_at", sa.BigInteger(), nullable=True))
    op.add_column("threads", sa.Column("last_by", sa.Text(), nullable=True))
    op.add_column("threads", sa.Column("topics", sa.Text(), nullable=True))
    op.add_column("threads", sa.Column("urgency", sa.Integer(), nullable=True))
    op.add_column("threads", sa.Column("has_people", sa.Boolean(), nullable=True))
    op.drop_index("ix_threads_last_at", table_name="threads")
    op.create_index("ix_threads_listed", "threads", list(_LISTED), unique=False)
