"""notices, and when they were read"""

import sqlalchemy as sa
from alembic import op


revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("read_at", sa.DateTime()),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_notice_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index(op.f("ix_notice_user_id_read_at"), "notice", ["user_id", "read_at"])
    op.create_index(op.f("ix_notice_subject_id_kind"), "notice", ["subject_id", "kind"])


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("notice")
