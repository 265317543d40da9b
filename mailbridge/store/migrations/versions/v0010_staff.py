"""Whether the first answer takes a conversation of a seller, and since when nobody of it wants messages."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add both columns; nobody said anything, and nobody switched anything off."""
    op.add_column("sellers", sa.Column("first_answer_takes", sa.Boolean(), nullable=True))
    op.add_column("sellers", sa.Column("messaging_off_at", sa.BigInteger(), nullable=True))
    op.create_index(
        "ix_sellers_messaging_off_at",
        "sellers",
        ["messaging_off_at"],
        unique=False,
        sqlite_where=sa.text("messaging_off_at IS NOT NULL"),
        postgresql_where=sa.text("messaging_off_at IS NOT NULL"),
    )
