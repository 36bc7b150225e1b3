"""Giving out a document: as the file that the address asks for, and on record."""

import io

from flask import Response, abort, request, send_file
from flask_login import current_user

from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.documents.queries import used_template
from tcns.documents.vocabulary import Form
from tcns.files.store import NoSuchFile, file_store
from tcns.i18n import gettext as _
from tcns.jobs.models import Job
from tcns.jobs.views import own_job
from tcns.jobs.vocabulary import JobStatus
from tcns.letters.content import Letter
from tcns.letters.docx import DOCX, as_docx
from tcns.letters.pdf import as_pdf
from tcns.permissions.guards import guarded_write
from tcns.spreadsheets.personal import (
    PERSONAL_COLUMNS,
    ROWS,
    LimitReachedError,
    expect_within_limit,
    limit_page,
)
from tcns.spreadsheets.sending import attachment

PDF = "application/pdf"


def own_zip(job_id: int, kind: str) -> Job | None:
    """The visitor's own job of a kind that has written its ZIP."""
    job = own_job(job_id)
    is_done = job and job.kind == kind and job.state is JobStatus.DONE
    return job if is_done else None


def send_zip(job: Job) -> Response:
    """Answer with the ZIP that a job has written."""
    try:
        content = file_store().read((job.result or {})["file_key"])
    except NoSuchFile:
        abort(404)
    answer = send_file(io.BytesIO(content), mimetype="application/zip")
    answer.headers["Content-Disposition"] = attachment(job.parameters["title"], "zip")
    return answer


def wanted_form() -> Form:
    """The file that the address asks for; DOCX unless it says another."""
    wanted = request.args.get("as")
    return Form(wanted) if wanted in set(Form) else Form.DOCX


def file_of(letter: Letter, form: Form) -> bytes:
    """A document as a file."""
    return as_pdf(letter) if form is Form.PDF else as_docx(letter, used_template())


def send_letter(letter: Letter, *, area_id: int, persons: int = 0) -> Response:
    """Answer with a document, named by what it is about; that it left is on record before it does.

    `persons` are those whose names and phones it takes along: they count towards what somebody may
    take out in a day.
    """
    form, title = wanted_form(), f"{letter.kind} {letter.subject}"
    content = file_of(letter, form)
    told = {
        "list": (None, title),
        "address": (None, request.full_path.rstrip("?")),
        ROWS: (None, persons),
        PERSONAL_COLUMNS: (None, _("Full name") if persons else None),
    }
    try:
        with guarded_write():
            if persons:
                expect_within_limit(persons, current_user._get_current_object())
            record(Event.LIST_EXPORTED, by=current_user, area_id=area_id, changes=told)
    except LimitReachedError as reached:
        return limit_page(reached)
    answer = send_file(io.BytesIO(content), mimetype=PDF if form is Form.PDF else DOCX)
    answer.headers["Content-Disposition"] = attachment(title, form)
    return answer
