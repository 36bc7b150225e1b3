"""The kinds of records that checks find: teams, persons, villages, pairs of persons."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Select

from tcns.areas.list_queries import AreaFilter, AreaRow, area_rows, listed_areas
from tcns.areas.models import Area, AreaName
from tcns.areas.queries import province
from tcns.areas.spreadsheet import area_columns
from tcns.areas.vocabulary import Level
from tcns.checks.context import CheckContext, Listing
from tcns.duplicates.finding_queries import count_duplicates
from tcns.periods import reporting_month
from tcns.permissions.scope import Scope
from tcns.teams.members.queries import MemberFilter, PersonRow, person_rows, persons_in
from tcns.teams.members.spreadsheet import person_columns
from tcns.teams.models import Person, Team
from tcns.teams.queries import TeamFilter, TeamRow, team_rows, teams_in
from tcns.teams.spreadsheet import team_columns


def _team_filter(context: CheckContext) -> TeamFilter:
    """The teams of the ground."""
    period = reporting_month(context.on)
    return TeamFilter(on=context.on, place=context.place, period=period, text=context.text)


def _teams(scope: Scope, context: CheckContext) -> Select[tuple[Team]]:
    """The teams that exist on the day."""
    return teams_in(scope, _team_filter(context))


def _team_rows(scope: Scope, teams: Sequence[Team], context: CheckContext) -> list[TeamRow]:
    """What a list shows of some teams."""
    return team_rows(scope, teams, _team_filter(context))


def _member_filter(context: CheckContext) -> MemberFilter:
    """The members of the ground's teams."""
    return MemberFilter(on=context.on, place=context.place, text=context.text)


def _persons(scope: Scope, context: CheckContext) -> Select[tuple[Person]]:
    """The members of teams on the day."""
    return persons_in(scope, _member_filter(context))


def _person_rows(scope: Scope, persons: Sequence[Person], context: CheckContext) -> list[PersonRow]:
    """What a list shows of some persons."""
    return person_rows(scope, persons, _member_filter(context))


def _villages(scope: Scope, context: CheckContext) -> Select[tuple[Area, AreaName]]:
    """The villages of the map; of everything, those of the province served."""
    place, whole = context.place, province(context.place.map_on)
    if place.area_id is None and whole:
        place = replace(place, area_id=whole.id)
    return listed_areas(scope, AreaFilter(place=place, level=Level.VILLAGE, text=context.text))


def _village_rows(_scope: Scope, villages: Sequence[Area], context: CheckContext) -> list[AreaRow]:
    """What a list shows of some villages; none of those that are found has a team."""
    return area_rows(villages, context.place.map_on, {})


def _count_pairs(scope: Scope, context: CheckContext) -> int:
    """How many pairs of persons may be one."""
    return count_duplicates(scope, context.place)


TEAMS = Listing(_teams, "teams", _team_rows, lambda with_: team_columns(has_districts=with_))
PERSONS = Listing(_persons, "persons", _person_rows, lambda _with: person_columns())
VILLAGES = Listing(
    _villages, "villages", _village_rows, lambda with_: area_columns(has_districts=with_)
)
PAIRS = Listing(page="duplicates.list_duplicates", count=_count_pairs)
