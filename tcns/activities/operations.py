"""What changes activities: logging, submitting, correcting, deleting, returning, approving."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm.attributes import flag_modified

from tcns.accounts.models import User
from tcns.activities.content import (
    NO_DEVICE,
    ActivityText,
    DeviceMoments,
    apply,
    digest_of,
    snapshot,
)
from tcns.activities.entry.rules import broken_by, nobody_reached
from tcns.activities.models import Activity
from tcns.activities.notice_operations import tell_team
from tcns.activities.rows import Logging, Part, activity_row
from tcns.activities.rules import (
    check_may_approve,
    check_may_correct,
    check_may_delete,
    check_may_return,
    check_may_submit,
)
from tcns.activities.vocabulary import Status
from tcns.audit.operations import record, record_together
from tcns.audit.vocabulary import Event
from tcns.clock import now
from tcns.closings.rules import check_open
from tcns.database import db
from tcns.database.inserts import insert_rows
from tcns.database.locking import lock
from tcns.errors import RuleViolation, raise_violations
from tcns.i18n import gettext as _
from tcns.notices.vocabulary import NoticeKind
from tcns.teams.models import Team

# Asked of every session that is logged, so it is put together once.
OF_KEY = select(Activity).where(Activity.client_key == bindparam("client_key"))


def log_activity(
    team: Team,
    text: ActivityText,
    *,
    client_key: str,
    by: User,
    is_final: bool = False,
    device: DeviceMoments = NO_DEVICE,
) -> Activity:
    """Log a session of a team as a draft, or submit it at once when it is final.

    `device` is what the clock of the phone said, where it said something.

    Figures that may be mistaken are submitted only where the text says that they are right.

    The same key with the same content is the same session, sent twice: it answers the one there
    is, as it is. With other content it is a conflict, and nothing is written. Raises RuleViolation
    then, and when the key belongs to a session of somebody else.
    """
    known = db.session.scalar(OF_KEY, {"client_key": client_key})
    digest = digest_of(text)
    if known:
        if (known.team_id, known.entered_by_id) != (team.id, by.id):
            raise RuleViolation(_("This form was sent before. Open it anew."))
        if known.client_digest not in (None, digest):
            raise RuleViolation(
                _("This session was saved before, with other content: look at it first.")
            )
        return known
    raise_violations(broken_by(team, text, is_final=is_final))
    logging = Logging(client_key, by.id, now(), is_final, device)
    written = activity_row(team, text, logging)
    activity = Activity(**written.values)
    db.session.add(activity)
    db.session.flush()  # its parts and the record of it need the id
    _insert_parts(activity.id, written.parts)
    record_together(written.events, by=by, on=activity)
    return activity


def _insert_parts(activity_id: int, parts: Sequence[Part]) -> None:
    """Insert the topics, helpers and amounts of a session, each table's rows at once."""
    for model, own in groupby(parts, itemgetter(0)):
        rows = [{"activity_id": activity_id, **values} for _model, values in own]
        insert_rows(model, tuple(rows[0]), [tuple(row.values()) for row in rows])


def correct_activity(
    activity: Activity,
    text: ActivityText,
    *,
    by: User,
    is_final: bool = False,
    version: int | None = None,
) -> None:
    """Change a session that is not approved, and submit it when it is final.

    What was submitted already stays so, and is held to what a final one is held to.
    """
    lock(activity, version)
    check_may_correct(activity, by=by)
    is_sent = activity.state is Status.SUBMITTED
    is_final = is_final or is_sent
    if activity.state is not Status.DRAFT:
        check_open(activity.team, activity.held_on, text.held_on)
    raise_violations(broken_by(activity.team, text, is_final=is_final))
    changes = apply(activity, text)
    if any(old != new for old, new in changes.values()):
        # The version rises even if only topics or helpers changed.
        flag_modified(activity, "held_on")
        _record(Event.ACTIVITY_CORRECTED, activity, activity.team, changes, by=by)
    if is_final and not is_sent:
        db.session.flush()  # submitting reads the session again
        submit_activity(activity, by=by)


def delete_activity(activity: Activity, *, by: User, version: int | None = None) -> None:
    """Delete a session that is not approved.

    What it said stays on record, with its team's history.
    """
    lock(activity, version)
    check_may_delete(activity, by=by)
    team = activity.team
    if activity.state is not Status.DRAFT:
        check_open(team, activity.held_on)
    changes = {name: (value, None) for name, value in snapshot(activity).items()}
    changes |= {"team": (team.id, None), "photographs": (len(activity.photographs) or None, None)}
    _record(Event.ACTIVITY_DELETED, activity, team, changes, by=by)
    db.session.delete(activity)
    db.session.flush()


def submit_activity(activity: Activity, *, by: User, version: int | None = None) -> None:
    """Submit a draft or a corrected session for review; it counts from now on."""
    lock(activity, version)
    check_may_submit(activity, by=by)
    check_open(activity.team, activity.held_on)
    raise_violations(nobody_reached(activity))
    _move(Event.ACTIVITY_SUBMITTED, activity, Status.SUBMITTED, by=by)
    activity.submitted_at = now()


def return_activity(
    activity: Activity, *, reason: str, by: User, version: int | None = None
) -> None:
    """Return a submitted or approved session with a reason; it counts no longer.

    That its team asked for it is answered by this.
    """
    lock(activity, version)
    check_may_return(activity, by=by)
    check_open(activity.team, activity.held_on)
    if not reason.strip():
        raise RuleViolation(_("Say what is to be corrected."), "reason")
    changes = {"return_reason": (activity.return_reason, reason)}
    _move(Event.ACTIVITY_RETURNED, activity, Status.RETURNED, by=by, changes=changes)
    activity.return_reason = reason
    activity.recall_asked_at = activity.recall_reason = activity.recall_answer = None
    _review(activity, by=by)
    tell_team(NoticeKind.SESSION_RETURNED, activity, by=by)


def approve_activity(activity: Activity, *, by: User, version: int | None = None) -> None:
    """Approve a submitted session."""
    lock(activity, version)
    check_may_approve(activity, by=by)
    check_open(activity.team, activity.held_on)
    _move(Event.ACTIVITY_APPROVED, activity, Status.APPROVED, by=by)
    activity.return_reason = None
    _review(activity, by=by)


def _review(activity: Activity, *, by: User) -> None:
    """Note who reviewed the session, and when."""
    activity.reviewed_by_id, activity.reviewed_at = by.id, now()


def _move(
    event: Event,
    activity: Activity,
    status: Status,
    *,
    by: User,
    changes: Mapping[str, Any] | None = None,
) -> None:
    """Take a session to another status, on record with what else changes."""
    moved = {"status": (activity.status, status.value), **(changes or {})}
    activity.status = status
    _record(event, activity, activity.team, moved, by=by)


def _record(
    event: Event, activity: Activity, team: Team, changes: Mapping[str, Any], *, by: User
) -> None:
    """Put an event of a session on record, in the team's area."""
    record(event, by=by, on=activity, area_id=team.area_id, changes=changes)
