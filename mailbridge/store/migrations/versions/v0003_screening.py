"""Mail whose files are being looked into, and what waits behind it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Give records a key by which they wait for each other."""
    op.add_column("records", sa.Column("waits_key", sa.LargeBinary(), nullable=True))
    op.create_index(
        "ix_records_screening",
        "records",
        ["waits_key", "received_at"],
        unique=False,
        sqlite_where=sa.text("state = 'screening'"),
        postgresql_where=sa.text("state = 'screening'"),
    )
