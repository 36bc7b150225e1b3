"""What becomes of months: closed, opened again until a day, asked to be opened, declined."""

from datetime import date, timedelta
from typing import Any

from tcns.areas.models import Area
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.clock import now, today
from tcns.closings.models import Closing, ReopeningRequest
from tcns.closings.notice_operations import tell_asked, tell_decided, tell_reopened
from tcns.closings.queries import closing_over, latest_closing, waiting_request_of
from tcns.database import db
from tcns.database.locking import lock
from tcns.errors import RuleViolation
from tcns.i18n import gettext as _
from tcns.periods import NamedPeriod, PeriodKind, period_holding
from tcns.teams.models import Team

# An opened month is closed again by itself: nobody has to remember it.
LONGEST_OPEN = timedelta(days=31)


def close_month(area: Area, month: NamedPeriod, *, by: Any) -> Closing:
    """Close a month of the calendar for an area; its sessions stay as they are.

    Raises RuleViolation where it is not over yet, or closed already.
    """
    lock(area)
    days = month.days
    if days.last >= today():
        raise RuleViolation(_("The month is not over yet."))
    before = latest_closing(area, days.first)
    if before and before.is_closed_on(today()):
        raise RuleViolation(_("The month is closed already."))
    closing = Closing(
        area_id=area.id,
        first_day=days.first,
        last_day=days.last,
        closed_by_id=by.id,
        closed_at=now(),
    )
    db.session.add(closing)
    db.session.flush()
    record(
        Event.MONTH_CLOSED,
        by=by,
        on=closing,
        area_id=area.id,
        changes={"month": (None, month.name)},
    )
    return closing


def reopen_month(
    area: Area, month: NamedPeriod, *, reason: str, open_until: date, by: Any
) -> Closing:
    """Open a closed month again to the end of a day, for a reason.

    Raises RuleViolation where it is not closed, or the day lies in the past or too far ahead.
    """
    lock(area)
    closing = latest_closing(area, month.days.first)
    if closing is None or not closing.is_closed_on(today()):
        raise RuleViolation(_("The month is open."))
    if not today() <= open_until <= today() + LONGEST_OPEN:
        raise RuleViolation(_("Choose a day from today on, at most 31 days ahead."), "open_until")
    if closing.reopened_at is not None:  # it was opened before and has closed by itself since
        closing = _closed_again(closing)
    closing.reopened_by_id, closing.reopened_at = by.id, now()
    closing.reopen_reason, closing.open_until = reason, open_until
    changes = {
        "month": (None, month.name),
        "reason": (None, reason),
        "open_until": (None, open_until),
    }
    record(Event.MONTH_REOPENED, by=by, on=closing, area_id=area.id, changes=changes)
    tell_reopened(closing, month, by=by)
    return closing


def _closed_again(before: Closing) -> Closing:
    """A closing after one that closed by itself, so that each opening stays on the list."""
    closing = Closing(
        area_id=before.area_id,
        first_day=before.first_day,
        last_day=before.last_day,
        closed_by_id=before.closed_by_id,
        closed_at=now(),
    )
    db.session.add(closing)
    db.session.flush()
    return closing


def ask_to_reopen(team: Team, day: date, *, reason: str, by: Any) -> ReopeningRequest:
    """Ask to open the month of a day again for a team's session, once for all its days.

    Raises RuleViolation where the month is open, or it was asked already.
    """
    closing = closing_over(team, day)  # holds the areas, which come before the team
    lock(team)
    if closing is None:
        raise RuleViolation(_("The month is open."))
    if waiting_request_of(team, closing.first_day):
        raise RuleViolation(_("This was asked already. Wait for the answer."))
    request = ReopeningRequest(
        area_id=closing.area_id,
        team_id=team.id,
        first_day=closing.first_day,
        reason=reason,
        asked_by_id=by.id,
        asked_at=now(),
    )
    db.session.add(request)
    db.session.flush()
    month = period_holding(PeriodKind.MONTH, day).name
    changes = {"month": (None, month), "reason": (None, reason), "team": (None, team.id)}
    record(Event.REOPENING_ASKED, by=by, on=request, area_id=team.area_id, changes=changes)
    tell_asked(request, by=by)
    return request


def grant(request: ReopeningRequest, *, open_until: date, by: Any) -> None:
    """Open the month that is asked for, for the reason that was given."""
    _decide(request, is_granted=True, by=by)
    changes = {"open_until": (None, open_until)}
    record(
        Event.REOPENING_GRANTED, by=by, on=request, area_id=request.team.area_id, changes=changes
    )
    tell_decided(request, by=by)
    month = period_holding(PeriodKind.MONTH, request.first_day)
    closing = latest_closing(request.area, request.first_day)
    if closing and closing.is_closed_on(today()):
        reopen_month(request.area, month, reason=request.reason, open_until=open_until, by=by)


def decline(request: ReopeningRequest, *, answer: str, by: Any) -> None:
    """Leave the month closed, and say why; raises RuleViolation without an answer."""
    if not answer.strip():
        raise RuleViolation(_("Say why the month stays closed."), "answer")
    _decide(request, is_granted=False, by=by)
    request.answer = answer
    changes = {"answer": (None, answer)}
    record(
        Event.REOPENING_DECLINED, by=by, on=request, area_id=request.team.area_id, changes=changes
    )
    tell_decided(request, by=by)


def _decide(request: ReopeningRequest, *, is_granted: bool, by: Any) -> None:
    """Take a request off the waiting ones; raises RuleViolation where another did."""
    lock(request)
    if request.decided_at is not None:
        raise RuleViolation(_("Somebody else has decided this already."))
    request.decided_by_id, request.decided_at, request.is_granted = by.id, now(), is_granted
