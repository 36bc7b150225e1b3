"""Questions about decisions, and about areas as they are when teams are registered."""

from collections.abc import Sequence

from sqlalchemy import select

from tcns.database import db
from tcns.permissions.scope import Scope
from tcns.teams.models import EstablishingDecision, Team, TeamDecision
from tcns.teams.vocabulary import Purpose


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
