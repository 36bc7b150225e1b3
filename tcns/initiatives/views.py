"""Pages of digital models: the list with its file; registered, corrected, ended, removed."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug import Response

from tcns.areas import queries as areas
from tcns.areas.models import Area, AreaName
from tcns.areas.place_forms import lines_on_top
from tcns.areas.places import has_districts, usual_map
from tcns.areas.vocabulary import Level
from tcns.clock import today
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.initiatives import operations
from tcns.initiatives.forms import (
    CorrectForm,
    EndForm,
    InitiativeFields,
    InitiativeFilterForm,
    RegisterForm,
    WithdrawForm,
)
from tcns.initiatives.models import Initiative
from tcns.initiatives.queries import InitiativeFilter, initiative_rows, initiatives_in
from tcns.initiatives.spreadsheet import initiative_columns
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.spreadsheets.sending import send_list
from tcns.teams.area_queries import communes_in, villages_in
from tcns.web.idempotency import lead_to, submit_once
from tcns.web.paging import paginate, same_filters
from tcns.web.sorting import wanted_order

blueprint = Blueprint("initiatives", __name__)


def wanted_initiatives() -> tuple[InitiativeFilterForm, InitiativeFilter]:
    """The filters of the list as the address gives them."""
    form = InitiativeFilterForm.from_address()
    on = form.value("on") or today()
    return form, InitiativeFilter(
        place=form.place(my_scope(Permission.AREA_READ), on),
        on=on,
        text=form.value("q") or "",
        kind=form.value("kind"),
        stage=form.value("stage"),
        lasting=form.value("lasting"),
        order=wanted_order(),
    )


@blueprint.get("/initiatives")
@requires(Permission.AREA_READ)
def list_initiatives() -> str:
    """The digital models of a place on a day."""
    form, wanted = wanted_initiatives()
    scope = my_scope(Permission.AREA_READ)
    page = paginate(initiatives_in(scope, wanted))
    return render_template(
        "initiatives/list_initiatives.html",
        form=form,
        wanted=wanted,
        page=page,
        rows=initiative_rows(scope, [row.Initiative for row in page.rows], wanted.place.map_on),
        export_url=same_filters("initiatives.export_initiatives"),
    )


@blueprint.get("/initiatives/export")
@requires(Permission.AREA_READ)
def export_initiatives() -> Any:
    """The file of the list; a list with an unclear filter is not exported."""
    form, wanted = wanted_initiatives()
    if form.errors:
        return redirect(same_filters("initiatives.list_initiatives"))
    scope, map_on = my_scope(Permission.AREA_READ), wanted.place.map_on
    when = _("As on %(day)s", day=format_day(wanted.on))
    return send_list(
        initiatives_in(scope, wanted),
        lambda found: initiative_rows(scope, found, map_on),
        initiative_columns(has_districts=has_districts(map_on)),
        lines=lines_on_top(_("Digital models"), form, wanted.place, when),
        area_id=wanted.place.area_id,
    )


@blueprint.route("/initiatives/register", methods=["GET", "POST"])
@requires(Permission.AREA_WRITE)
def register_initiative() -> Response | str:
    """Register a digital model of a commune or one of its villages."""
    commune = commune_asked_for()
    if commune is None:
        return render_template(
            "initiatives/register_initiative.html", form=None, communes=my_communes()
        )
    form = RegisterForm()
    form.offer(areas_of(commune))
    answer = submit_once(
        form,
        lambda: operations.register_initiative(form.text(), by=current_user),
        lambda made: lead_to(
            url_for("initiatives.list_initiatives"),
            _(
                "%(name)s is registered from %(day)s on.",
                name=made.name,
                day=format_day(made.valid_from),
            ),
        ),
    )
    return answer or render_template("initiatives/register_initiative.html", form=form)


def my_communes() -> list[tuple[Area, AreaName]]:
    """The communes of the map in which the visitor may register."""
    return communes_in(my_scope(Permission.AREA_WRITE), areas.map_day())


def commune_asked_for() -> Area | None:
    """The commune of the address, or the visitor's only one; None where there are several."""
    communes = my_communes()
    if "commune" not in request.args:
        return communes[0][0] if len(communes) == 1 else None
    code = request.args["commune"]
    found = next((area for area, name in communes if name.code == code), None)
    return found or abort(404)


def areas_of(commune: Area) -> Sequence[tuple[Area, AreaName]]:
    """A commune and its villages on the map."""
    day, scope = areas.map_day(), my_scope(Permission.AREA_WRITE)
    own = [pair for pair in my_communes() if pair[0] is commune]
    return [*own, *villages_in(scope, commune, day)]


def offer_neighbours(form: InitiativeFields, initiative: Initiative) -> None:
    """Offer the commune and the villages where a digital model is, and its own area besides."""
    day = usual_map(today())
    commune = areas.area_at(Level.COMMUNE, initiative.area, day)
    found = list(areas_of(commune)) if commune else []
    if initiative.area_id not in {area.id for area, _name in found}:
        found.append((initiative.area, initiative.area.names[-1]))
    form.offer(found)


@blueprint.route("/initiatives/<int:initiative_id>/correct", methods=["GET", "POST"])
@requires(Permission.AREA_WRITE, Initiative)
def correct_initiative(initiative: Initiative) -> Response | str:
    """Correct what is said of a digital model."""
    form = CorrectForm.of(initiative)
    offer_neighbours(form, initiative)
    answer = submit_once(
        form,
        lambda: operations.correct_initiative(
            initiative, form.text(), version=form.version.data, by=current_user
        ),
        lambda _done: to_list(_("%(name)s was corrected.", name=initiative.name)),
    )
    return answer or page("initiatives/correct_initiative.html", form, initiative)


@blueprint.route("/initiatives/<int:initiative_id>/end", methods=["GET", "POST"])
@requires(Permission.AREA_WRITE, Initiative)
def end_initiative(initiative: Initiative) -> Response | str:
    """End a digital model after a day."""
    form = EndForm.of(initiative)
    answer = submit_once(
        form,
        lambda: operations.end_initiative(
            initiative, form.last_day.data, version=form.version.data, by=current_user
        ),
        lambda _done: to_list(
            _(
                "%(name)s ended after %(day)s.",
                name=initiative.name,
                day=format_day(form.last_day.data),
            )
        ),
    )
    return answer or page("initiatives/end_initiative.html", form, initiative)


@blueprint.route("/initiatives/<int:initiative_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.AREA_WRITE, Initiative)
def withdraw_initiative(initiative: Initiative) -> Response | str:
    """Remove a digital model that was entered by mistake."""
    form, name = WithdrawForm.of(initiative), initiative.name
    answer = submit_once(
        form,
        lambda: operations.withdraw_initiative(
            initiative, version=form.version.data, by=current_user
        ),
        lambda _done: to_list(_("%(name)s was removed.", name=name)),
    )
    return answer or page("initiatives/withdraw_initiative.html", form, initiative)


def to_list(message: str) -> Any:
    """Back to the list, with what was done."""
    return lead_to(url_for("initiatives.list_initiatives"), message)


def page(template: str, form: Any, initiative: Initiative) -> str:
    """The page of a form about a digital model."""
    return render_template(template, form=form, initiative=initiative)
