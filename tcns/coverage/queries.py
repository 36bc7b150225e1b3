"""The roll-up: every measure, for the areas below one, on any day, period and map."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel.speaklater import LazyString
from sqlalchemy import CTE, FromClause, Select, Subquery, and_, select

from tcns.activities.models import Activity
from tcns.areas import queries as areas
from tcns.areas.models import Area, AreaAllocation, AreaPath
from tcns.areas.vocabulary import Level
from tcns.coverage.measures import MEASURES, Home, ShownArea, Source
from tcns.database import db
from tcns.i18n import lazy_gettext as _l
from tcns.periods import Period
from tcns.permissions.scope import Scope
from tcns.teams.models import Membership, Team

Figures = dict[str, int]


@dataclass(frozen=True)
class Question:
    """What is asked: which areas below which, whose records, on whose map.

    `on` is the day whose teams and memberships count, `period` the days whose activities count,
    `map_on` the day whose areas they are shown under. `under` is None where the province did not
    exist on that map.
    """

    under: Area | None
    by: Level
    on: date
    period: Period
    map_on: date


@dataclass(frozen=True)
class CoverageRow:
    """The figures of one area; of none for what no area of the level takes."""

    area_id: int | None
    code: str
    name: str
    figures: Figures

    def share(self, part: str, whole: str) -> float | None:
        """One figure as a share of another; None where there is nothing to divide by."""
        return self.figures[part] / self.figures[whole] if self.figures[whole] else None


@dataclass(frozen=True)
class Coverage:
    """The answer: a row per area in Vietnamese order, what no area takes, and the total."""

    question: Question
    total: CoverageRow
    rows: list[CoverageRow] = field(default_factory=list)
    unallocated: CoverageRow | None = None

    @property
    def all_rows(self) -> list[CoverageRow]:
        """The rows as printed: the areas, "chưa phân bổ" where there is one, the total last."""
        return [*self.rows, *([self.unallocated] if self.unallocated else []), self.total]


def _unallocated_name(level: Level) -> LazyString:
    """What the row is called that holds what no area of a level takes."""
    return _l("Commune-level teams") if level is Level.VILLAGE else _l("Not allocated")


KEYS = [measure.key for measure in MEASURES]


def coverage(scope: Scope, question: Question) -> Coverage:
    """Roll all measures up over the areas of a level below one, within the scope.

    Additive measures' rows, with the unallocated one, add up to the total; distinct counts are
    counted anew for each area and for the whole.
    """
    if question.under is None:
        return Coverage(question, total=_row_of_nothing(question))
    found = _figures_by_area(scope, question)
    rows = _area_rows(scope, question, found)
    rest = found.get(None)
    name = str(_unallocated_name(question.by))
    unallocated = CoverageRow(None, "", name, rest) if rest and any(rest.values()) else None
    return Coverage(question, _total_row(scope, question, found), rows, unallocated)


def _figures_by_area(scope: Scope, question: Question) -> dict[int | None, Figures]:
    """All measures by the id of the area that takes them; None for those that none takes."""
    takers = _takers(question)
    found: dict[int | None, Figures] = {}
    for source in Source:
        measures = [measure for measure in MEASURES if measure.source == source]
        query = _counted(scope, question, source, takers).add_columns(takers.c.taker_id)
        columns = [measure.expression(question.period).label(measure.key) for measure in measures]
        for row in db.session.execute(query.add_columns(*columns).group_by(takers.c.taker_id)):
            figures = found.setdefault(row.taker_id, dict.fromkeys(KEYS, 0))
            figures.update({measure.key: row._mapping[measure.key] for measure in measures})
    return found


def _takers(question: Question) -> CTE:
    """Each area below the one asked about, with the area of the level that takes its figures."""
    below, takers = _below(question), _below(question)
    above = (
        select(AreaPath.descendant_id, AreaPath.ancestor_id)
        .join(takers, takers.c.seat_id == AreaPath.ancestor_id)
        .join(Area, Area.id == AreaPath.ancestor_id)
        .where(Area.level == question.by, AreaPath.valid_on(question.map_on))
        .subquery()
    )
    return (
        select(below.c.seat_id, above.c.ancestor_id.label("taker_id"))
        .outerjoin(above, above.c.descendant_id == below.c.seat_id)
        .cte("takers")
    )


def _below(question: Question) -> Subquery:
    """The areas below the one asked about on the map, itself included: the seats of all figures."""
    assert question.under is not None
    return (
        select(AreaPath.descendant_id.label("seat_id"))
        .where(AreaPath.ancestor_id == question.under.id, AreaPath.valid_on(question.map_on))
        .subquery()
    )


def _counted(
    scope: Scope, question: Question, source: Source, allocations: FromClause
) -> Select[Any]:
    """The rows a source's measures count, each joined to its seat; columns are still to come."""
    if source == Source.AREAS:
        on_map = (
            select().select_from(allocations).join(ShownArea, ShownArea.id == allocations.c.seat_id)
        )
        return on_map.where(scope.clause(ShownArea))
    query = (
        select()
        .select_from(Team)
        .join(AreaAllocation, AreaAllocation.area_id == Team.area_id)
        .join(allocations, allocations.c.seat_id == AreaAllocation.seat_id)
        .where(scope.clause(Team), AreaAllocation.valid_on(question.map_on))
    )
    if source == Source.ACTIVITIES:
        held = Activity.held_on.between(question.period.first, question.period.last)
        return query.join(Activity, Activity.team_id == Team.id).where(Activity.is_counted(), held)
    query = query.where(Team.valid_on(question.on))
    if source == Source.MEMBERSHIPS:
        query = query.join(Membership, Membership.team_id == Team.id)
        return query.where(Membership.valid_on(question.on))
    # Of the areas that took over others only those of the scope count as having a team.
    own_area = and_(ShownArea.id == AreaAllocation.seat_id, scope.clause(ShownArea))
    return query.join(Home, Home.id == Team.area_id).outerjoin(ShownArea, own_area)


