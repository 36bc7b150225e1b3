"""How many sessions a period has, by how far they have come, for many areas at once."""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from sqlalchemy import and_, func, select
from sqlalchemy.orm import contains_eager

from tcns.activities.models import Activity
from tcns.activities.vocabulary import Status
from tcns.areas.models import Area, AreaAllocation, AreaPath
from tcns.areas.queries import within_area
from tcns.areas.vocabulary import Level
from tcns.database import db
from tcns.periods import Period
from tcns.permissions.scope import Scope
from tcns.teams.models import Team


class Counts(NamedTuple):
    """Sessions, their participants and the households they reached."""

    sessions: int = 0
    participants: int = 0
    households: int = 0


NONE = Counts()


def month_counts(scope: Scope, period: Period, map_on: date) -> dict[int, dict[Status, Counts]]:
    """The sessions of a period by the commune or province their team is shown under on a map."""
    query = (
        select(
            AreaPath.ancestor_id,
            Activity.status,
            func.count(Activity.id),
            func.coalesce(func.sum(Activity.participant_count), 0),
            func.coalesce(func.sum(Activity.household_count), 0),
        )
        .join(Team, Team.id == Activity.team_id)
        .join(
            AreaAllocation,
            and_(AreaAllocation.area_id == Team.area_id, AreaAllocation.valid_on(map_on)),
        )
        .join(
            AreaPath,
            and_(AreaPath.descendant_id == AreaAllocation.seat_id, AreaPath.valid_on(map_on)),
        )
        .join(Area, Area.id == AreaPath.ancestor_id)
        .where(Area.level.in_([Level.COMMUNE, Level.PROVINCE]), scope.clause(Activity))
        .where(Activity.held_on.between(period.first, period.last))
        .group_by(AreaPath.ancestor_id, Activity.status)
    )
    found: dict[int, dict[Status, Counts]] = defaultdict(dict)
    for area_id, status, *counted in db.session.execute(query):
        found[area_id][Status(status)] = Counts(*counted)
    return found


def late_counts(scope: Scope, team: Team, period: Period) -> Counts:
    """What a team has of a period that is not counted yet: drafts, returned and waiting."""
    query = (
        select(
            func.count(Activity.id),
            func.coalesce(func.sum(Activity.participant_count), 0),
            func.coalesce(func.sum(Activity.household_count), 0),
        )
        .where(Activity.team_id == team.id, Activity.status != Status.APPROVED)
        .where(scope.clause(Activity), Activity.held_on.between(period.first, period.last))
    )
    return Counts(*db.session.execute(query).one())


def waiting_sessions(scope: Scope, area: Area, period: Period, map_on: date) -> list[Activity]:
    """The sessions of a period under an area that wait for review, the oldest first."""
    query = (
        select(Activity)
        .join(Activity.team)
        .options(contains_eager(Activity.team))
        .where(Activity.status == Status.SUBMITTED, scope.clause(Activity))
        .where(Activity.held_on.between(period.first, period.last))
        .where(Team.area_id.in_(within_area(area.id, map_on)))
        .order_by(Activity.held_on, Activity.id)
    )
    return list(db.session.scalars(query))


def teams_without_session(scope: Scope, area: Area, period: Period, map_on: date) -> list[Team]:
    """The teams under an area on the last day of a period that have no approved session in it."""
    held = select(Activity.team_id).where(
        Activity.status == Status.APPROVED, Activity.held_on.between(period.first, period.last)
    )
    query = (
        select(Team)
        .where(scope.clause(Team), Team.valid_on(period.last), Team.id.not_in(held))
        .where(Team.area_id.in_(within_area(area.id, map_on)))
        .order_by(Team.sort_key, Team.id)
    )
    return list(db.session.scalars(query))
