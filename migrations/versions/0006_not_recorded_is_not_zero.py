"""not recorded is not zero"""

import sqlalchemy as sa
from alembic import op


revision = "0006"
down_revision = "0005"

COUNTS = (
    "women_count",
    "minority_count",
    "elderly_count",
    "household_count",
    "new_household_count",
)
IDS_USED_ONCE = {"sqlite_autoincrement": True}


def upgrade() -> None:
    """Apply the change; zeros that were recorded stay zeros."""
    set_nullable(True)


def downgrade() -> None:
    """Take it back; what was not recorded is zero, as before."""
    activity = sa.table("activity", *(sa.column(name) for name in COUNTS))
    for name in COUNTS:
        op.execute(activity.update().where(activity.c[name].is_(None)).values({name: 0}))
    set_nullable(False)


def set_nullable(nullable: bool) -> None:
    """Let the counts be unknown, or not."""
    # What SQLite's rebuilt table would otherwise lose.
    checks = (
        sa.CheckConstraint(
            "participant_count >= 0 AND women_count BETWEEN 0 AND participant_count"
            " AND minority_count BETWEEN 0 AND participant_count"
            " AND elderly_count BETWEEN 0 AND participant_count",
            name=op.f("ck_activity_participants"),
        ),
        sa.CheckConstraint(
            "household_count >= 0 AND new_household_count BETWEEN 0 AND household_count",
            name=op.f("ck_activity_households"),
        ),
    )
    with op.batch_alter_table(
        "activity", schema=None, table_args=checks, table_kwargs=IDS_USED_ONCE
    ) as batch_op:
        for name in COUNTS:
            batch_op.alter_column(name, existing_type=sa.Integer(), nullable=nullable)
