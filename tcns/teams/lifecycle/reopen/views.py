"""Opening a team again that was dissolved or merged by mistake."""

from flask import flash, render_template, url_for
from flask_login import current_user
from werkzeug import Response

from tcns.i18n import gettext as _
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.teams import queries
from tcns.teams.blueprint import blueprint
from tcns.teams.lifecycle.reopen.operations import reopen_team as open_again
from tcns.teams.lifecycle.reopen.operations import reopened_members, reopening_violations
from tcns.teams.locking import lock
from tcns.teams.models import Team
from tcns.web.editing import EditingForm
from tcns.web.idempotency import submit_once


@blueprint.route("/teams/<int:team_id>/reopen", methods=["GET", "POST"])
@requires(Permission.TEAM_WRITE, Team)
def reopen_team(team: Team) -> Response | str:
    """Let a team last again, with the memberships that ended because it did."""
    form = EditingForm.of(team)

    def operate() -> str:
        lock(team.area)
        form.expect_current()
        open_again(team, by=current_user)
        flash(_("%(team)s exists again.", team=team.name), "success")
        return url_for("teams.show_team", team_id=team.id)

    if form.validate_on_submit():
        answer = submit_once(form, operate)
        if answer:
            return answer
    elif not form.is_submitted():
        for broken in reopening_violations(team):
            form.add_error(broken)
    return render_template(
        "teams/lifecycle/reopen/reopen_team.html",
        form=form,
        team=team,
        members=reopened_members(team),
        merged_into=queries.team_by_id(my_scope(Permission.TEAM_READ), team.merged_into_id),
    )
