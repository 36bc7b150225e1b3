"""The list of teams gained and lost, and its file."""

from typing import Any

from flask import redirect, render_template

from tcns.areas.place_forms import lines_on_top
from tcns.areas.places import has_districts
from tcns.coverage.changes.forms import TeamChangeForm
from tcns.coverage.changes.queries import ChangeFilter, change_rows, changed_teams, count_changes
from tcns.coverage.changes.spreadsheet import change_columns
from tcns.coverage.views import blueprint
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.spreadsheets.sending import send_list
from tcns.web.paging import paginate, same_filters
from tcns.web.sorting import wanted_order


def wanted_changes() -> tuple[TeamChangeForm, ChangeFilter]:
    """The filters of the list as the address gives them."""
    form = TeamChangeForm.from_address()
    days = form.days()
    return form, ChangeFilter(
        days=days,
        place=form.place(my_scope(Permission.COVERAGE_READ), days.last),
        text=form.value("q") or "",
        change=form.value("change"),
        order=wanted_order(),
    )


@blueprint.get("/coverage/changes")
@requires(Permission.COVERAGE_READ)
def list_team_changes() -> str:
    """The teams of a place that were gained or lost between two days; none under a wrong filter."""
    form, wanted = wanted_changes()
    scope = my_scope(Permission.COVERAGE_READ)
    if form.errors:
        return render_template("coverage/changes/list_team_changes.html", form=form, page=None)
    page = paginate(changed_teams(scope, wanted))
    return render_template(
        "coverage/changes/list_team_changes.html",
        form=form,
        wanted=wanted,
        page=page,
        counts=count_changes(scope, wanted),
        rows=change_rows([row.Team for row in page.rows], wanted),
        export_url=same_filters("coverage.export_team_changes"),
    )


@blueprint.get("/coverage/changes/export")
@requires(Permission.COVERAGE_READ)
def export_team_changes() -> Any:
    """The file of the list; a list with an unclear filter is not exported."""
    form, wanted = wanted_changes()
    if form.errors:
        return redirect(same_filters("coverage.list_team_changes"))
    first, last = (format_day(day) for day in wanted.days)
    return send_list(
        changed_teams(my_scope(Permission.COVERAGE_READ), wanted),
        lambda teams: change_rows(teams, wanted),
        change_columns(has_districts=has_districts(wanted.place.map_on)),
        lines=lines_on_top(
            _("Teams gained and lost"),
            form,
            wanted.place,
            _("From the end of %(first)s to the end of %(last)s", first=first, last=last),
        ),
        area_id=wanted.place.area_id,
    )
