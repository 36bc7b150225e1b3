"""Dissolving many teams at once."""

from collections.abc import Sequence
from typing import Any

from flask import render_template
from flask_login import current_user
from werkzeug import Response

from tcns.areas import queries as areas
from tcns.areas.models import Area
from tcns.bulk.actions import Outcome
from tcns.bulk.choosing import back_to, flash_outcome, wanted_rows
from tcns.i18n import format_day, ngettext
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.teams import queries
from tcns.teams.blueprint import blueprint
from tcns.teams.decisions.choosing import decision_on_file, offer_decisions
from tcns.teams.lifecycle.dissolve.bulk_operations import DissolveTeams
from tcns.teams.lifecycle.dissolve.forms import DissolveManyForm
from tcns.teams.listing.views import wanted_teams
from tcns.teams.models import Team


@blueprint.route("/teams/dissolve", methods=["GET", "POST"])
@requires(Permission.TEAM_WRITE)
def dissolve_teams() -> Response | str:
    """Dissolve the teams chosen of the list by one decision."""
    form, back = DissolveManyForm(), back_to("teams.list_teams")
    if not form.is_submitted():
        _form, wanted = wanted_teams()
        listed = queries.teams_in(my_scope(Permission.TEAM_READ), wanted)
        form.choose(wanted_rows(listed, Team))
        form.suggest_today()
    issuer = _issuer([one.id for one in form.chosen()])
    if issuer:
        offer_decisions(form, issuer)
    else:
        form.offer_decisions([])
    answer = form.carried_out(
        lambda: _action(form, issuer, decision_on_file(form) or form.decision_text()).carry_out(
            form.chosen()
        ),
        lambda outcome: _dissolved(form, outcome, back),
    )
    return answer or render_template(
        "teams/lifecycle/dissolve/dissolve_teams.html",
        form=form,
        plan=form.planned(lambda: _action(form, issuer)),
        back=back,
    )


def _action(form: DissolveManyForm, issuer: Area | None, decision: Any = None) -> DissolveTeams:
    """What is to be done, as the form says; to state it no decision is needed."""
    day = form.last_day.data
    return DissolveTeams(last_day=day, decision=decision, issuer=issuer, by=current_user)


def _dissolved(form: DissolveManyForm, outcome: Outcome[Team], back: str) -> str:
    """Say how many were dissolved, and lead back."""
    done = ngettext(
        "%(num)s team existed until %(day)s.",
        "%(num)s teams existed until %(day)s.",
        len(outcome.ready),
        day=format_day(form.last_day.data),
    )
    flash_outcome(done, outcome)
    return back


def _issuer(team_ids: Sequence[int]) -> Area | None:
    """Whose decision it is: the commune's if all teams stand in one, else the province's."""
    teams = queries.teams_by_ids(my_scope(Permission.TEAM_WRITE), team_ids)
    communes = {area.id: area for area in map(queries.commune_of, teams)}
    if len(communes) == 1:
        return next(iter(communes.values()))
    return areas.province(areas.map_day()) if communes else None
