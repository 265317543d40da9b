"""Until when conversations are to be answered, and when sellers want to be told."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the table of deadlines; let sellers say when they want the list of what is due."""
    op.add_column("sellers", sa.Column("due_mail_at", sa.Text(), nullable=True))
    op.create_table(
        "deadlines",
        sa.Column("thread_id", sa.Text(), nullable=False),
        sa.Column("which", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seller_id", sa.Text(), nullable=False),
        sa.Column("clock", sa.Text(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("ending", sa.Text(), nullable=True),
        sa.Column("tell_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_deadlines_seller_id_sellers")),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name=op.f("fk_deadlines_thread_id_threads")),
        sa.PrimaryKeyConstraint("thread_id", "which", "number", name=op.f("pk_deadlines")),
    )
    op.create_index(
        "ix_deadlines_due_at",
        "deadlines",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(
        "ix_deadlines_tell_at",
        "deadlines",
        ["tell_at"],
        unique=False,
        sqlite_where=sa.text("tell_at IS NOT NULL"),
        postgresql_where=sa.text("tell_at IS NOT NULL"),
    )
    op.create_index("ix_deadlines_started_at", "deadlines", ["started_at"], unique=False)
    op.create_index(
        "ix_deadlines_seller_id",
        "deadlines",
        ["seller_id", "due_at"],
        unique=False,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
