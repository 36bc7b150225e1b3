"""One team, one person, one decision."""

from flask import redirect, render_template, url_for
from flask_login import current_user
from werkzeug import Response

from tcns.areas.places import trails, usual_map
from tcns.audit.editing import EditingForm
from tcns.duplicates.queries import merges_to_undo
from tcns.i18n import today
from tcns.permissions.guards import LARGEST_ID, my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.teams import member_queries, queries, training_authority
from tcns.teams.forms import DayForm
from tcns.teams.life import read_life
from tcns.teams.models import Person, Team
from tcns.teams.person_operations import standing_person
from tcns.teams.sessions import sessions
from tcns.teams.timeline import timeline
from tcns.teams.training_queries import training_of
from tcns.teams.views.root import blueprint, size_limits


@blueprint.get("/teams/<int:team_id>")
@requires(Permission.TEAM_READ, Team)
def show_team(team: Team) -> str:
    """One team on a day: its members, decisions, latest sessions, and its life so far."""
    form = DayForm.from_address()
    on = form.settle("on", today())
    persons, about = my_scope(Permission.PERSON_READ), queries.decisions_about(team)
    members = queries.members_on(persons, team, on)
    past_members = queries.past_members(persons, team, on)
    held = my_scope(Permission.ACTIVITY_READ)
    life = read_life(
        my_scope(Permission.TEAM_READ),
        team,
        on,
        memberships=[*members, *past_members],
        decisions=about,
        sessions=sessions().counts_by_day(held, team, on),
    )
    return render_template(
        "teams/show_team.html",
        form=form,
        team=team,
        on=on,
        map_on=usual_map(on),
        area_trail=trails([team.area_id], usual_map(on)).get(team.area_id, {}),
        members=members,
        past_members=past_members,
        decisions=about,
        timeline_entries=timeline(life),
        merged_into=queries.team_by_id(my_scope(Permission.TEAM_READ), team.merged_into_id),
        sessions=sessions().held_by(held, team, on),
        limit=size_limits().get(team.area.step),
    )


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
    parts = member_queries.memberships_until(scope, person, on, usual_map(on))
    return render_template(
        "teams/show_person.html",
        form=form,
        person=person,
        on=on,
        may_correct=is_kept_here(person),
        may_declare=training_authority.may_declare(person, current_user),
        may_change=lambda training: training_authority.may_change(training, current_user),
        may_verify=lambda training: training_authority.may_verify(training, current_user),
        button_of=EditingForm.of,
        merges=merges_to_undo(current_user, person),
        training=training_of(my_scope(Permission.PERSON_READ), person),
        parts=parts,
        numbers=member_queries.decision_numbers([part.membership for part in parts]),
        sessions=sessions().helped_by(my_scope(Permission.ACTIVITY_READ), person),
    )


def is_kept_here(person: Person) -> bool:
    """Whether the person is kept where the visitor may change persons."""
    scope = my_scope(Permission.PERSON_WRITE)
    return any(scope.covers(membership) for membership in person.kept_memberships(today()))
