"""known devices"""

import sqlalchemy as sa
from alembic import op


revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Apply the change."""
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.add_column(sa.Column("device_hash", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("network_hash", sa.String(), nullable=True))

    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_attempt_at"), ["at"], unique=False)


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_attempt_at"))

    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_column("network_hash")
        batch_op.drop_column("device_hash")
