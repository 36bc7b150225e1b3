"""What was found of the rows of a file: looked at, mended in place, downloaded."""

from typing import Any

from flask import current_app, redirect, render_template, request, send_file, url_for
from werkzeug import Response

from tcns.i18n import gettext as _
from tcns.imports import operations, queries
from tcns.imports.answer_forms import form_for_left_out, form_for_questions
from tcns.imports.blueprint import (
    blueprint,
    check_now,
    is_short_file,
    job_of,
    own_import,
    page_of,
    start_checking,
)
from tcns.imports.forms import MOST_MENDED, FoundForm, form_for_cells, rows_typed_over
from tcns.imports.kinds.catalogue import KINDS, kind_of
from tcns.imports.models import Import, ImportRow
from tcns.imports.queries import Wanted, doubts_of, questions_of
from tcns.imports.rows.questions import Question
from tcns.imports.shown import RowsInWords
from tcns.imports.spreadsheet import write_rows_back
from tcns.imports.vocabulary import TO_LOOK_AT, ImportStatus, Outcome
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.spreadsheets.sending import XLSX, attachment
from tcns.web.forms import WritingForm
from tcns.web.idempotency import submit_once
from tcns.web.paging import paginate

SHEETS = "sheets"


@blueprint.get("/imports/<int:import_id>")
@requires(Permission.TEAM_WRITE, own_import)
def show_import(one: Import) -> Response | str:
    """How far a file is: what is asked of it, what was found of its rows, what was imported."""
    job = job_of(one)
    if one.state is ImportStatus.UPLOADED:
        return redirect(url_for("imports.match_columns", import_id=one.id))
    if job and not job.finished_at:
        return redirect(url_for("jobs.show_job", job_id=job.id))
    return check_page(one)


def check_page(one: Import, refused: WritingForm | None = None) -> str:
    """The page of a file; with the answer that was refused, if one was."""
    form, kind, questions = FoundForm.from_address(), kind_of(one.kind), questions_of(one)
    wanted = Wanted(*(form.value(name) for name in ("outcome", "problem", "show", "q")))
    page = paginate(queries.found_rows(one, wanted))
    words = RowsInWords(one, kind, questions)
    is_open = one.state in operations.STILL_OPEN
    rows = [words.row(row, is_open=is_open) for (row,) in page.rows]
    asked = [(each, form_of(each, one, refused)) for each in questions]
    return render_template(
        "imports/show_import.html",
        one=one,
        kind=kind,
        form=form,
        page=page,
        rows=rows,
        words=words,
        job=job_of(one),
        is_open=is_open,
        asked=[(number, *pair) for number, pair in enumerate(asked, start=1)],
        unanswered=[each for each in questions if not each.is_answered_by(one.answers)],
        left_out=form_for_left_out(kind, one),
        separate=WritingForm(),
        kinds={word.value: each for word, each in KINDS.items() if my_scope(each.permission)},
        mending=form_for_cells((), ()),
        has_entries=any(cell.entries for row in rows for cell in row.cells),
        good_count=sum(one.counts.get(word, 0) for word in (Outcome.NEW, Outcome.CHANGED)),
        bad_count=sum(one.counts.get(word, 0) for word in TO_LOOK_AT),
        doubt_count=doubts_of(one),
        outcomes=list(Outcome),
        upload_days=current_app.config["TCNS"].upload_days,
    )


def form_of(question: Question, one: Import, refused: WritingForm | None) -> WritingForm:
    """The form of one question: as it was refused, if it was; each has a key of its own."""
    if refused and f"answer_{question.key}" in refused.errors:
        return refused
    return form_for_questions([question], one.answers)


@blueprint.route("/imports/<int:import_id>/mend", methods=["GET", "POST"])
@requires(Permission.TEAM_WRITE, own_import)
def mend_rows(one: Import) -> Response | str:
    """Type over cells, or decide of a row, or both; then all rows are checked anew."""
    rows, import_id, kind = rows_to_mend(one), one.id, kind_of(one.kind)
    names = [field.name for field in kind.fields]
    form, is_short = form_for_cells(rows, names), is_short_file(one)
    answer = submit_once(
        form,
        lambda: operations.correct_cells(one, form.typed(), form.decided()),
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


def rows_to_mend(one: Import) -> list[ImportRow]:
    """The rows whose cells were sent, else the one the address names, else the bad ones."""
    sent = rows_typed_over(request.form)
    named = request.args.get("row", type=int)
    if sent or named:
        return queries.rows_at(one, sent or [named or 0])
    return queries.bad_rows(one, MOST_MENDED // 2)


@blueprint.post("/imports/<int:import_id>/answers")
@requires(Permission.TEAM_WRITE, own_import)
def answer_questions(one: Import) -> Response | str:
    """Answer questions of a file; then all rows are checked anew."""
    form = form_for_questions(questions_of(one), one.answers)
    return answered(one, form) or check_page(one, form)


@blueprint.post("/imports/<int:import_id>/left-out")
@requires(Permission.TEAM_WRITE, own_import)
def take_left_out(one: Import) -> Response | str:
    """Say what columns hold that no field is taken from; then all rows are checked anew."""
    return answered(one, form_for_left_out(kind_of(one.kind), one)) or redirect(page_of(one))


def answered(one: Import, form: Any) -> Response | None:
    """Keep the answers of a form, and check a short file anew at once."""
    import_id, is_short = one.id, is_short_file(one)
    answer = submit_once(
        form,
        lambda: operations.answer_questions(one, form.answers()),
        lambda _done: page_of(one) if is_short else start_checking(one),
    )
    if answer and is_short:
        check_now(import_id)
    return answer


@blueprint.get("/imports/<int:import_id>/bad-rows")
@requires(Permission.TEAM_WRITE, own_import)
def download_bad_rows(one: Import) -> Any:
    """The rows that somebody must look at, in the file's own layout, each with its reason."""
    return rows_back(one, queries.bad_rows(one), _("Rows to correct %(file)s", file=stem(one)))


@blueprint.get("/imports/<int:import_id>/all-rows")
@requires(Permission.TEAM_WRITE, own_import)
def download_all_rows(one: Import) -> Any:
    """All rows in the file's own layout, each with what was understood."""
    return rows_back(one, queries.all_rows(one), _("Checked rows %(file)s", file=stem(one)))


def stem(one: Import) -> str:
    """The name of the file without its ending."""
    return one.file_name.rpartition(".")[0]


def rows_back(one: Import, rows: list[ImportRow], title: str) -> Any:
    """Some rows as a file."""
    file = write_rows_back(kind_of(one.kind), queries.layouts_to_send_back(one), rows)
    answer = send_file(file, mimetype=XLSX)
    answer.headers["Content-Disposition"] = attachment(title, "xlsx")
    return answer
