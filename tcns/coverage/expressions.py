"""The SQL aggregates of measures, over the records that the statement joins to each area."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    bindparam,
    case,
    distinct,
    func,
    literal_column,
    select,
)
from sqlalchemy.orm import aliased

from tcns.activities.models import Activity, IndicatorValue
from tcns.activities.vocabulary import Status
from tcns.areas.models import Area, AreaAllocation, AreaStatistic
from tcns.areas.statistics.vocabulary import Statistic
from tcns.areas.villages.household_queries import villages_with_households
from tcns.areas.vocabulary import Level
from tcns.database import valid_on
from tcns.indicators.models import Indicator
from tcns.initiatives.models import Initiative
from tcns.initiatives.vocabulary import InitiativeKind
from tcns.teams.models import Membership, Person, Team
from tcns.teams.rules import has_leader, is_outside_size, trained_by
from tcns.teams.vocabulary import Sex

# The area whose figures a team's are shown under, and the team's own area.
ShownArea, Home = aliased(Area, name="seat"), aliased(Area, name="home")
# Where the days of the question are put into the statement: that of teams and members, that of the
# map, the first and last of the period; and the day by which numbers of households are known.
ON, MAP_ON = bindparam("on", type_=Date), bindparam("map_on", type_=Date)
FIRST, LAST = bindparam("first", type_=Date), bindparam("last", type_=Date)
KNOWN_BY = bindparam("known_by", type_=Date)
# A team of which activities are counted, and whether it exists on the day, as the statement calls
# them.
TEAM_ID = literal_column("placed.team_id", Integer)
IS_PRESENT = valid_on(
    bindparam("on_number", type_=Integer),
    literal_column("placed.starts", Integer),
    literal_column("placed.ends", Integer),
)
# Where the sizes that the province expects of teams are put in.
SIZES = {
    name: bindparam(name, type_=Integer)
    for name in ("commune_least", "commune_most", "village_least", "village_most")
}


def count_where(condition: ColumnElement[bool], column: Any) -> ColumnElement[int]:
    """How many records meet a condition."""
    return func.count(case((condition, column)))


def total(column: Any) -> ColumnElement[int]:
    """The sum of a column, 0 over no rows; what nobody recorded adds nothing."""
    return func.coalesce(func.sum(column), 0)


def areas_of(level: Level) -> ColumnElement[int]:
    """How many areas of a level there are."""
    return count_where(ShownArea.level == level, ShownArea.id)


def areas_with_team(level: Level) -> ColumnElement[int]:
    """How many areas of a level have a team of their own level."""
    own = (Home.level == level) & (ShownArea.level == level)
    return func.count(distinct(case((own, ShownArea.id))))


def was_held() -> ColumnElement[bool]:
    """The clause that an activity was held in the period."""
    return Activity.held_on.between(FIRST, LAST)


def active_teams() -> ColumnElement[int]:
    """How many teams had a counted activity in the period."""
    return func.count(distinct(case((IS_PRESENT, Activity.team_id))))


def silent_teams() -> ColumnElement[int]:
    """How many teams had none."""
    return count_where(IS_PRESENT & Activity.id.is_(None), TEAM_ID)


def teams_without_leader() -> ColumnElement[int]:
    """How many teams nobody leads on the day."""
    return count_where(~has_leader(ON), Team.id)


def teams_outside_size() -> ColumnElement[int]:
    """How many teams have fewer or more members on the day than the province expects."""
    return count_where(is_outside_size(Home.level, ON, SIZES), Team.id)


def persons_where(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """How many persons have a membership that meets a condition."""
    return func.count(distinct(case((condition, Membership.person_id))))


def trained_persons() -> ColumnElement[int]:
    """How many persons had finished a course by the day."""
    return persons_where(Membership.person_id.in_(trained_by(ON)))


def women() -> ColumnElement[int]:
    """How many persons are women, as far as that is recorded."""
    known = select(Person.id).where(Person.sex == Sex.FEMALE)
    return persons_where(Membership.person_id.in_(known))


def persons_of_known_sex() -> ColumnElement[int]:
    """Of how many persons the sex is recorded."""
    known = select(Person.id).where(Person.sex.is_not(None))
    return persons_where(Membership.person_id.in_(known))


def activities_where(**values: str) -> ColumnElement[int]:
    """How many activities have some values in their columns."""
    return func.count(case((_has(values), Activity.id)))


def total_where(column: Any, **values: str) -> ColumnElement[int]:
    """The sum of a column of the activities that have some values in others."""
    return total(case((_has(values), column)))


def _has(values: Mapping[str, str]) -> ColumnElement[bool]:
    ((name, value),) = values.items()
    clause: ColumnElement[bool] = getattr(Activity, name) == value
    return clause


def new_households_where_known() -> ColumnElement[int]:
    """The new households of the activities of villages whose number of households is known."""
    known = AreaAllocation.seat_id.in_(villages_with_households(KNOWN_BY))
    theirs = (
        select(Team.id)
        .join(AreaAllocation, AreaAllocation.area_id == Team.area_id)
        .where(known, AreaAllocation.valid_on(MAP_ON))
    )
    return total(case((TEAM_ID.in_(theirs), Activity.new_household_count)))


def villages_having(statistic: Statistic) -> ColumnElement[int]:
    """How many villages have what a statistic asks by yes or no."""
    is_yes = (AreaStatistic.statistic == statistic) & (AreaStatistic.value > 0)
    return count_where(is_yes, AreaStatistic.area_id)


def total_figure(statistic: Statistic, column: Any) -> ColumnElement[int]:
    """The sum of a column over what is known of a statistic."""
    return total(case((AreaStatistic.statistic == statistic, column)))


def initiatives_of(kind: InitiativeKind) -> ColumnElement[int]:
    """How many digital models are of a kind."""
    return count_where(Initiative.kind == kind, Initiative.id)


def results_of(code: str) -> ColumnElement[int]:
    """The sum of what activities counted of one indicator."""
    return total(case((Indicator.code == code, IndicatorValue.amount)))


def approved_results_of(code: str) -> ColumnElement[int]:
    """The sum of what approved activities counted of one indicator."""
    is_approved = Activity.status == Status.APPROVED
    return total(case(((Indicator.code == code) & is_approved, IndicatorValue.amount)))
