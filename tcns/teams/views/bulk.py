"""Ending many memberships, or dissolving many teams, at once."""

from collections.abc import Sequence
from typing import Any

from flask import render_template
from flask_login import current_user
from werkzeug import Response

from tcns.areas import queries as areas
from tcns.areas.models import Area
from tcns.i18n import format_day, ngettext
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.reversals.bulk import back_to, tell, wanted_rows
from tcns.teams import member_queries, queries
from tcns.teams.bulk_forms import DissolveManyForm, EndManyForm
from tcns.teams.models import Membership, Team
from tcns.teams.undertakings import DissolveTeams, EndMemberships
from tcns.teams.views.deciding import decision_on_file, offer_decisions
from tcns.teams.views.lists import wanted_members, wanted_teams
from tcns.teams.views.root import blueprint


@blueprint.route("/memberships/end", methods=["GET", "POST"])
@requires(Permission.PERSON_WRITE)
def end_memberships() -> Response | str:
    """End the memberships chosen of the list on one day."""
    form, back = EndManyForm(), back_to("teams.list_memberships")
    if not form.is_submitted():
        _form, wanted = wanted_members()
        listed = member_queries.memberships_in(my_scope(Permission.PERSON_READ), wanted)
        form.choose(wanted_rows(listed, Membership))
        form.suggest_today()

    def undertaking() -> EndMemberships:
        day, reason = form.last_day.data, form.reason.data or None
        return EndMemberships(last_day=day, reason=reason, by=current_user)

    def end() -> str:
        outcome = undertaking().carry_out(form.chosen())
        done = ngettext(
            "%(num)s membership ends on %(day)s.",
            "%(num)s memberships end on %(day)s.",
            len(outcome.ready),
            day=format_day(form.last_day.data),
        )
        tell(done, outcome)
        return back

    return form.carried_out(end) or render_template(
        "teams/end_memberships.html", form=form, plan=form.planned(undertaking), back=back
    )


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

    def undertaking(decision: Any = None) -> DissolveTeams:
        day = form.last_day.data
        return DissolveTeams(last_day=day, decision=decision, issuer=issuer, by=current_user)

    def dissolve() -> str:
        decision = decision_on_file(form) or form.decision_text()
        outcome = undertaking(decision).carry_out(form.chosen())
        done = ngettext(
            "%(num)s team existed until %(day)s.",
            "%(num)s teams existed until %(day)s.",
            len(outcome.ready),
            day=format_day(form.last_day.data),
        )
        tell(done, outcome)
        return back

    return form.carried_out(dissolve) or render_template(
        "teams/dissolve_teams.html", form=form, plan=form.planned(undertaking), back=back
    )


def _issuer(team_ids: Sequence[int]) -> Area | None:
    """Whose decision it is: the commune's if all teams stand in one, else the province's."""
    teams = queries.teams_by_ids(my_scope(Permission.TEAM_WRITE), team_ids)
    communes = {area.id: area for area in map(queries.commune_of, teams)}
    if len(communes) == 1:
        return next(iter(communes.values()))
    return areas.province(areas.map_day()) if communes else None
