"""Opening a team again that was dissolved or merged by mistake."""

from flask import render_template, url_for
from flask_login import current_user
from werkzeug import Response

from tcns.i18n import gettext as _
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.teams import queries
from tcns.teams.blueprint import blueprint
from tcns.teams.lifecycle.reopen.operations import reopen_team as open_again
from tcns.teams.lifecycle.reopen.operations import reopened_members, reopening_violations
from tcns.teams.models import Team
from tcns.web.editing import EditingForm
from tcns.web.idempotency import lead_to, submit_once


@blueprint.route("/teams/<int:team_id>/reopen", methods=["GET", "POST"])
@requires(Permission.TEAM_WRITE, Team)
def reopen_team(team: Team) -> Response | str:
    """Let a team last again, with the memberships that ended because it did."""
    form = EditingForm.of(team)
    answer = submit_once(
        form,
        lambda: open_again(team, version=form.version.data, by=current_user),
        lambda _done: lead_to(
            url_for("teams.show_team", team_id=team.id), _("%(team)s exists again.", team=team.name)
        ),
    )
    if answer:
        return answer
    if not form.is_submitted():
        for broken in reopening_violations(team):
            form.add_error(broken)
    return render_template(
        "teams/lifecycle/reopen/reopen_team.html",
        form=form,
        team=team,
        members=reopened_members(team),
        merged_into=queries.team_by_id(my_scope(Permission.TEAM_READ), team.merged_into_id),
    )
