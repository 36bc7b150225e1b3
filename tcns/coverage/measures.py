"""The measures of coverage, in one list: to add a measure, add a line to MEASURES."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from flask_babel.speaklater import LazyString
from sqlalchemy import ColumnElement, case, distinct, exists, func
from sqlalchemy.orm import aliased

from tcns.activities.models import Activity
from tcns.areas.models import Area
from tcns.areas.vocabulary import Level
from tcns.i18n import lazy_gettext as _l
from tcns.periods import Period
from tcns.teams.models import Membership, Team

# The area whose figures a team's are shown under, and the team's own area.
ShownArea, Home = aliased(Area, name="seat"), aliased(Area, name="home")


class Source(StrEnum):
    """The records a measure is counted from."""

    AREAS = "areas"
    TEAMS = "teams"
    MEMBERSHIPS = "memberships"
    ACTIVITIES = "activities"


Expression = Callable[[Period], ColumnElement[Any]]


@dataclass(frozen=True)
class Measure:
    """One figure of coverage.

    `key` names it in files and commands; `expression` is the SQL aggregate over the rows of
    `source`; an additive measure's parts add up to the whole, the others are distinct counts and
    are computed at each level. `rule` says what is counted, for the note beside the figure.
    `listing` is the list whose rows the figure counts or sums, `filters` what narrows that list;
    `share_of` the measure it is shown as a share of.
    """

    key: str
    label: LazyString
    source: Source
    expression: Expression
    rule: LazyString
    listing: str
    filters: Mapping[str, str] = field(default_factory=dict)
    additive: bool = True
    share_of: str | None = None


def _areas_of(level: Level) -> Expression:
    """How many areas of a level there are."""
    return lambda _period: func.count(case((ShownArea.level == level, ShownArea.id)))


def _areas_with_team(level: Level) -> Expression:
    """How many areas of a level have a team of their own level."""
    own = (Home.level == level) & (ShownArea.level == level)
    return lambda _period: func.count(distinct(case((own, ShownArea.id))))


def _active_teams(period: Period) -> ColumnElement[int]:
    """How many teams had a counted activity in the period."""
    held = exists().where(
        Activity.team_id == Team.id,
        Activity.is_counted(),
        Activity.held_on.between(period.first, period.last),
    )
    return func.count(case((held, Team.id)))


def _total(column: Any) -> Expression:
    """The sum of a column, 0 over no rows."""
    return lambda _period: func.coalesce(func.sum(column), 0)


def _rows(column: Any) -> Expression:
    """How many rows there are."""
    return lambda _period: func.count(column)


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
        _rows(Team.id),
        _l("Teams that exist on the day."),
        "teams",
    ),
    Measure(
        "membership_count",
        _l("Memberships"),
        Source.MEMBERSHIPS,
        _rows(Membership.id),
        _l("Memberships on the day; who is in two teams counts twice."),
        "memberships",
    ),
    Measure(
        "person_count",
        _l("Persons"),
        Source.MEMBERSHIPS,
        lambda _period: func.count(distinct(Membership.person_id)),
        _l("Persons with a membership on the day, each counted once."),
        "persons",
        additive=False,
    ),
    Measure(
        "activity_count",
        _l("Sessions"),
        Source.ACTIVITIES,
        _rows(Activity.id),
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
        additive=False,
    ),
    Measure(
        "active_team_count",
        _l("Active teams"),
        Source.TEAMS,
        _active_teams,
        _l("Teams that exist on the day and held at least one counted session in the period."),
        "teams",
        {"activity": "active"},
        share_of="team_count",
    ),
)
