"""How long a seller's messages wait for him to stop them."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the column; nobody has said, so nothing waits."""
    op.add_column("sellers", sa.Column("undo_s", sa.Integer(), nullable=True))
