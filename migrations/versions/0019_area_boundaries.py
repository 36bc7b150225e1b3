"""area boundaries"""

import sqlalchemy as sa
from alembic import op


revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "area_boundary",
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("map_on", sa.Date(), nullable=False),
        sa.Column("outlines", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_id"], ["area.id"], name=op.f("fk_area_boundary_area_id_area")
        ),
        sa.PrimaryKeyConstraint("area_id", "map_on", name=op.f("pk_area_boundary")),
    )


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("area_boundary")
