"""Pages of closed months: how each stands, closing, opening again, asking and answering."""

from datetime import date

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug import Response

from tcns.activities.months.queries import (
    NONE,
    late_counts,
    month_counts,
    teams_without_session,
    waiting_sessions,
)
from tcns.activities.vocabulary import Status
from tcns.areas import queries as areas
from tcns.areas.history_queries import labels_at_any_time
from tcns.areas.models import Area
from tcns.areas.places import usual_map
from tcns.areas.vocabulary import Level
from tcns.clock import today
from tcns.closings import operations, queries
from tcns.closings.blueprint import blueprint
from tcns.closings.forms import AskForm, CloseForm, DecideForm, MonthForm, ReopenForm
from tcns.closings.models import ReopeningRequest
from tcns.closings.spreadsheet import closing_columns
from tcns.errors import RuleViolation
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.periods import NamedPeriod, PeriodKind, period_holding, period_named
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.spreadsheets.sending import send_rows
from tcns.teams.models import Team
from tcns.web.idempotency import lead_to, submit_once


def month_shown() -> NamedPeriod:
    """The month that the address names, else the last one that is over."""
    asked = period_named(MonthForm.from_address().value("month") or "")
    if asked and asked.kind is PeriodKind.MONTH:
        return asked
    return period_holding(PeriodKind.MONTH, today()).step(-1)


def month_of_address(name: str) -> NamedPeriod:
    """The month that a part of the address names; else there is no such page."""
    found = period_named(name)
    return found if found and found.kind is PeriodKind.MONTH else abort(404)


def area_of_month(code: str, month: str) -> Area | None:
    """The commune or province that bears a code on the last day of a month."""
    named = period_named(month)
    if named is None or named.kind is not PeriodKind.MONTH:
        return None
    found = areas.area_by_code(code, usual_map(named.days.last))
    return found if found and found.step in (Level.COMMUNE, Level.PROVINCE) else None


@blueprint.get("/periods")
@requires(Permission.PERIOD_READ)
def list_months() -> str:
    """How a month stands in the province and in each commune the visitor may see."""
    month = month_shown()
    period, scope = month.days, my_scope(Permission.PERIOD_READ)
    day = usual_map(period.last)
    province = areas.province(day)
    listed = areas.tops_of(scope, day) if not scope.everything else []
    tops = [area for area in [province, *listed] if area and scope.covers(area)]
    communes = areas.communes_in(scope, province.id, day) if province else []
    shown = list({area.id: area for area in [*tops, *communes]}.values())
    shown = [area for area in shown if area.step in (Level.PROVINCE, Level.COMMUNE)]
    return render_template(
        "closings/list_months.html",
        month=month,
        areas=shown,
        labels=areas.labels([area.id for area in shown], day),
        closings=queries.closings_of(scope, period.first),
        counts=month_counts(my_scope(Permission.ACTIVITY_READ), period, day),
        nothing=NONE,
        status=Status,
        is_over=period.last < today(),
        requests=queries.waiting_requests(my_scope(Permission.PERIOD_CLOSE)),
    )


@blueprint.route("/periods/<string:month>/<string:code>/close", methods=["GET", "POST"])
@requires(Permission.PERIOD_CLOSE, area_of_month)
def close_month(area: Area, month: str) -> Response | str:
    """Close a month, after a look at what is missing in it."""
    named, form = month_of_address(month), CloseForm()
    day = usual_map(named.days.last)
    waiting = waiting_sessions(my_scope(Permission.ACTIVITY_READ), area, named.days, day)
    if waiting and form.is_submitted() and not form.is_confirmed.data:
        message = _("Approve the sessions that wait, or tick that they are left out.")
        form.add_error(RuleViolation(message, "is_confirmed"))
        answer = None
    else:
        answer = submit_once(
            form,
            lambda: operations.close_month(area, named, by=current_user),
            lambda _done: lead_to(
                list_address(named), _("%(month)s is closed.", month=named.label.lower())
            ),
        )
    counted = month_counts(my_scope(Permission.ACTIVITY_READ), named.days, day)
    return answer or render_template(
        "closings/close_month.html",
        form=form,
        area=area,
        label=areas.labels([area.id], day)[area.id],
        month=named,
        waiting=waiting,
        approved=counted.get(area.id, {}).get(Status.APPROVED, NONE),
        silent=teams_without_session(my_scope(Permission.TEAM_READ), area, named.days, day),
    )


