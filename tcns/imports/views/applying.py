"""Importing a file, and undoing it as a whole."""

from flask import redirect, render_template
from flask_login import current_user
from werkzeug import Response

from tcns.errors import RuleViolation
from tcns.i18n import gettext as _
from tcns.imports import applying, queries
from tcns.imports.applying import Decided
from tcns.imports.blueprint import blueprint, own_import, page_of
from tcns.imports.forms import ApplyForm, Which
from tcns.imports.jobs import APPLY, MOST_AT_ONCE, parameters_of
from tcns.imports.kinds.catalogue import kind_of
from tcns.imports.models import Import
from tcns.imports.operations import begin_applying
from tcns.imports.queries import doubts_of
from tcns.imports.shown import RowsInWords
from tcns.imports.vocabulary import ImportStatus, Likeness
from tcns.jobs.models import Job
from tcns.jobs.operations import start_job
from tcns.jobs.views import job_url
from tcns.permissions.guards import requires
from tcns.permissions.vocabulary import Permission
from tcns.web.forms import WritingForm
from tcns.web.idempotency import lead_to, submit_once


@blueprint.route("/imports/<int:import_id>/apply", methods=["GET", "POST"])
@requires(Permission.TEAM_WRITE, own_import)
def apply_import(one: Import) -> Response | str:
    """Import all rows, or the good ones."""
    if one.state is ImportStatus.APPLIED:
        return redirect(page_of(one))
    form = ApplyForm.of(one.counts, kind_of(one.kind))
    answer = _take_in(one, form) if form.validate_on_submit() else None
    return answer or render_template(
        "imports/apply_import.html",
        form=form,
        one=one,
        doubt_count=doubts_of(one),
        doubtful=RowsInWords(one, kind_of(one.kind), ()).rows(queries.doubtful_rows(one)),
    )


def _take_in(one: Import, form: ApplyForm) -> Response | None:
    """Import a short file now, a long one as a job."""
    if sum(one.counts.values()) > MOST_AT_ONCE:
        return submit_once(form, lambda: _start(one, form), job_url)
    import_id, address = one.id, page_of(one)
    try:
        applying.apply_import(import_id, current_user.id, choice_of(form))
    except RuleViolation as broken:
        form.add_error(broken)
        return None
    return redirect(address)


def _start(one: Import, form: ApplyForm) -> Job:
    """Let a worker import a file."""
    begin_applying(one)
    job = start_job(APPLY, parameters_of(one.id, choice_of(form)), by=current_user)
    one.job_id = job.id
    return job


def choice_of(form: ApplyForm) -> Decided:
    """What was chosen; what the form does not ask is left at its usual."""
    is_good = bool(form.which) and form.which.data is Which.GOOD
    likeness = form.likeness.data if form.likeness else Likeness.LEAVE_OUT
    return Decided(is_good, likeness or Likeness.LEAVE_OUT)


@blueprint.route("/imports/<int:import_id>/undo", methods=["GET", "POST"])
@requires(Permission.TEAM_WRITE, own_import)
def undo_import(one: Import) -> Response | str:
    """Undo a whole file, as long as nothing has been built on it."""
    form = WritingForm()
    answer = submit_once(
        form,
        lambda: applying.undo_import(one, by=current_user),
        lambda _done: lead_to(page_of(one), _("Undone: everything is as it was before the file.")),
    )
    return answer or render_template("imports/undo_import.html", form=form, one=one)
