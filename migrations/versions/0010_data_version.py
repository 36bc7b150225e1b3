"""data version"""

import secrets

import sqlalchemy as sa
from alembic import op


revision = "0010"
down_revision = "0009"

SUBJECTS = ("areas", "teams", "activities", "indicators", "accounts", "sign_ins", "duplicates")


def upgrade() -> None:
    """Apply the change."""
    table = op.create_table(
        "data_version",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(subject, sa.BigInteger(), nullable=False) for subject in SUBJECTS),
        sa.CheckConstraint("id = 1", name=op.f("ck_data_version_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_version")),
    )
    op.bulk_insert(table, [{"id": 1} | {subject: secrets.randbits(62) for subject in SUBJECTS}])


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("data_version")
