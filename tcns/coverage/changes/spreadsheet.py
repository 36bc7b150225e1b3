"""The list of teams gained and lost as a file."""

from tcns.i18n import lazy_gettext as _l
from tcns.spreadsheets.writing import CellKind, Column
from tcns.teams.spreadsheet import area_columns


def change_columns(*, has_districts: bool) -> list[Column]:
    """The team, where it stands, whether it was gained or lost, and its first or last day."""
    return [
        Column(_l("Team"), 44, CellKind.TEXT, lambda row: row.team.name),
        *area_columns(lambda row: row.trail, has_districts=has_districts),
        Column(_l("Gained or lost"), 14, CellKind.TEXT, lambda row: row.change.label),
        Column(_l("First or last day"), 13, CellKind.DAY, lambda row: row.day),
    ]
