"""sessions of a day by team"""

from alembic import op

revision = "0031"
down_revision = "0030"

NAME = "ix_activity_day_figures"
REST = ["kind", "participant_count", "household_count"]


def upgrade() -> None:
    """Apply the change."""
    replace(["held_on", "team_id", "status", *REST])


def downgrade() -> None:
    """Take it back."""
    replace(["held_on", "status", "team_id", *REST])


def replace(columns: list[str]) -> None:
    """Make the index anew, of other columns."""
    op.drop_index(NAME, table_name="activity")
    op.create_index(NAME, "activity", columns)
