"""Taking a file in, and undoing it as a whole."""

from flask import flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug import Response

from tcns.errors import RuleViolation
from tcns.i18n import gettext as _
from tcns.imports import applying
from tcns.imports.applying import Decided
from tcns.imports.blueprint import blueprint, own_import, page_of
from tcns.imports.forms import ApplyForm, Which
from tcns.imports.jobs import APPLY, MOST_AT_ONCE, parameters_of
from tcns.imports.models import Import
from tcns.imports.operations import begin_applying
from tcns.imports.vocabulary import ImportStatus, Likeness
from tcns.jobs.operations import start_job
from tcns.permissions.guards import requires
from tcns.permissions.vocabulary import Permission
from tcns.web.forms import WritingForm
from tcns.web.idempotency import submit_once


@blueprint.route("/imports/<int:import_id>/apply", methods=["GET", "POST"])
@requires(Permission.TEAM_WRITE, own_import)
def apply_import(one: Import) -> Response | str:
    """Take in all rows, or the good ones."""
    if one.state is ImportStatus.APPLIED:
        return redirect(page_of(one))
    form = ApplyForm.of(one.counts)
    answer = _take_in(one, form) if form.validate_on_submit() else None
    return answer or render_template("imports/apply_import.html", form=form, one=one)


def _take_in(one: Import, form: ApplyForm) -> Response | None:
    """Take a short file in now, a long one as a job."""
    if sum(one.counts.values()) > MOST_AT_ONCE:
        return _start(one.id, form)
    import_id, address = one.id, page_of(one)
    try:
        applying.apply_import(import_id, current_user.id, choice_of(form))
    except RuleViolation as broken:
        form.add_error(broken)
        return None
    return redirect(address)


def _start(import_id: int, form: ApplyForm) -> Response | None:
    """Let a worker take a file in."""

    def operate() -> str:
        one = own_import(import_id)
        assert one is not None, "the guard has asked under the lock"
        begin_applying(one)
        job = start_job(APPLY, parameters_of(import_id, choice_of(form)), by=current_user)
        one.job_id = job.id
        return url_for("jobs.show_job", job_id=job.id)

    return submit_once(form, operate)


def choice_of(form: ApplyForm) -> Decided:
    """What was chosen; what the form does not ask is left at its usual."""
    is_good = bool(form.which) and form.which.data is Which.GOOD
    likeness = form.likeness.data if form.likeness else Likeness.LEAVE_OUT
    return Decided(is_good, likeness or Likeness.LEAVE_OUT)


@blueprint.route("/imports/<int:import_id>/undo", methods=["GET", "POST"])
@requires(Permission.TEAM_WRITE, own_import)
def undo_import(one: Import) -> Response | str:
    """Undo a whole file, as long as nothing has been built on it."""
    form, import_id = WritingForm(), one.id

    def operate() -> str:
        undone = own_import(import_id)
        assert undone is not None, "the guard has asked under the lock"
        applying.undo_import(undone, by=current_user)
        flash(_("Undone: everything is as it was before the file."), "success")
        return page_of(undone)

    answer = submit_once(form, operate) if form.validate_on_submit() else None
    return answer or render_template("imports/undo_import.html", form=form, one=one)
