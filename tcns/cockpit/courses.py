"""The sessions of months as charts: the trend, the areas side by side, months without any."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tcns.charts.changes import Change, Measured
from tcns.charts.columns import Column, ColumnChart
from tcns.charts.drawing import Picture
from tcns.charts.lines import LineChart, Partial
from tcns.charts.multiples import Course, Multiples
from tcns.charts.silence_grid import GridRow, SilenceGrid
from tcns.cockpit.month_queries import YEAR, Months
from tcns.cockpit.pictures import Land
from tcns.cockpit.rules import last_day
from tcns.cockpit.vocabulary import TEAMS
from tcns.coverage.month_queries import Courses
from tcns.coverage.queries import Coverage, CoverageRow
from tcns.database.kept import kept
from tcns.i18n import format_day, format_number, ngettext
from tcns.i18n import gettext as _
from tcns.periods import NamedPeriod

MonthUrl = Callable[[CoverageRow, NamedPeriod], str]
HUNDRED, HEIGHT = 100, 300
# From so many rows on the grid is drawn in parts, one for each district.
MANY = 40
# A grid of more rows is no district's: it changes with every session, and takes much memory.
MOST_KEPT = 60


def label_of(month: NamedPeriod) -> str:
    """A month as axes write it."""
    return f"{month.number}/{month.year}"


def trend(months: Months, total: CoverageRow, month_url: MonthUrl) -> LineChart:
    """The sessions of each month beside those of the year before."""
    values, count = months.total, len(months.shown)
    now, then = values[-count:] if count else (), values[:count]
    partial = None
    if months.is_running:
        note = _("up to %(day)s", day=format_day(last_day(months.shown[-1])))
        partial = Partial(count - 1, now[-1], months.so_far_then, note)
    return LineChart(
        "trend",
        _trend_title(now[: len(months.ended)], then),
        tuple(map(label_of, months.shown)),
        (*now[:-1], None) if partial else now,
        _("Sessions"),
        then,
        _("a year before"),
        partial,
        urls=tuple(month_url(total, month) for month in months.shown),
        height=HEIGHT,
    )


def _trend_title(now: tuple[int, ...], then: tuple[int, ...]) -> str:
    """In how many of the last twelve months that are over there were more than a year before."""
    pairs = list(zip(now, then, strict=False))[-YEAR:]
    if not any(before for _now, before in pairs):
        return _("Sessions by reporting month")
    return _(
        "More sessions than a year before in %(more)s of %(all)s months",
        more=sum(after > before for after, before in pairs),
        all=len(pairs),
    )


def multiples(
    answer: Coverage, months: Months, area_url: Callable[[CoverageRow], str]
) -> Multiples:
    """The sessions of each area per hundred teams of today, worst first, beside the whole."""
    courses = [
        _course(row, months.of(row.area_id), months, area_url(row))
        for row in answer.rows
        if row.figures[TEAMS]
    ]
    courses.sort(key=lambda course: (course.values or (0,))[-1] or 0)
    return Multiples(
        "multiples",
        _fallen(courses),
        tuple(courses),
        tuple(map(label_of, months.ended)),
        _course(answer.total, months.total, months, None),
    )


def _course(row: CoverageRow, counts: tuple[int, ...], months: Months, url: str | None) -> Course:
    teams, ended = row.figures[TEAMS], len(months.ended)
    if not teams or not ended:
        return Course(row.name, (None,) * ended, url)
    values = tuple(HUNDRED * count / teams for count in counts)
    shown = values[YEAR : YEAR + ended]
    change = Change(shown[-1] - values[ended - 1], Measured.COUNT)
    return Course(row.name, shown, url, change)


def _fallen(courses: list[Course]) -> str:
    """In how many areas the last month had fewer sessions than the same one a year before."""
    fewer = sum(bool(c.change and (c.change.amount or 0) < 0) for c in courses)
    if not fewer:
        return _("Sessions per 100 teams by month")
    return ngettext(
        "%(num)s area below the same month of the year before",
        "%(num)s areas below the same month of the year before",
        fewer,
    )


@dataclass(frozen=True)
class Silence:
    """Areas by months without a session: all in one grid, or where they are many those of each
    district in one, by its code; and how many areas were silent in each month."""

    whole: SilenceGrid
    parts: tuple[tuple[str, SilenceGrid], ...]
    columns: ColumnChart


@dataclass(frozen=True)
class GridUrls:
    """Where the marks of the grid lead: to an area, to its sessions of a month, to the list of the
    areas that were silent in a month."""

    area: Callable[[CoverageRow], str]
    month: MonthUrl
    silent: Callable[[NamedPeriod], str]


def silence(
    answer: Coverage, months: Months, teams: Courses, lands: Mapping[int, Land], urls: GridUrls
) -> Silence:
    """The last twelve months of each area, those most often silent first.

    An area has a cell where it had a team on the last day of the month.
    """
    shown = months.shown[-YEAR:]
    found = [
        (lands.get(row.area_id or 0, Land()), _grid_row(row, months, teams, urls))
        for row in answer.rows
        if any(teams.get(row.area_id, ()))
    ]
    found.sort(key=lambda pair: -pair[1].session_counts.count(0))
    rows = [row for _land, row in found]
    whole = _grid("silence", _often_silent(rows, months), months, rows)
    names = {land.district_code: land.district for land, _row in found} if len(rows) > MANY else {}
    parts = [
        (code, _grid(f"silence-{code}", name or _("Others"), months, _in(code, found)))
        for code, name in names.items()
    ]
    columns = tuple(
        Column(label_of(month), count, urls.silent(month))
        for month, count in zip(shown, whole.silent_counts, strict=True)
    )
    counted = ColumnChart(
        "silent-columns",
        _("Silent areas by month"),
        columns,
        _("Silent areas"),
        months.is_running,
        is_attention=True,
    )
    return Silence(whole, tuple(parts), counted)


def drawn(grid: SilenceGrid) -> Picture:
    """A grid as it is drawn; that of a district is kept, for a session that is logged changes one
    of them."""
    return _kept_drawing(grid) if len(grid.rows) <= MOST_KEPT else grid.drawing().picture()


@kept()
def _kept_drawing(grid: SilenceGrid) -> Picture:
    return grid.drawing().picture()


def _in(code: str, found: list[tuple[Land, GridRow]]) -> list[GridRow]:
    """The rows of a district."""
    return [row for land, row in found if land.district_code == code]


def _grid(key: str, title: str, months: Months, rows: list[GridRow]) -> SilenceGrid:
    labels = tuple(map(label_of, months.shown[-YEAR:]))
    return SilenceGrid(key, title, labels, tuple(rows), months.is_running)


def _grid_row(row: CoverageRow, months: Months, teams: Courses, urls: GridUrls) -> GridRow:
    shown = months.shown[-YEAR:]
    counts = zip(months.of(row.area_id)[-YEAR:], teams[row.area_id], strict=True)
    cells = tuple(count if teams_then or count else None for count, teams_then in counts)
    ended = cells[:-1] if months.is_running else cells
    return GridRow(
        row.name,
        row.figures[TEAMS],
        cells,
        urls.area(row),
        tuple(urls.month(row, month) for month in shown),
        bool(ended) and ended[-1] == 0,
    )


def _often_silent(rows: list[GridRow], months: Months) -> str:
    """How many areas had no session in two or more of the months that are over."""
    over = len(months.ended) - (len(months.shown) - YEAR)
    often = sum(row.session_counts[:over].count(0) > 1 for row in rows)
    if not often:
        return _("Months without a session")
    return ngettext(
        "%(num)s area silent in two or more of %(months)s months",
        "%(num)s areas silent in two or more of %(months)s months",
        often,
        months=format_number(over),
    )
