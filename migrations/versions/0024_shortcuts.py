"""single-key shortcuts that an account can turn off"""

import sqlalchemy as sa
from alembic import op


revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Apply the change."""
    with op.batch_alter_table("user") as table:
        table.add_column(
            sa.Column("has_shortcuts", sa.Boolean(), nullable=False, server_default=sa.true())
        )


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("user") as table:
        table.drop_column("has_shortcuts")
