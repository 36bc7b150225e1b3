"""asking a session back, and what a phone's clock said"""

import sqlalchemy as sa
from alembic import op


revision = "0011"
down_revision = "0010"

COLUMNS = {
    "device_logged_at": sa.DateTime(),
    "device_sent_at": sa.DateTime(),
    "recall_asked_at": sa.DateTime(),
    "recall_reason": sa.String(),
    "recall_answer": sa.String(),
}


def upgrade() -> None:
    """Apply the change; of what was logged before nobody knows any of it."""
    for name, kind in COLUMNS.items():
        op.add_column("activity", sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    """Take it back."""
    for name in reversed(COLUMNS):
        op.drop_column("activity", name)
