"""The page on which several sessions are typed at once."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug import Response

from tcns.activities.blueprint import blueprint
from tcns.activities.entry.queries import teams_to_log_for
from tcns.activities.grid import operations
from tcns.activities.grid.forms import FEWEST_ROWS, MOST_ROWS, GridForm, SessionRow, grid_form
from tcns.activities.grid.operations import Entered
from tcns.clock import today
from tcns.errors import RuleViolation
from tcns.i18n import ngettext
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.teams.queries import team_by_id
from tcns.web.idempotency import write_once

# What the button says that saves the good rows and leaves the others on the page.
GOOD_ROWS = "good"


@blueprint.route("/activities/grid", methods=["GET", "POST"])
@requires(Permission.ACTIVITY_REVIEW)
def log_sessions() -> Response | str:
    """Type several sessions on one page: all are saved, or none while a row is wrong; or the good
    ones, while the others stay to be mended."""
    teams = teams_to_log_for(my_scope(Permission.ACTIVITY_REVIEW), today())
    form = grid_form(teams, _row_count())
    answer = _saved(form) if form.is_submitted() else None
    return answer or render_template("activities/grid/log_sessions.html", form=form, teams=teams)


def _row_count() -> int:
    """How many rows the address, or the form that was sent, asks for."""
    wanted = request.form.get("rows") or request.args.get("rows", "")
    is_number = wanted.isascii() and wanted.isdigit() and len(wanted) < 4
    return min(max(int(wanted), FEWEST_ROWS), MOST_ROWS) if is_number else FEWEST_ROWS


def _saved(form: GridForm) -> Response | None:
    """Where it leads that all rows are saved; None while one stays on the page."""
    form.validate()
    rows = form.told_rows()
    good = _good_rows(form, rows)
    is_whole = len(good) == len(rows) and not form.errors
    if not (good and (is_whole or _takes_good_rows(form))):
        return None
    try:
        count = len(_write(form, good))
    except RuleViolation as broken:
        form.add_error(broken)
        return None
    flash(
        ngettext(
            "%(count)s session is submitted.",
            "%(count)s sessions are submitted.",
            count,
            count=count,
        ),
        "success",
    )
    if is_whole:
        return redirect(_list_of(good))
    form.keep_rows(row for row in rows if row not in good)
    return None


def _takes_good_rows(form: GridForm) -> bool:
    """Whether the button for the good rows was pressed, and what holds for all rows was said."""
    return request.form.get("action") == GOOD_ROWS and not (form.form.errors or form.form_errors)


def _good_rows(form: GridForm, rows: Sequence[SessionRow]) -> list[SessionRow]:
    """The rows that can be saved; what is wrong with the others is said beside their cells."""
    if form.form.data is None:
        return []
    sound = [(row, one) for row in rows if not row.errors and (one := _entered(form, row))]
    broken = operations.list_violations([one for _row, one in sound])
    for row, one in sound:
        for violation in broken.get(one.key, ()):
            form.add_row_error(row, violation)
    return [row for row, one in sound if one.key not in broken]


def _entered(form: GridForm, row: SessionRow) -> Entered | None:
    """The session of a sound row; None where its team is out of reach."""
    team = team_by_id(my_scope(Permission.ACTIVITY_REVIEW), row.fields["team"].data)
    return Entered(form.key_of(row), team, form.text_of(row)) if team else None


def _write(form: GridForm, rows: Sequence[SessionRow]) -> list[int]:
    """Save some rows in one transaction; the ids of their sessions."""
    return write_once(lambda: _logged(form, rows))


def _logged(form: GridForm, rows: Sequence[SessionRow]) -> list[int]:
    """Log the sessions of some rows; their ids."""
    entered = [one for row in rows if (one := _entered(form, row))]
    return [one.id for one in operations.log_sessions(entered, by=current_user)]


def _list_of(rows: Sequence[SessionRow]) -> str:
    """The list of the sessions that wait for review, of the days of some rows."""
    days = [row.fields["held_on"].data for row in rows]
    period = {"from": min(days).isoformat(), "to": max(days).isoformat()}
    return url_for("activities.list_activities", status="submitted", **period)
