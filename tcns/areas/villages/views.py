"""Pages that write villages: added, renamed, corrected, merged, closed; their households."""

from datetime import date
from typing import Any

from flask import render_template, url_for
from flask_login import current_user
from werkzeug import Response

from tcns.areas import queries
from tcns.areas.forms import DayForm
from tcns.areas.models import Area, AreaName
from tcns.areas.places import trails
from tcns.areas.views import area_on_day, blueprint, day_asked_for, days_shown
from tcns.areas.villages import operations as village_changes
from tcns.areas.villages.forms import (
    CloseForm,
    HouseholdsForm,
    MergeVillagesForm,
    NameForm,
    NewVillageForm,
    RenameForm,
)
from tcns.areas.villages.queries import villages_of
from tcns.areas.villages.rules import households_on
from tcns.areas.vocabulary import Level
from tcns.clock import today
from tcns.i18n import format_day, ngettext
from tcns.i18n import gettext as _
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.web.forms import WritingForm
from tcns.web.idempotency import lead_to, submit_once


def commune_on_day(code: str) -> Area | None:
    """The commune that bears the code on the day the address asks for."""
    return queries.area_by_code(code, day_asked_for(), level=Level.COMMUNE)


def village_on_day(code: str) -> Area | None:
    """The village that bears the code on the day the address asks for."""
    found = area_on_day(code)
    return found if found and found.step is Level.VILLAGE else None


def day_of(area: Area) -> date:
    """The day on which the address looks at an area."""
    return days_shown(DayForm.from_address(), area).map_on


def name_of(village: Area) -> AreaName:
    """The name of a village on the day the address looks at it."""
    return next(name for name in village.names if name.is_valid_on(day_of(village)))


def commune_of(village: Area) -> Area:
    """The commune a village stands in on the day the address asks for."""
    return queries.area_at(Level.COMMUNE, village, day_of(village))


def page(template: str, form: WritingForm, area: Area, **more: Any) -> str:
    """The page of a form.

    It says until which day something can change, where areas are shown as of a fixed one.
    """
    day = day_of(area)
    return render_template(
        template,
        form=form,
        area=area,
        day=day,
        trail=sorted(trails([area.id], day)[area.id].items(), key=lambda step: step[0].rank),
        latest=queries.map_day() if queries.map_day() < today() else None,
        **more,
    )


def area_url(name: AreaName) -> str:
    """The address of an area's page on the first day of a name."""
    day = max(name.valid_from, min(queries.map_day(), name.last_day or queries.map_day()))
    return url_for("areas.show_area", code=name.code, on=day)


@blueprint.route("/areas/<string:code>/villages/add", methods=["GET", "POST"])
@requires(Permission.AREA_WRITE, commune_on_day)
def add_village(commune: Area) -> Response | str:
    """Add a village to a commune."""
    form = NewVillageForm()
    answer = submit_once(
        form,
        lambda: village_changes.enter_village(
            commune, form.text(), form.household_count(), by=current_user
        ),
        lambda village: lead_to(area_url(village.names[0]), exists_since(village.names[0])),
    )
    return answer or page("areas/villages/add_village.html", form, commune)


def exists_since(name: AreaName) -> str:
    """Which village there is, and since when."""
    since = format_day(name.valid_from)
    return _("%(area)s exists since %(day)s.", area=name.full_name, day=since)


@blueprint.route("/areas/<string:code>/villages/merge", methods=["GET", "POST"])
@requires(Permission.AREA_WRITE, commune_on_day)
def merge_villages(commune: Area) -> Response | str:
    """Make several villages of a commune one."""
    form = MergeVillagesForm()
    found = villages_of(my_scope(Permission.AREA_WRITE), commune, day_of(commune))
    known = households_on([village.id for village, _name in found], day_of(commune))
    form.offer((village.id, described(name, known.get(village.id))) for village, name in found)
    villages = [village for village, _name in found]
    answer = submit_once(
        form,
        lambda: village_changes.merge_villages(commune, form.merger(villages), by=current_user),
        lambda merged: lead_to(area_url(merged.names[0]), merged_into(merged.names[0])),
    )
    return answer or page("areas/villages/merge_villages.html", form, commune)


