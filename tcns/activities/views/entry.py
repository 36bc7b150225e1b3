"""Pages that log a session and put it right."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from flask import flash, redirect, render_template, request
from flask_login import current_user
from werkzeug import Response

from tcns.activities import operations
from tcns.activities.blueprint import blueprint
from tcns.activities.content import ActivityText
from tcns.activities.doubts import session_like
from tcns.activities.entry import queries as entry_queries
from tcns.activities.entry.fields import record_id
from tcns.activities.entry.forms import DayForm, EntryForm
from tcns.activities.entry.rules import broken_by, unfit_day
from tcns.activities.models import Activity
from tcns.activities.review.forms import TeamChoiceForm
from tcns.activities.review.views import activity_url
from tcns.activities.rules import check_may_correct
from tcns.activities.views import checking
from tcns.activities.views.filling import REPEATED, SHORT, as_last_time, filled_in, like
from tcns.clock import today
from tcns.closings.rules import closed_month
from tcns.errors import RuleViolation
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.teams.models import Team
from tcns.teams.queries import team_by_id
from tcns.web.idempotency import submit_once

Result = TypeVar("Result")
# What the buttons of the form say, beside those of the page that shows it before it is submitted;
# whatever else is sent submits.
DRAFT, LOOK, EDIT, CLEAR = "draft", "look", "edit", "clear"


@blueprint.route("/activities/log", methods=["GET", "POST"])
@requires(Permission.ACTIVITY_WRITE)
def log_activity() -> Response | str:
    """Log a session of the one team, or of the one that the address names."""
    team = wanted_team()
    if team is None:
        return _team_choice()
    filled = filled_in(team) if request.method == "GET" else None
    form = entry_form(team, today()).new(filled.usual if filled else {})
    answer = _entered(
        form,
        team,
        lambda text: operations.log_activity(
            team,
            text,
            client_key=form.client_key.data,
            is_final=_is_final(),
            device=form.device(),
            by=current_user,
        ),
        lambda activity: _logged(activity, form),
    )
    if answer:
        return answer
    last, usual = filled or filled_in(team)
    marks = as_last_time(form, last, usual)
    is_short = like() == SHORT and {"kind", "form"} <= set(marks)
    more = {"last": last, "marks": marks, "is_short": is_short}
    return _page("activities/log_activity.html", form, team, **more)


def _logged(activity: Activity, form: EntryForm) -> str:
    """Where a session is shown that was logged; one like another, of which nobody said that it is
    none, is saved, and the page says so."""
    twin = None if form.twin.data else session_like(activity)
    if twin:
        flash(
            _(
                "The team has a session like this on file: %(day)s, %(kind)s. If it is the same, "
                "delete one of them.",
                day=format_day(twin.held_on),
                kind=twin.kind.label,
            ),
            "warning",
        )
    return activity_url(activity)


def wanted_team() -> Team | None:
    """The team that the address names, if one may log for it; without a name the only one."""
    scope = my_scope(Permission.ACTIVITY_WRITE)
    if "team" not in request.args:
        return entry_queries.only_team_to_log_for(scope, today())
    try:
        return team_by_id(scope, record_id(request.args["team"]))
    except ValueError:
        return None


def _team_choice() -> str:
    """The page that asks for the team where there are several, or that says there is none."""
    teams = entry_queries.teams_to_log_for(my_scope(Permission.ACTIVITY_WRITE), today())
    form = TeamChoiceForm(request.args).offer(teams)
    return render_template(
        "activities/choose_team.html",
        form=form,
        teams=teams,
        is_unknown="team" in request.args,
        like=SHORT if like() == SHORT else None,
    )


@blueprint.route("/activities/<int:activity_id>/edit", methods=["GET", "POST"])
@requires(Permission.ACTIVITY_WRITE, Activity)
def edit_activity(activity: Activity) -> Response | str:
    """Put a draft or a returned session right, and submit it."""
    form, team = entry_form(activity.team, activity.held_on).of(activity), activity.team
    if not form.is_submitted():
        try:
            check_may_correct(activity, by=current_user)
        except RuleViolation as broken:
            flash(str(broken.message), "warning")
            return redirect(activity_url(activity))
    answer = _entered(
        form,
        team,
        lambda text: operations.correct_activity(
            activity,
            text,
            is_final=_is_final(),
            version=form.version.data,
            by=current_user,
        ),
        lambda _done: activity_url(activity),
    )
    return answer or _page("activities/edit_activity.html", form, team, activity=activity)


def entry_form(team: Team, held_on: date) -> type[EntryForm]:
    """The form for a team's session, counting what was asked for on its day."""
    days = sorted({held_on, _sent_day() or held_on})
    offered = {one.id: one for day in days for one in entry_queries.indicators_on(day)}
    return EntryForm.counting(tuple(offered.values()))


