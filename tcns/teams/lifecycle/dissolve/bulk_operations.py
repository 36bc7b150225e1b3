"""Dissolving many teams at once."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import ClassVar

from sqlalchemy import select

from tcns.accounts.models import User
from tcns.areas.models import Area
from tcns.bulk.actions import BulkAction, nothing_done
from tcns.database import db
from tcns.errors import RuleViolation
from tcns.permissions.vocabulary import Permission
from tcns.teams.decisions.operations import DecisionText, decision_on_file, issue_decision
from tcns.teams.lifecycle.dissolve.operations import dissolve_team
from tcns.teams.locking import lock_ending
from tcns.teams.models import EstablishingDecision, Team
from tcns.teams.rules import last_day_violations
from tcns.undo.vocabulary import ReversibleKind


class DissolveTeams(BulkAction[Team]):
    """Teams are dissolved by one decision of an area's authority; their memberships end with them.

    The decision is one on file, or what a new one says.
    """

    kind: ClassVar = ReversibleKind.TEAMS_DISSOLVED
    needed: ClassVar = Permission.TEAM_WRITE

    def __init__(
        self,
        *,
        last_day: date,
        decision: EstablishingDecision | DecisionText | None,
        issuer: Area | None,
        by: User,
    ) -> None:
        super().__init__(by)
        self.last_day, self.decision, self.issuer = last_day, decision, issuer

    def begin(self) -> None:
        """Put the decision on file, if it is not."""
        if not isinstance(self.decision, DecisionText):
            return
        if self.issuer is None:
            raise nothing_done()  # the teams came into the scope only since they were looked at
        known = decision_on_file(self.decision, self.issuer.id)
        self.decision = known or issue_decision(self.decision, area=self.issuer, by=self.by)

    def find(self, ids: Sequence[int]) -> Sequence[Team]:
        """The teams with these ids."""
        return db.session.scalars(select(Team).where(Team.id.in_(ids)).order_by(Team.id)).all()

    def name(self, row: Team) -> str:
        """The team's name."""
        return row.name

    def area_of(self, row: Team) -> int:
        """The team's area."""
        return row.area_id

    def lock(self, row: Team) -> None:
        """Lock the team: whoever changes its memberships does so first as well."""
        lock_ending(row)

    def broken(self, row: Team) -> Iterator[RuleViolation]:
        """Those of dissolving one team."""
        yield from last_day_violations(row, self.last_day)

    def do(self, row: Team) -> None:
        """Dissolve one team."""
        assert isinstance(self.decision, EstablishingDecision)
        dissolve_team(row, last_day=self.last_day, decision=self.decision, by=self.by)
