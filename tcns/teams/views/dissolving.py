"""Dissolving a team by a decision, and taking that back."""

from flask import flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug import Response

from tcns.areas import queries as areas
from tcns.areas.models import Area
from tcns.areas.places import trails
from tcns.areas.vocabulary import Level
from tcns.audit.editing import EditingForm
from tcns.i18n import format_day, today
from tcns.i18n import gettext as _
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.teams import decision_queries, queries
from tcns.teams.decision_forms import DissolutionForm
from tcns.teams.decision_operations import issue_decision
from tcns.teams.models import EstablishingDecision, Team
from tcns.teams.operations import dissolve_team as end_team
from tcns.teams.operations import ended_with
from tcns.teams.operations import withdraw_dissolution as let_last
from tcns.teams.team_rules import broken_by_last_day, name_of
from tcns.teams.views.root import blueprint, usual_issuer
from tcns.web.replay import done_once


@blueprint.route("/teams/<int:team_id>/dissolve", methods=["GET", "POST"])
@requires(Permission.TEAM_WRITE, Team)
def dissolve_team(team: Team) -> Response | str:
    """Dissolve a team by a decision; its memberships end with it."""
    form, issuer = DissolutionForm.of(team), issuing_area(team)
    form.offer_decisions(decision_queries.decisions_of(my_scope(Permission.TEAM_READ), issuer.id))
    if not form.issuer.raw_data:
        form.issuer.data = usual_issuer(name_of(issuer, areas.map_day()))

    def operate() -> str:
        form.expect_current()
        end_team(
            team, last_day=form.last_day.data, decision=_decision(form, issuer), by=current_user
        )
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


@blueprint.route("/teams/<int:team_id>/dissolution/withdraw", methods=["GET", "POST"])
@requires(Permission.TEAM_WRITE, Team)
def withdraw_dissolution(team: Team) -> Response | str:
    """Take back a dissolution that was entered by mistake."""
    form = EditingForm.of(team)

    def operate() -> str:
        form.expect_current()
        let_last(team, by=current_user)
        flash(_("The dissolution of %(team)s is taken back.", team=team.name), "success")
        return url_for("teams.show_team", team_id=team.id)

    if not form.is_submitted() and not team.valid_to:
        return redirect(url_for("teams.show_team", team_id=team.id))
    answer = done_once(form, operate) if form.validate_on_submit() else None
    return answer or render_template(
        "teams/withdraw_dissolution.html", form=form, team=team, members=ended_with(team)
    )


def _decision(form: DissolutionForm, issuer: Area) -> EstablishingDecision:
    """The decision chosen, or a new one."""
    chosen = decision_queries.decision_by_id(my_scope(Permission.TEAM_READ), form.chosen_decision())
    return chosen or issue_decision(form.decision_text(), area=issuer, by=current_user)


def issuing_area(team: Team) -> Area:
    """The commune whose authority decides about a team, on the map; else the team's own area."""
    day = areas.map_day()
    step = trails([team.area_id], day).get(team.area_id, {}).get(Level.COMMUNE)
    found = areas.area_by_code(step.label.code, day, level=Level.COMMUNE) if step else None
    return found or team.area
