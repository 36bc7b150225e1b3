"""Dissolving a team by a decision."""

from flask import flash, render_template, url_for
from flask_login import current_user
from werkzeug import Response

from tcns.i18n import format_day, today
from tcns.i18n import gettext as _
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.teams import queries
from tcns.teams.decision_forms import DissolutionForm
from tcns.teams.models import Team
from tcns.teams.operations import dissolve_team as end_team
from tcns.teams.team_rules import broken_by_last_day
from tcns.teams.views.deciding import offer_decisions, take_decision
from tcns.teams.views.root import blueprint
from tcns.web.replay import done_once


@blueprint.route("/teams/<int:team_id>/dissolve", methods=["GET", "POST"])
@requires(Permission.TEAM_WRITE, Team)
def dissolve_team(team: Team) -> Response | str:
    """Dissolve a team by a decision; its memberships end with it."""
    form, issuer = DissolutionForm.of(team), queries.commune_of(team)
    offer_decisions(form, issuer)

    def operate() -> str:
        decision = take_decision(form, issuer)
        form.expect_current()
        end_team(team, last_day=form.last_day.data, decision=decision, by=current_user)
        day = format_day(team.last_day)
        flash(_("%(team)s existed until %(day)s.", team=team.name, day=day), "success")
        return url_for("teams.show_team", team_id=team.id)

    if form.validate_on_submit():
        answer = done_once(form, operate)
        if answer:
            return answer
    elif form.is_submitted() and form.last_day.data and not form.last_day.errors:
        for broken in broken_by_last_day(team, form.last_day.data):
            form.say(broken)
    members = queries.members_on(my_scope(Permission.PERSON_READ), team, today())
    return render_template("teams/dissolve_team.html", form=form, team=team, members=members)
