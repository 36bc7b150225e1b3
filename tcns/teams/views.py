"""Correcting a team, and removing one entered by mistake."""

from flask import render_template, url_for
from flask_login import current_user
from werkzeug import Response

from tcns.i18n import gettext as _
from tcns.permissions.guards import requires
from tcns.permissions.vocabulary import Permission
from tcns.teams import operations
from tcns.teams.blueprint import blueprint
from tcns.teams.forms import TeamForm
from tcns.teams.models import Team
from tcns.web.editing import EditingForm
from tcns.web.idempotency import lead_to, submit_once


@blueprint.route("/teams/<int:team_id>/correct", methods=["GET", "POST"])
@requires(Permission.TEAM_WRITE, Team)
def correct_team(team: Team) -> Response | str:
    """Put a team's name or first day right."""
    form = TeamForm.of(team)
    answer = submit_once(
        form,
        lambda: operations.correct_team(
            team,
            name=form.name.data,
            first_day=form.first_day.data,
            version=form.version.data,
            by=current_user,
        ),
        lambda _done: lead_to(
            url_for("teams.show_team", team_id=team.id),
            _("%(team)s is corrected.", team=team.name),
        ),
    )
    return answer or render_template("teams/correct_team.html", form=form, team=team)


@blueprint.route("/teams/<int:team_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.TEAM_WRITE, Team)
def withdraw_team(team: Team) -> Response | str:
    """Take back a team that was entered by mistake."""
    form, name = EditingForm.of(team), team.name
    answer = submit_once(
        form,
        lambda: operations.withdraw_team(team, version=form.version.data, by=current_user),
        lambda _done: lead_to(url_for("teams.list_teams"), _("%(team)s is removed.", team=name)),
    )
    return answer or render_template("teams/withdraw_team.html", form=form, team=team)
