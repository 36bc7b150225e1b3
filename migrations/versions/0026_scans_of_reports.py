"""scans of signed reports"""

import sqlalchemy as sa
from alembic import op


revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """Apply the change."""
    op.add_column("report", sa.Column("scan_key", sa.String()))
    op.add_column("report", sa.Column("scan_kind", sa.String()))


def downgrade() -> None:
    """Take the change back."""
    op.drop_column("report", "scan_kind")
    op.drop_column("report", "scan_key")
