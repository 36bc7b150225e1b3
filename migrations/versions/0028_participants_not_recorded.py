"""participants not recorded"""

import sqlalchemy as sa
from alembic import op


revision = "0028"
down_revision = "0027"

COLUMN = "participant_count"
IDS_USED_ONCE = {"sqlite_autoincrement": True}
activity = sa.table("activity", sa.column(COLUMN))


def upgrade() -> None:
    """Apply the change; a zero was what an empty field became, and pages showed it as such."""
    set_nullable(True)
    op.execute(activity.update().where(activity.c[COLUMN] == 0).values({COLUMN: None}))


def downgrade() -> None:
    """Take it back; what was not recorded is zero, as before."""
    op.execute(activity.update().where(activity.c[COLUMN].is_(None)).values({COLUMN: 0}))
    set_nullable(False)


def set_nullable(nullable: bool) -> None:
    """Let the participants be unknown, or not."""
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
        batch_op.alter_column(COLUMN, existing_type=sa.Integer(), nullable=nullable)
