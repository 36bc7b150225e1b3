"""The coverage table as a file."""

from collections.abc import Callable, Mapping, Sequence

from tcns.areas.places import Trail
from tcns.areas.vocabulary import Level
from tcns.coverage.measures import MEASURES, Measure
from tcns.coverage.queries import CoverageRow
from tcns.i18n import lazy_gettext as _l
from tcns.spreadsheets.writing import CellKind, Column


def coverage_columns(levels: Sequence[Level], placed: Mapping[int, Trail]) -> list[Column]:
    """The area, those of some levels above it, every measure, shares in per cent, members per team.

    `placed` are the areas of the rows with those above them.
    """
    columns = [
        Column(_l("Code"), 10, CellKind.TEXT, lambda row: row.code),
        Column(_l("Area"), 28, CellKind.TEXT, lambda row: row.name),
        *(Column(level.label, 24, CellKind.TEXT, _named(level, placed)) for level in levels),
    ]
    for measure in MEASURES:
        columns.append(Column(measure.label, 12, CellKind.NUMBER, _figure(measure)))
        if measure.share_of:
            columns.append(Column(f"{measure.label} (%)", 10, CellKind.DECIMAL, _per_cent(measure)))
    per_team = Column(_l("Members per team"), 10, CellKind.DECIMAL, _members_per_team)
    return [*columns, per_team]


def _named(level: Level, placed: Mapping[int, Trail]) -> Callable[[CoverageRow], str]:
    """The name of the area of a level in which a row's stands."""

    def named(row: CoverageRow) -> str:
        trail = placed.get(row.area_id or 0, {})
        return str(trail[level].label.full_name) if level in trail else ""

    return named


def _figure(measure: Measure) -> Callable[[CoverageRow], int]:
    return lambda row: row.figures[measure.key]


def _per_cent(measure: Measure) -> Callable[[CoverageRow], float | None]:
    """A measure's share of that which it is a share of."""
    whole = measure.share_of or ""

    def per_cent(row: CoverageRow) -> float | None:
        share = row.share(measure.key, whole)
        return None if share is None else 100 * share

    return per_cent


def _members_per_team(row: CoverageRow) -> float | None:
    """Memberships to a team."""
    return row.share("membership_count", "team_count")
