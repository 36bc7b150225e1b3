"""The scan of a signed report: opened by whoever may see the report, changed by who sends it."""

from flask import flash, redirect, render_template
from flask_login import current_user
from werkzeug import Response

from tcns.errors import RuleViolation
from tcns.files.documents import LARGEST_DOCUMENT
from tcns.files.scans import receive_scan
from tcns.files.sending import send_scan
from tcns.i18n import gettext as _
from tcns.permissions.guards import requires
from tcns.permissions.vocabulary import Permission
from tcns.reports import operations
from tcns.reports.blueprint import blueprint
from tcns.reports.models import Report
from tcns.reports.queries import Subject, report_of
from tcns.reports.views import address_of, sent_by_me, subject_of_address
from tcns.teams.decisions.scan_forms import RemoveScanForm, ScanForm
from tcns.web.idempotency import lead_to, submit_once
from tcns.web.uploads import ROOM_FOR_FIELDS, takes_file


def signed(period: str, owner: str) -> Report | None:
    """The report that an address names, if anything of it is on file."""
    subject = subject_of_address(period, owner)
    return report_of(subject) if subject else None


@blueprint.get("/reports/<string:period>/<string:owner>/scan")
@requires(Permission.REPORT_READ, signed)
def show_scan(report: Report) -> Response:
    """The scan itself: a PDF to be kept, a picture to be looked at."""
    return send_scan(report.scan_key, report.scan, f"bao-cao-{report.period}-{report.id}.pdf")


@blueprint.route("/reports/<string:period>/<string:owner>/scan/attach", methods=["GET", "POST"])
@takes_file(LARGEST_DOCUMENT + ROOM_FOR_FIELDS)
@requires(Permission.REPORT_WRITE, sent_by_me)
def attach_scan(subject: Subject) -> Response | str:
    """Attach the scan of the signed document, or another one in its place."""
    report, answer = report_of(subject), None
    form = ScanForm.of(report) if report else ScanForm()
    if form.validate_on_submit():
        try:
            file = form.file.data
            received = receive_scan(operations.SCANS, file.stream.read(), file.filename)
        except RuleViolation as broken:
            form.add_error(broken)
        else:
            answer = submit_once(
                form,
                lambda: operations.attach_scan(
                    subject, received, version=form.version.data, by=current_user
                ),
                lambda _done: lead_to(address_of(subject), _("The scan is attached.")),
            )
    return answer or render_template(
        "reports/attach_scan.html",
        form=form,
        subject=subject,
        report=report,
        button=RemoveScanForm.of(report) if report else None,
        address_of=address_of,
    )


@blueprint.post("/reports/<string:period>/<string:owner>/scan/remove")
@requires(Permission.REPORT_WRITE, sent_by_me)
def remove_scan(subject: Subject) -> Response:
    """Remove the scan of the signed document."""
    report = report_of(subject)
    form = RemoveScanForm.of(report) if report else RemoveScanForm()
    answer = submit_once(
        form,
        lambda: operations.remove_scan(subject, version=form.version.data, by=current_user),
        lambda _done: lead_to(address_of(subject), _("The scan is removed.")),
    )
    if answer is None:
        flash(" ".join(str(message) for message in form.form_errors), "warning")
    return answer or redirect(address_of(subject))
