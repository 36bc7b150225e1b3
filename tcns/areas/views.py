"""Pages of areas: the tree on a day, one area with its history, the list and its file."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask import Blueprint, redirect, render_template, url_for

from tcns.areas import history_queries, queries
from tcns.areas.forms import AreaFilterForm, DayForm, Days
from tcns.areas.list_queries import AreaFilter, AreaRow, area_rows, households_listed, listed_areas
from tcns.areas.models import Area
from tcns.areas.place_forms import lines_on_top
from tcns.areas.places import Place, Trail, has_districts, trails
from tcns.areas.spreadsheet import area_columns
from tcns.areas.statistics.queries import statistics_of
from tcns.areas.tree_queries import by_parent, children, count_all, tree
from tcns.areas.villages.queries import Change, closed_villages, open_changes
from tcns.areas.villages.rules import households_on
from tcns.areas.vocabulary import Having, Level, OnRecord
from tcns.clock import today
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.search.views import area_switched_to
from tcns.spreadsheets.sending import send_list
from tcns.teams import area_queries
from tcns.web.paging import paginate, same_filters
from tcns.web.sorting import wanted_order

blueprint = Blueprint("areas", __name__)
NAMED_WITH_OTHERS = (Level.VILLAGE, Level.COMMUNE, Level.DISTRICT)


@blueprint.app_template_filter()
def names_along(trail: Trail) -> list[str]:
    """What the areas of a trail are called, from the village up, but for the province."""
    return [trail[level].label.full_name for level in NAMED_WITH_OTHERS if level in trail]


@blueprint.get("/areas")
@requires(Permission.AREA_READ)
def show_tree() -> Any:
    """The tree on a day, down to the communes; their villages stand on their own pages. Where an
    area is named, it leads to its page."""
    form = DayForm.from_address()
    days = form.days(queries.map_day())
    named = area_switched_to(form) if form.value("under") else None
    if named:
        kept: dict[str, Any] = days.address if named.area.is_valid_on(days.map_on) else {}
        return redirect(url_for("areas.show_area", code=named.label.code, **kept))
    tops = tree(my_scope(Permission.AREA_READ), days.map_on)
    counts = counts_of_teams([node.area for top in tops for node in top.walk()], days)
    villages = [top for top in tops if top.area.step is Level.VILLAGE]
    return render_template(
        "areas/show_tree.html",
        form=form,
        days=days,
        tops=[top for top in tops if top.area.step is not Level.VILLAGE],
        villages=by_parent(villages, days.map_on),
        teams=counts,
    )


def counts_of_teams(areas: Iterable[Area], days: Days) -> dict[int, int]:
    """How many teams the visitor may see under each area, by the area's id."""
    scope = my_scope(Permission.TEAM_READ)
    return area_queries.team_counts(scope, [area.id for area in areas], days.on, days.map_on)


def area_on_day(code: str) -> Area | None:
    """The area that bears the code on the day the address asks for, or one gone that bore it."""
    day = day_asked_for()
    return queries.area_by_code(code, day) or history_queries.closed_area(code, day)


def day_asked_for() -> date:
    """The day whose areas the address asks for, else the day of the map."""
    return DayForm.from_address().days(queries.map_day()).map_on


def days_shown(form: DayForm, area: Area) -> Days:
    """The days the address asks for; of an area that was gone by then, its last day."""
    days, last = form.days(queries.map_day()), area.last_day
    return Days(last, min(days.on, last)) if last and days.map_on > last else days


@blueprint.get("/areas/<string:code>")
@requires(Permission.AREA_READ, area_on_day)
def show_area(area: Area) -> str:
    """One area on a day: where it stands, what is in it, what it was before and after."""
    form = DayForm.from_address()
    days = days_shown(form, area)
    day = days.map_on
    below = children(my_scope(Permission.AREA_READ), area, day)
    return render_template(
        "areas/show_area.html",
        form=form,
        days=days,
        area=area,
        below=below,
        counts=count_all(below),
        trail=sorted(trails([area.id], day)[area.id].items(), key=lambda step: step[0].rank),
        code_now=code_now(area),
        timeline=history_queries.timeline(area),
        closed=closed_villages(my_scope(Permission.AREA_READ), area, day),
        changes=changes_to_take_back(area),
        households=households_on([area.id], day).get(area.id),
        figures=statistics_of([area.id], day).get(area.id, {}),
        team_counts=counts_of_teams([area, *(node.area for node in below)], days),
        teams=area_queries.teams_of_area(my_scope(Permission.TEAM_READ), area, days.on, day),
    )


