"""One team on a day."""

from flask import render_template

from tcns.areas.places import trails, usual_map
from tcns.clock import today
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.teams import queries
from tcns.teams.activity_hooks import sessions
from tcns.teams.blueprint import blueprint, size_limits
from tcns.teams.forms import DayForm
from tcns.teams.models import Team
from tcns.teams.timeline.records import read_life
from tcns.teams.timeline.team import timeline


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
        "teams/pages/show_team.html",
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
