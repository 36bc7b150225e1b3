"""What the first page of each role shows: what is theirs, what is missing, what waits for them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager

from tcns.accounts.models import User
from tcns.activities.models import Activity
from tcns.activities.rules import EDITABLE
from tcns.activities.vocabulary import Status
from tcns.areas.list_queries import AreaFilter, listed_areas
from tcns.areas.models import Area
from tcns.areas.places import Place, Trail, trails, usual_map
from tcns.areas.queries import allocation_of, labels, map_day, province
from tcns.areas.vocabulary import Level
from tcns.audit.models import AuditEvent
from tcns.audit.queries import EventFilter, events_in
from tcns.database import db
from tcns.database.id_lists import in_ids
from tcns.database.kept import kept
from tcns.periods import reporting_month
from tcns.permissions.scope import Scope
from tcns.permissions.vocabulary import Role
from tcns.teams.area_queries import areas_with_team
from tcns.teams.models import Membership, Person, Team
from tcns.teams.queries import TeamFilter, TeamRow, members_on, team_rows, teams_in

# How much of a longer list a first page shows; a link leads to the whole.
SHOWN = 12
LATEST_SESSIONS = 5
LATEST_EVENTS = 15


class Some(NamedTuple):
    """The first rows of a list, and how many it has in all."""

    rows: Sequence[Any]
    total: int


class Lacking(NamedTuple):
    """The first villages without a team, with those above them, and how many there are; whether
    any village is on file at all."""

    rows: Sequence[Trail]
    total: int
    are_on_file: bool


class OwnTeam(NamedTuple):
    """A team with its members, the leader first."""

    team: Team
    members: list[Membership]


class Waiting(NamedTuple):
    """Sessions waiting for review, the oldest first; `since` is the day of the oldest."""

    rows: Sequence[Activity]
    total: int
    since: date | None


def own_person(user: User) -> Person | None:
    """The person who signs in with an account."""
    return db.session.scalar(select(Person).where(Person.user_id == user.id))


def own_teams(scope: Scope, on: date) -> list[OwnTeam]:
    """The teams of which the scope is made, with their members on a day."""
    query = select(Team).where(in_ids(Team.id, scope.teams)).order_by(Team.sort_key, Team.id)
    return [OwnTeam(team, members_on(scope, team, on)) for team in db.session.scalars(query)]


def latest_sessions(scope: Scope) -> Sequence[Activity]:
    """The newest sessions of the scope, in any state."""
    query = (
        select(Activity)
        .join(Activity.team)
        .options(contains_eager(Activity.team))
        .where(scope.clause(Activity))
        .order_by(Activity.held_on.desc(), Activity.id.desc())
    )
    return db.session.scalars(query.limit(LATEST_SESSIONS)).all()


def unfinished_sessions(entering: Scope, correcting: Scope, user: User) -> Sequence[Activity]:
    """The drafts and returned sessions that wait for the user, the newest first: those they
    entered themselves, and those of others that they may correct."""
    own = and_(entering.clause(Activity), Activity.entered_by_id == user.id)
    query = (
        select(Activity)
        .join(Activity.team)
        .options(contains_eager(Activity.team))
        .where(Activity.status.in_(EDITABLE), or_(own, correcting.clause(Activity)))
        .order_by(Activity.held_on.desc(), Activity.id.desc())
    )
    return db.session.scalars(query.limit(SHOWN)).all()


class RoleWithoutEffect(NamedTuple):
    """A role over an area that is not on the map: its last day, and the area of its level that took
    it over, if a single one did."""

    role: Role
    area: str
    last_day: date | None
    successor: str


def teams_on(scope: Scope, on: date) -> list[TeamRow]:
    """The teams of the scope on a day, each with its leader and its last session."""
    wanted = TeamFilter(on=on, place=Place(usual_map(on)), period=reporting_month(on))
    return team_rows(scope, db.session.scalars(teams_in(scope, wanted)).all(), wanted)


def villages_without_team(scope: Scope, on: date) -> Lacking:
    """The villages of the scope that have no team of their own on a day, with their communes."""
    ids, total, are_on_file = _without_team(scope, on)
    placed = trails(ids, usual_map(on))
    return Lacking([placed[one] for one in ids], total, are_on_file)


@kept("areas", "teams")
def _without_team(scope: Scope, on: date) -> tuple[tuple[int, ...], int, bool]:
    """The ids of the first of them, how many they are, whether any village is on file at all."""
    map_on = usual_map(on)
    whole = province(map_on) if scope.everything else None
    villages = AreaFilter(Place(map_on, whole.id if whole else None), level=Level.VILLAGE)
    wanted = replace(villages, outside=areas_with_team(scope, on, map_on))
    found = _some(listed_areas(scope, wanted), SHOWN)
    are_on_file = found.total or _some(listed_areas(scope, villages), 1).total
    return tuple(area.id for area in found.rows), found.total, bool(are_on_file)


def roles_without_effect(user: User, on: date) -> list[RoleWithoutEffect]:
    """The roles a user holds on a day over areas that are not on the deployment's map any more."""
    held = [role for role in user.roles_on(on) if not role.has_effect_on(map_day())]
    named = labels([role.area_id for role in held], map_day())
    return [
        RoleWithoutEffect(
            role.kind, named[role.area_id].full_name, role.area.last_day, _successor(role.area)
        )
        for role in held
    ]


def _successor(area: Area) -> str:
    """The one area of the same level that took an area over, by its name on the map; or nothing."""
    allocation = allocation_of(area.id, map_day())
    if allocation is None or allocation.level != area.level:
        return ""
    return labels([allocation.id], map_day())[allocation.id].full_name


def waiting_sessions(scope: Scope) -> Waiting:
    """The sessions of the scope that were submitted and are neither approved nor returned."""
    query = (
        select(Activity)
        .join(Activity.team)
        .options(contains_eager(Activity.team))
        .where(Activity.status == Status.SUBMITTED, scope.clause(Activity))
        .order_by(Activity.held_on, Activity.id)
    )
    found = _some(query, SHOWN)
    return Waiting(*found, since=found.rows[0].held_on if found.rows else None)


def asked_back_sessions(scope: Scope) -> Waiting:
    """The approved sessions of the scope that their teams ask for, the oldest first."""
    query = (
        select(Activity)
        .join(Activity.team)
        .options(contains_eager(Activity.team))
        .where(Activity.asked_back(), scope.clause(Activity))
        .order_by(Activity.held_on, Activity.id)
    )
    found = _some(query, SHOWN)
    return Waiting(*found, since=found.rows[0].held_on if found.rows else None)


def latest_events(scope: Scope) -> Sequence[AuditEvent]:
    """The newest events of the audit trail."""
    return db.session.scalars(events_in(scope, EventFilter()).limit(LATEST_EVENTS)).all()


def _some(query: Select[Any], count: int) -> Some:
    """The first rows of a query of records, and how many it has, found with them."""
    rows = db.session.execute(query.add_columns(func.count().over()).limit(count)).all()
    return Some([row[0] for row in rows], rows[0][-1] if rows else 0)
