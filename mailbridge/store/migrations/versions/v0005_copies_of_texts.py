"""By what a seller's text is known again when he sends it to others."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Give records a keyed hash of author and text, and one of the reader of that text."""
    op.add_column("records", sa.Column("text_hash", sa.LargeBinary(), nullable=True))
    op.add_column("records", sa.Column("reader_hash", sa.LargeBinary(), nullable=True))
    op.create_index(
        "ix_records_text_hash",
        "records",
        ["text_hash", "received_at"],
        unique=False,
        sqlite_where=sa.text("text_hash IS NOT NULL"),
        postgresql_where=sa.text("text_hash IS NOT NULL"),
    )
