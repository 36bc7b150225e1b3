"""what agencies say of themselves"""

import sqlalchemy as sa
from alembic import op


revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "agency",
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("superior", sa.String()),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("sign", sa.String(), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("signer_name", sa.String()),
        sa.Column("receivers", sa.String()),
        sa.Column("helper_name", sa.String()),
        sa.Column("helper_phone", sa.String()),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_agency_area_id")),
        sa.PrimaryKeyConstraint("area_id", name=op.f("pk_agency")),
    )


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("agency")
