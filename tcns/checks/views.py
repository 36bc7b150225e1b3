"""Pages of checks: all with their counts, and the list of what one finds, with its file."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template

from tcns.areas.place_forms import lines_on_top
from tcns.areas.places import has_districts
from tcns.checks.catalogue import BY_KEY
from tcns.checks.context import Check, CheckContext, PhoneWriters
from tcns.checks.for_visitor import context_at, found_at, url_of
from tcns.checks.forms import CheckForm
from tcns.clock import today
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.scope import Scope
from tcns.permissions.vocabulary import Permission
from tcns.spreadsheets.sending import send_list
from tcns.teams.phone_views import write_phone, write_phone_of_leader
from tcns.web.paging import paginate, same_filters

blueprint = Blueprint("checks", __name__)
WRITERS = PhoneWriters(write_phone, write_phone_of_leader)


def wanted(check: Check) -> tuple[CheckForm, CheckContext]:
    """The filters as the address gives them, and where they let a check look."""
    form = CheckForm.from_address()
    place = form.place(my_scope(Permission.AREA_READ), today())
    return form, context_at(place, form.value("q") or "")


@blueprint.get("/checks")
@requires(Permission.COVERAGE_READ)
def list_checks() -> str:
    """Everything that is checked, and how much of it needs attention in a place."""
    form = CheckForm.from_address()
    place = form.place(my_scope(Permission.AREA_READ), today())
    return render_template(
        "checks/list_checks.html", form=form, place=place, found=found_at(place), url_of=url_of
    )


def check_named(key: str) -> Check | None:
    """The check of an address, if it has its list here and the visitor may know of it."""
    check = BY_KEY.get(key)
    is_known = check and check.listing.part and my_scope(check.permission)
    return check if is_known else None


@blueprint.get("/checks/<string:key>")
@requires(Permission.COVERAGE_READ, check_named)
def show_check(check: Check) -> str:
    """What a check finds in a place, each leading to where it is mended."""
    form, context = wanted(check)
    scope = my_scope(check.permission)
    page = paginate(check.find(scope, context))
    assert check.listing.describe, "a check with its list here says what the list shows"
    return render_template(
        "checks/show_check.html",
        check=check,
        form=form,
        context=context,
        page=page,
        rows=check.listing.describe(scope, [row[0] for row in page.rows], context),
        may_export=bool(_scope_of_file(check)),
        export_url=same_filters("checks.export_check", key=check.key),
    )


def _scope_of_file(check: Check) -> Scope:
    """Where the visitor may take along what a check finds."""
    is_personal = check.listing.is_personal
    return my_scope(Permission.PERSON_EXPORT if is_personal else check.permission)


@blueprint.get("/checks/<string:key>/export")
@requires(Permission.COVERAGE_READ, check_named)
def export_check(check: Check) -> Any:
    """The file of what a check finds; a list with an unclear filter is not exported."""
    form, context = wanted(check)
    listing, scope = check.listing, _scope_of_file(check)
    if not scope:
        abort(403)
    if form.errors:
        return redirect(same_filters("checks.show_check", key=check.key))
    assert listing.describe and listing.columns, "a check with its list here has a file"
    describe = listing.describe
    return send_list(
        check.find(scope, context),
        lambda found: describe(scope, found, context),
        listing.columns(WRITERS, has_districts(context.place.map_on)),
        lines=lines_on_top(
            str(check.label), form, context.place, _("On %(day)s", day=format_day(context.on))
        ),
        area_id=context.place.area_id,
    )
