"""Amending a team by a decision."""

from collections.abc import Iterable
from datetime import date

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
from tcns.undo.models import Reversible
from tcns.undo.offering import offer_undo
from tcns.web.idempotency import submit_once


@blueprint.route("/teams/<int:team_id>/amend", methods=["GET", "POST"])
@requires(Permission.TEAM_WRITE, Team)
def amend_team(team: Team) -> Response | str:
    """Amend a team by a decision: what it is called from a day on."""
    form, issuer = AmendmentForm.of(team), commune_of(team)
    offer_decisions(form, issuer)
    answer = submit_once(
        form,
        lambda: change_team(
            Amendment(team, form.name.data, form.first_day.data),
            decision=take_decision(form, issuer),
            version=form.version.data,
            by=current_user,
        ),
        lambda done: _amended(team, form.first_day.data, done),
        besides=lambda: _violations(form, team),
    )
    return answer or render_template("teams/lifecycle/amend/amend_team.html", form=form, team=team)


def _amended(team: Team, first_day: date, done: Reversible) -> str:
    """Say what was done and how to undo it; lead to the team."""
    day = format_day(first_day)
    offer_undo(_("%(team)s is amended from %(day)s on.", team=team.name, day=day), done)
    return url_for("teams.show_team", team_id=team.id)


def _violations(form: AmendmentForm, team: Team) -> Iterable[RuleViolation]:
    """Why the team cannot be amended from the day that was typed, if that is one."""
    day = form.first_day
    known = day.data and not day.errors
    return amendment_violations(Amendment(team, team.name, day.data)) if known else ()
