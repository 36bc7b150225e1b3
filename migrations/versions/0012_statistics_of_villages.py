"""statistics of villages"""

import sqlalchemy as sa
from alembic import op


revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "area_statistic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("statistic", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("out_of", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to > valid_from", name=op.f("ck_area_statistic_interval")
        ),
        sa.CheckConstraint(
            "value >= 0 AND value <= coalesce(out_of, 1)", name=op.f("ck_area_statistic_value")
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_area_statistic_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area_statistic")),
        sa.UniqueConstraint(
            "area_id",
            "statistic",
            "valid_from",
            name=op.f("uq_area_statistic_area_id_statistic_valid_from"),
        ),
    )


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("area_statistic")
