"""Questions about teams."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, select, true
from sqlalchemy.orm import contains_eager

from tcns.accounts.models import User
from tcns.areas import queries as areas
from tcns.areas.models import Area
from tcns.areas.places import Place, Trail, name_order, trails
from tcns.areas.vocabulary import Level
from tcns.database import db
from tcns.database.ordering import USUAL, Order, in_order, rank_in
from tcns.periods import Period
from tcns.permissions.scope import Scope
from tcns.team_sizes import team_sizes
from tcns.teams.activity_hooks import sessions
from tcns.teams.models import EstablishingDecision, Membership, Person, Team, TeamDecision
from tcns.teams.rules import has_leader, is_outside_size, is_too_large, is_too_small
from tcns.teams.search import team_matches
from tcns.teams.vocabulary import Activeness, Led, MemberRole, SizeFound, TeamStatus


@dataclass(frozen=True)
class TeamFilter:
    """Which teams a list shows: those of a place, as they were on the day `on`."""

    on: date
    place: Place
    period: Period
    text: str = ""
    level: Level | None = None
    status: TeamStatus = TeamStatus.ACTIVE
    led: Led | None = None
    size: SizeFound | None = None
    activeness: Activeness | None = None
    order: Order = USUAL

    @property
    def looks_at_sessions(self) -> bool:
        """Whether it depends on sessions which teams are shown, and in which order."""
        return self.activeness is not None or self.order.column == "last_session"


class Leader(NamedTuple):
    """Who leads a team."""

    id: int
    full_name: str
    phone: str | None


class TeamRow(NamedTuple):
    """A team as a list shows it: on a day, under the areas of a map."""

    team: Team
    trail: Trail
    leader: Leader | None
    member_count: int
    last_session_on: date | None


def commune_of(team: Team) -> Area:
    """The commune that a team belongs to on the map; else the team's own area.

    Of a village that is closed it is the commune where the village's figures are shown. Its
    authority decides about the team, and the accounts of the members belong to it.
    """
    day = areas.map_day()
    return areas.area_at(Level.COMMUNE, areas.allocation_of(team.area_id, day) or team.area, day)


def teams_in(scope: Scope, wanted: TeamFilter) -> Select[tuple[Team]]:
    """The teams of the scope that a list shows, usually by area, then by name."""
    query = (
        select(Team)
        .join(Team.area)
        .options(contains_eager(Team.area))
        .where(scope.clause(Team), wanted.place.holds(Team.area_id))
        .where(team_matches(wanted.text, wanted.place.map_on))
        .where(_has_status(wanted.status, wanted.on), _has_activeness(wanted))
    )
    if wanted.level:
        query = query.where(Area.level == wanted.level)
    query = query.where(_is_led(wanted), _has_size(wanted))
    by_area = name_order(Team.area_id, wanted.place.map_on)
    return in_order(query, wanted.order, _columns(wanted), by_area, Team.sort_key, Team.id)


def _columns(wanted: TeamFilter) -> dict[str, Any]:
    """What the list of teams can be sorted by."""
    return {
        "team": Team.sort_key,
        "area": name_order(Team.area_id, wanted.place.map_on),
        "leader": _of_team(
            func.min(Person.sort_key), wanted.on, Membership.role == MemberRole.LEADER
        ),
        "members": _of_team(func.count(), wanted.on),
        "since": Team.valid_from,
        "last_session": sessions().last_day(Team.id, wanted.on),
    }


def _of_team(wanted: Any, on: date, *conditions: ColumnElement[bool]) -> ScalarSelect[Any]:
    """A figure of the memberships of each team on a day that meet some conditions."""
    return (
        select(wanted)
        .select_from(Membership)
        .join(Membership.person)
        .where(Membership.team_id == Team.id, Membership.valid_on(on), *conditions)
        .correlate(Team)
        .scalar_subquery()
    )


def _has_status(status: TeamStatus, on: date) -> ColumnElement[bool]:
    """The clause that a team exists on a day, was dissolved by then, or either."""
    return {
        TeamStatus.ACTIVE: Team.valid_on(on),
        TeamStatus.DISSOLVED: Team.valid_to <= on,
        TeamStatus.ALL: Team.valid_from <= on,
    }[status]


def _has_activeness(wanted: TeamFilter) -> ColumnElement[bool]:
    """The clause that a team held counted sessions in the period, or none, or any."""
    if wanted.activeness is None:
        return true()
    is_active = Team.id.in_(sessions().active_teams(wanted.period))
    return is_active if wanted.activeness is Activeness.ACTIVE else ~is_active


def _is_led(wanted: TeamFilter) -> ColumnElement[bool]:
    """The clause that somebody leads a team on the day, or nobody, or either."""
    if wanted.led is None:
        return true()
    return has_leader(wanted.on) if wanted.led is Led.WITH else ~has_leader(wanted.on)


def _has_size(wanted: TeamFilter) -> ColumnElement[bool]:
    """The clause that a team's size on the day lies so to what the province expects."""
    if wanted.size is None:
        return true()
    judge = {
        SizeFound.OUTSIDE: is_outside_size,
        SizeFound.SMALL: is_too_small,
        SizeFound.LARGE: is_too_large,
    }[wanted.size]
    return judge(Area.level, wanted.on, team_sizes()._asdict())


