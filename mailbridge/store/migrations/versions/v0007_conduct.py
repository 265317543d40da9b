"""A message may be looked at for several reasons; sellers may not want to hear of opt-outs; their pace is counted."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Let each kind of review name a message once; add what sellers want to be told, and the index of their mails."""
    with op.batch_alter_table("reviews") as batch:
        batch.drop_constraint(op.f("uq_reviews_record_id"), type_="unique")
        batch.create_unique_constraint(op.f("uq_reviews_record_id_kind"), ["record_id", "kind"])
    op.add_column("sellers", sa.Column("told_of_opt_outs", sa.Boolean(), nullable=True))
    op.create_index(
        "ix_records_of_seller",
        "records",
        ["seller_id", "received_at", "state"],
        unique=False,
        sqlite_where=sa.text("direction = 'to_buyer'"),
        postgresql_where=sa.text("direction = 'to_buyer'"),
    )
