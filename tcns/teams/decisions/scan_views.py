"""The scan of a decision: opened by whoever may see the decision, changed by who may correct it."""

from flask import flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug import Response

from tcns.errors import RuleViolation
from tcns.files.documents import LARGEST_DOCUMENT
from tcns.files.scans import receive_scan
from tcns.files.sending import send_scan
from tcns.i18n import gettext as _
from tcns.permissions.guards import requires
from tcns.permissions.vocabulary import Permission
from tcns.teams.blueprint import blueprint
from tcns.teams.decisions import scan_operations
from tcns.teams.decisions.scan_forms import RemoveScanForm, ScanForm
from tcns.teams.models import EstablishingDecision
from tcns.web.idempotency import lead_to, submit_once
from tcns.web.uploads import ROOM_FOR_FIELDS, takes_file


@blueprint.get("/decisions/<int:decision_id>/scan")
@requires(Permission.TEAM_READ, EstablishingDecision)
def show_scan(decision: EstablishingDecision) -> Response:
    """The scan itself: a PDF to be kept, a picture to be looked at."""
    return send_scan(decision.scan_key, decision.scan, f"quyet-dinh-{decision.id}.pdf")


@blueprint.route("/decisions/<int:decision_id>/scan/attach", methods=["GET", "POST"])
@takes_file(LARGEST_DOCUMENT + ROOM_FOR_FIELDS)
@requires(Permission.TEAM_WRITE, EstablishingDecision)
def attach_scan(decision: EstablishingDecision) -> Response | str:
    """Attach a scan to a decision, or another one in its place."""
    form, answer = ScanForm.of(decision), None
    if form.validate_on_submit():
        try:
            file = form.file.data
            received = receive_scan(scan_operations.SCANS, file.stream.read(), file.filename)
        except RuleViolation as broken:
            form.add_error(broken)
        else:
            answer = submit_once(
                form,
                lambda: scan_operations.attach_scan(
                    decision, received, version=form.version.data, by=current_user
                ),
                lambda _done: lead_to(_page_of(decision), _("The scan is attached.")),
            )
    return answer or render_template(
        "teams/decisions/attach_scan.html",
        form=form,
        decision=decision,
        button=RemoveScanForm.of(decision),
    )


@blueprint.post("/decisions/<int:decision_id>/scan/remove")
@requires(Permission.TEAM_WRITE, EstablishingDecision)
def remove_scan(decision: EstablishingDecision) -> Response:
    """Remove the scan of a decision."""
    form = RemoveScanForm.of(decision)
    answer = submit_once(
        form,
        lambda: scan_operations.remove_scan(decision, version=form.version.data, by=current_user),
        lambda _done: lead_to(_page_of(decision), _("The scan is removed.")),
    )
    if answer is None:
        flash(" ".join(str(message) for message in form.form_errors), "warning")
    return answer or redirect(_page_of(decision))


def _page_of(decision: EstablishingDecision) -> str:
    """The page of a decision."""
    return url_for("teams.show_decision", decision_id=decision.id)
