"""A message may be looked at for more than one reason."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Let each kind of review name a message once."""
    with op.batch_alter_table("reviews") as batch:
        batch.drop_constraint(op.f("uq_reviews_record_id"), type_="unique")
        batch.create_unique_constraint(op.f("uq_reviews_record_id"), ["record_id", "kind"])
