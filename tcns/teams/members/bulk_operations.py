"""Ending many memberships at once."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from tcns.accounts.models import User
from tcns.bulk.actions import BulkAction
from tcns.database import db
from tcns.errors import RuleViolation
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.permissions.vocabulary import Permission
from tcns.teams.locking import lock_membership
from tcns.teams.members.operations import end_membership
from tcns.teams.members.rules import correction_violations
from tcns.teams.models import Membership
from tcns.undo.vocabulary import ReversibleKind


class EndMemberships(BulkAction[Membership]):
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

    def broken(self, row: Membership) -> Iterator[RuleViolation]:
        """Those of one membership; and one that has an end already keeps it."""
        if row.last_day:
            message = _("The membership ends on %(day)s already.", day=format_day(row.last_day))
            yield RuleViolation(message)
        yield from correction_violations(row, row.valid_from, self.last_day)

    def do(self, row: Membership) -> None:
        """End one membership."""
        end_membership(row, last_day=self.last_day, reason=self.reason, by=self.by)
