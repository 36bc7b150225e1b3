"""Correcting a team, and removing one that was entered by mistake."""

from flask import flash, render_template, url_for
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
from tcns.web.idempotency import submit_once


@blueprint.route("/teams/<int:team_id>/correct", methods=["GET", "POST"])
@requires(Permission.TEAM_WRITE, Team)
def correct_team(team: Team) -> Response | str:
    """Put a team's name or first day right."""
    form = TeamForm.of(team)

    def operate() -> str:
        form.expect_current()
        operations.correct_team(
            team, name=form.name.data, first_day=form.first_day.data, by=current_user
        )
        flash(_("%(team)s is put right.", team=team.name), "success")
        return url_for("teams.show_team", team_id=team.id)

    answer = submit_once(form, operate) if form.validate_on_submit() else None
    return answer or render_template("teams/correct_team.html", form=form, team=team)


@blueprint.route("/teams/<int:team_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.TEAM_WRITE, Team)
def withdraw_team(team: Team) -> Response | str:
    """Take back a team that was entered by mistake."""
    form = EditingForm.of(team)

    def operate() -> str:
        form.expect_current()
        name = team.name
        operations.withdraw_team(team, by=current_user)
        flash(_("%(team)s is taken back.", team=name), "success")
        return url_for("teams.list_teams")

    answer = submit_once(form, operate) if form.validate_on_submit() else None
    return answer or render_template("teams/withdraw_team.html", form=form, team=team)
