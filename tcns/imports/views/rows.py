"""What was found of the rows of a file: looked at, mended in place, downloaded."""

from typing import Any

from flask import redirect, render_template, send_file, url_for
from werkzeug import Response

from tcns.i18n import gettext as _
from tcns.imports import operations, queries
from tcns.imports.blueprint import (
    blueprint,
    check_now,
    is_short_file,
    job_of,
    own_import,
    page_of,
    start_checking,
)
from tcns.imports.forms import FoundForm, form_for_questions, form_for_rows
from tcns.imports.headings import unused
from tcns.imports.kinds.catalogue import kind_of
from tcns.imports.models import Import
from tcns.imports.operations import correct_cells
from tcns.imports.queries import questions_of
from tcns.imports.spreadsheet import write_rows_back
from tcns.imports.vocabulary import ImportStatus, Outcome
from tcns.permissions.guards import requires
from tcns.permissions.vocabulary import Permission
from tcns.spreadsheets.sending import XLSX, attachment
from tcns.web.idempotency import submit_once
from tcns.web.paging import paginate

MOST_MENDED = 50


@blueprint.get("/imports/<int:import_id>")
@requires(Permission.TEAM_WRITE, own_import)
def show_import(one: Import) -> Response | str:
    """How far a file is: what was found of its rows, what was imported."""
    job = job_of(one)
    if one.state is ImportStatus.UPLOADED:
        return redirect(url_for("imports.match_columns", import_id=one.id))
    if job and not job.finished_at:
        return redirect(url_for("jobs.show_job", job_id=job.id))
    form = FoundForm.from_address()
    page = paginate(queries.found_rows(one, form.value("outcome"), form.value("problem")))
    kind = kind_of(one.kind)
    return render_template(
        "imports/show_import.html",
        one=one,
        kind=kind,
        form=form,
        page=page,
        job=job,
        labels={field.name: field.label for field in kind.fields},
        unused=unused(one.headings, one.matching),
        questions=questions_of(one),
        answering=form_for_questions(questions_of(one), one.answers),
        good_count=sum(one.counts.get(word, 0) for word in (Outcome.NEW, Outcome.CHANGED)),
        bad_count=sum(one.counts.get(word, 0) for word in queries.BAD),
        outcomes=list(Outcome),
        most_mended=MOST_MENDED,
    )


@blueprint.route("/imports/<int:import_id>/mend", methods=["GET", "POST"])
@requires(Permission.TEAM_WRITE, own_import)
def mend_rows(one: Import) -> Response | str:
    """Type over the cells of rows that are wrong; then all rows are checked anew."""
    rows, import_id = queries.bad_rows(one, MOST_MENDED), one.id
    kind = kind_of(one.kind)
    names = [field.name for field in kind.fields]
    form, is_short = form_for_rows(rows, names), is_short_file(one)
    answer = None
    if rows:
        answer = submit_once(
            form,
            lambda: correct_cells(one, form.typed()),
            lambda _done: page_of(one) if is_short else start_checking(one),
        )
    if answer and is_short:
        check_now(import_id)
    return answer or render_template(
        "imports/mend_rows.html",
        form=form,
        one=one,
        rows=rows,
        names=names,
        labels={field.name: field.label for field in kind.fields},
    )


@blueprint.post("/imports/<int:import_id>/answers")
@requires(Permission.TEAM_WRITE, own_import)
def answer_questions(one: Import) -> Response:
    """Answer questions of a file; then all rows are checked anew."""
    form, import_id = form_for_questions(questions_of(one), one.answers), one.id
    is_short = is_short_file(one)
    answer = submit_once(
        form,
        lambda: operations.answer_questions(one, form.answers()),
        lambda _done: page_of(one) if is_short else start_checking(one),
    )
    if answer and is_short:
        check_now(import_id)
    return answer or redirect(page_of(one))


@blueprint.get("/imports/<int:import_id>/bad-rows")
@requires(Permission.TEAM_WRITE, own_import)
def download_bad_rows(one: Import) -> Any:
    """The rows that somebody must look at, in the file's own layout, each with its reason."""
    answer = send_file(
        write_rows_back(queries.layouts_to_send_back(one), queries.bad_rows(one)), mimetype=XLSX
    )
    title = _("Rows to correct %(file)s", file=one.file_name.rpartition(".")[0])
    answer.headers["Content-Disposition"] = attachment(title, "xlsx")
    return answer
