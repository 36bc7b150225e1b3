"""The list of teams and its file."""

from functools import partial
from typing import Any

from flask import redirect, render_template

from tcns.areas.place_forms import lines_on_top
from tcns.areas.places import has_districts
from tcns.clock import today
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.periods import reporting_month
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.spreadsheets.sending import send_list
from tcns.teams import queries, spreadsheet
from tcns.teams.blueprint import blueprint, size_limits
from tcns.teams.forms import TeamFilterForm
from tcns.teams.listing.queries import count_teams, teams_of_page
from tcns.teams.phone_views import with_phones_decided, write_phone_of_leader
from tcns.teams.queries import TeamFilter
from tcns.teams.vocabulary import TeamStatus
from tcns.web.kept_pages import kept_page
from tcns.web.paging import paginate_found, same_filters
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
    page = paginate_found(count_teams(scope, wanted), partial(teams_of_page, scope, wanted))
    return render_template(
        "teams/listing/list_teams.html",
        form=form,
        wanted=wanted,
        page=page,
        rows=queries.team_rows(scope, page.rows, wanted),
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
