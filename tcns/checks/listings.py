"""The kinds of records that checks find: teams, persons, villages, pairs of persons."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Select

from tcns.activities.doubt_queries import count_in_doubt
from tcns.activities.list_rows import ActivityRow, activity_rows
from tcns.activities.models import Activity
from tcns.activities.queries import ActivityFilter, activities_in
from tcns.areas.list_queries import AreaFilter, AreaRow, area_rows, listed_areas
from tcns.areas.models import Area, AreaName
from tcns.areas.queries import province_id
from tcns.areas.spreadsheet import area_columns
from tcns.areas.vocabulary import Level
from tcns.checks.context import CheckContext, Listing, PhoneWriters
from tcns.duplicates.finding_queries import count_duplicates
from tcns.i18n import join_words
from tcns.i18n import lazy_gettext as _l
from tcns.periods import Period, reporting_month
from tcns.permissions.scope import Scope
from tcns.spreadsheets.writing import CellKind, Column
from tcns.teams.members.queries import MemberFilter, PersonRow, person_rows, persons_in
from tcns.teams.members.spreadsheet import person_columns
from tcns.teams.models import Person, Team
from tcns.teams.queries import TeamFilter, TeamRow, team_rows, teams_in
from tcns.teams.spreadsheet import area_columns as places_of_teams
from tcns.teams.spreadsheet import team_columns

YEAR = timedelta(days=365)


def _team_filter(context: CheckContext) -> TeamFilter:
    period = reporting_month(context.on)
    return TeamFilter(on=context.on, place=context.place, period=period, text=context.text)


def _teams(scope: Scope, context: CheckContext) -> Select[tuple[Team]]:
    """The teams that exist on the day."""
    return teams_in(scope, _team_filter(context))


def _team_rows(scope: Scope, teams: Sequence[Team], context: CheckContext) -> list[TeamRow]:
    """What a list shows of some teams."""
    return team_rows(scope, teams, _team_filter(context))


def _member_filter(context: CheckContext) -> MemberFilter:
    """The members of the teams that are checked."""
    return MemberFilter(
        on=context.on, place=context.place, text=context.text, phones=context.phones
    )


def _persons(scope: Scope, context: CheckContext) -> Select[tuple[Person]]:
    """The members of teams on the day."""
    return persons_in(scope, _member_filter(context))


def _person_rows(scope: Scope, persons: Sequence[Person], context: CheckContext) -> list[PersonRow]:
    """What a list shows of some persons."""
    return person_rows(scope, persons, _member_filter(context))


def _villages(scope: Scope, context: CheckContext) -> Select[tuple[Area, AreaName]]:
    """The villages of the map; of everything, those of the province served."""
    place = context.place
    if place.area_id is None:
        place = replace(place, area_id=province_id(place.map_on))
    return listed_areas(scope, AreaFilter(place=place, level=Level.VILLAGE, text=context.text))


def _village_rows(_scope: Scope, villages: Sequence[Area], context: CheckContext) -> list[AreaRow]:
    """What a list shows of some villages; none of those that are found has a team."""
    return area_rows(villages, context.place.map_on, {})


def _count_pairs(scope: Scope, context: CheckContext) -> int:
    """How many pairs of persons may be one."""
    return count_duplicates(scope, context.place)


def _session_filter(context: CheckContext) -> ActivityFilter:
    """The counted sessions of the year up to the day."""
    period = Period(context.on - YEAR, context.on)
    return ActivityFilter(place=context.place, period=period, text=context.text)


def _sessions(scope: Scope, context: CheckContext) -> Select[tuple[Activity]]:
    """The sessions of a year."""
    return activities_in(scope, _session_filter(context))


def count_doubted(scope: Scope, context: CheckContext) -> int:
    """How many sessions of a year may be mistaken."""
    return count_in_doubt(scope, _session_filter(context))


def _session_rows(
    _scope: Scope, sessions: Sequence[Activity], context: CheckContext
) -> list[ActivityRow]:
    """What a list shows of some sessions."""
    return activity_rows(sessions, context.place.map_on)


def _session_columns(_phones: PhoneWriters, with_districts: bool) -> list[Column]:
    """The columns of a file of sessions that may be mistaken."""
    areas = places_of_teams(lambda row: row.trail, has_districts=with_districts)
    return [
        Column(_l("Held on"), 13, CellKind.DAY, lambda row: row.activity.held_on),
        Column(_l("Team"), 44, CellKind.TEXT, lambda row: row.activity.team.name),
        *areas,
        Column(_l("Participants"), 10, CellKind.NUMBER, lambda row: row.activity.participant_count),
        Column(_l("Households"), 10, CellKind.NUMBER, lambda row: row.activity.household_count),
        Column(
            _l("What speaks against it"),
            44,
            CellKind.TEXT,
            lambda row: join_words([doubt.label for doubt in row.doubts]),
        ),
    ]


TEAMS = Listing(
    _teams,
    "teams",
    _team_rows,
    lambda phones, with_: team_columns(phones.of_leader, has_districts=with_),
)
PERSONS = Listing(
    _persons,
    "persons",
    _person_rows,
    lambda phones, _with: person_columns(phones.of_person),
    is_personal=True,
)
VILLAGES = Listing(
    _villages, "villages", _village_rows, lambda _phones, with_: area_columns(has_districts=with_)
)
SESSIONS = Listing(_sessions, "sessions", _session_rows, _session_columns)
PAIRS = Listing(page="duplicates.list_duplicates", count=_count_pairs)
