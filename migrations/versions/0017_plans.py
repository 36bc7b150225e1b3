"""plans and their targets"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_plan_area_id_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_plan_area_id"), "plan", ["area_id"])
    op.create_table(
        "plan_target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("amount", sa.Numeric(precision=12, scale=1), nullable=False),
        sa.Column("is_share", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_plan_target_amount")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_plan_target_area_id_area")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_target_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_target")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_plan_target_area_id"), "plan_target", ["area_id"])
    op.create_index(op.f("ix_plan_target_plan_id"), "plan_target", ["plan_id"])


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("plan_target")
    op.drop_table("plan")
