"""Amending a team by a decision."""

from collections.abc import Iterable

from flask import render_template, url_for
from flask_login import current_user
from werkzeug import Response

from tcns.errors import RuleViolation
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.permissions.guards import requires
from tcns.permissions.vocabulary import Permission
from tcns.teams.blueprint import blueprint
from tcns.teams.decisions.choosing import offer_decisions, take_decision
from tcns.teams.lifecycle.amend.forms import AmendmentForm
from tcns.teams.lifecycle.amend.operations import Amendment, amendment_violations
from tcns.teams.lifecycle.amend.operations import amend_team as change_team
from tcns.teams.models import Team
from tcns.teams.queries import commune_of
from tcns.undo.offering import offer_undo
from tcns.web.idempotency import submit_or_explain


@blueprint.route("/teams/<int:team_id>/amend", methods=["GET", "POST"])
@requires(Permission.TEAM_WRITE, Team)
def amend_team(team: Team) -> Response | str:
    """Amend a team by a decision: what it is called from a day on."""
    form, issuer = AmendmentForm.of(team), commune_of(team)
    offer_decisions(form, issuer)

    def operate() -> str:
        decision = take_decision(form, issuer)
        form.expect_current()
        wanted = Amendment(team, form.name.data, form.first_day.data)
        done = change_team(wanted, decision=decision, by=current_user)
        day = format_day(wanted.first_day)
        offer_undo(_("%(team)s is amended from %(day)s on.", team=team.name, day=day), done)
        return url_for("teams.show_team", team_id=team.id)

    def besides() -> Iterable[RuleViolation]:
        day = form.first_day
        known = day.data and not day.errors
        return amendment_violations(Amendment(team, team.name, day.data)) if known else ()

    answer = submit_or_explain(form, operate, besides)
    return answer or render_template("teams/lifecycle/amend/amend_team.html", form=form, team=team)
