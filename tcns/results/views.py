"""Pages of results: a team's months, and the days that members of a team or commune served."""

from typing import Any

from flask import Blueprint, Response, redirect, render_template, url_for

from tcns.activities.vocabulary import Status
from tcns.areas import queries as areas
from tcns.areas.models import Area
from tcns.areas.places import steps_to, usual_map
from tcns.charts.team_year import Held, SessionState, TeamYear
from tcns.clock import today
from tcns.documents.member_queries import issuing_area, teams_to_list
from tcns.documents.sending import send_letter
from tcns.documents.views import commune_by_code
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.periods import NamedPeriod, Period
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.results.day_queries import Served, days_letter, days_served
from tcns.results.forms import ServedForm
from tcns.results.queries import month_in_words, sessions_between, team_months
from tcns.results.spreadsheet import SERVED_COLUMNS
from tcns.spreadsheets.sending import send_rows
from tcns.teams.models import Team
from tcns.web.paging import same_filters

blueprint = Blueprint("results", __name__)
STATES = {
    Status.APPROVED: SessionState.APPROVED,
    Status.SUBMITTED: SessionState.WAITING,
    Status.RETURNED: SessionState.RETURNED,
}


@blueprint.get("/teams/<int:team_id>/months")
@requires(Permission.TEAM_READ, Team)
def show_team_months(team: Team) -> str:
    """A team's months beside its commune's average, its year day by day, and words to send."""
    months = team_months(my_scope(Permission.TEAM_READ), team, today())
    texts = [(one, month_in_words(team, one)) for one in reversed(months[-2:])]
    return render_template(
        "results/show_team_months.html",
        team=team,
        months=months,
        year=_year(team, Period(months[0].month.days.first, today())),
        texts=texts,
    )


def _year(team: Team, days: Period) -> TeamYear:
    """The sessions of some days, each leading to its page."""
    held = tuple(
        Held(
            one.held_on,
            STATES[one.state],
            url_for("activities.show_activity", activity_id=one.id),
        )
        for one in sessions_between(my_scope(Permission.ACTIVITY_READ), team, days)
        if one.state in STATES
    )
    return TeamYear("year", team.name, days.first, days.last, held)


@blueprint.get("/teams/<int:team_id>/days")
@requires(Permission.PERSON_EXPORT, Team)
def show_team_days(team: Team) -> str:
    """The days that the members of a team served in a period."""
    form = ServedForm.from_address()
    return render_template(
        "results/show_team_days.html",
        form=form,
        named=form.asked(),
        name=team.name,
        rows=_of_team(team, form.asked()),
        page_url=url_for("results.show_team_days", team_id=team.id),
        export_url=same_filters("results.export_team_days", team_id=team.id),
        document_url=same_filters("results.send_team_days", team_id=team.id, **{"as": "pdf"}),
    )


def _of_team(team: Team, named: NamedPeriod) -> list[Served]:
    return days_served(my_scope(Permission.PERSON_EXPORT), [team.id], named.days)


@blueprint.get("/teams/<int:team_id>/days/export")
@requires(Permission.PERSON_EXPORT, Team)
def export_team_days(team: Team) -> Any:
    """The file of the days of a team's members; an unclear period is not exported."""
    form = ServedForm.from_address()
    if form.errors:
        return redirect(same_filters("results.show_team_days", team_id=team.id))
    return _send_rows(_of_team(team, form.asked()), team.name, form.asked(), team.area_id)


@blueprint.get("/teams/<int:team_id>/days/document")
@requires(Permission.PERSON_EXPORT, Team)
def send_team_days(team: Team) -> Response:
    """The days of a team's members as a document."""
    named = ServedForm.from_address().asked()
    area = issuing_area(team, min(named.days.last, today()))
    listed = days_letter(area, team.name, _of_team(team, named), named)
    return send_letter(listed.letter, area_id=team.area_id, persons=listed.persons)


@blueprint.get("/areas/<string:code>/days")
@requires(Permission.PERSON_EXPORT, commune_by_code)
def show_commune_days(commune: Area) -> str:
    """The days that the members of a commune's teams served in a period."""
    form, code = ServedForm.from_address(), _code(commune)
    return render_template(
        "results/show_commune_days.html",
        form=form,
        named=form.asked(),
        name=_name(commune),
        steps=steps_to(my_scope(Permission.AREA_READ), commune.id, areas.map_day()),
        rows=_of_commune(commune, form.asked()),
        page_url=url_for("results.show_commune_days", code=code),
        export_url=same_filters("results.export_commune_days", code=code),
        document_url=same_filters("results.send_commune_days", code=code, **{"as": "pdf"}),
    )


def _of_commune(commune: Area, named: NamedPeriod) -> list[Served]:
    scope = my_scope(Permission.PERSON_EXPORT)
    teams = teams_to_list(scope, commune, usual_map(today()))
    return days_served(scope, [team.id for team in teams], named.days)


def _name(commune: Area) -> str:
    return areas.labels([commune.id], areas.map_day())[commune.id].full_name


def _code(commune: Area) -> str:
    return areas.labels([commune.id], areas.map_day())[commune.id].code


@blueprint.get("/areas/<string:code>/days/export")
@requires(Permission.PERSON_EXPORT, commune_by_code)
def export_commune_days(commune: Area) -> Any:
    """The file of the days of a commune's members; an unclear period is not exported."""
    form = ServedForm.from_address()
    if form.errors:
        return redirect(same_filters("results.show_commune_days", code=_code(commune)))
    rows = _of_commune(commune, form.asked())
    return _send_rows(rows, _name(commune), form.asked(), commune.id)


@blueprint.get("/areas/<string:code>/days/document")
@requires(Permission.PERSON_EXPORT, commune_by_code)
def send_commune_days(commune: Area) -> Response:
    """The days of a commune's members as a document."""
    named = ServedForm.from_address().asked()
    listed = days_letter(commune, _name(commune), _of_commune(commune, named), named)
    return send_letter(listed.letter, area_id=commune.id, persons=listed.persons)


def _send_rows(rows: list[Served], name: str, named: NamedPeriod, area_id: int) -> Response:
    """The file, headed by whose days and which."""
    first, last = format_day(named.days.first), format_day(named.days.last)
    lines = [
        _("Days served: %(name)s", name=name),
        _("Held from %(first)s to %(last)s, both days included", first=first, last=last),
        _("Approved sessions; several on a day are one day."),
    ]
    return send_rows(rows, SERVED_COLUMNS, lines=lines, area_id=area_id)
