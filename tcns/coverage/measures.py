"""The measures of coverage, in one list: to add a measure, add a line to MEASURES."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from flask_babel.speaklater import LazyString
from sqlalchemy import ColumnElement, Date, bindparam, case, distinct, func, select
from sqlalchemy.orm import aliased

from tcns.activities.models import Activity
from tcns.areas.models import Area
from tcns.areas.vocabulary import Level
from tcns.i18n import lazy_gettext as _l
from tcns.teams.models import Membership, Team

# The area whose figures a team's are shown under, and the team's own area.
ShownArea, Home = aliased(Area, name="seat"), aliased(Area, name="home")
# Where the first and last day of the period are put into the statement.
FIRST, LAST = bindparam("first", type_=Date), bindparam("last", type_=Date)


class Source(StrEnum):
    """The records a measure is counted from."""

    AREAS = "areas"
    TEAMS = "teams"
    MEMBERSHIPS = "memberships"
    ACTIVITIES = "activities"


@dataclass(frozen=True)
class Measure:
    """One figure of coverage.

    `key` names it in files and commands; `expression` is the SQL aggregate over a column of
    `source`, which is empty where there is no record; an additive measure's parts add up to the
    whole, the others are distinct counts and are computed at each level. `rule` says what is
    counted, for the note beside the figure.
    `listing` is the list whose rows the figure counts or sums, `filters` what narrows that list;
    `share_of` the measure it is shown as a share of.
    """

    key: str
    label: LazyString
    source: Source
    expression: ColumnElement[int]
    rule: LazyString
    listing: str
    filters: Mapping[str, str] = field(default_factory=dict)
    additive: bool = True
    share_of: str | None = None


def _areas_of(level: Level) -> ColumnElement[int]:
    """How many areas of a level there are."""
    return func.count(case((ShownArea.level == level, ShownArea.id)))


def _areas_with_team(level: Level) -> ColumnElement[int]:
    """How many areas of a level have a team of their own level."""
    own = (Home.level == level) & (ShownArea.level == level)
    return func.count(distinct(case((own, ShownArea.id))))


def _active_teams() -> ColumnElement[int]:
    """How many teams had a counted activity in the period."""
    held = select(Activity.team_id).where(Activity.is_counted(), was_held())
    return func.count(case((Team.id.in_(held), Team.id)))


def was_held() -> ColumnElement[bool]:
    """The clause that an activity was held in the period."""
    return Activity.held_on.between(FIRST, LAST)


def _total(column: Any) -> ColumnElement[int]:
    """The sum of a column, 0 over no rows."""
    return func.coalesce(func.sum(column), 0)


MEASURES = (
    Measure(
        "commune_count",
        _l("Communes"),
        Source.AREAS,
        _areas_of(Level.COMMUNE),
        _l("Communes that exist on the day of the map."),
        "areas",
        {"level": "commune"},
    ),
    Measure(
        "commune_team_count",
        _l("Communes with a team"),
        Source.TEAMS,
        _areas_with_team(Level.COMMUNE),
        _l("Communes with at least one commune-level team on the day."),
        "areas",
        {"level": "commune", "team": "with"},
        share_of="commune_count",
    ),
    Measure(
        "village_count",
        _l("Villages"),
        Source.AREAS,
        _areas_of(Level.VILLAGE),
        _l("Villages that exist on the day of the map."),
        "areas",
        {"level": "village"},
    ),
    Measure(
        "village_team_count",
        _l("Villages with a team"),
        Source.TEAMS,
        _areas_with_team(Level.VILLAGE),
        _l("Villages with at least one team of their own on the day."),
        "areas",
        {"level": "village", "team": "with"},
        share_of="village_count",
    ),
    Measure(
        "team_count",
        _l("Teams"),
        Source.TEAMS,
        func.count(Team.id),
        _l("Teams that exist on the day."),
        "teams",
    ),
    Measure(
        "membership_count",
        _l("Memberships"),
        Source.MEMBERSHIPS,
        func.count(Membership.id),
        _l("Memberships on the day; who is in two teams counts twice."),
        "memberships",
    ),
    Measure(
        "person_count",
        _l("Persons"),
        Source.MEMBERSHIPS,
        func.count(distinct(Membership.person_id)),
        _l("Persons with a membership on the day, each counted once."),
        "persons",
        additive=False,
    ),
    Measure(
        "activity_count",
        _l("Sessions"),
        Source.ACTIVITIES,
        func.count(Activity.id),
        _l("Submitted and approved sessions held in the period."),
        "activities",
        {"status": "counted"},
    ),
    Measure(
        "participant_count",
        _l("Participants"),
        Source.ACTIVITIES,
        _total(Activity.participant_count),
        _l("Participants of these sessions; who came twice counts twice."),
        "activities",
        {"status": "counted"},
    ),
    Measure(
        "household_count",
        _l("Households reached"),
        Source.ACTIVITIES,
        _total(Activity.household_count),
        _l("Households reached by these sessions."),
        "activities",
        {"status": "counted"},
    ),
    Measure(
        "active_team_count",
        _l("Active teams"),
        Source.TEAMS,
        _active_teams(),
        _l("Teams that exist on the day and held at least one counted session in the period."),
        "teams",
        {"activity": "active"},
        share_of="team_count",
    ),
)
