"""Approving many sessions at once."""

from flask import render_template
from flask_login import current_user
from werkzeug import Response

from tcns.activities import queries
from tcns.activities.blueprint import blueprint
from tcns.activities.bulk_operations import ApproveSessions
from tcns.activities.models import Activity
from tcns.activities.views.lists import wanted_activities
from tcns.bulk.actions import Outcome
from tcns.bulk.choosing import back_to, flash_outcome, wanted_rows
from tcns.bulk.forms import BulkForm
from tcns.i18n import ngettext
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission


@blueprint.route("/activities/approve", methods=["GET", "POST"])
@requires(Permission.ACTIVITY_REVIEW)
def approve_activities() -> Response | str:
    """Approve the sessions chosen of the list."""
    form, back = BulkForm(), back_to("activities.list_activities")
    if not form.is_submitted():
        _form, wanted = wanted_activities()
        listed = queries.activities_in(my_scope(Permission.ACTIVITY_READ), wanted)
        form.choose(wanted_rows(listed, Activity))
    answer = form.carried_out(
        lambda: ApproveSessions(by=current_user).carry_out(form.chosen()),
        lambda outcome: _approved(outcome, back),
    )
    return answer or render_template(
        "activities/approve_activities.html",
        form=form,
        plan=form.planned(lambda: ApproveSessions(by=current_user)),
        back=back,
    )


def _approved(outcome: Outcome[Activity], back: str) -> str:
    """Say how many were approved, and lead back."""
    count = len(outcome.ready)
    flash_outcome(
        ngettext("%(num)s session is approved.", "%(num)s sessions are approved.", count), outcome
    )
    return back
