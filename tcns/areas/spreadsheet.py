"""The columns of the file of areas."""

from collections.abc import Callable

from tcns.areas.list_queries import AreaRow
from tcns.areas.vocabulary import Level
from tcns.i18n import lazy_gettext as _l
from tcns.spreadsheets.writing import CellKind, Column


def area_columns(*, has_districts: bool) -> list[Column]:
    """The area, the commune it stands in, the district where there is one, its own teams."""
    columns = [
        Column(_l("Area code"), 12, CellKind.TEXT, lambda row: row.label.code),
        Column(_l("Area"), 30, CellKind.TEXT, lambda row: row.label.full_name),
        Column(_l("Level"), 14, CellKind.TEXT, lambda row: row.area.step.label),
        Column(_l("Commune"), 24, CellKind.TEXT, _named(Level.COMMUNE)),
        Column(_l("District"), 24, CellKind.TEXT, _named(Level.DISTRICT)),
        Column(_l("Own teams"), 10, CellKind.NUMBER, lambda row: row.team_count),
    ]
    return columns if has_districts else columns[:4] + columns[5:]


def _named(level: Level) -> Callable[[AreaRow], str]:
    """The name of the area of a level on the way up."""
    return lambda row: row.trail[level].label.full_name if level in row.trail else ""