def _area_rows(
    scope: Scope, question: Question, found: dict[int | None, Figures]
) -> list[CoverageRow]:
    """A row for each area of the level within the scope, and for each that takes figures."""
    assert question.under is not None
    listed = areas.areas_in(scope, question.under.id, question.by, question.map_on)
    ids = {area.id for area, _name in db.session.execute(listed)}
    ids |= {area_id for area_id in found if area_id is not None}
    labels = areas.labels(ids, question.map_on)
    nothing = dict.fromkeys(KEYS, 0)
    rows = [
        CoverageRow(area_id, label.code, label.full_name, found.get(area_id, nothing))
        for area_id, label in labels.items()
    ]
    return sorted(rows, key=lambda row: (labels[row.area_id or 0].sort_key, row.code))


def _total_row(scope: Scope, question: Question, found: dict[int | None, Figures]) -> CoverageRow:
    """The whole: sums of what is additive, distinct counts counted over everything."""
    assert question.under is not None
    label = areas.labels([question.under.id], question.map_on)[question.under.id]
    figures = {key: sum(part[key] for part in found.values()) for key in KEYS}
    figures |= _distinct_figures(scope, question)
    return CoverageRow(question.under.id, label.code, label.full_name, figures)


def _distinct_figures(scope: Scope, question: Question) -> Figures:
    """The measures that may not be added, over the whole area asked about."""
    below = _below(question)
    figures: Figures = {}
    for source in Source:
        measures = [m for m in MEASURES if m.source == source and not m.additive]
        if measures:
            columns = [m.expression(question.period).label(m.key) for m in measures]
            query = _counted(scope, question, source, below).add_columns(*columns)
            figures |= db.session.execute(query).one()._asdict()
    return figures


def _row_of_nothing(question: Question) -> CoverageRow:
    """The total of a map on which the province did not exist: zeros under its nearest name."""
    label = areas.province_label(question.map_on)
    return CoverageRow(None, label.code, label.full_name, dict.fromkeys(KEYS, 0))
