"""What changes attendance without changing a session: memberships that are joined."""

from collections.abc import Callable, Iterable
from datetime import date

from sqlalchemy import select

from tcns.activities.models import Activity, Attendance
from tcns.database import db
from tcns.teams.models import Membership
from tcns.undo.models import Reversible
from tcns.undo.operations import note_created, note_deletion


def hand_over_attendance(
    gone: Iterable[Membership],
    holding: Callable[[date], Membership],
    *,
    done: Reversible,
) -> None:
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
        note_deletion(done, attendance)
        db.session.delete(attendance)
        if db.session.get(Attendance, key) is None:
            _open(key, done=done)


def _open(key: tuple[int, int], *, done: Reversible) -> None:
    """Attendance at a session under a membership."""
    activity_id, membership_id = key
    attendance = Attendance(activity_id=activity_id, membership_id=membership_id)
    db.session.add(attendance)
    db.session.flush()  # the step of it needs the key
    note_created(done, attendance)
