"""Asking an approved session back to correct it: its team asks, whoever reviews it answers.

Returning it is the one answer, declining the other; until then, and when it is declined, the
session counts as it was approved.
"""

from tcns.accounts.models import User
from tcns.activities.models import Activity
from tcns.activities.notice_operations import tell_officials, tell_team
from tcns.activities.rules import check_may_ask_back, check_may_decline
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.clock import now
from tcns.database.locking import lock
from tcns.errors import RuleViolation
from tcns.i18n import gettext as _
from tcns.notices.vocabulary import NoticeKind


def ask_back(activity: Activity, *, reason: str, by: User, version: int | None = None) -> None:
    """Ask for an approved session with the reason; an earlier answer goes with the new asking."""
    lock(activity, version)
    check_may_ask_back(activity, by=by)
    if not reason.strip():
        raise RuleViolation(_("Say why it is to be corrected."), "reason")
    changes = {"recall_reason": (activity.recall_reason, reason)}
    record(
        Event.ACTIVITY_ASKED_BACK,
        by=by,
        on=activity,
        area_id=activity.team.area_id,
        changes=changes,
    )
    activity.recall_asked_at, activity.recall_reason, activity.recall_answer = now(), reason, None
    tell_officials(NoticeKind.SESSION_ASKED_BACK, activity, by=by)


def decline_to_return(
    activity: Activity, *, reason: str, by: User, version: int | None = None
) -> None:
    """Leave an approved session as it is, and tell its team why."""
    lock(activity, version)
    check_may_decline(activity, by=by)
    if not reason.strip():
        raise RuleViolation(_("Say why it stays as it is."), "reason")
    changes = {"recall_answer": (activity.recall_answer, reason)}
    record(Event.ACTIVITY_KEPT, by=by, on=activity, area_id=activity.team.area_id, changes=changes)
    activity.recall_answer = reason
    tell_team(NoticeKind.SESSION_KEPT, activity, by=by)
