"""One team, one person, one decision."""

from flask import render_template

from tcns.areas.places import trails, usual_map
from tcns.i18n import today
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.teams import member_queries, queries
from tcns.teams.forms import DayForm
from tcns.teams.models import Person, Team
from tcns.teams.sessions import sessions
from tcns.teams.views.root import blueprint, size_limits


@blueprint.get("/teams/<int:team_id>")
@requires(Permission.TEAM_READ, Team)
def show_team(team: Team) -> str:
    """One team on a day: its members, decisions and latest sessions."""
    form = DayForm.from_address()
    on = form.settle("on", today())
    persons = my_scope(Permission.PERSON_READ)
    return render_template(
        "teams/show_team.html",
        form=form,
        team=team,
        on=on,
        map_on=usual_map(on),
        area_trail=trails([team.area_id], usual_map(on)).get(team.area_id, {}),
        members=queries.members_on(persons, team, on),
        past_members=queries.past_members(persons, team, on),
        decisions=queries.decisions_about(team),
        merged_into=queries.team_by_id(my_scope(Permission.TEAM_READ), team.merged_into_id),
        sessions=sessions().held_by(my_scope(Permission.ACTIVITY_READ), team, on),
        limit=size_limits().get(team.area.step),
    )


@blueprint.get("/persons/<int:person_id>")
@requires(Permission.PERSON_READ, Person)
def show_person(person: Person) -> str:
    """One person as on a day: memberships in teams the visitor may see, sessions helped at."""
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
        parts=parts,
        numbers=member_queries.decision_numbers([part.membership for part in parts]),
        sessions=sessions().helped_by(my_scope(Permission.ACTIVITY_READ), person),
    )


def is_kept_here(person: Person) -> bool:
    """Whether the person is kept where the visitor may change persons."""
    scope = my_scope(Permission.PERSON_WRITE)
    return any(scope.covers(membership) for membership in person.kept_memberships(today()))
