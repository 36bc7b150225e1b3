"""Pages of the statistics of villages: the list with its file, and recording those of one."""

from collections.abc import Sequence
from typing import Any

from flask import redirect, render_template, url_for
from flask_login import current_user
from werkzeug import Response

from tcns.areas.list_queries import AreaFilter, listed_areas
from tcns.areas.models import Area
from tcns.areas.place_forms import lines_on_top
from tcns.areas.places import has_districts
from tcns.areas.statistics.forms import StatisticsFilterForm, StatisticsForm
from tcns.areas.statistics.operations import record_statistics as put_on_record
from tcns.areas.statistics.queries import (
    VillageFigures,
    figures_of,
    statistics_of,
    total_of,
    with_statistic,
)
from tcns.areas.statistics.spreadsheet import statistics_columns
from tcns.areas.statistics.vocabulary import Counted, Statistic
from tcns.areas.views import blueprint, tops_of
from tcns.areas.villages.views import commune_of, day_of, name_of, page, village_on_day
from tcns.areas.vocabulary import Level
from tcns.clock import today
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.spreadsheets.sending import send_list
from tcns.web.idempotency import lead_to, submit_once
from tcns.web.paging import paginate, same_filters
from tcns.web.sorting import wanted_order


def listed(form: StatisticsFilterForm) -> AreaFilter:
    """Which villages the form asks for."""
    on = form.value("on") or today()
    place = form.place(my_scope(Permission.AREA_READ), on)
    has, known = form.value("has"), form.value("known")
    asked = has or known
    return AreaFilter(
        place=place,
        tops=tops_of(place),
        level=Level.VILLAGE,
        text=form.value("q"),
        in_ids=with_statistic(asked, on, is_yes=bool(has)) if asked else None,
        order=wanted_order(),
    )


def rows_of(
    form: StatisticsFilterForm, wanted: AreaFilter, found: Sequence[Area]
) -> list[VillageFigures]:
    """What the list shows of some of its villages."""
    return figures_of(found, wanted.place.map_on, form.value("on") or today())


def found_by(wanted: AreaFilter) -> Any:
    """The query of the villages that the list shows."""
    return listed_areas(my_scope(Permission.AREA_READ), wanted)


def total_listed(form: StatisticsFilterForm, wanted: AreaFilter) -> Counted | None:
    """The share of the whole list, where it is about those villages of which one is known."""
    known = form.value("known")
    if known is None or not known.is_share:
        return None
    listed_ids = found_by(wanted).order_by(None).with_only_columns(Area.id)
    return total_of(listed_ids, known, form.value("on") or today())


@blueprint.get("/areas/statistics")
@requires(Permission.AREA_READ)
def list_statistics() -> str:
    """The villages of a place with what is on record of them on a day."""
    form = StatisticsFilterForm.from_address()
    wanted = listed(form)
    page_of_list = paginate(found_by(wanted))
    return render_template(
        "areas/statistics/list_statistics.html",
        form=form,
        wanted=wanted,
        on=form.value("on") or today(),
        page=page_of_list,
        rows=rows_of(form, wanted, [row.Area for row in page_of_list.rows]),
        shared=form.value("known"),
        total=total_listed(form, wanted),
        statistics=list(Statistic),
        has_districts=has_districts(wanted.place.map_on),
        export_url=same_filters("areas.export_statistics"),
    )


@blueprint.get("/areas/statistics/export")
@requires(Permission.AREA_READ)
def export_statistics() -> Any:
    """The file of the list; a list with an unclear filter is not exported."""
    form = StatisticsFilterForm.from_address()
    wanted = listed(form)
    if form.errors:
        return redirect(same_filters("areas.list_statistics"))
    on = form.value("on") or today()
    return send_list(
        found_by(wanted),
        lambda found: rows_of(form, wanted, found),
        statistics_columns(has_districts=has_districts(wanted.place.map_on)),
        lines=lines_on_top(
            _("Statistics of villages"),
            form,
            wanted.place,
            _("Figures on %(day)s", day=format_day(on)),
        ),
        area_id=wanted.place.area_id,
    )


@blueprint.route("/areas/<string:code>/statistics", methods=["GET", "POST"])
@requires(Permission.AREA_WRITE, village_on_day)
def record_statistics(village: Area) -> Response | str:
    """Put on record what was counted of a village on a day."""
    form = StatisticsForm()
    answer = submit_once(
        form,
        lambda: put_on_record(
            commune_of(village), village, form.said(), form.first_day.data, by=current_user
        ),
        lambda _done: lead_to(
            url_for("areas.show_area", code=name_of(village).code, on=day_of(village)),
            _("The figures are on record."),
        ),
    )
    known = statistics_of([village.id], day_of(village)).get(village.id, {})
    hints = {
        each.value: _("On record: %(value)s", value=counted.in_words)
        for each, counted in known.items()
    }
    return answer or page("areas/statistics/record_statistics.html", form, village, hints=hints)
