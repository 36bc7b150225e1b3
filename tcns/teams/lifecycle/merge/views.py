"""Merging a team into another of the commune by a decision."""

from collections.abc import Iterable, Sequence

from flask import render_template, url_for
from flask_login import current_user
from werkzeug import Response

from tcns.areas import queries as areas
from tcns.areas.models import Area
from tcns.errors import RuleViolation
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.teams.blueprint import blueprint, warn_without_leader
from tcns.teams.decisions.choosing import offer_decisions, take_decision
from tcns.teams.lifecycle.merge.forms import MergeTeamForm, merge_form_for
from tcns.teams.lifecycle.merge.operations import Merger, merger_violations
from tcns.teams.lifecycle.merge.operations import merge_team as join_teams
from tcns.teams.lifecycle.roster import present_members
from tcns.teams.models import Team
from tcns.teams.queries import commune_of, team_by_id, teams_of_commune
from tcns.undo.models import Reversible
from tcns.undo.offering import offer_undo
from tcns.web.filters import NOT_OFFERED
from tcns.web.idempotency import submit_once


@blueprint.route("/teams/<int:team_id>/merge", methods=["GET", "POST"])
@requires(Permission.TEAM_WRITE, Team)
def merge_team(team: Team) -> Response | str:
    """Merge a team into another one of the same commune; who goes along is chosen."""
    issuer = commune_of(team)
    teams = _others(team, issuer)
    form = merge_form_for(team, present_members(team), teams)
    offer_decisions(form, issuer)
    answer = _merge(form, team, issuer)
    return answer or render_template(
        "teams/lifecycle/merge/merge_team.html", form=form, team=team, teams=teams
    )


def _others(team: Team, commune: Area) -> Sequence[Team]:
    """The other teams of the commune that the visitor may change."""
    scope = my_scope(Permission.TEAM_WRITE)
    found = teams_of_commune(scope, commune, areas.map_day())
    return [each for each in found if each.id != team.id]


def _merge(form: MergeTeamForm, team: Team, issuer: Area) -> Response | None:
    """Merge the teams and lead to the one that remains; None where that fails."""
    return submit_once(
        form,
        lambda: _join(form, team, issuer),
        lambda done: _merged(team, _into(team), done),
        besides=lambda: _violations(form, team, issuer),
    )


def _join(form: MergeTeamForm, team: Team, issuer: Area) -> Reversible:
    """Merge the team into the one chosen, if it is offered still."""
    decision = take_decision(form, issuer)
    into = _chosen(form, team, issuer)
    if into is None:
        raise RuleViolation(NOT_OFFERED, "into")
    wanted = Merger(team, into, form.first_day.data, form.roster(), form.listed.data or "")
    return join_teams(wanted, decision=decision, version=form.version.data, by=current_user)


def _violations(form: MergeTeamForm, team: Team, issuer: Area) -> Iterable[RuleViolation]:
    """Why the teams cannot be merged so, as far as that can be understood."""
    into, day = _chosen(form, team, issuer), form.first_day
    if into is None or day.errors or not day.data:
        return ()
    return merger_violations(Merger(team, into, day.data, form.roster()))


def _chosen(form: MergeTeamForm, team: Team, commune: Area) -> Team | None:
    """The team chosen, if it is offered still."""
    offered = {str(each.id): each for each in _others(team, commune)}
    return offered.get(form.into.data)


def _into(team: Team) -> Team:
    """The team into which another was just merged."""
    into = team_by_id(my_scope(Permission.TEAM_WRITE), team.merged_into_id)
    assert into is not None, "it was offered"
    return into


def _merged(team: Team, into: Team, done: Reversible) -> str:
    """Say what was done and how to undo it; lead to the team that remains."""
    day = format_day(team.valid_to)
    message = _("%(team)s went into %(into)s on %(day)s.", team=team.name, into=into.name, day=day)
    offer_undo(message, done)
    warn_without_leader(into)
    return url_for("teams.show_team", team_id=into.id)
