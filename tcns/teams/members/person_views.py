"""Correcting a person, where their data are kept, and handing those over."""

from flask import abort, render_template, url_for
from flask_login import current_user
from werkzeug import Response

from tcns.clock import today
from tcns.i18n import gettext as _
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.teams.blueprint import blueprint
from tcns.teams.members.forms import HandOverForm, PersonForm
from tcns.teams.members.person_operations import correct_person as put_person_right
from tcns.teams.members.person_operations import hand_over_person as give_to
from tcns.teams.members.person_queries import keeping_commune, other_keepers
from tcns.teams.models import Person, Team
from tcns.web.idempotency import lead_to, submit_once


def is_kept_here(person: Person) -> bool:
    """Whether the person is kept where the visitor may change persons."""
    keeping = person.keeping_membership(today())
    return keeping is not None and my_scope(Permission.PERSON_WRITE).covers(keeping)


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


@blueprint.route("/persons/<int:person_id>/hand-over", methods=["GET", "POST"])
@requires(Permission.PERSON_WRITE, Person)
def hand_over_person(person: Person) -> Response | str:
    """Hand a person's data over to another commune in which they are a member."""
    if not is_kept_here(person):
        abort(403)
    form = HandOverForm.of(person)
    form.offer(other_keepers(person, today()))
    answer = submit_once(
        form,
        lambda: give_to(person, _team(form, person), version=form.version.data, by=current_user),
        lambda _done: lead_to(
            url_for("teams.show_person", person_id=person.id),
            _(
                "The data of %(name)s are kept by %(commune)s from now on.",
                name=person.full_name,
                commune=keeping_commune(person),
            ),
        ),
    )
    return answer or render_template(
        "teams/members/hand_over_person.html", form=form, person=person
    )


def _team(form: HandOverForm, person: Person) -> Team:
    """The team whose commune was chosen: one in which the person is."""
    return next(part.team for part in person.memberships if str(part.team_id) == form.team.data)
