"""What is on record of the people behind a shop (class H)."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Give sellers a sealed column."""
    op.add_column("sellers", sa.Column("content", sa.LargeBinary(), nullable=True))
