"""Moving a member to another team."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask import flash, render_template, request, url_for
from flask_login import current_user
from werkzeug import Response

from tcns.areas import queries as areas
from tcns.areas.models import Area
from tcns.errors import RuleViolation
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.teams import area_queries
from tcns.teams.blueprint import blueprint, warn_without_leader
from tcns.teams.members.transfer_forms import TransferForm
from tcns.teams.members.transfer_operations import transfer_member as move
from tcns.teams.members.transfer_operations import transfer_violations
from tcns.teams.models import Membership, Team
from tcns.teams.queries import commune_of, teams_of_commune
from tcns.teams.vocabulary import MemberRole
from tcns.web.filters import NOT_OFFERED
from tcns.web.idempotency import submit_once


@blueprint.route("/memberships/<int:membership_id>/transfer", methods=["GET", "POST"])
@requires(Permission.PERSON_WRITE, Membership)
def transfer_member(membership: Membership) -> Response | str:
    """Move a member to another team: of the same commune, or of the one the address names."""
    commune = _commune(membership.team)
    teams = _teams(membership, commune)
    form = TransferForm.of(membership)
    form.offer_teams(teams)
    answer = _transfer(form, membership, commune)
    return answer or render_template(
        "teams/members/transfer_member.html",
        form=form,
        membership=membership,
        teams=teams,
        commune=commune,
        communes=area_queries.communes_in(my_scope(Permission.PERSON_WRITE), areas.map_day()),
    )


def _commune(team: Team) -> Area:
    """The commune whose teams are offered."""
    code = request.args.get("commune")
    found = areas.area_by_code(code, areas.map_day()) if code else None
    return found or commune_of(team)


def _teams(membership: Membership, commune: Area) -> Sequence[Team]:
    """The teams of the commune to which the visitor may add members, but for the member's own."""
    found = teams_of_commune(my_scope(Permission.PERSON_WRITE), commune, areas.map_day())
    return [team for team in found if team.id != membership.team_id]


def _transfer(form: TransferForm, membership: Membership, commune: Area) -> Response | None:
    """Move the member and lead to the new team; None where that fails."""
    return submit_once(
        form,
        lambda: _move(form, membership, commune),
        lambda moved: _moved(membership, moved),
        besides=lambda: _violations(form, membership, commune),
    )


def _move(form: TransferForm, membership: Membership, commune: Area) -> Membership:
    """Move the member to the team chosen, if it is offered still."""
    to = _chosen(form, membership, commune)
    if to is None:
        raise RuleViolation(NOT_OFFERED, "team")
    return move(membership, to, form.spec(), version=form.version.data, by=current_user)


def _violations(
    form: TransferForm, membership: Membership, commune: Area
) -> Iterable[RuleViolation]:
    """Why the member cannot move so, as far as that can be understood."""
    to = _chosen(form, membership, commune)
    return transfer_violations(membership, to, form.spec()) if to and form.has_spec() else ()


def _chosen(form: TransferForm, membership: Membership, commune: Area) -> Team | None:
    """The team chosen, if it is offered still."""
    offered: dict[Any, Team] = {str(each.id): each for each in _teams(membership, commune)}
    return offered.get(form.team.data)


def _moved(former: Membership, moved: Membership) -> str:
    """Say who is where now, and whom the former team lacks; lead to the new one."""
    words = {
        "name": moved.person.full_name,
        "team": moved.team.name,
        "role": str(moved.member_role.label).lower(),
        "day": format_day(moved.valid_from),
    }
    flash(_("%(name)s is in %(team)s as %(role)s from %(day)s on.", **words), "success")
    if former.member_role is MemberRole.LEADER:
        warn_without_leader(former.team)
    return url_for("teams.show_team", team_id=moved.team_id)
