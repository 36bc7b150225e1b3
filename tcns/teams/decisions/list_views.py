"""The list of decisions, and its file."""

from typing import Any

from flask import redirect, render_template

from tcns.areas.place_forms import lines_on_top
from tcns.areas.places import has_districts
from tcns.clock import today
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.spreadsheets.sending import send_list
from tcns.teams.blueprint import blueprint
from tcns.teams.decisions.forms import DecisionFilterForm
from tcns.teams.decisions.list_queries import (
    DecisionFilter,
    decision_rows,
    decision_years,
    decisions_in,
)
from tcns.teams.decisions.spreadsheet import decision_columns
from tcns.web.paging import paginate, same_filters
from tcns.web.sorting import wanted_order


def wanted_decisions() -> tuple[DecisionFilterForm, DecisionFilter]:
    """The filters of the list of decisions as the address gives them."""
    form = DecisionFilterForm.from_address()
    form.offer_years(decision_years(my_scope(Permission.TEAM_READ)))
    return form, DecisionFilter(
        place=form.place(my_scope(Permission.AREA_READ), today()),
        text=form.value("q") or "",
        year=form.value("year"),
        purpose=form.value("purpose"),
        order=wanted_order(),
    )


@blueprint.get("/decisions")
@requires(Permission.TEAM_READ)
def list_decisions() -> str:
    """The decisions that established, changed or dissolved teams."""
    form, wanted = wanted_decisions()
    scope = my_scope(Permission.TEAM_READ)
    page = paginate(decisions_in(scope, wanted))
    decisions = [row.EstablishingDecision for row in page.rows]
    return render_template(
        "teams/decisions/list_decisions.html",
        form=form,
        page=page,
        rows=decision_rows(scope, decisions, wanted.place.map_on),
        export_url=same_filters("teams.export_decisions"),
    )


@blueprint.get("/decisions/export")
@requires(Permission.TEAM_READ)
def export_decisions() -> Any:
    """The file of the list of decisions; a list with an unclear filter is not exported."""
    form, wanted = wanted_decisions()
    if form.errors:
        return redirect(same_filters("teams.list_decisions"))
    scope = my_scope(Permission.TEAM_READ)
    when = _("As on file on %(day)s", day=format_day(today()))
    return send_list(
        decisions_in(scope, wanted),
        lambda decisions: decision_rows(scope, decisions, wanted.place.map_on),
        decision_columns(has_districts=has_districts(wanted.place.map_on)),
        lines=lines_on_top(_("List of decisions"), form, wanted.place, when),
        area_id=wanted.place.area_id,
    )
