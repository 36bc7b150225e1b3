"""indexes that hold all that figures are judged by"""

from alembic import op

revision = "0029"
down_revision = "0028"

FIGURES = ["participant_count", "household_count"]
BEFORE = {
    "ix_activity_team_figures": ["team_id", "held_on", "status", *FIGURES],
    "ix_activity_held_on_status_team_id": ["held_on", "status", "team_id"],
}
AFTER = {
    "ix_activity_team_figures": ["team_id", "held_on", "status", *FIGURES, "kind"],
    "ix_activity_day_figures": ["held_on", "status", "team_id", "kind", *FIGURES],
}


def upgrade() -> None:
    """Apply the change."""
    replace(BEFORE, AFTER)


def downgrade() -> None:
    """Take it back."""
    replace(AFTER, BEFORE)


def replace(old: dict[str, list[str]], new: dict[str, list[str]]) -> None:
    """Drop the old indexes, then make the new ones: one keeps its name."""
    for name in old:
        op.drop_index(name, table_name="activity")
    for name, columns in new.items():
        op.create_index(name, "activity", columns)
