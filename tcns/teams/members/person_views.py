"""Correcting a person, where the person is kept."""

from flask import abort, render_template, url_for
from flask_login import current_user
from werkzeug import Response

from tcns.clock import today
from tcns.i18n import gettext as _
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.teams.blueprint import blueprint
from tcns.teams.members.forms import PersonForm
from tcns.teams.members.person_operations import correct_person as put_person_right
from tcns.teams.models import Person
from tcns.web.idempotency import lead_to, submit_once


def is_kept_here(person: Person) -> bool:
    """Whether the person is kept where the visitor may change persons."""
    scope = my_scope(Permission.PERSON_WRITE)
    return any(scope.covers(membership) for membership in person.kept_memberships(today()))


@blueprint.route("/persons/<int:person_id>/correct", methods=["GET", "POST"])
@requires(Permission.PERSON_WRITE, Person)
def correct_person(person: Person) -> Response | str:
    """Put a person's name, phone or year of birth right, where the person is kept."""
    if not is_kept_here(person):
        abort(403)
    form = PersonForm.of(person)
    answer = submit_once(
        form,
        lambda: put_person_right(
            person, form.person_text(), version=form.version.data, by=current_user
        ),
        lambda _done: lead_to(
            url_for("teams.show_person", person_id=person.id),
            _("The details of %(name)s are corrected.", name=person.full_name),
        ),
    )
    return answer or render_template("teams/members/correct_person.html", form=form, person=person)
