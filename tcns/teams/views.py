"""The list of teams and its file; correcting a team, and removing one entered by mistake."""

from typing import Any

from flask import redirect, render_template, url_for
from flask_login import current_user
from werkzeug import Response

from tcns.areas.place_forms import lines_on_top
from tcns.areas.places import has_districts
from tcns.clock import today
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.periods import reporting_month
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.spreadsheets.sending import send_list
from tcns.teams import operations, queries, spreadsheet
from tcns.teams.blueprint import blueprint, size_limits
from tcns.teams.forms import TeamFilterForm, TeamForm
from tcns.teams.models import Team
from tcns.teams.phone_views import with_phones_decided, write_phone_of_leader
from tcns.teams.queries import TeamFilter
from tcns.teams.vocabulary import TeamStatus
from tcns.web.editing import EditingForm
from tcns.web.idempotency import lead_to, submit_once
from tcns.web.kept_pages import kept_page
from tcns.web.paging import paginate, same_filters
from tcns.web.sorting import wanted_order


def wanted_teams() -> tuple[TeamFilterForm, TeamFilter]:
    """The filters of the list of teams as the address gives them."""
    form = TeamFilterForm.from_address()
    on = form.settle("on", today())
    return form, TeamFilter(
        on=on,
        place=form.place(my_scope(Permission.AREA_READ), on),
        period=form.period(reporting_month(on)),
        text=form.value("q") or "",
        level=form.value("level"),
        status=form.value("status") or TeamStatus.ACTIVE,
        led=form.value("leader"),
        size=form.value("members"),
        activeness=form.value("activity"),
        order=wanted_order(),
    )


@blueprint.get("/teams")
@requires(Permission.TEAM_READ)
@kept_page("areas", "teams", "activities", "accounts")
def list_teams() -> str:
    """The teams of a place on a day."""
    form, wanted = wanted_teams()
    scope = my_scope(Permission.TEAM_READ)
    page = paginate(queries.teams_in(scope, wanted))
    return render_template(
        "teams/list_teams.html",
        form=form,
        wanted=wanted,
        page=page,
        rows=queries.team_rows(scope, [row.Team for row in page.rows], wanted),
        limits=size_limits(),
        export_url=same_filters("teams.export_teams"),
    )


@blueprint.get("/teams/export")
@requires(Permission.TEAM_READ)
def export_teams() -> Any:
    """The file of the list of teams; a list with an unclear filter is not exported."""
    form, wanted = wanted_teams()
    if form.errors:
        return redirect(same_filters("teams.list_teams"))
    scope = my_scope(Permission.TEAM_READ)
    title = _("List of teams on %(day)s", day=format_day(wanted.on))
    when = _("Last session: the last one counted up to %(day)s", day=format_day(wanted.on))
    return send_list(
        queries.teams_in(scope, wanted),
        lambda teams: with_phones_decided(queries.team_rows(scope, teams, wanted)),
        spreadsheet.team_columns(
            write_phone_of_leader, has_districts=has_districts(wanted.place.map_on)
        ),
        lines=lines_on_top(title, form, wanted.place, when),
        area_id=wanted.place.area_id,
    )


@blueprint.route("/teams/<int:team_id>/correct", methods=["GET", "POST"])
@requires(Permission.TEAM_WRITE, Team)
def correct_team(team: Team) -> Response | str:
    """Put a team's name or first day right."""
    form = TeamForm.of(team)
    answer = submit_once(
        form,
        lambda: operations.correct_team(
            team,
            name=form.name.data,
            first_day=form.first_day.data,
            version=form.version.data,
            by=current_user,
        ),
        lambda _done: lead_to(
            url_for("teams.show_team", team_id=team.id),
            _("%(team)s is corrected.", team=team.name),
        ),
    )
    return answer or render_template("teams/correct_team.html", form=form, team=team)


@blueprint.route("/teams/<int:team_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.TEAM_WRITE, Team)
def withdraw_team(team: Team) -> Response | str:
    """Take back a team that was entered by mistake."""
    form, name = EditingForm.of(team), team.name
    answer = submit_once(
        form,
        lambda: operations.withdraw_team(team, version=form.version.data, by=current_user),
        lambda _done: lead_to(url_for("teams.list_teams"), _("%(team)s is removed.", team=name)),
    )
    return answer or render_template("teams/withdraw_team.html", form=form, team=team)
