"""Dissolving a team by a decision."""

from collections.abc import Iterable

from flask import render_template, url_for
from flask_login import current_user
from werkzeug import Response

from tcns.clock import today
from tcns.errors import RuleViolation
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.teams import queries
from tcns.teams.blueprint import blueprint
from tcns.teams.decisions.choosing import offer_decisions, take_decision
from tcns.teams.lifecycle.dissolve.forms import DissolutionForm
from tcns.teams.lifecycle.dissolve.operations import dissolve_team as end_team
from tcns.teams.models import Team
from tcns.teams.rules import last_day_violations
from tcns.web.idempotency import lead_to, submit_once


@blueprint.route("/teams/<int:team_id>/dissolve", methods=["GET", "POST"])
@requires(Permission.TEAM_WRITE, Team)
def dissolve_team(team: Team) -> Response | str:
    """Dissolve a team by a decision; its memberships end with it."""
    form, issuer = DissolutionForm.of(team), queries.commune_of(team)
    offer_decisions(form, issuer)
    answer = submit_once(
        form,
        lambda: end_team(
            team,
            last_day=form.last_day.data,
            decision=take_decision(form, issuer),
            version=form.version.data,
            by=current_user,
        ),
        lambda _done: _ended(team),
        besides=lambda: _violations(form, team),
    )
    if answer:
        return answer
    members = queries.members_on(my_scope(Permission.PERSON_READ), team, today())
    return render_template(
        "teams/lifecycle/dissolve/dissolve_team.html", form=form, team=team, members=members
    )


def _ended(team: Team) -> str:
    """Say until when the team existed; lead to it."""
    return lead_to(
        url_for("teams.show_team", team_id=team.id),
        _("%(team)s existed until %(day)s.", team=team.name, day=format_day(team.last_day)),
    )


def _violations(form: DissolutionForm, team: Team) -> Iterable[RuleViolation]:
    """Why the team cannot end on the day that was typed, if that is one."""
    day = form.last_day
    return last_day_violations(team, day.data) if day.data and not day.errors else ()
