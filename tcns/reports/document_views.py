"""Reports as files: one as DOCX, PDF or a list of figures, all that go into one as a ZIP."""

from flask import Response, url_for
from flask_login import current_user
from werkzeug import Response as Led

from tcns.documents.sending import own_zip, send_letter, send_zip
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.jobs.models import Job
from tcns.permissions.guards import requires
from tcns.permissions.vocabulary import Permission
from tcns.reports.blueprint import blueprint
from tcns.reports.document_queries import current_copy, current_letter
from tcns.reports.jobs import ARCHIVE, order_archive
from tcns.reports.queries import Subject
from tcns.reports.spreadsheet import FIGURE_COLUMNS
from tcns.reports.views import address_of, subject_of_address
from tcns.reports.vocabulary import Reporter
from tcns.spreadsheets.sending import send_rows
from tcns.web.forms import WritingForm
from tcns.web.idempotency import lead_to, submit_once


@blueprint.get("/reports/<string:period>/<string:owner>/document")
@requires(Permission.REPORT_READ, subject_of_address)
def send_document(subject: Subject) -> Response:
    """The report as a document: exactly what was sent, or of a draft what it says now."""
    return send_letter(current_letter(subject), area_id=subject.area.id)


@blueprint.get("/reports/<string:period>/<string:owner>/figures")
@requires(Permission.REPORT_READ, subject_of_address)
def export_figures(subject: Subject) -> Response:
    """The figures of the report as a file, those that were sent where it is under way."""
    copy, days = current_copy(subject), subject.period.days
    return send_rows(
        copy.figures,
        FIGURE_COLUMNS,
        lines=[
            _("Report %(period)s, %(name)s", period=subject.period.label, name=copy.name),
            f"{format_day(days.first)}–{format_day(days.last)}",
            _("Map of %(day)s", day=format_day(copy.map_day)),
        ],
        area_id=subject.area.id,
    )


def gathering(period: str, owner: str) -> Subject | None:
    """A subject into whose report those of others go."""
    subject = subject_of_address(period, owner)
    return subject if subject and subject.reporter is not Reporter.TEAM else None


@blueprint.post("/reports/<string:period>/<string:owner>/archive")
@requires(Permission.REPORT_READ, gathering)
def start_archive(subject: Subject) -> Led:
    """Write all documents that go into a report, as long work."""
    answer = submit_once(
        WritingForm(),
        lambda: order_archive(subject, by=current_user),
        lambda job: lead_to(
            url_for("jobs.show_job", job_id=job.id), _("The documents are written.")
        ),
    )
    return answer or Led(status=303, headers={"Location": address_of(subject)})


def own_archive(job_id: int) -> Job | None:
    """The visitor's own job that wrote documents."""
    return own_zip(job_id, ARCHIVE)


@blueprint.get("/reports/archives/<int:job_id>")
@requires(Permission.REPORT_READ, own_archive)
def send_archive(job: Job) -> Response:
    """The ZIP that a job has written."""
    return send_zip(job)
