"""What the cockpit shows of answers of coverage: figures, ranking, map, and what is notable."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from tcns.charts.changes import Change, Measured
from tcns.charts.choropleth import Choropleth
from tcns.charts.key_figures import KeyFigure
from tcns.charts.maps import AreaMap, MapArea
from tcns.charts.projection import Outline, Point
from tcns.charts.ranking import Ranked, Ranking
from tcns.charts.symbol_map import SymbolMap
from tcns.cockpit.vocabulary import ACTIVE, KEYS, LARGE, SESSIONS, TEAMS
from tcns.coverage.catalogue import measures_named
from tcns.coverage.comparison_queries import Comparison
from tcns.coverage.measure import Measure
from tcns.coverage.queries import Coverage, CoverageRow
from tcns.i18n import format_number, format_percent, ngettext
from tcns.i18n import gettext as _

Borders = tuple[tuple[Outline, ...], ...]
ListUrl = Callable[[CoverageRow, Measure], str]


@dataclass(frozen=True)
class Land:
    """Where an area lies: a point, its boundary where it is known, the district around it."""

    point: Point | None = None
    outlines: tuple[Outline, ...] = ()
    district: str = ""
    district_code: str = ""


@dataclass(frozen=True)
class Notable:
    """What the sentence tells: how many areas had no session, and where most of them lie."""

    silent_count: int
    most: str
    most_count: int


def measure_named(key: str) -> Measure:
    """The measure of a key."""
    (found,) = measures_named([key])
    return found


def key_figures(answer: Coverage, before: Comparison | None, list_url: ListUrl) -> list[KeyFigure]:
    """The figures of the area shown, those that are shares first."""
    figures = []
    for key in KEYS:
        measure = measure_named(key)
        whole = answer.total.figures[measure.share_of] if measure.share_of else None
        figures.append(
            KeyFigure(
                str(measure.label),
                answer.total.figures[key],
                list_url(answer.total, measure),
                whole=whole if key in LARGE else None,
                change=_change(answer.total, before, measure),
            )
        )
    return figures


def _change(row: CoverageRow, before: Comparison | None, measure: Measure) -> Change | None:
    """How a figure differs from the one before, as a number."""
    if before is None:
        return None
    amount = row.figures[measure.key] - before.total.figures[measure.key]
    return Change(amount, Measured.COUNT, _("against the period before"))


def ranking(
    answer: Coverage,
    before: Comparison | None,
    list_url: ListUrl,
    area_url: Callable[[CoverageRow], str],
) -> Ranking:
    """The areas below, worst first by the share of their teams that held a session."""
    measure = measure_named(ACTIVE)
    entries = tuple(
        Ranked(
            row.name,
            row.figures[ACTIVE],
            row.figures[TEAMS],
            before.row_beside(row).share(ACTIVE, TEAMS) if before else None,
            area_url(row),
            list_url(row, measure),
        )
        for row in answer.rows
    )
    drawn = Ranking(
        "ranking",
        _("Share of teams that held a session"),
        entries,
        str(measure.label),
        answer.total.share(ACTIVE, TEAMS),
        answer.total.name,
        _("the period before") if before else "",
    )
    return replace(drawn, title=_ranking_title(drawn))


def _ranking_title(drawn: Ranking) -> str:
    """What the ranking tells: how many areas are far below the average."""
    if drawn.average is None or not drawn.entries:
        return drawn.title
    average = format_percent(drawn.average)
    if not drawn.low_count:
        return _("No area far below the average of %(average)s", average=average)
    return ngettext(
        "%(num)s area far below the average of %(average)s",
        "%(num)s areas far below the average of %(average)s",
        drawn.low_count,
        average=average,
    )


def is_silent(row: CoverageRow) -> bool:
    """Whether an area has teams, and no session was held in the period."""
    return bool(row.figures[TEAMS]) and not row.figures[SESSIONS]


def notable(answer: Coverage, lands: Mapping[int, Land]) -> Notable | None:
    """What is notable, by rule: areas without any session, most of them in which district."""
    silent = [row for row in answer.rows if is_silent(row)]
    if not silent:
        return None
    named = (lands.get(row.area_id or 0, Land()).district for row in silent)
    districts = Counter(name for name in named if name).most_common(1)
    most, count = districts[0] if districts else ("", 0)
    return Notable(len(silent), most, count)


def area_map(
    answer: Coverage, lands: Mapping[int, Land], borders: Borders, list_url: ListUrl
) -> AreaMap:
    """The areas in their boundaries, if all of them are known; else as circles, as large as the
    number of their active teams. Over them the borders of districts."""
    measure = measure_named(ACTIVE)
    areas = tuple(
        _on_map(row, lands.get(row.area_id or 0, Land()), list_url(row, measure))
        for row in answer.rows
    )
    title, silent = _map_title(answer), _("no session in the period")
    label = str(measure.label)
    if areas and all(area.outlines for area in areas):
        return Choropleth("map", title, areas, label, format_percent, silent, borders)
    counted = tuple(
        MapArea(
            a.code, a.label, row.figures[ACTIVE], a.words, a.point, (), a.group, a.is_silent, a.url
        )
        for a, row in zip(areas, answer.rows, strict=True)
    )
    return SymbolMap("map", title, counted, label, silent_words=silent, borders=borders)


def _map_title(answer: Coverage) -> str:
    """What the map tells: how many areas held no session."""
    count = sum(map(is_silent, answer.rows))
    if not count:
        return _("No area without a session in the period")
    return ngettext(
        "%(num)s area without a session in the period",
        "%(num)s areas without a session in the period",
        count,
    )


def _on_map(row: CoverageRow, land: Land, url: str) -> MapArea:
    share = row.share(ACTIVE, TEAMS)
    teams = ngettext("%(num)s team", "%(num)s teams", row.figures[TEAMS])
    words = _(
        "%(name)s: %(active)s of %(teams)s held a session (%(share)s)",
        name=f"{row.name}, {land.district}" if land.district else row.name,
        active=format_number(row.figures[ACTIVE]),
        teams=teams,
        share=format_percent(share),
    )
    return MapArea(
        row.code,
        row.name,
        share,
        words,
        land.point,
        land.outlines,
        land.district,
        is_silent(row),
        url,
    )
