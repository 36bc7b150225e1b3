"""What the life of a team was, up to a day: what its timeline is told from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from tcns.audit.models import AuditEvent
from tcns.audit.queries import recorded
from tcns.database import db
from tcns.permissions.scope import Scope
from tcns.teams.models import EstablishingDecision, Membership, Team, TeamDecision

# What tells who recorded something: the last event that gave a record its day, or its decision.
TELLING = ("valid_from", "valid_to", "decision")
Given = tuple[str, int, str, str]


@dataclass(frozen=True)
class Life:
    """A team with its memberships and decisions, the teams it took in, and who recorded what."""

    team: Team
    on: date
    memberships: Sequence[Membership]
    decisions: Sequence[tuple[TeamDecision, EstablishingDecision]]
    taken_in: Sequence[Team]
    sessions: Mapping[date, int]
    events: Mapping[Given, AuditEvent]

    def who_gave(self, record: Team | Membership, field: str, new: object) -> AuditEvent | None:
        """The event that last gave a record this value."""
        return self.events.get((record.__tablename__, record.id, field, str(new)))


def read_life(
    scope: Scope,
    team: Team,
    on: date,
    *,
    memberships: Sequence[Membership],
    decisions: Sequence[tuple[TeamDecision, EstablishingDecision]],
    sessions: Mapping[date, int],
) -> Life:
    """The life of a team up to a day, of what its page has read already and two questions more."""
    merged = select(Team).where(Team.merged_into_id == team.id, Team.valid_to <= on)
    taken_in = db.session.scalars(
        merged.where(scope.clause(Team)).order_by(Team.valid_to, Team.id)
    ).all()
    ids = {
        "team": [each.id for each in (team, *taken_in)],
        "membership": [membership.id for membership in memberships],
    }
    events = {
        (row.event.object_type, row.event.object_id or 0, row.field, row.new): row.event
        for row in recorded(TELLING, ids)
    }
    return Life(team, on, memberships, decisions, taken_in, sessions, events)
