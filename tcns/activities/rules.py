"""Who may do what with which session, in which state: asked by operations and by pages.

A member corrects, submits and deletes what they entered themselves, a leader everything of the
team, an official everything of the commune (`ACTIVITY_CORRECT`: what others entered as well). What
was submitted is changed by nobody: an official returns it first.
"""

from collections.abc import Callable

from tcns.accounts.models import User
from tcns.activities.models import Activity
from tcns.activities.vocabulary import Status
from tcns.errors import RuleViolation
from tcns.i18n import gettext as _
from tcns.permissions.vocabulary import Permission

EDITABLE = (Status.DRAFT, Status.RETURNED)
RETURNABLE = (Status.SUBMITTED, Status.APPROVED)


def check_may_correct(activity: Activity, *, by: User) -> None:
    """Refuse to change what is not one's own, or what was submitted; raises RuleViolation."""
    _check_own(activity, by)
    if activity.state not in EDITABLE:
        raise RuleViolation(_("Only a draft or a returned session can be changed."))


def check_may_change_photographs(activity: Activity, *, by: User) -> None:
    """Refuse photographs of what is not one's own, or of what was approved; raises RuleViolation.

    They may follow a session that is submitted: what is sent without signal comes in parts.
    """
    _check_own(activity, by)
    if activity.state is Status.APPROVED:
        raise RuleViolation(_("The photographs of an approved session stay as they are."))


def check_may_delete(activity: Activity, *, by: User) -> None:
    """Refuse to delete what is not one's own, or what is counted; raises RuleViolation."""
    _check_own(activity, by)
    if activity.state not in EDITABLE:
        raise RuleViolation(_("Only a draft or a returned session can be deleted."))


def check_may_submit(activity: Activity, *, by: User) -> None:
    """Refuse to submit what is not one's own, or a second time; raises RuleViolation."""
    _check_own(activity, by)
    if activity.state not in EDITABLE:
        raise RuleViolation(_("This session was submitted already."))


def check_may_return(activity: Activity, *, by: User) -> None:
    """Refuse to return what nobody submitted; raises RuleViolation."""
    _check_reviewer(activity, by)
    if activity.state not in RETURNABLE:
        raise RuleViolation(_("Only a submitted or approved session can be returned."))


def check_may_approve(activity: Activity, *, by: User) -> None:
    """Refuse to approve what was not submitted, or was approved already; raises RuleViolation."""
    _check_reviewer(activity, by)
    if activity.state is not Status.SUBMITTED:
        raise RuleViolation(_("Only a submitted session can be approved."))


def is_allowed(check: Callable[..., None], activity: Activity, user: User) -> bool:
    """Whether a check lets the user do it: pages show a button only then."""
    try:
        check(activity, by=user)
    except RuleViolation:
        return False
    return True


def _check_own(activity: Activity, user: User) -> None:
    """Refuse what others entered, to whoever may only write what they enter themselves."""
    own = activity.entered_by_id == user.id
    needed = Permission.ACTIVITY_WRITE if own else Permission.ACTIVITY_CORRECT
    if not user.scope_for(needed).covers(activity):
        raise RuleViolation(
            _("Only whoever entered this session or the team's leader can change it.")
        )


def _check_reviewer(activity: Activity, user: User) -> None:
    """Refuse whoever does not review the sessions of this team."""
    if not user.scope_for(Permission.ACTIVITY_REVIEW).covers(activity):
        raise RuleViolation(_("Only the official in charge of the team reviews its sessions."))
