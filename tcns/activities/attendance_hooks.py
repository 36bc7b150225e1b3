"""Who helped at which session, as the domain of teams asks when a team or membership changes."""

from datetime import date
from typing import Any

from sqlalchemy import Select, func, select

from tcns.activities.models import Activity, Attendance
from tcns.database import db
from tcns.periods import Period
from tcns.teams.activity_hooks import SessionDays, keep_session_days
from tcns.teams.models import Membership, Team


def days_of_team(team: Team) -> Period | None:
    """The first and the last day on which a team held a session, whatever became of it."""
    return _span(_held().where(Activity.team_id == team.id))


def days_of_membership(membership: Membership) -> Period | None:
    """The first and the last day on which a member helped at a session."""
    helped = Attendance.membership_id == membership.id
    return _span(_held().join(Attendance, Attendance.activity_id == Activity.id).where(helped))


def hand_over(former: Membership, successor: Membership, first_day: date) -> None:
    """Let the membership that follows another have what the person helped at from a day on."""
    query = select(Attendance).join(Activity, Activity.id == Attendance.activity_id)
    later = Activity.team_id == former.team_id, Activity.held_on >= first_day
    for helped in db.session.scalars(query.where(Attendance.membership_id == former.id, *later)):
        taken_over = Attendance(activity_id=helped.activity_id, membership_id=successor.id)
        db.session.delete(helped)
        db.session.add(taken_over)
    db.session.flush()


def _held() -> Select[Any]:
    """The first and the last day of sessions."""
    return select(func.min(Activity.held_on), func.max(Activity.held_on)).select_from(Activity)


def _span(query: Select[Any]) -> Period | None:
    """The days found; None where there was no session."""
    first, last = db.session.execute(query).one()
    return Period(first, last) if first else None


keep_session_days(SessionDays(days_of_team, days_of_membership, hand_over))
