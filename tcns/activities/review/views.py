"""Pages that take a session on, or away: submitting, returning, approving, deleting."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug import Response

from tcns.activities import operations
from tcns.activities.blueprint import blueprint
from tcns.activities.entry import queries as entry_queries
from tcns.activities.models import Activity
from tcns.activities.recall_operations import ask_back, decline_to_return
from tcns.activities.review.forms import AskBackForm, ButtonForm, DeclineForm, ReturnForm
from tcns.activities.review.operations import approve_one, return_one
from tcns.activities.review.operations import take_back_decision as take_back
from tcns.activities.rules import (
    check_may_approve,
    check_may_ask_back,
    check_may_change_photographs,
    check_may_correct,
    check_may_decline,
    check_may_delete,
    check_may_return,
    check_may_submit,
    is_allowed,
)
from tcns.i18n import gettext as _
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.web.idempotency import lead_to, submit_once

CHECKS = {
    "photograph": check_may_change_photographs,
    "correct": check_may_correct,
    "delete": check_may_delete,
    "submit": check_may_submit,
    "return": check_may_return,
    "approve": check_may_approve,
    "ask_back": check_may_ask_back,
    "decline": check_may_decline,
}


def what_i_may(activity: Activity) -> dict[str, bool]:
    """What the signed-in user may do with a session as it stands: buttons are shown by this."""
    return {name: is_allowed(check, activity, current_user) for name, check in CHECKS.items()}


@blueprint.post("/activities/<int:activity_id>/submit")
@requires(Permission.ACTIVITY_WRITE, Activity)
def submit_activity(activity: Activity) -> Response:
    """Submit a session as it stands."""
    form = ButtonForm.of(activity)
    answer = submit_once(
        form,
        lambda: operations.submit_activity(activity, version=form.version.data, by=current_user),
        lambda _done: activity_url(activity),
    )
    if answer is None:
        return _back_to(activity, form)
    _flash_done(answer, _("The session is submitted. Thank you."), activity)
    return answer


@blueprint.post("/activities/<int:activity_id>/approve")
@requires(Permission.ACTIVITY_REVIEW, Activity)
def approve_activity(activity: Activity) -> Response:
    """Approve a session and lead to the next one that waits."""
    form = ButtonForm.of(activity)
    answer = submit_once(
        form,
        lambda: approve_one(activity, version=form.version.data, by=current_user),
        lambda _done: _after_decision(activity),
    )
    if answer is None:
        return _back_to(activity, form)
    _flash_done(answer, _("The session is approved."), activity)
    return answer


@blueprint.route("/activities/<int:activity_id>/return", methods=["GET", "POST"])
@requires(Permission.ACTIVITY_REVIEW, Activity)
def return_activity(activity: Activity) -> Response | str:
    """Return a session with the reason, and lead to the next one that waits."""
    form = ReturnForm.of(activity)
    if not form.is_submitted():
        if not what_i_may(activity)["return"]:
            return redirect(activity_url(activity))
        form.reason.data = activity.recall_reason
    answer = submit_once(
        form,
        lambda: return_one(
            activity, reason=form.reason.data, version=form.version.data, by=current_user
        ),
        lambda _done: _after_decision(activity),
    )
    if answer:
        done = _("The session is returned. Whoever entered it sees your reason.")
        _flash_done(answer, done, activity)
    return answer or render_template(
        "activities/review/return_activity.html", form=form, activity=activity
    )


@blueprint.post("/activities/<int:activity_id>/take-back")
@requires(Permission.ACTIVITY_REVIEW, Activity)
def take_back_decision(activity: Activity) -> Response:
    """Put a session back as it was before one approved or returned it a moment ago."""
    form = ButtonForm.of(activity)
    answer = submit_once(
        form,
        lambda: take_back(activity, version=form.version.data, by=current_user),
        lambda _done: _same_place(activity),
    )
    return answer or _back_to(activity, form)


@blueprint.route("/activities/<int:activity_id>/ask-back", methods=["GET", "POST"])
@requires(Permission.ACTIVITY_WRITE, Activity)
def ask_for_activity(activity: Activity) -> Response | str:
    """Ask whoever approved a session to return it, with the reason."""
    form = AskBackForm.of(activity)
    if not form.is_submitted() and not what_i_may(activity)["ask_back"]:
        return redirect(activity_url(activity))
    asked = _("Asked. The figures stay as they are until the session is returned.")
    answer = submit_once(
        form,
        lambda: ask_back(
            activity, reason=form.reason.data, version=form.version.data, by=current_user
        ),
        lambda _done: lead_to(activity_url(activity), asked),
    )
    return answer or render_template(
        "activities/review/ask_for_activity.html", form=form, activity=activity
    )


@blueprint.route("/activities/<int:activity_id>/keep", methods=["GET", "POST"])
@requires(Permission.ACTIVITY_REVIEW, Activity)
def keep_activity(activity: Activity) -> Response | str:
    """Leave a session approved that its team asks for, with the reason."""
    form = DeclineForm.of(activity)
    if not form.is_submitted() and not what_i_may(activity)["decline"]:
        return redirect(activity_url(activity))
    answer = submit_once(
        form,
        lambda: decline_to_return(
            activity, reason=form.reason.data, version=form.version.data, by=current_user
        ),
        lambda _done: lead_to(
            activity_url(activity), _("The session stays approved. Its team sees your reason.")
        ),
    )
    return answer or render_template(
        "activities/review/keep_activity.html", form=form, activity=activity
    )


@blueprint.route("/activities/<int:activity_id>/delete", methods=["GET", "POST"])
@requires(Permission.ACTIVITY_WRITE, Activity)
def delete_activity(activity: Activity) -> Response | str:
    """Delete a session that is not approved, once that is confirmed."""
    form, team_id = ButtonForm.of(activity), activity.team_id
    if not form.is_submitted() and not what_i_may(activity)["delete"]:
        return redirect(activity_url(activity))
    answer = submit_once(
        form,
        lambda: operations.delete_activity(activity, version=form.version.data, by=current_user),
        lambda _done: lead_to(
            url_for("teams.show_team", team_id=team_id), _("The session is deleted.")
        ),
    )
    return answer or render_template(
        "activities/review/delete_activity.html", form=form, activity=activity
    )


def _back_to(activity: Activity, form: ButtonForm) -> Response:
    """Lead back to where the button stood and say what forbids what it asked for."""
    for messages in form.errors.values():
        for message in messages:
            flash(str(message), "warning")
    return redirect(_same_place(activity))


def _flash_done(answer: Response, done: str, activity: Activity) -> None:
    """Say what was done, and that the page which follows is of another session; the queue shows
    both by itself."""
    if is_in_queue():
        return
    flash(done, "success")
    if answer.location not in (activity_url(activity), _waiting_list()):
        flash(_("This is the next session that waits for review."), "info")


def _after_decision(activity: Activity) -> str:
    """Its place in the queue, where the decision was taken there; else the next session that
    waits for review, else the list of those that do."""
    if is_in_queue():
        return _same_place(activity)
    following = entry_queries.next_waiting(my_scope(Permission.ACTIVITY_REVIEW), activity)
    return activity_url(following) if following else _waiting_list()


def is_in_queue() -> bool:
    """Whether the button that was pressed stands in the queue."""
    return "queue" in request.args


def _same_place(activity: Activity) -> str:
    """Where the button stood: the place of the session in the queue, else its own page."""
    if not is_in_queue():
        return activity_url(activity)
    shown = {name: request.args[name] for name in ("month", "page") if request.args.get(name)}
    anchor = f"session-{activity.id}"
    return url_for("activities.show_queue", **shown, _anchor=anchor)  # type: ignore[arg-type]


def _waiting_list() -> str:
    """The address of the list of sessions that wait for review."""
    return url_for("activities.list_activities", status="submitted")


def activity_url(activity: Activity) -> str:
    """The address of a session's page."""
    return url_for("activities.show_activity", activity_id=activity.id)
