"""Approving many sessions at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import current_app, render_template, request, url_for
from flask_login import current_user
from werkzeug import Response

from tcns.activities import list_rows, queries
from tcns.activities.blueprint import blueprint
from tcns.activities.bulk_operations import ApproveSessions
from tcns.activities.models import Activity
from tcns.activities.queries import ActivityFilter
from tcns.activities.review.queue_queries import flags_of
from tcns.activities.review.vocabulary import Flag
from tcns.activities.views.lists import wanted_activities
from tcns.activities.vocabulary import Shown
from tcns.bulk.actions import Outcome
from tcns.bulk.choosing import Which, back_to, flash_outcome, wanted_rows
from tcns.bulk.forms import BulkForm
from tcns.i18n import ngettext
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission


@dataclass(frozen=True)
class Sums:
    """What sessions add up to; of how many nobody recorded the households."""

    sessions: int
    teams: int
    participants: int
    households: int
    without_households: int


@blueprint.route("/activities/approve", methods=["GET", "POST"])
@requires(Permission.ACTIVITY_REVIEW)
def approve_activities() -> Response | str:
    """Approve the sessions chosen of a list, or of the queue: flagged ones only where each was
    ticked by itself."""
    form, back = BulkForm(), _back()
    _form, wanted = wanted_activities()
    left_out: Sequence[Activity] = ()
    if not form.is_submitted():
        chosen, left_out = _chosen(wanted)
        form.choose(chosen)
    answer = form.carried_out(
        lambda: ApproveSessions(by=current_user).carry_out(form.chosen()),
        lambda outcome: _approved(outcome, back),
    )
    if answer:
        return answer
    plan = form.planned(lambda: ApproveSessions(by=current_user))
    ready = plan.ready if plan else []
    return render_template(
        "activities/approve_activities.html",
        form=form,
        plan=plan,
        sums=_sums(ready),
        flags=_flags(ready),
        left_out=len(left_out),
        before=_approved_before(wanted),
        period=wanted.period,
        back=back,
    )


def _chosen(wanted: ActivityFilter) -> tuple[list[Activity], list[Activity]]:
    """The sessions that are meant, and the flagged ones among them that nobody ticked."""
    listed = queries.activities_in(my_scope(Permission.ACTIVITY_READ), wanted)
    rows = wanted_rows(listed, Activity)
    flags = {} if request.args.get("which", "") == Which.TICKED else _flags(rows)
    return [row for row in rows if row.id not in flags], [row for row in rows if row.id in flags]


def _flags(rows: Sequence[Activity]) -> Mapping[int, list[Flag]]:
    """What flags each of some sessions."""
    if not rows:
        return {}
    return flags_of(
        my_scope(Permission.ACTIVITY_REVIEW),
        [row.id for row in rows],
        asks_photographs=current_app.config["TCNS"].photographs_asked,
    )


def _sums(rows: Sequence[Activity]) -> Sums:
    """What sessions add up to."""
    households = [row.household_count for row in rows if row.household_count is not None]
    return Sums(
        sessions=len(rows),
        teams=len({row.team_id for row in rows}),
        participants=sum(row.participant_count or 0 for row in rows),
        households=sum(households),
        without_households=len(rows) - len(households),
    )


def _approved_before(wanted: ActivityFilter) -> list_rows.Totals:
    """What is approved of the same place and period already."""
    approved = ActivityFilter(wanted.place, wanted.period, shown=Shown.APPROVED)
    scope = my_scope(Permission.ACTIVITY_REVIEW)
    return list_rows.totals(queries.activities_in(scope, approved))


def _back() -> str:
    """The address of the list or the queue that the sessions were chosen of."""
    if "queue" in request.args:
        return url_for("activities.show_queue", month=request.args.get("month"))
    return back_to("activities.list_activities")


def _approved(outcome: Outcome[Activity], back: str) -> str:
    """Say how many were approved, and lead back."""
    count = len(outcome.ready)
    flash_outcome(
        ngettext("%(num)s session is approved.", "%(num)s sessions are approved.", count), outcome
    )
    return back
