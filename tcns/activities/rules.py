"""Who may do what with which session, in which state: asked by operations and by pages.

A member corrects, submits and deletes what they entered themselves, a leader everything of the
team, an official everything of the commune (`ACTIVITY_CORRECT`: what others entered as well). What
was submitted is corrected and deleted by those who sent it until it is reviewed; whoever reviews it
returns it instead. What was approved is changed by nobody: the team asks for it back.
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
    """Refuse to change what is not one's own, or what was approved; raises RuleViolation."""
    _check_own(activity, by)
    if activity.state is Status.APPROVED:
        raise RuleViolation(
            _("An approved session can be changed only once it is returned: ask for that.")
        )
    _check_not_under_review(activity, by)


def check_may_change_photographs(activity: Activity, *, by: User) -> None:
    """Refuse photographs of what is not one's own, or of what was approved; raises RuleViolation.

    They may follow a session that is submitted: what is sent without signal comes in parts.
    """
    _check_own(activity, by)
    if activity.state is Status.APPROVED:
        raise RuleViolation(_("The photographs of an approved session stay as they are."))


def check_may_send_photographs(activity: Activity, *, by: User) -> None:
    """Refuse photographs of what is not one's own; raises RuleViolation.

    What waited on a phone for signal belongs to its session however that has gone on since: it is
    part of what was reported, and changes no figure.
    """
    _check_own(activity, by)


def check_may_delete(activity: Activity, *, by: User) -> None:
    """Refuse to delete what is not one's own, or what was approved; raises RuleViolation."""
    _check_own(activity, by)
    if activity.state is Status.APPROVED:
        raise RuleViolation(
            _("An approved session can be deleted only once it is returned: ask for that.")
        )
    _check_not_under_review(activity, by)


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


def check_may_ask_back(activity: Activity, *, by: User) -> None:
    """Refuse to ask back what is not one's own, not approved, or asked for; raises RuleViolation.

    Whoever reviews it asks nobody.
    """
    _check_own(activity, by)
    if activity.state is not Status.APPROVED:
        raise RuleViolation(_("Only an approved session is asked back."))
    if activity.is_asked_back:
        raise RuleViolation(_("It was asked back already; the official has not answered yet."))
    if _reviews(activity, by):
        raise RuleViolation(_("You review this session: return it yourself."))


def check_may_decline(activity: Activity, *, by: User) -> None:
    """Refuse to decline what nobody asks, or others answer; raises RuleViolation."""
    _check_reviewer(activity, by)
    if not activity.is_asked_back:
        raise RuleViolation(_("Nobody asks for this session, or it was answered already."))


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


def _check_not_under_review(activity: Activity, user: User) -> None:
    """Refuse whoever reviews what others submitted: they would approve what they wrote."""
    is_own = activity.entered_by_id == user.id
    if activity.state is Status.SUBMITTED and not is_own and _reviews(activity, user):
        raise RuleViolation(_("Others submitted this session: return it with a reason instead."))


def _reviews(activity: Activity, user: User) -> bool:
    """Whether the user reviews the sessions of this team."""
    return bool(user.scope_for(Permission.ACTIVITY_REVIEW).covers(activity))


def _check_reviewer(activity: Activity, user: User) -> None:
    """Refuse whoever does not review the sessions of this team."""
    if not _reviews(activity, user):
        raise RuleViolation(_("Only the official in charge of the team reviews its sessions."))
