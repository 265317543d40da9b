"""A message may be looked at for more than one reason; sellers may not want to hear of opt-outs."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Let each kind of review name a message once; give sellers the column for what they want to be told."""
    with op.batch_alter_table("reviews") as batch:
        batch.drop_constraint(op.f("uq_reviews_record_id"), type_="unique")
        batch.create_unique_constraint(op.f("uq_reviews_record_id_kind"), ["record_id", "kind"])
    op.add_column("sellers", sa.Column("told_of_opt_outs", sa.Boolean(), nullable=True))