@blueprint.route("/periods/<string:month>/<string:code>/reopen", methods=["GET", "POST"])
@requires(Permission.PERIOD_CLOSE, area_of_month)
def reopen_month(area: Area, month: str) -> Response | str:
    """Open a closed month again until a day, for a reason."""
    named, form = month_of_address(month), ReopenForm.usual()
    answer = submit_once(
        form,
        lambda: operations.reopen_month(
            area,
            named,
            reason=form.reason.data,
            open_until=form.open_until.data,
            by=current_user,
        ),
        lambda done: lead_to(list_address(named), _opened(named, done.open_until)),
    )
    day = usual_map(named.days.last)
    return answer or render_template(
        "closings/reopen_month.html",
        form=form,
        area=area,
        label=areas.labels([area.id], day)[area.id],
        month=named,
    )


def _opened(month: NamedPeriod, until: date | None) -> str:
    """Until when a month is open."""
    return _(
        "%(month)s is open until the end of %(day)s.",
        month=month.label.lower(),
        day=format_day(until),
    )


def list_address(month: NamedPeriod) -> str:
    """The page that says how a month stands."""
    return url_for("closings.list_months", month=month.name)


@blueprint.get("/periods/history")
@requires(Permission.PERIOD_READ)
def list_closings() -> str:
    """Who closed and opened which month, when and why."""
    found = queries.history(my_scope(Permission.PERIOD_READ))
    return render_template(
        "closings/list_closings.html",
        closings=found,
        labels=labels_at_any_time([one.area_id for one in found]),
        month_of=lambda one: period_holding(PeriodKind.MONTH, one.first_day),
    )


@blueprint.get("/periods/history/export")
@requires(Permission.PERIOD_READ)
def export_closings() -> Response:
    """The same as a file."""
    found = queries.history(my_scope(Permission.PERIOD_READ))
    columns = closing_columns(labels_at_any_time([one.area_id for one in found]))
    return send_rows(found, columns, lines=[_("Closed months")])


@blueprint.route("/teams/<int:team_id>/periods/<string:month>/ask", methods=["GET", "POST"])
@requires(Permission.ACTIVITY_WRITE, Team)
def ask_to_reopen(team: Team, month: str) -> Response | str:
    """Ask to have a closed month opened for a team's sessions."""
    named, form = month_of_address(month), AskForm()
    day = named.days.first
    answer = submit_once(
        form,
        lambda: operations.ask_to_reopen(team, day, reason=form.reason.data, by=current_user),
        lambda _done: lead_to(
            url_for("teams.show_team", team_id=team.id),
            _("Asked. The official answers; meanwhile the sessions are kept as drafts."),
        ),
    )
    return answer or render_template(
        "closings/ask_to_reopen.html", form=form, team=team, month=named
    )


@blueprint.route("/periods/requests/<int:request_id>", methods=["GET", "POST"])
@requires(Permission.PERIOD_CLOSE, ReopeningRequest)
def decide_request(asked: ReopeningRequest) -> Response | str:
    """Open the month a team asks for, or say why not."""
    form = DecideForm.usual()
    named = period_holding(PeriodKind.MONTH, asked.first_day)
    answer = submit_once(
        form,
        lambda: _decide(asked, form),
        lambda _done: lead_to(list_address(named), _("The request is answered.")),
    )
    if answer is None and asked.decided_at is not None:
        flash(_("Somebody else has decided this already."), "warning")
        return redirect(list_address(named))
    scope, day = my_scope(Permission.ACTIVITY_READ), usual_map(named.days.last)
    return answer or render_template(
        "closings/decide_request.html",
        form=form,
        asked=asked,
        month=named,
        approved=month_counts(scope, named.days, day)
        .get(asked.area_id, {})
        .get(Status.APPROVED, NONE),
        late=late_counts(scope, asked.team, named.days),
    )


def _decide(asked: ReopeningRequest, form: DecideForm) -> None:
    """Grant or decline, by the button that was pressed."""
    if request.form.get("decision") == "decline":
        operations.decline(asked, answer=form.answer.data or "", by=current_user)
    else:
        operations.grant(asked, open_until=form.open_until.data, by=current_user)
