"""The columns of the file of statistics of villages, which is taken in again."""

from collections.abc import Callable
from typing import Any

from tcns.areas.statistics.queries import VillageFigures
from tcns.areas.statistics.vocabulary import WHOLES, Statistic
from tcns.areas.vocabulary import Level
from tcns.i18n import lazy_gettext as _l
from tcns.spreadsheets.writing import CellKind, Column


def statistics_columns(*, has_districts: bool) -> list[Column]:
    """The village with where it lies, and each figure, a share in two columns."""
    columns = [
        Column(_l("Area code"), 12, CellKind.TEXT, lambda row: row.label.code),
        Column(_l("Village"), 26, CellKind.TEXT, lambda row: row.label.full_name),
        Column(_l("Commune"), 24, CellKind.TEXT, _named(Level.COMMUNE)),
        Column(_l("District"), 24, CellKind.TEXT, _named(Level.DISTRICT)),
    ]
    figures = [column for each in Statistic for column in _columns_of(each)]
    return (columns if has_districts else columns[:3]) + figures


def _columns_of(statistic: Statistic) -> list[Column]:
    """How many and of how many, or a word for yes or no."""

    def figure(field: str) -> Callable[[VillageFigures], Any]:
        return lambda row: getattr(row.figures.get(statistic), field, None)

    if not statistic.is_share:
        return [Column(statistic.label, 14, CellKind.TEXT, figure("in_words"))]
    return [
        Column(statistic.label, 16, CellKind.NUMBER, figure("value")),
        Column(WHOLES[statistic], 16, CellKind.NUMBER, figure("out_of")),
    ]


def _named(level: Level) -> Callable[[VillageFigures], str]:
    """The name of the area of a level on the way up."""
    return lambda row: row.trail[level].label.full_name if level in row.trail else ""
