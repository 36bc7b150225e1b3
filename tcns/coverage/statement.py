"""The one statement that counts the measures asked for: by the area that takes them, and over the
whole.

Each kind of records that is asked for adds a part to the statement, joined to the areas or to the
teams that the areas take; a part has a column for every measure, zero for those of other records.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    CTE,
    CompoundSelect,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    cast,
    literal_column,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from tcns.activities.models import Activity, IndicatorValue
from tcns.areas.models import Area, AreaAllocation, AreaHouseholds, AreaPath, AreaStatistic
from tcns.areas.statistics.queries import is_last_figure
from tcns.areas.villages.household_queries import is_last_count
from tcns.coverage.expressions import IS_PRESENT, KNOWN_BY, MAP_ON, ON, Home, ShownArea, was_held
from tcns.coverage.measure import Measure
from tcns.coverage.vocabulary import Source
from tcns.database import valid_on
from tcns.database.folded_rows import unfolded
from tcns.indicators.models import Indicator
from tcns.initiatives.models import Initiative
from tcns.permissions.scope import Scope
from tcns.teams.models import Membership, Team

# Where the area asked about and the level of those that take the figures are put in.
UNDER, BY = bindparam("under", type_=Integer), bindparam("by", type_=String)
NOBODY = cast(null(), Integer)
# What is asked of several times is found once: SQLite would walk the tree for each part anew.
ONCE = "MATERIALIZED"
# The records that hang on areas themselves, not on teams.
OF_AREAS = (Source.AREAS, Source.HOUSEHOLDS, Source.STATISTICS, Source.INITIATIVES)
# The teams of the day and who is in them.
OF_TEAMS = (Source.TEAMS, Source.MEMBERSHIPS)
# The sessions that count, those that wait for review, and what counted ones counted themselves.
OF_SESSIONS = (Source.ACTIVITIES, Source.PENDING, Source.RESULTS)
ZERO, ONE = literal_column("0", Integer), literal_column("1", Integer)


@lru_cache(maxsize=256)  # to put it together takes as long as to answer it
def statement(scope: Scope, measures: tuple[Measure, ...]) -> CompoundSelect[Any]:
    """Some counted measures within a scope: the records they are counted from, the id of the area
    that takes them, whether they are those of the whole, and a column for each in the order given.

    An area has a row for each kind of records, to be added up; what none takes has no id. The whole
    has rows for the measures that may not be added, and no id.
    """
    return union_all(*_parts(scope, measures))


def _parts(scope: Scope, measures: Sequence[Measure]) -> Iterator[Select[Any]]:
    """The parts of the statement, one or two for each kind of records that is asked for."""
    areas, teams = takers(), placed_teams()
    for source in Source:
        counted = [measure for measure in measures if measure.source == source]
        if not counted:
            continue
        rows = _rows(scope, source, areas, teams)
        taker_id = (areas if source in OF_AREAS else teams).c.taker_id
        rows = rows.add_columns(literal_column(f"'{source.value}'", String))
        by_area = rows.add_columns(taker_id, ZERO)
        yield _measured(by_area, counted, measures).group_by(taker_id)
        distinct = [measure for measure in counted if not measure.additive]
        if distinct:
            yield _measured(rows.add_columns(NOBODY, ONE), distinct, measures)


def _measured(
    query: Select[Any], own: Iterable[Measure], measures: Iterable[Measure]
) -> Select[Any]:
    """A query with a column for every measure, zero for all but its own."""
    expressions = {each.key: each.expression for each in own}
    columns = [(each.key, expressions.get(each.key)) for each in measures]
    return query.add_columns(*((ZERO if c is None else c).label(key) for key, c in columns))


def placed_teams() -> CTE:
    """Each team that ever was, with the area that takes its figures and the days it exists, in a
    statement that is given them as `placed`."""
    return unfolded("placed", "taker_id", "starts", "ends", "team_id")


def takers() -> CTE:
    """Each area below the one asked about, itself included, with the area of the level that takes
    its figures."""
    above = aliased(AreaPath)
    taken = (
        select(above.descendant_id.label("seat_id"), above.ancestor_id.label("taker_id"))
        .join(Area, Area.id == above.ancestor_id)
        .join(AreaPath, AreaPath.descendant_id == Area.id)
        .where(AreaPath.ancestor_id == UNDER, AreaPath.valid_on(MAP_ON))
        .where(Area.level == BY, valid_on(MAP_ON, above.valid_from, above.valid_to))
        .cte("taken")
        .prefix_with(ONCE)
    )
    rest = select(AreaPath.descendant_id, NOBODY).where(
        AreaPath.ancestor_id == UNDER,
        AreaPath.valid_on(MAP_ON),
        AreaPath.descendant_id.not_in(select(taken.c.seat_id)),
    )
    return (
        union_all(select(taken.c.seat_id, taken.c.taker_id), rest).cte("takers").prefix_with(ONCE)
    )


def _rows(scope: Scope, source: Source, takers: CTE, placed: CTE) -> Select[Any]:
    """The rows a source's measures count, each beside what takes it; columns are to come.

    Outer joins lead from the teams to what they have, so that no engine begins at the other end: in
    all memberships of a nation for the teams of a commune. What is not there counts nothing.
    """
    if source == Source.INITIATIVES:
        return _initiatives(scope, takers)
    if source in OF_AREAS:
        return _rows_of_areas(scope, source, takers)
    query = select().select_from(placed)
    if source in OF_SESSIONS:
        own = Activity.team_id == placed.c.team_id
        is_meant = Activity.is_pending() if source == Source.PENDING else Activity.is_counted()
        query = query.outerjoin(Activity, and_(own, is_meant, was_held()))
        return _with_results(query) if source == Source.RESULTS else query
    query = query.where(IS_PRESENT)
    if source == Source.MEMBERSHIPS:
        own = Membership.team_id == placed.c.team_id
        return query.outerjoin(Membership, and_(own, Membership.valid_on(ON)))
    query = query.outerjoin(Team, Team.id == placed.c.team_id)
    query = query.outerjoin(Home, Home.id == Team.area_id)
    kept_here = and_(AreaAllocation.area_id == Team.area_id, AreaAllocation.valid_on(MAP_ON))
    query = query.outerjoin(AreaAllocation, kept_here)
    # Of the areas that took over others only those of the scope count as having a team.
    own_area = and_(ShownArea.id == AreaAllocation.seat_id, scope.clause(ShownArea))
    return query.outerjoin(ShownArea, own_area)


def _rows_of_areas(scope: Scope, source: Source, takers: CTE) -> Select[Any]:
    """The areas of the map within the scope; or their numbers of households, or what else was
    counted of them, where known."""
    query = select().select_from(takers).join(ShownArea, ShownArea.id == takers.c.seat_id)
    query = query.where(scope.clause(ShownArea))
    if source == Source.AREAS:
        return query
    if source == Source.STATISTICS:
        own = AreaStatistic.area_id == ShownArea.id
        return query.join(AreaStatistic, and_(own, is_last_figure(KNOWN_BY)))
    own = AreaHouseholds.area_id == ShownArea.id
    return query.join(AreaHouseholds, and_(own, is_last_count(KNOWN_BY)))


def _initiatives(scope: Scope, takers: CTE) -> Select[Any]:
    """The digital models of the day within the scope, shown where their areas' figures are."""
    kept_here = and_(AreaAllocation.seat_id == takers.c.seat_id, AreaAllocation.valid_on(MAP_ON))
    own = and_(Initiative.area_id == AreaAllocation.area_id, Initiative.valid_on(ON))
    query = select().select_from(takers).join(AreaAllocation, kept_here)
    return query.join(Initiative, own).where(scope.clause(Initiative))


def _with_results(query: Select[Any]) -> Select[Any]:
    """A query of activities with what each of them counted of the indicators."""
    query = query.outerjoin(IndicatorValue, IndicatorValue.activity_id == Activity.id)
    return query.outerjoin(Indicator, Indicator.id == IndicatorValue.indicator_id)
