"""Questions of the pages that log and review sessions."""

from collections.abc import Collection
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Select, and_, bindparam, or_, select
from sqlalchemy.orm import aliased, selectinload

from tcns.activities.models import Activity
from tcns.activities.vocabulary import ActivityForm, ActivityKind, Status, Topic
from tcns.areas.places import Trail, name_order, trails, usual_map
from tcns.areas.vocabulary import Level
from tcns.database import db, valid_on
from tcns.database.kept import kept
from tcns.database.ordering import rank_in
from tcns.indicators.models import Indicator
from tcns.indicators.vocabulary import Stage
from tcns.permissions.scope import Scope
from tcns.teams.models import Membership, Person, Team

# Made once: making one takes longer than the question.
Then = aliased(Membership, name="then_membership")
THAT_DAY = (
    select(Membership.id, Then.id)
    .join(Then, and_(Then.person_id == Membership.person_id, Then.team_id == Membership.team_id))
    .where(valid_on(bindparam("day"), Then.valid_from, Then.valid_to))
    .where(Membership.team_id == bindparam("team_id"))
    .where(Membership.id.in_(bindparam("chosen", expanding=True)))
)


class Offered(NamedTuple):
    """Something to choose from: its id, what it is called, the heading it stands under."""

    id: int
    label: str
    heading: str = ""


class LastTime(NamedTuple):
    """What a session repeats of the one before it."""

    held_on: date
    kind: ActivityKind
    form: ActivityForm
    topics: frozenset[Topic]
    helpers: frozenset[int]


def only_team_to_log_for(scope: Scope, on: date) -> Team | None:
    """The team of the scope on a day, where there is exactly one."""
    teams = db.session.scalars(_two_teams(scope), {"day": on}).all()
    return teams[0] if len(teams) == 1 else None


@lru_cache(maxsize=64)  # to put it together takes as long as to answer it
def _two_teams(scope: Scope) -> Select[tuple[Team]]:
    """Two teams of the scope on a day, where there are as many."""
    return select(Team).where(scope.clause(Team), Team.valid_on(bindparam("day"))).limit(2)


def teams_to_log_for(scope: Scope, on: date) -> list[Offered]:
    """The teams of the scope on a day: by commune, its own team first, then by village."""
    map_on = usual_map(on)
    query = (
        select(Team)
        .where(scope.clause(Team), Team.valid_on(on))
        .order_by(name_order(Team.area_id, map_on), Team.sort_key, Team.id)
    )
    teams = db.session.scalars(query).all()
    placed = trails((team.area_id for team in teams), map_on)
    order = {team.id: _commune_first(placed.get(team.area_id, {})) for team in teams}
    return [
        Offered(team.id, team.name, _commune(placed.get(team.area_id, {})))
        for team in sorted(teams, key=lambda team: order[team.id])
    ]


def _commune(trail: Trail) -> str:
    """What the commune of a trail is called."""
    return trail[Level.COMMUNE].label.full_name if Level.COMMUNE in trail else ""


def _commune_first(trail: Trail) -> tuple[str, bool]:
    """The order of communes, each followed by its villages."""
    return (
        trail[Level.COMMUNE].label.sort_key if Level.COMMUNE in trail else "",
        Level.VILLAGE in trail,
    )


def members_to_help(team: Team, day: date) -> list[Offered]:
    """Who was in the team on a day, by the id of their membership, in Vietnamese order."""
    query = (
        select(Membership.id, Person.full_name)
        .join(Membership.person)
        .where(Membership.team_id == team.id, Membership.valid_on(day))
        .order_by(Person.sort_key, Membership.id)
    )
    return [Offered(*row) for row in db.session.execute(query)]


def memberships_that_day(team: Team, chosen: Collection[int], day: date) -> set[int]:
    """The memberships on a day of those who were chosen by another day's membership.

    Whoever changed role in between has two. What does not lead to a membership of that day
    stays as it was chosen.
    """
    if not chosen:
        return set()
    where = {"team_id": team.id, "day": day, "chosen": list(chosen)}
    that_day = dict(db.session.execute(THAT_DAY, where).tuples().all())
    return {that_day.get(one, one) for one in chosen}


def own_membership(team: Team, user_id: int, day: date) -> set[int]:
    """The membership in the team of whoever is signed in, on a day, if there is one."""
    query = select(Membership.id).join(Membership.person)
    mine = query.where(Person.user_id == user_id, Membership.team_id == team.id)
    return set(db.session.scalars(mine.where(Membership.valid_on(day))))


@kept("indicators")
def indicators_on(day: date) -> tuple[Offered, ...]:
    """What sessions counted on a day, by skill, what people are guided in before what they got
    done, with its unit as heading."""
    by_skill = rank_in(Topic, Indicator.topic), rank_in(Stage, Indicator.stage)
    query = select(Indicator).where(Indicator.valid_on(day))
    query = query.order_by(*by_skill, Indicator.position, Indicator.id)
    return tuple(Offered(one.id, one.name, one.unit_name) for one in db.session.scalars(query))


def last_time(team: Team, day: date) -> LastTime | None:
    """What a team's next session is likely to repeat, its helpers as they are members on a day."""
    query = (
        select(Activity)
        .where(Activity.team_id == team.id)
        .options(selectinload(Activity.topics), selectinload(Activity.attendances))
        .order_by(Activity.held_on.desc(), Activity.id.desc())
    )
    last = db.session.scalar(query.limit(1))
    if last is None:
        return None
    helped = {attendance.membership_id for attendance in last.attendances}
    present = {one.id for one in members_to_help(team, day)}
    return LastTime(
        held_on=last.held_on,
        kind=last.activity_kind,
        form=last.activity_form,
        topics=frozenset(topic.skill for topic in last.topics),
        helpers=frozenset(memberships_that_day(team, helped, day) & present),
    )


def next_waiting(scope: Scope, after: Activity) -> Activity | None:
    """The next session of the scope that waits for review, the oldest first, then from the top."""
    waiting = (
        select(Activity)
        .where(Activity.status == Status.SUBMITTED, scope.clause(Activity), Activity.id != after.id)
        .order_by(Activity.held_on, Activity.id)
        .limit(1)
    )
    later = or_(
        Activity.held_on > after.held_on,
        and_(Activity.held_on == after.held_on, Activity.id > after.id),
    )
    return db.session.scalar(waiting.where(later)) or db.session.scalar(waiting)
