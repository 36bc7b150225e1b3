"""Training: declared on a person's page, corrected, verified, removed."""

from flask import abort, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug import Response

from tcns.i18n import gettext as _
from tcns.i18n import join_words
from tcns.permissions.guards import requires
from tcns.permissions.vocabulary import Permission
from tcns.teams.blueprint import blueprint
from tcns.teams.models import Person, Training
from tcns.teams.training import operations as training_operations
from tcns.teams.training.forms import TrainingCorrectionForm, TrainingForm
from tcns.teams.training.rules import may_change, may_declare
from tcns.teams.vocabulary import PLATFORMS
from tcns.web.editing import EditingForm
from tcns.web.idempotency import lead_to, submit_once


@blueprint.route("/persons/<int:person_id>/training/declare", methods=["GET", "POST"])
@requires(Permission.PERSON_READ, Person)
def declare_training(person: Person) -> Response | str:
    """Put a course a person took on file: one's own, or that of a person kept here."""
    if not may_declare(person, current_user):
        abort(403)
    form = TrainingForm()
    answer = submit_once(
        form,
        lambda: training_operations.declare_training(person, form.training_text(), by=current_user),
        lambda training: lead_to(
            _page_of(person.id), _("The course %(course)s is added.", course=training.course)
        ),
    )
    return answer or render_template(
        "teams/training/declare_training.html", form=form, person=person, platforms=PLATFORMS
    )


@blueprint.route("/training/<int:training_id>/correct", methods=["GET", "POST"])
@requires(Permission.PERSON_READ, Training)
def correct_training(training: Training) -> Response | str:
    """Correct the details of a course."""
    if not may_change(training, current_user):
        abort(403)
    form = TrainingCorrectionForm.of(training)
    answer = submit_once(
        form,
        lambda: training_operations.correct_training(
            training, form.training_text(), version=form.version.data, by=current_user
        ),
        lambda _done: lead_to(
            _page_of(training.person_id),
            _("The course %(course)s is corrected.", course=training.course),
        ),
    )
    return answer or render_template(
        "teams/training/correct_training.html", form=form, training=training, platforms=PLATFORMS
    )


@blueprint.post("/training/<int:training_id>/verify")
@requires(Permission.PERSON_WRITE, Training)
def verify_training(training: Training) -> Response:
    """Verify a course that its member declared, as the page showed it."""
    form, person_id = EditingForm.of(training), training.person_id
    answer = submit_once(
        form,
        lambda: training_operations.verify_training(
            training, version=form.version.data, by=current_user
        ),
        lambda _done: lead_to(
            _page_of(person_id), _("The course %(course)s is verified.", course=training.course)
        ),
    )
    if answer is None:
        flash(join_words(form.form_errors), "danger")
    return answer or redirect(_page_of(person_id))


@blueprint.route("/training/<int:training_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.PERSON_READ, Training)
def withdraw_training(training: Training) -> Response | str:
    """Take back training that was declared by mistake."""
    if not may_change(training, current_user):
        abort(403)
    form, person_id, course = EditingForm.of(training), training.person_id, training.course
    answer = submit_once(
        form,
        lambda: training_operations.withdraw_training(
            training, version=form.version.data, by=current_user
        ),
        lambda _done: lead_to(
            _page_of(person_id), _("The course %(course)s is removed.", course=course)
        ),
    )
    return answer or render_template(
        "teams/training/withdraw_training.html", form=form, training=training
    )


def _page_of(person_id: int) -> str:
    """The address of a person's page."""
    return url_for("teams.show_person", person_id=person_id)
