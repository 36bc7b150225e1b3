"""What is done to many teams or memberships at once: dissolving, ending."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from tcns.accounts.models import User
from tcns.areas.models import Area
from tcns.database import db
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.permissions.vocabulary import Permission
from tcns.reversals.models import Reversible
from tcns.reversals.operations import note_change, note_created
from tcns.reversals.undertaking import Undertaking
from tcns.reversals.vocabulary import ReversibleKind
from tcns.rules import RuleBroken
from tcns.teams.decision_operations import DecisionText, decision_on_file, issue_decision
from tcns.teams.locks import lock, lock_membership
from tcns.teams.member_operations import end_membership
from tcns.teams.member_rules import broken_by_correction
from tcns.teams.models import EstablishingDecision, Membership, Team, TeamDecision
from tcns.teams.operations import dissolve_team, outlasting
from tcns.teams.team_rules import broken_by_last_day
from tcns.teams.vocabulary import Purpose

ONE_DAY = timedelta(days=1)


class EndMemberships(Undertaking[Membership]):
    """Memberships end on a day, inclusive, for one reason."""

    kind: ClassVar = ReversibleKind.MEMBERSHIPS_ENDED
    needed: ClassVar = Permission.PERSON_WRITE

    def __init__(self, *, last_day: date, reason: str | None, by: User) -> None:
        super().__init__(by)
        self.last_day, self.reason = last_day, reason

    def find(self, ids: Sequence[int]) -> Sequence[Membership]:
        """The memberships with these ids with persons and teams, team by team."""
        query = (
            select(Membership)
            .join(Membership.person)
            .join(Membership.team)
            .options(contains_eager(Membership.person), contains_eager(Membership.team))
            .where(Membership.id.in_(ids))
        )
        return db.session.scalars(query.order_by(Membership.team_id, Membership.id)).all()

    def name(self, row: Membership) -> str:
        """Who is in which team."""
        return f"{row.person.full_name}, {row.team.name}"

    def area_of(self, row: Membership) -> int:
        """The area of the team."""
        return row.team.area_id

    def lock(self, row: Membership) -> None:
        """Lock the team, then the membership."""
        lock_membership(row)

    def broken(self, row: Membership) -> Iterator[RuleBroken]:
        """Those of one membership; and one that has an end already keeps it."""
        if row.last_day:
            message = _("The membership ends on %(day)s already.", day=format_day(row.last_day))
            yield RuleBroken(message)
        yield from broken_by_correction(row, row.valid_from, self.last_day)

    def do(self, row: Membership, reversible: Reversible) -> None:
        """End one membership."""
        note_change(reversible, row)
        end_membership(row, last_day=self.last_day, reason=self.reason, by=self.by)


class DissolveTeams(Undertaking[Team]):
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

    def begin(self, reversible: Reversible) -> None:
        """Put the decision on file, if it is not."""
        if not isinstance(self.decision, DecisionText):
            return
        assert self.issuer is not None, "a new decision is somebody's"
        known = decision_on_file(self.decision, self.issuer.id)
        issued = known or issue_decision(self.decision, area=self.issuer, by=self.by)
        if known is None:
            note_created(reversible, issued)
        self.decision = issued

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
        lock(row)

    def broken(self, row: Team) -> Iterator[RuleBroken]:
        """Those of dissolving one team."""
        yield from broken_by_last_day(row, self.last_day)

    def do(self, row: Team, reversible: Reversible) -> None:
        """Dissolve one team."""
        assert isinstance(self.decision, EstablishingDecision)
        for membership in outlasting(row, self.last_day + ONE_DAY):
            note_change(reversible, membership)
        note_change(reversible, row)
        dissolve_team(row, last_day=self.last_day, decision=self.decision, by=self.by)
        db.session.flush()
        key = (row.id, self.decision.id, Purpose.DISSOLVE.value)
        note_created(reversible, db.session.get_one(TeamDecision, key))
