"""What changes activities: logging, submitting, correcting, deleting, returning, approving."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from tcns.accounts.models import User
from tcns.activities.content import (
    NO_DEVICE,
    PARTS,
    ActivityText,
    DeviceMoments,
    apply,
    digest_of,
    snapshot,
)
from tcns.activities.doubts import households_that_day, is_far_beyond, usual_participants
from tcns.activities.models import Activity
from tcns.activities.rules import (
    check_may_approve,
    check_may_correct,
    check_may_delete,
    check_may_return,
    check_may_submit,
)
from tcns.activities.vocabulary import Status
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.clock import now, today
from tcns.database import db
from tcns.database.locking import lock
from tcns.errors import RuleViolation, raise_violations
from tcns.i18n import format_day, format_number, join_words
from tcns.i18n import gettext as _
from tcns.indicators.models import Indicator
from tcns.teams.models import Membership, Person, Team


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
    known = db.session.scalar(select(Activity).where(Activity.client_key == client_key))
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
    moment, status = now(), Status.SUBMITTED if is_final else Status.DRAFT
    activity = Activity(
        client_key=client_key,
        client_digest=digest,
        team_id=team.id,
        status=status,
        entered_by_id=by.id,
        entered_at=moment,
        submitted_at=moment if is_final else None,
        device_logged_at=device.logged_at,
        device_sent_at=device.sent_at,
    )
    changes = apply(activity, text)
    db.session.add(activity)
    db.session.flush()  # the record of it needs the id
    _record(Event.ACTIVITY_LOGGED, activity, team, changes, by=by)
    if is_final:
        moved = {"status": (Status.DRAFT.value, status.value)}
        _record(Event.ACTIVITY_SUBMITTED, activity, team, moved, by=by)
    return activity


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
    changes = {name: (value, None) for name, value in snapshot(activity).items()}
    changes |= {"team": (team.id, None), "photographs": (len(activity.photographs) or None, None)}
    _record(Event.ACTIVITY_DELETED, activity, team, changes, by=by)
    db.session.delete(activity)
    db.session.flush()


def submit_activity(activity: Activity, *, by: User, version: int | None = None) -> None:
    """Submit a draft or a corrected session for review; it counts from now on."""
    lock(activity, version)
    check_may_submit(activity, by=by)
    raise_violations(_nobody_reached(activity))
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
    if not reason.strip():
        raise RuleViolation(_("Say what is to be corrected."), "reason")
    changes = {"return_reason": (activity.return_reason, reason)}
    _move(Event.ACTIVITY_RETURNED, activity, Status.RETURNED, by=by, changes=changes)
    activity.return_reason = reason
    activity.recall_asked_at = activity.recall_reason = activity.recall_answer = None
    _review(activity, by=by)


def approve_activity(activity: Activity, *, by: User, version: int | None = None) -> None:
    """Approve a submitted session."""
    lock(activity, version)
    check_may_approve(activity, by=by)
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


def broken_by(team: Team, text: ActivityText, *, is_final: bool) -> list[RuleViolation]:
    """What cannot have been: every rule that the text breaks, each beside its field."""
    day = unfit_day(team, text.held_on)
    broken = day + _parts_too_large(text)
    if not day:  # what depends on the day would only repeat that it is wrong
        broken += _strange_helpers(team, text) + _strange_amounts(text)
    if is_final:
        broken += _nobody_reached(text) + _doubted(team, text)
    return broken


def unfit_day(team: Team, day: date) -> list[RuleViolation]:
    """A day to come, or one on which the team did not exist."""
    if day > today():
        return [RuleViolation(_("The day lies in the future."), "held_on")]
    if not team.is_valid_on(day):
        message = _("The team does not exist on %(day)s.", day=format_day(day))
        return [RuleViolation(message, "held_on")]
    return []


def _parts_too_large(text: ActivityText) -> list[RuleViolation]:
    """Parts that are larger than their whole."""
    people, households = text.participant_count, text.household_count or 0
    broken = [
        RuleViolation(
            _("There cannot be more than the %(count)s participants.", count=format_number(people)),
            part,
        )
        for part in PARTS
        if (getattr(text, part) or 0) > people
    ]
    if (text.new_household_count or 0) > households:
        message = _(
            "There cannot be more than the %(count)s households.", count=format_number(households)
        )
        broken.append(RuleViolation(message, "new_household_count"))
    return broken


def _nobody_reached(text: ActivityText | Activity) -> list[RuleViolation]:
    """A session to be counted that reached nobody."""
    if text.participant_count or text.household_count:
        return []
    message = _("State how many people or households were reached.")
    return [RuleViolation(message, "participant_count")]


def _doubted(team: Team, text: ActivityText) -> list[RuleViolation]:
    """Figures that may be mistaken, unless they were said to be right: a question, no error."""
    if text.is_confirmed:
        return []
    return [RuleViolation(message, "is_confirmed") for message in figures_in_doubt(team, text)]


def figures_in_doubt(team: Team, text: ActivityText) -> list[str]:
    """Why the figures of a session may be mistaken, as it is said to whoever logs it."""
    doubted = []
    known, usual = households_that_day(team, text), usual_participants(team, text)
    if known is not None and (text.household_count or 0) > known:
        doubted.append(
            _("The village has %(count)s households on record.", count=format_number(known))
        )
    if is_far_beyond(text.participant_count, usual):
        doubted.append(
            _("Usually the team has about %(count)s participants.", count=format_number(usual))
        )
    return doubted


def _strange_helpers(team: Team, text: ActivityText) -> list[RuleViolation]:
    """Helpers who were not in the team that day; members of the team by name."""
    if not text.helpers:
        return []
    present = select(Membership.id).where(
        Membership.team_id == team.id, Membership.valid_on(text.held_on)
    )
    strange = set(text.helpers) - set(db.session.scalars(present))
    if not strange:
        return []
    known = select(Person.full_name).join(Person.memberships)
    named = known.where(Membership.team_id == team.id, Membership.id.in_(strange))
    names = join_words(db.session.scalars(named.order_by(Person.sort_key, Person.id)).all())
    day = format_day(text.held_on)
    message = (
        _("On %(day)s, not in the team: %(names)s.", day=day, names=names)
        if names
        else _("Somebody chosen was not in the team on %(day)s.", day=day)
    )
    return [RuleViolation(message, "helpers")]


def _strange_amounts(text: ActivityText) -> list[RuleViolation]:
    """Amounts of indicators that were not asked for that day."""
    counted = set(text.amounts)
    if not counted:
        return []
    asked = set(db.session.scalars(select(Indicator.id).where(Indicator.valid_on(text.held_on))))
    message = _("This was not counted on %(day)s.", day=format_day(text.held_on))
    return [RuleViolation(message, f"amount_{one}") for one in sorted(counted - asked)]
