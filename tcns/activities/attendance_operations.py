"""What changes attendance without changing a session: memberships that are joined."""

from collections.abc import Callable, Iterable
from datetime import date

from sqlalchemy import select

from tcns.activities.models import Activity, Attendance
from tcns.database import db
from tcns.teams.models import Membership


def hand_over_attendance(gone: Iterable[Membership], holding: Callable[[date], Membership]) -> None:
    """Let the membership that holds on a session's day have what others helped at.

    Whoever helped at a session under two memberships helped once.
    """
    query = (
        select(Attendance, Activity.held_on)
        .join(Attendance.activity)
        .where(Attendance.membership_id.in_([membership.id for membership in gone]))
        .order_by(Attendance.activity_id, Attendance.membership_id)
    )
    for attendance, held_on in db.session.execute(query).all():
        key = attendance.activity_id, holding(held_on).id
        db.session.delete(attendance)
        if db.session.get(Attendance, key) is None:
            activity_id, membership_id = key
            db.session.add(Attendance(activity_id=activity_id, membership_id=membership_id))
            db.session.flush()  # whoever helped under two memberships is looked for again