def team_rows(scope: Scope, teams: Sequence[Team], wanted: TeamFilter) -> list[TeamRow]:
    """What a list shows of some of its teams, with one question to each table."""
    ids = [team.id for team in teams]
    placed = trails((team.area_id for team in teams), wanted.place.map_on)
    leaders, counts = _staffing(scope, ids, wanted.on)
    last_days = sessions().last_days(ids, wanted.on)
    return [
        TeamRow(
            team,
            placed.get(team.area_id, {}),
            leaders.get(team.id),
            counts[team.id],
            last_days.get(team.id),
        )
        for team in teams
    ]


def _staffing(
    scope: Scope, team_ids: Sequence[int], on: date
) -> tuple[dict[int, Leader], Counter[int]]:
    """Each team's leader on a day, where it has one, and how many members it has."""
    query = (
        select(Membership.team_id, Membership.role, Person.id, Person.full_name, Person.phone)
        .join(Membership.person)
        .where(Membership.team_id.in_(team_ids), Membership.valid_on(on), scope.clause(Membership))
    )
    leaders, counts = {}, Counter[int]()
    for team_id, role, person_id, full_name, phone in db.session.execute(query):
        counts[team_id] += 1
        if role == MemberRole.LEADER:
            leaders[team_id] = Leader(person_id, full_name, phone)
    return leaders, counts


def members_on(scope: Scope, team: Team, on: date) -> list[Membership]:
    """The team's memberships on a day: the leader, deputies, members, each in Vietnamese order."""
    return list(db.session.scalars(memberships_on(scope, team, on)))


def memberships_on(scope: Scope, team: Team, on: date) -> Select[tuple[Membership]]:
    """The same as a query."""
    rank = rank_in(MemberRole, Membership.role)
    query = _memberships_of(scope, team).where(Membership.valid_on(on))
    return query.order_by(rank, Person.sort_key, Membership.id)


def members_of_teams(scope: Scope, teams: Iterable[Team], on: date) -> dict[int, list[Membership]]:
    """The memberships of several teams on a day by the team's id, each team's as above."""
    rank, ids = rank_in(MemberRole, Membership.role), [team.id for team in teams]
    query = (
        select(Membership)
        .join(Membership.person)
        .options(contains_eager(Membership.person))
        .where(Membership.team_id.in_(ids), scope.clause(Membership), Membership.valid_on(on))
        .order_by(rank, Person.sort_key, Membership.id)
    )
    found: dict[int, list[Membership]] = {team_id: [] for team_id in ids}
    for membership in db.session.scalars(query):
        found[membership.team_id].append(membership)
    return found


def past_members(scope: Scope, team: Team, on: date) -> list[Membership]:
    """The team's memberships that ended by a day, the latest first."""
    query = _memberships_of(scope, team).where(Membership.valid_to <= on)
    return list(
        db.session.scalars(
            query.order_by(Membership.valid_to.desc(), Person.sort_key, Membership.id)
        )
    )


def _memberships_of(scope: Scope, team: Team) -> Select[tuple[Membership]]:
    """The memberships of one team with their persons."""
    return (
        select(Membership)
        .join(Membership.person)
        .options(contains_eager(Membership.person))
        .where(Membership.team_id == team.id, scope.clause(Membership))
    )


def decisions_about(team: Team) -> list[tuple[TeamDecision, EstablishingDecision]]:
    """What decisions did to the team, in the order they were issued."""
    query = (
        select(TeamDecision, EstablishingDecision)
        .join(TeamDecision.decision)
        .where(TeamDecision.team_id == team.id)
        .order_by(EstablishingDecision.issued_on, EstablishingDecision.id, TeamDecision.purpose)
    )
    return [(about, decision) for about, decision in db.session.execute(query)]


def team_by_id(scope: Scope, team_id: int | None) -> Team | None:
    """A team of the scope; None when there is no such team in it."""
    if team_id is None:
        return None
    return db.session.scalar(select(Team).where(Team.id == team_id, scope.clause(Team)))


def holder_of(user: User) -> Person | None:
    """The person who signs in with an account, if it is that of a member."""
    return db.session.scalar(select(Person).where(Person.user_id == user.id))


def teams_by_ids(scope: Scope, team_ids: Sequence[int]) -> Sequence[Team]:
    """Those of some teams that lie in the scope."""
    query = select(Team).where(Team.id.in_(team_ids), scope.clause(Team))
    return db.session.scalars(query.order_by(Team.id)).all()


def teams_of_commune(scope: Scope, commune: Area, map_on: date) -> Sequence[Team]:
    """The teams of the scope that have no end, of a commune and its villages on a map, in
    Vietnamese order of areas."""
    of_commune = Place(map_on, commune.id).holds(Team.area_id)
    query = select(Team).where(scope.clause(Team), of_commune, Team.valid_to.is_(None))
    in_order = query.order_by(name_order(Team.area_id, map_on), Team.sort_key, Team.id)
    return db.session.scalars(in_order).all()


def member_counts(scope: Scope, team_ids: Iterable[int], on: date) -> dict[int, int]:
    """How many members each of some teams has on a day; those without any are left out."""
    query = (
        select(Membership.team_id, func.count())
        .where(Membership.team_id.in_(set(team_ids)), Membership.valid_on(on))
        .where(scope.clause(Membership))
        .group_by(Membership.team_id)
    )
    return dict(db.session.execute(query).tuples().all())
