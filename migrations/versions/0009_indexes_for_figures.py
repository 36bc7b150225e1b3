"""indexes that hold all that figures are counted from"""

from alembic import op

revision = "0009"
down_revision = "0008"

# What each table was looked up by, and is from now on; the names say the columns but one.
BEFORE = {
    "ix_area_seat_seat_id_valid_from": ("area_seat", ["seat_id", "valid_from"]),
    "ix_team_area_id": ("team", ["area_id"]),
    "ix_membership_team_id_valid_from": ("membership", ["team_id", "valid_from"]),
    "ix_activity_team_id_held_on": ("activity", ["team_id", "held_on"]),
    "ix_activity_held_on_status": ("activity", ["held_on", "status"]),
}
AFTER = {
    "ix_area_path_ancestor_id_valid_from_valid_to_descendant_id": (
        "area_path",
        ["ancestor_id", "valid_from", "valid_to", "descendant_id"],
    ),
    "ix_area_seat_seat_id_valid_from_valid_to_area_id": (
        "area_seat",
        ["seat_id", "valid_from", "valid_to", "area_id"],
    ),
    "ix_team_area_id_valid_from_valid_to": ("team", ["area_id", "valid_from", "valid_to"]),
    "ix_membership_team_id_valid_from_valid_to_person_id": (
        "membership",
        ["team_id", "valid_from", "valid_to", "person_id"],
    ),
    "ix_activity_team_figures": (
        "activity",
        ["team_id", "held_on", "status", "participant_count", "household_count"],
    ),
    "ix_activity_held_on_status_team_id": ("activity", ["held_on", "status", "team_id"]),
}


def upgrade() -> None:
    """Apply the change."""
    replace(BEFORE, AFTER)


def downgrade() -> None:
    """Take it back."""
    replace(AFTER, BEFORE)


def replace(old: dict[str, tuple[str, list[str]]], new: dict[str, tuple[str, list[str]]]) -> None:
    """Make the new indexes, then drop the old ones."""
    for name, (table, columns) in new.items():
        op.create_index(name, table, columns)
    for name, (table, _columns) in old.items():
        op.drop_index(name, table_name=table)
