"""Pages that write villages: added, renamed, put right, merged, closed; their households."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import flash, render_template, url_for
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
from tcns.areas.villages.rules import Closure, Merger, VillageText, households_on
from tcns.areas.vocabulary import AreaKind, Level
from tcns.clock import today
from tcns.i18n import format_day, ngettext
from tcns.i18n import gettext as _
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.web.forms import WritingForm
from tcns.web.idempotency import submit_once


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


def answer(
    template: str, form: WritingForm, area: Area, operate: Callable[[], str], **more: Any
) -> Response | str:
    """Carry out a form once, or show it with what is wrong.

    The page says until which day something can change, where areas are shown as of a fixed one.
    """
    done = submit_once(form, operate) if form.validate_on_submit() else None
    day = day_of(area)
    return done or render_template(
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

    def operate() -> str:
        households = form.household_count()
        village = village_changes.enter_village(commune, form.text(), households, by=current_user)
        name = village.names[0]
        since = format_day(name.valid_from)
        flash(_("%(area)s exists since %(day)s.", area=name.full_name, day=since), "success")
        return area_url(name)

    return answer("areas/villages/add_village.html", form, commune, operate)


@blueprint.route("/areas/<string:code>/villages/merge", methods=["GET", "POST"])
@requires(Permission.AREA_WRITE, commune_on_day)
def merge_villages(commune: Area) -> Response | str:
    """Make several villages of a commune one."""
    form = MergeVillagesForm()
    found = villages_of(my_scope(Permission.AREA_WRITE), commune, day_of(commune))
    known = households_on([village.id for village, _name in found], day_of(commune))
    form.offer((village.id, described(name, known.get(village.id))) for village, name in found)

    def operate() -> str:
        chosen = [village for village, _name in found if village.id in form.villages.data]
        wanted = Merger(chosen, form.text(), form.decree.data or None, form.household_count())
        merged = village_changes.merge_villages(commune, wanted, by=current_user)
        name = merged.names[0]
        message = _(
            "%(area)s exists since %(day)s. Its teams are left to be looked after.",
            area=name.full_name,
            day=format_day(name.valid_from),
        )
        flash(message, "success")
        return area_url(name)

    return answer("areas/villages/merge_villages.html", form, commune, operate)


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

    def operate() -> str:
        commune, text = commune_of(village), form.text()
        village_changes.lock_villages(commune, [village])
        form.expect_current()
        village_changes.rename_village(commune, village, text, by=current_user)
        name = next(name for name in village.names if name.valid_from == text.first_day)
        since = format_day(name.valid_from)
        flash(_("It is called %(name)s since %(day)s.", name=name.full_name, day=since), "success")
        return area_url(name)

    return answer("areas/villages/rename_village.html", form, village, operate)


@blueprint.route("/areas/<string:code>/correct", methods=["GET", "POST"])
@requires(Permission.AREA_WRITE, village_on_day)
def correct_village_name(village: Area) -> Response | str:
    """Put right the name that a village bears on a day."""
    name = name_of(village)
    form = NameForm.of(name)

    def operate() -> str:
        form.expect_current()
        text = VillageText(form.name.data, AreaKind(form.kind.data), name.valid_from)
        village_changes.correct_village_name(commune_of(village), name, text, by=current_user)
        flash(_("The name was put right: %(name)s.", name=name.full_name), "success")
        return url_for("areas.show_area", code=name.code, on=day_of(village))

    return answer("areas/villages/correct_village_name.html", form, village, operate, name=name)


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

    def operate() -> str:
        village_changes.lock_villages(commune, [village])
        form.expect_current()
        parts = [other for other, _name in found if other.id in (form.successors.data or ())]
        wanted = Closure(form.last_day.data, parts, form.decree.data or None)
        village_changes.close_village(commune, village, wanted, by=current_user)
        name = max(village.names, key=lambda name: name.valid_from)
        day = format_day(wanted.last_day)
        flash(_("%(area)s existed until %(day)s.", area=name.full_name, day=day), "success")
        return url_for("areas.show_area", code=name.code, on=wanted.last_day)

    return answer("areas/villages/close_village.html", form, village, operate)


@blueprint.route("/areas/<string:code>/households", methods=["GET", "POST"])
@requires(Permission.AREA_WRITE, village_on_day)
def set_households(village: Area) -> Response | str:
    """Put on record how many households a village has from a day on."""
    form = HouseholdsForm()

    def operate() -> str:
        count: int = form.households.data or 0
        day = form.first_day.data
        village_changes.set_households(commune_of(village), village, count, day, by=current_user)
        flash(_("The number of households is on record."), "success")
        return url_for("areas.show_area", code=name_of(village).code, on=day_of(village))

    known = households_on([village.id], day_of(village)).get(village.id)
    return answer("areas/villages/set_households.html", form, village, operate, known=known)