def code_now(area: Area) -> str | None:
    """The code of an area on the map day; None where it is not on that map: another may bear its
    code there."""
    day = queries.map_day()
    return queries.labels([area.id], day)[area.id].code if area.is_valid_on(day) else None


def changes_to_take_back(area: Area) -> list[Change]:
    """The changes of villages that the visitor may take back from an area's page."""
    scope = my_scope(Permission.AREA_WRITE)
    if area.step not in (Level.COMMUNE, Level.VILLAGE) or not scope.covers(area):
        return []
    communes = [area.id, *(stay.placement.parent_id for stay in history_queries.stays(area))]
    return open_changes(scope, area, communes, queries.map_day())


def tops_of(place: Place) -> list[int]:
    """The areas, by id, under which a list looks whose place is everything: all that became
    today's province, for the gazetteer holds another."""
    is_whole = my_scope(Permission.AREA_READ).everything
    provinces = queries.provinces_of_today(place.map_on) if is_whole else []
    return [province.id for province in provinces]


def listed(form: AreaFilterForm) -> AreaFilter:
    """Which areas the form asks for."""
    on, having, level = form.value("on") or today(), form.value("team"), form.value("level")
    place = form.place(my_scope(Permission.AREA_READ), on)
    owners = area_queries.areas_with_team(my_scope(Permission.TEAM_READ), on, place.map_on)
    return AreaFilter(
        place=place,
        tops=tops_of(place),
        level=level,
        text=form.value("q"),
        in_ids=owners if having is Having.WITH else None,
        outside=owners if having is Having.WITHOUT else None,
        households=form.value("households"),
        known_by=max(on, place.map_on),
        order=wanted_order(),
    )


def found_by(form: AreaFilterForm, wanted: AreaFilter) -> Any:
    """The query of the areas that the list shows."""
    teams, on = my_scope(Permission.TEAM_READ), form.value("on") or today()
    count = area_queries.own_team_count(teams, Area.id, on, wanted.place.map_on)
    return listed_areas(my_scope(Permission.AREA_READ), wanted, count)


def households_of(wanted: AreaFilter) -> int | None:
    """How many households the villages of a list have, where it is about those it is known of."""
    if wanted.households is not OnRecord.KNOWN:
        return None
    return households_listed(my_scope(Permission.AREA_READ), wanted)


def rows_of(form: AreaFilterForm, wanted: AreaFilter, found: Sequence[Area]) -> list[AreaRow]:
    """What the list shows of some of its areas."""
    day, on = wanted.place.map_on, form.value("on") or today()
    scope = my_scope(Permission.TEAM_READ)
    counts = area_queries.own_team_counts(scope, [area.id for area in found], on, day)
    return area_rows(found, day, counts)


@blueprint.get("/areas/list")
@requires(Permission.AREA_READ)
def list_areas() -> str:
    """The areas of a place on a map, with or without teams on a day."""
    form = AreaFilterForm.from_address()
    wanted = listed(form)
    page = paginate(found_by(form, wanted))
    return render_template(
        "areas/list_areas.html",
        form=form,
        wanted=wanted,
        households=households_of(wanted),
        on=form.value("on") or today(),
        page=page,
        rows=rows_of(form, wanted, [row.Area for row in page.rows]),
        has_districts=has_districts(wanted.place.map_on),
        export_url=same_filters("areas.export_areas"),
    )


@blueprint.get("/areas/export")
@requires(Permission.AREA_READ)
def export_areas() -> Any:
    """The file of the list of areas; a list with an unclear filter is not exported."""
    form = AreaFilterForm.from_address()
    wanted = listed(form)
    if form.errors:
        return redirect(same_filters("areas.list_areas"))
    on = form.value("on") or today()
    return send_list(
        found_by(form, wanted),
        lambda found: rows_of(form, wanted, found),
        area_columns(has_districts=has_districts(wanted.place.map_on)),
        lines=lines_on_top(
            _("List of areas"), form, wanted.place, _("Teams on %(day)s", day=format_day(on))
        ),
        area_id=wanted.place.area_id,
    )
