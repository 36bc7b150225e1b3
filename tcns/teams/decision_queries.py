"""Questions about decisions, and about areas as they are when teams are registered."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import func, select

from tcns.areas.models import Area, AreaName
from tcns.areas.queries import areas_in
from tcns.areas.vocabulary import Level
from tcns.database import db
from tcns.permissions.scope import Scope
from tcns.teams.models import EstablishingDecision, Membership, Team, TeamDecision
from tcns.teams.vocabulary import Purpose


def with_team(scope: Scope, area_ids: Iterable[int], on: date) -> set[int]:
    """Of some areas those that have a team of their own on a day, or one that begins later."""
    lasting = Team.valid_to.is_(None) | (Team.valid_to > on)
    query = select(Team.area_id).where(Team.area_id.in_(set(area_ids)), lasting)
    return set(db.session.scalars(query.where(scope.clause(Team))))


def decisions_of(scope: Scope, area_id: int) -> Sequence[EstablishingDecision]:
    """The decisions of an area's authority, the latest first."""
    query = select(EstablishingDecision).where(
        EstablishingDecision.area_id == area_id, scope.clause(EstablishingDecision)
    )
    newest = query.order_by(EstablishingDecision.issued_on.desc(), EstablishingDecision.id.desc())
    return db.session.scalars(newest).all()


def teams_by(scope: Scope, decision: EstablishingDecision) -> list[tuple[TeamDecision, Team]]:
    """What a decision did to which teams of the scope, in Vietnamese order of names."""
    query = (
        select(TeamDecision, Team)
        .join(TeamDecision.team)
        .where(TeamDecision.decision_id == decision.id, scope.clause(Team))
        .order_by(Team.sort_key, Team.id)
    )
    return [(effect, team) for effect, team in db.session.execute(query)]


def member_counts(scope: Scope, team_ids: Iterable[int], on: date) -> dict[int, int]:
    """How many members each of some teams has on a day; those without any are left out."""
    query = (
        select(Membership.team_id, func.count())
        .where(Membership.team_id.in_(set(team_ids)), Membership.valid_on(on))
        .where(scope.clause(Membership))
        .group_by(Membership.team_id)
    )
    return dict(db.session.execute(query).tuples().all())


def decision_by_id(scope: Scope, decision_id: int | None) -> EstablishingDecision | None:
    """A decision of the scope; None when there is no such decision in it."""
    query = select(EstablishingDecision).where(EstablishingDecision.id == decision_id)
    return db.session.scalar(query.where(scope.clause(EstablishingDecision)))


def establishing_decision(team: Team) -> EstablishingDecision | None:
    """The first decision that established a team."""
    query = (
        select(EstablishingDecision)
        .join(TeamDecision, TeamDecision.decision_id == EstablishingDecision.id)
        .where(TeamDecision.team_id == team.id, TeamDecision.purpose == Purpose.ESTABLISH)
        .order_by(EstablishingDecision.issued_on, EstablishingDecision.id)
    )
    return db.session.scalar(query.limit(1))


def communes_in(scope: Scope, day: date) -> list[tuple[Area, AreaName]]:
    """The communes of the scope on a day with their names, in Vietnamese order."""
    query = (
        select(Area, AreaName)
        .join(AreaName.area)
        .where(Area.level == Level.COMMUNE, scope.clause(Area))
        .where(Area.valid_on(day), AreaName.valid_on(day))
        .order_by(AreaName.sort_key, AreaName.code)
    )
    return [(area, name) for area, name in db.session.execute(query)]


def villages_in(scope: Scope, commune: Area, day: date) -> list[tuple[Area, AreaName]]:
    """The villages of a commune in the scope on a day with their names, in Vietnamese order."""
    query = areas_in(scope, commune.id, Level.VILLAGE, day)
    return [(area, name) for area, name in db.session.execute(query)]
