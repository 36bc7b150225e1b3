"""Deciding of one session so that it can be taken back, and taking it back."""

from tcns.accounts.models import User
from tcns.activities import operations
from tcns.activities.models import Activity
from tcns.activities.review.queue_queries import Decision, own_decisions
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.database import db
from tcns.database.locking import lock
from tcns.errors import RuleViolation
from tcns.i18n import gettext as _
from tcns.notices.operations import withdraw_notices
from tcns.notices.vocabulary import NoticeKind
from tcns.undo.models import Reversible
from tcns.undo.operations import reverse, undoable
from tcns.undo.vocabulary import ReversibleKind


def approve_one(activity: Activity, *, by: User, version: int | None = None) -> None:
    """Approve a session; whoever did can take that back for some minutes."""
    with undoable(ReversibleKind.SESSION_REVIEWED, by=by, area_id=activity.team.area_id):
        operations.approve_activity(activity, by=by, version=version)


def return_one(activity: Activity, *, reason: str, by: User, version: int | None = None) -> None:
    """Return a session with a reason; whoever did can take that back for some minutes."""
    with undoable(ReversibleKind.SESSION_REVIEWED, by=by, area_id=activity.team.area_id):
        operations.return_activity(activity, reason=reason, by=by, version=version)


def take_back_decision(activity: Activity, *, by: User, version: int | None = None) -> None:
    """Put a session back as it was before it was approved or returned.

    Only whoever decided may, within ten minutes and as long as nobody has changed the session;
    raises RuleViolation else, and MonthClosed where its month was closed meanwhile.
    """
    lock(activity, version)
    decision = own_decisions(by).get(activity.id)
    if decision is None or decision.kind is not ReversibleKind.SESSION_REVIEWED:
        raise RuleViolation(
            _("Only whoever approved or returned it takes that back, within 10 minutes.")
        )
    _take_back(activity, decision, by)


def _take_back(activity: Activity, decision: Decision, by: User) -> None:
    """Undo a decision, on record with the session as well."""
    decided, told_at = activity.status, activity.reviewed_at
    reverse(db.session.get_one(Reversible, decision.reversible_id), by=by)
    if told_at:
        withdraw_notices(NoticeKind.SESSION_RETURNED, activity.id, since=told_at)
    record(
        Event.ACTIVITY_DECISION_UNDONE,
        by=by,
        on=activity,
        area_id=activity.team.area_id,
        changes={"status": (decided, activity.status)},
    )
