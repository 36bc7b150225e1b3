"""One person on a day."""

from flask import redirect, render_template, url_for
from flask_login import current_user
from werkzeug import Response

from tcns.areas.places import usual_map
from tcns.clock import today
from tcns.duplicates.queries import merges_to_undo
from tcns.permissions.guards import LARGEST_ID, my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.teams.activity_hooks import sessions
from tcns.teams.blueprint import blueprint
from tcns.teams.forms import DayForm
from tcns.teams.members import queries as member_queries
from tcns.teams.members.person_operations import is_handed_over, standing_person
from tcns.teams.members.person_queries import keeping_commune, other_keepers
from tcns.teams.members.person_views import is_kept_here
from tcns.teams.models import Person
from tcns.teams.training import rules as training_authority
from tcns.teams.training.queries import training_of
from tcns.web.editing import EditingForm


def person_in_address(person_id: int) -> Person | None:
    """The person whom the address names, or the one into whom they were merged."""
    return standing_person(person_id) if person_id <= LARGEST_ID else None


@blueprint.get("/persons/<int:person_id>")
@requires(Permission.PERSON_READ, person_in_address)
def show_person(person: Person, person_id: int) -> Response | str:
    """One person as on a day: memberships in teams the visitor may see, training, sessions.

    Who was merged into another leads to that one's page.
    """
    if person.id != person_id:
        return redirect(url_for("teams.show_person", person_id=person.id))
    form = DayForm.from_address()
    on = form.settle("on", today())
    scope = my_scope(Permission.PERSON_READ)
    memberships = member_queries.memberships_until(scope, person, on, usual_map(on))
    return render_template(
        "teams/pages/show_person.html",
        form=form,
        person=person,
        on=on,
        may_correct=is_kept_here(person),
        may_hand_over=is_kept_here(person) and other_keepers(person, today()),
        keeper=keeping_commune(person),
        is_handed_over=is_handed_over(person),
        may_declare=training_authority.may_declare(person, current_user),
        may_change=lambda training: training_authority.may_change(training, current_user),
        may_verify=lambda training: training_authority.may_verify(training, current_user),
        button_of=EditingForm.of,
        merges=merges_to_undo(current_user, person),
        training=training_of(my_scope(Permission.PERSON_READ), person),
        memberships=memberships,
        numbers=member_queries.decision_numbers([placed.membership for placed in memberships]),
        sessions=sessions().helped_by(my_scope(Permission.ACTIVITY_READ), person),
    )
