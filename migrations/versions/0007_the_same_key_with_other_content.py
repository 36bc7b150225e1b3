"""the same key with other content"""

import sqlalchemy as sa
from alembic import op


revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Apply the change; of what was sent before nobody knows the digest."""
    op.add_column("replay", sa.Column("digest", sa.String(), nullable=True))
    op.add_column("activity", sa.Column("client_digest", sa.String(), nullable=True))


def downgrade() -> None:
    """Take it back."""
    op.drop_column("activity", "client_digest")
    op.drop_column("replay", "digest")
