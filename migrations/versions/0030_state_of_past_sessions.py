"""the state of past sessions by itself"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    """Apply the change."""
    drawn = str(secrets.randbits(62))
    with op.batch_alter_table("data_version") as table:
        column = sa.Column("past_activities", sa.BigInteger(), nullable=False, server_default=drawn)
        table.add_column(column)
    with op.batch_alter_table("data_version") as table:
        table.alter_column("past_activities", server_default=None)


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("data_version") as table:
        table.drop_column("past_activities")
