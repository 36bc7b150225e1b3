"""The lists of persons and memberships, and their files."""

from collections.abc import Sequence
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
from tcns.teams.members import queries as member_queries
from tcns.teams.members import spreadsheet
from tcns.teams.members.forms import MemberFilterForm
from tcns.teams.members.queries import MemberFilter
from tcns.teams.members.spreadsheet_rows import MembershipLine, membership_lines, with_areas
from tcns.teams.phone_views import decide_phones, my_phones, write_phone
from tcns.web.paging import paginate, same_filters
from tcns.web.sorting import wanted_order


def wanted_members() -> tuple[MemberFilterForm, MemberFilter]:
    """The filters of the lists of persons and memberships as the address gives them."""
    form = MemberFilterForm.from_address()
    on = form.settle("on", today())
    return form, MemberFilter(
        on=on,
        place=form.place(my_scope(Permission.AREA_READ), on),
        text=form.value("q") or "",
        role=form.value("role"),
        body=form.value("body"),
        sex=form.value("sex"),
        trained=form.value("training"),
        order=wanted_order(),
        phones=my_phones(),
    )


@blueprint.get("/persons")
@requires(Permission.PERSON_READ)
def list_persons() -> str:
    """The persons with a membership on a day, each once."""
    form, wanted = wanted_members()
    scope = my_scope(Permission.PERSON_READ)
    page = paginate(member_queries.persons_in(scope, wanted))
    rows = member_queries.person_rows(scope, [row.Person for row in page.rows], wanted)
    return render_template(
        "teams/members/list_persons.html",
        form=form,
        wanted=wanted,
        page=page,
        rows=rows,
        export_url=same_filters("teams.export_persons"),
        memberships_url=same_filters("teams.list_memberships"),
    )


@blueprint.get("/persons/export")
@requires(Permission.PERSON_EXPORT)
def export_persons() -> Any:
    """The file of the list of persons; a list with an unclear filter is not exported."""
    form, wanted = wanted_members()
    if form.errors:
        return redirect(same_filters("teams.list_persons"))
    scope = my_scope(Permission.PERSON_EXPORT)
    title = _("List of persons on %(day)s", day=format_day(wanted.on))
    return send_list(
        member_queries.persons_in(scope, wanted),
        lambda persons: member_queries.person_rows(scope, persons, wanted),
        spreadsheet.person_columns(write_phone),
        lines=lines_on_members(title, form, wanted),
        area_id=wanted.place.area_id,
    )


def lines_on_members(title: str, form: MemberFilterForm, wanted: MemberFilter) -> list[Any]:
    """What the files of persons and memberships say on top."""
    when = _("Memberships that hold on %(day)s", day=format_day(wanted.on))
    return lines_on_top(title, form, wanted.place, when)


@blueprint.get("/memberships")
@requires(Permission.PERSON_READ)
def list_memberships() -> str:
    """The memberships on a day: who is in two teams stands here twice."""
    form, wanted = wanted_members()
    page = paginate(member_queries.memberships_in(my_scope(Permission.PERSON_READ), wanted))
    memberships = [row.Membership for row in page.rows]
    return render_template(
        "teams/members/list_memberships.html",
        form=form,
        wanted=wanted,
        page=page,
        rows=member_queries.with_trails(memberships, wanted.place.map_on),
        export_url=same_filters("teams.export_memberships"),
        persons_url=same_filters("teams.list_persons"),
    )


@blueprint.get("/memberships/export")
@requires(Permission.PERSON_EXPORT)
def export_memberships() -> Any:
    """The file of the list of memberships; a list with an unclear filter is not exported."""
    form, wanted = wanted_members()
    if form.errors:
        return redirect(same_filters("teams.list_memberships"))
    title = _("List of memberships on %(day)s", day=format_day(wanted.on))
    return send_list(
        membership_lines(my_scope(Permission.PERSON_EXPORT), wanted),
        lambda found: _lines(found, wanted),
        spreadsheet.membership_columns(
            write_phone, has_districts=has_districts(wanted.place.map_on)
        ),
        lines=lines_on_members(title, form, wanted),
        area_id=wanted.place.area_id,
    )


def _lines(found: Sequence[Any], wanted: MemberFilter) -> list[MembershipLine]:
    """Some rows of the file of memberships, whose phones are asked for at once."""
    decide_phones([row.person_id for row in found])
    return with_areas(found, wanted.place.map_on)
