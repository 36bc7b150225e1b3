"""Sending a file: its kind, the template, its columns; and the list of what one has sent."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask_login import current_user
from werkzeug import Response
from werkzeug.datastructures import FileStorage

from tcns.errors import RuleViolation
from tcns.i18n import gettext as _
from tcns.imports import queries
from tcns.imports.blueprint import (
    blueprint,
    check_now,
    is_short_file,
    own_import,
    page_of,
    start_checking,
)
from tcns.imports.forms import UploadForm, form_for_columns
from tcns.imports.headings import find_layout, layout_of
from tcns.imports.kinds.catalogue import kind_of, kinds_for
from tcns.imports.kinds.participants.courses_on_file import COURSE
from tcns.imports.models import Import
from tcns.imports.operations import (
    STILL_OPEN,
    Upload,
    choices_of,
    choose_columns,
    delete_import,
    keep_upload,
)
from tcns.imports.rows.fields import FileKind
from tcns.imports.spreadsheet import write_template
from tcns.imports.vocabulary import ImportKind
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.spreadsheets.reading import LARGEST_FILE, Fault, Unreadable, read_sheets
from tcns.spreadsheets.sending import XLSX, attachment
from tcns.web.forms import WritingForm
from tcns.web.idempotency import lead_to, submit_once
from tcns.web.paging import paginate
from tcns.web.uploads import ROOM_FOR_FIELDS, takes_file

# What comes along with a file: its form's other fields.


@blueprint.get("/imports")
@requires(Permission.TEAM_WRITE)
def list_imports() -> str:
    """The files one has sent, the latest first."""
    page = paginate(queries.imports_of(current_user))
    return render_template("imports/list_imports.html", page=page, still_open=STILL_OPEN)


@blueprint.route("/imports/new", methods=["GET", "POST"])
@takes_file(LARGEST_FILE + ROOM_FOR_FIELDS)
@requires(Permission.TEAM_WRITE)
def upload_file() -> Response | str:
    """Send a file of a kind; it is read at once, and nothing of it is imported yet."""
    kinds = kinds_for(my_scope)
    wanted = request.args.get("kind")
    form = UploadForm(data={"kind": wanted} if wanted in list(ImportKind) else None)
    form.kind.choices = [c for c in form.kind.choices if c.value in {kind.kind for kind in kinds}]
    answer = None
    if form.validate_on_submit():
        kind = kind_of(form.kind.data)
        try:
            upload = read_upload(kind, form.file.data)
        except RuleViolation as broken:
            form.add_error(broken)
        else:
            answer = submit_once(
                form,
                lambda: keep_upload(
                    kind, upload, by=current_user, answers=answered_by_address(kind)
                ),
                lambda kept: url_for("imports.match_columns", import_id=kept.id),
            )
    return answer or render_template("imports/upload_file.html", form=form, kinds=kinds)


def answered_by_address(kind: FileKind) -> dict[str, str]:
    """What the page from which somebody came says of a file: the course of its participants."""
    course = request.args.get(COURSE, "")
    is_about_course = kind.kind is ImportKind.PARTICIPANTS and course.isdecimal()
    return {COURSE: course} if is_about_course else {}


def read_upload(kind: FileKind, file: FileStorage | None) -> Upload:
    """A file as it was sent, read; raises RuleViolation beside the field `file`."""
    if not isinstance(file, FileStorage) or not file.filename:
        raise Unreadable(Fault.NONE)
    content = file.stream.read()
    sheets = read_sheets(content, file.filename)
    layout = find_layout(kind, sheets, choices_of(kind, current_user))
    return Upload(file.filename, content, sheets, layout)


@blueprint.get("/imports/template")
@requires(Permission.TEAM_WRITE)
def download_template() -> Any:
    """The template of the kind that the address names: headings, choices, instructions."""
    word = request.args.get("kind", ImportKind.MEMBERS.value)
    if word not in [kind.kind for kind in kinds_for(my_scope)]:
        abort(404)
    kind = kind_of(word)
    answer = send_file(write_template(kind, my_scope(kind.permission)), mimetype=XLSX)
    title = _("Template %(kind)s", kind=kind.kind.label)
    answer.headers["Content-Disposition"] = attachment(title, "xlsx")
    return answer


@blueprint.route("/imports/<int:import_id>/columns", methods=["GET", "POST"])
@requires(Permission.TEAM_WRITE, own_import)
def match_columns(one: Import) -> Response | str:
    """Say which column holds which field, then have the rows checked."""
    kind, is_short = kind_of(one.kind), is_short_file(one)
    form = form_for_columns(kind, one.headings, one.matching)
    import_id = one.id
    answer = submit_once(
        form,
        lambda: choose_columns(one, form.matching(), by=current_user),
        lambda _done: page_of(one) if is_short else start_checking(one),
    )
    if answer and is_short:
        check_now(import_id)
    return answer or render_template(
        "imports/match_columns.html",
        form=form,
        one=one,
        kind=kind,
        samples=queries.first_rows(one),
        shown=[
            {"place": place, "heading": one.headings[place]}
            for place in sorted(one.matching.values())
        ],
    )


@blueprint.post("/imports/<int:import_id>/sheet")
@requires(Permission.TEAM_WRITE, own_import)
def import_sheet(one: Import) -> Response:
    """Import by itself the sheet of a file that the address names, as what it looks like."""
    form, place = WritingForm(), request.args.get("place", 0, type=int)
    word = one.sheets[place].get("kind") if 0 <= place < len(one.sheets) else None
    if word not in [kind.kind for kind in kinds_for(my_scope)]:
        abort(404)
    try:
        content, sheet = queries.content_of(one), queries.sheet_of(one, place)
    except RuleViolation as broken:
        flash(str(broken.message), "danger")
        return redirect(page_of(one))
    kind = kind_of(word)
    upload = Upload(one.file_name, content, [sheet], layout_of(kind, sheet, {}))
    answer = submit_once(
        form,
        lambda: keep_upload(kind, upload, by=current_user),
        lambda kept: url_for("imports.match_columns", import_id=kept.id),
    )
    return answer or redirect(page_of(one))


@blueprint.route("/imports/<int:import_id>/delete", methods=["GET", "POST"])
@requires(Permission.TEAM_WRITE, own_import)
def delete_file(one: Import) -> Response | str:
    """Delete a file of which nothing was imported."""
    form = WritingForm()
    answer = submit_once(
        form,
        lambda: delete_import(one, by=current_user),
        lambda _done: lead_to(
            url_for("imports.list_imports"),
            _("The file is deleted. Nothing of it was imported."),
        ),
    )
    return answer or render_template("imports/delete_file.html", form=form, one=one)
