"""the sex of members, where it is known"""

import sqlalchemy as sa
from alembic import op


revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Apply the change; of who is on file nobody has said it yet."""
    op.add_column("person", sa.Column("sex", sa.String(), nullable=True))


def downgrade() -> None:
    """Take it back."""
    op.drop_column("person", "sex")