def _sent_day() -> date | None:
    """The day that the sent form chose, if it can be read."""
    if request.method != "POST":
        return None
    form = DayForm(request.form)
    return form.day if form.day and form.day <= today() else None


def _entered(
    form: EntryForm,
    team: Team,
    operate: Callable[[ActivityText], Result],
    then: Callable[[Result], str],
) -> Response | str | None:
    """The answer to a sound form, or the page that shows it first; to another, or to none,
    nothing."""
    text = _text(form, team)
    answer = _done(
        form,
        team,
        text,
        lambda: submit_once(
            form, lambda: operate(text), then, besides=lambda: _violations(form, team)
        ),
    )
    if answer:
        return answer
    day = _day_to_offer(form, team)
    form.helpers.data = entry_queries.memberships_that_day(team, form.helpers.data or (), day)
    form.offer_helpers(entry_queries.members_to_help(team, day))
    if checking.is_to_be_checked(form):
        return checking.check_page(form, team, text)
    for question in checking.QUESTIONS:
        form[question].errors = []  # it is asked on the other page alone
    return None


def _done(
    form: EntryForm, team: Team, text: ActivityText, submit: Callable[[], Response | None]
) -> Response | None:
    """What the pressed button did, if it was one that does something."""
    action = request.form.get("action", "")
    if action in (LOOK, EDIT):
        _look(form, team)
    elif action.startswith(CLEAR):
        _clear(form, action)
    elif action == checking.REVIEW:
        _review(form, team)
    else:
        refused = checking.not_submitted(form, team, text) if action == checking.SEND else None
        answer = refused or (None if form.twin.errors else submit())
        if answer and not refused:
            _say_what_was_done()
        return answer
    return None


def _clear(form: EntryForm, action: str) -> None:
    """Empty what was filled in beforehand: one field, or all of them."""
    for name in REPEATED:
        if action in (CLEAR, f"{CLEAR}-{name}"):
            form[name].data = None


def _review(form: EntryForm, team: Team) -> None:
    """Say all that is wrong; what is only doubtful is asked on the next page."""
    if form.is_submitted():
        form.validate()
        for broken in _violations(form, team):
            if broken.field not in checking.QUESTIONS:
                form.add_error(broken)


def _look(form: EntryForm, team: Team) -> None:
    """Say what is wrong with the day that was chosen, for which the page shows the members."""
    if form.is_submitted():
        for broken in form.judged(unfit_day(team, form.day or today())):
            form.add_error(broken)


def _violations(form: EntryForm, team: Team) -> Iterable[RuleViolation]:
    """Which rules the session breaks, as far as it can be understood."""
    return form.judged(broken_by(team, _text(form, team), is_final=_is_final()))


def _day_to_offer(form: EntryForm, team: Team) -> date:
    """The day whose members are offered: the session's, or the team's latest where it is none.

    So that a mistyped day loses nobody who was ticked.
    """
    if form.day and team.is_valid_on(form.day):
        return form.day
    return min(today(), team.last_day or today())


def _text(form: EntryForm, team: Team) -> ActivityText:
    """What the form tells, its helpers by their memberships of the session's day."""
    text = form.text()
    helpers = entry_queries.memberships_that_day(team, set(text.helpers), text.held_on)
    return replace(text, helpers=helpers)


def _is_final() -> bool:
    """Whether the button that submits was pressed: all but the one that keeps a draft."""
    return request.form.get("action") != DRAFT


def _say_what_was_done() -> None:
    """Tell on the next page how far the session has come."""
    if _is_final():
        flash(_("The session is submitted. Thank you."), "success")
    else:
        flash(_("Saved as a draft. It counts once it is submitted."), "warning")


def _page(template: str, form: EntryForm, team: Team, **more: Any) -> str:
    day = form.day or today()
    return render_template(template, form=form, team=team, closed=closed_month(team, day), **more)