def merged_into(name: AreaName) -> str:
    """Which village there is now, and what is left to do."""
    return _(
        "%(area)s exists since %(day)s. Its teams are left to be looked after.",
        area=name.full_name,
        day=format_day(name.valid_from),
    )


def described(name: AreaName, households: int | None) -> str:
    """A village to choose: what it is called and, where that is known, how large it is."""
    if households is None:
        return name.full_name
    count = ngettext("%(num)s household", "%(num)s households", households)
    return f"{name.full_name} ({count})"


@blueprint.route("/areas/<string:code>/rename", methods=["GET", "POST"])
@requires(Permission.AREA_WRITE, village_on_day)
def rename_village(village: Area) -> Response | str:
    """Call a village otherwise from a day on."""
    form = RenameForm.of(village)
    answer = submit_once(
        form,
        lambda: village_changes.rename_village(
            commune_of(village), village, form.text(), version=form.version.data, by=current_user
        ),
        lambda name: lead_to(area_url(name), called_since(name)),
    )
    return answer or page("areas/villages/rename_village.html", form, village)


def called_since(name: AreaName) -> str:
    """What a village is called, and since when."""
    since = format_day(name.valid_from)
    return _("It is called %(name)s since %(day)s.", name=name.full_name, day=since)


@blueprint.route("/areas/<string:code>/correct", methods=["GET", "POST"])
@requires(Permission.AREA_WRITE, village_on_day)
def correct_village_name(village: Area) -> Response | str:
    """Correct the name that a village has on a day."""
    name = name_of(village)
    form = NameForm.of(name)
    answer = submit_once(
        form,
        lambda: village_changes.correct_village_name(
            commune_of(village), name, form.text(), version=form.version.data, by=current_user
        ),
        lambda _done: lead_to(
            url_for("areas.show_area", code=name.code, on=day_of(village)),
            _("The name was corrected: %(name)s.", name=name.full_name),
        ),
    )
    return answer or page("areas/villages/correct_village_name.html", form, village, name=name)


@blueprint.route("/areas/<string:code>/close", methods=["GET", "POST"])
@requires(Permission.AREA_WRITE, village_on_day)
def close_village(village: Area) -> Response | str:
    """End a village after a day, perhaps split into new ones."""
    form, commune = CloseForm.of(village), commune_of(village)
    found = [
        (other, name)
        for other, name in villages_of(my_scope(Permission.AREA_WRITE), commune, queries.map_day())
        if other.valid_from > village.valid_from
    ]
    form.offer((other.id, name.full_name) for other, name in found)
    others = [other for other, _name in found]
    answer = submit_once(
        form,
        lambda: village_changes.close_village(
            commune, village, form.closure(others), version=form.version.data, by=current_user
        ),
        lambda _done: closed(village, form.last_day.data),
    )
    return answer or page("areas/villages/close_village.html", form, village)


def closed(village: Area, last_day: date) -> str:
    """Lead to a village as it was on its last day, and say which that was."""
    name = max(village.names, key=lambda name: name.valid_from)
    return lead_to(
        url_for("areas.show_area", code=name.code, on=last_day),
        _("%(area)s existed until %(day)s.", area=name.full_name, day=format_day(last_day)),
    )


@blueprint.route("/areas/<string:code>/households", methods=["GET", "POST"])
@requires(Permission.AREA_WRITE, village_on_day)
def set_households(village: Area) -> Response | str:
    """Put on record how many households a village has from a day on."""
    form = HouseholdsForm()
    answer = submit_once(
        form,
        lambda: village_changes.set_households(
            commune_of(village),
            village,
            form.households.data or 0,
            form.first_day.data,
            is_confirmed=form.is_confirmed.data,
            by=current_user,
        ),
        lambda _done: lead_to(
            url_for("areas.show_area", code=name_of(village).code, on=day_of(village)),
            _("The number of households is on record."),
        ),
    )
    known = households_on([village.id], day_of(village)).get(village.id)
    return answer or page("areas/villages/set_households.html", form, village, known=known)
