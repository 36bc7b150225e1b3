"""What is done to many sessions at once: approving."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from tcns.activities.models import Activity
from tcns.activities.operations import approve_activity
from tcns.activities.rules import check_may_approve
from tcns.bulk.actions import BulkAction
from tcns.closings.rules import check_open
from tcns.database import db
from tcns.database.locking import lock
from tcns.errors import RuleViolation
from tcns.i18n import format_day
from tcns.permissions.vocabulary import Permission
from tcns.undo.vocabulary import ReversibleKind


class ApproveSessions(BulkAction[Activity]):
    """Submitted sessions are approved."""

    kind: ClassVar = ReversibleKind.SESSIONS_APPROVED
    needed: ClassVar = Permission.ACTIVITY_REVIEW

    def find(self, ids: Sequence[int]) -> Sequence[Activity]:
        """The sessions with these ids, with their teams."""
        query = select(Activity).join(Activity.team).options(contains_eager(Activity.team))
        found = db.session.scalars(query.where(Activity.id.in_(ids)).order_by(Activity.id))
        return found.all()

    def name(self, row: Activity) -> str:
        """When it was held, and by whom."""
        return f"{format_day(row.held_on)}, {row.team.name}"

    def area_of(self, row: Activity) -> int:
        """The area of the team."""
        return row.team.area_id

    def lock(self, row: Activity) -> None:
        """Lock the session."""
        lock(row)

    def broken(self, row: Activity) -> Iterator[RuleViolation]:
        """Those of approving one session."""
        try:
            check_may_approve(row, by=self.by)
            check_open(row.team, row.held_on)
        except RuleViolation as broken:
            yield broken

    def do(self, row: Activity) -> None:
        """Approve one session."""
        approve_activity(row, by=self.by)
