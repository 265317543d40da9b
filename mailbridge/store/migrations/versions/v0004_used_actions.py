"""Which mail used an action: what the author of a refused message says when he asks for a second look."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Keep the record of that mail beside the action."""
    op.add_column("actions", sa.Column("used_by", sa.Text(), nullable=True))
    op.create_index("ix_actions_record_id", "actions", ["record_id"], unique=False)
