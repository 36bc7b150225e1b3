"""What changes activities: logging, submitting, correcting, returning, approving."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from tcns.accounts.models import User
from tcns.activities.models import Activity, ActivityTopic, Attendance, IndicatorValue
from tcns.activities.vocabulary import ActivityForm, ActivityKind, Status, Topic
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.database import db, now
from tcns.i18n import format_day, today
from tcns.i18n import gettext as _
from tcns.rules import RuleBroken
from tcns.teams.models import Membership, Team

EDITABLE = (Status.DRAFT, Status.RETURNED)
PARTS = ("women_count", "minority_count", "elderly_count")
PLAIN = (
    "kind", "form", "held_on", "hours", "venue", "participant_count", *PARTS,
    "household_count", "new_household_count", "note",
)  # fmt: skip


@dataclass(frozen=True)
class ActivityText:
    """What is said of a session; counts are of people, of households, and of each indicator.

    `helpers` are the ids of the memberships of those who helped, `amounts` maps an indicator's id
    to what was counted of it.
    """

    kind: ActivityKind
    form: ActivityForm
    held_on: date
    hours: Decimal | None = None
    venue: str | None = None
    participant_count: int = 0
    women_count: int = 0
    minority_count: int = 0
    elderly_count: int = 0
    household_count: int = 0
    new_household_count: int = 0
    note: str | None = None
    topics: Iterable[Topic] = ()
    helpers: Iterable[int] = ()
    amounts: Mapping[int, int] = field(default_factory=dict)


def log_activity(team: Team, text: ActivityText, *, client_key: str, by: User) -> Activity:
    """Log a session of a team as a draft.

    The same key again is the same session, sent twice: it answers the one there is. Raises
    RuleBroken when the key belongs to a session of somebody else.
    """
    known = db.session.scalar(select(Activity).where(Activity.client_key == client_key))
    if known:
        if (known.team_id, known.entered_by_id) != (team.id, by.id):
            raise RuleBroken(_("This form was sent before. Open it anew."))
        return known
    _check(team, text)
    activity = Activity(
        client_key=client_key,
        team_id=team.id,
        status=Status.DRAFT,
        entered_by_id=by.id,
        entered_at=now(),
    )
    changes = _fill(activity, text)
    db.session.add(activity)
    db.session.flush()  # the record of it needs the id
    _record(Event.ACTIVITY_LOGGED, activity, team, changes, by=by)
    return activity


def correct_activity(activity: Activity, text: ActivityText, *, by: User) -> None:
    """Change a session that is a draft or was returned."""
    lock(activity)
    if activity.state not in EDITABLE:
        raise RuleBroken(_("Only a draft or a returned session can be changed."))
    _check(activity.team, text)
    changes = _fill(activity, text)
    _record(Event.ACTIVITY_CORRECTED, activity, activity.team, changes, by=by)


def submit_activity(activity: Activity, *, by: User) -> None:
    """Submit a draft or a corrected session for review; it counts from now on."""
    lock(activity)
    if activity.state not in EDITABLE:
        raise RuleBroken(_("This session was submitted already."))
    if not activity.participant_count and not activity.household_count:
        message = _("State how many people or households were reached.")
        raise RuleBroken(message, "participant_count")
    _move(Event.ACTIVITY_SUBMITTED, activity, Status.SUBMITTED, by=by)
    activity.submitted_at = now()


def return_activity(activity: Activity, *, reason: str, by: User) -> None:
    """Return a submitted or approved session with a reason; it counts no longer."""
    lock(activity)
    if activity.state not in (Status.SUBMITTED, Status.APPROVED):
        raise RuleBroken(_("Only a submitted or approved session can be returned."))
    if not reason:
        raise RuleBroken(_("Say what is to be put right."), "reason")
    _move(Event.ACTIVITY_RETURNED, activity, Status.RETURNED, by=by)
    activity.return_reason = reason
    _review(activity, by=by)


def approve_activity(activity: Activity, *, by: User) -> None:
    """Approve a submitted session."""
    lock(activity)
    if activity.state != Status.SUBMITTED:
        raise RuleBroken(_("Only a submitted session can be approved."))
    _move(Event.ACTIVITY_APPROVED, activity, Status.APPROVED, by=by)
    activity.return_reason = None
    _review(activity, by=by)


def lock(activity: Activity) -> None:
    """Let others wait who would change the same session, and read it as they left it."""
    db.session.refresh(activity, with_for_update=True)


def _review(activity: Activity, *, by: User) -> None:
    """Note who reviewed the session, and when."""
    activity.reviewed_by_id, activity.reviewed_at = by.id, now()


def _move(event: Event, activity: Activity, status: Status, *, by: User) -> None:
    """Take a session to another status, on record."""
    changes = {"status": (activity.status, status.value)}
    activity.status = status
    _record(event, activity, activity.team, changes, by=by)


def _record(
    event: Event, activity: Activity, team: Team, changes: Mapping[str, Any], *, by: User
) -> None:
    """Put an event of a session on record, in the team's area."""
    record(event, by=by, on=activity, area_id=team.area_id, changes=changes)


def _check(team: Team, text: ActivityText) -> None:
    """Refuse what cannot have been: a day to come, a team that did not exist, a part too large."""
    if text.held_on > today():
        raise RuleBroken(_("The day lies in the future."), "held_on")
    if not team.is_valid_on(text.held_on):
        message = _("The team does not exist on %(day)s.", day=format_day(text.held_on))
        raise RuleBroken(message, "held_on")
    for part in PARTS:
        if getattr(text, part) > text.participant_count:
            message = _("There cannot be more than the %(count)s participants.",
                        count=text.participant_count)  # fmt: skip
            raise RuleBroken(message, part)
    if text.new_household_count > text.household_count:
        message = _(
            "There cannot be more than the %(count)s households.", count=text.household_count
        )
        raise RuleBroken(message, "new_household_count")
    _check_helpers(team, text)


def _check_helpers(team: Team, text: ActivityText) -> None:
    """Refuse helpers who were not in the team that day."""
    present = select(Membership.id).where(
        Membership.team_id == team.id, Membership.valid_on(text.held_on)
    )
    if set(text.helpers) - set(db.session.scalars(present)):
        message = _("Somebody chosen was not in the team on %(day)s.", day=format_day(text.held_on))
        raise RuleBroken(message, "helpers")


def _fill(activity: Activity, text: ActivityText) -> dict[str, tuple[Any, Any]]:
    """Put the text into the session; what changed, by field."""
    changes: dict[str, tuple[Any, Any]] = {}
    for name in PLAIN:
        changes[name] = (getattr(activity, name), getattr(text, name))
        setattr(activity, name, getattr(text, name))
    changes["topics"] = _replace_topics(activity, set(text.topics))
    changes["helpers"] = _replace_helpers(activity, set(text.helpers))
    changes["amounts"] = _replace_amounts(activity, {k: n for k, n in text.amounts.items() if n})
    return changes


def _replace_topics(activity: Activity, topics: set[Topic]) -> tuple[str, str]:
    """Make the session's topics the given ones; before and after as text."""
    before = sorted(topic.topic for topic in activity.topics)
    activity.topics = [topic for topic in activity.topics if topic.topic in topics] + [
        ActivityTopic(topic=topic) for topic in sorted(topics - set(before))
    ]
    return " ".join(before), " ".join(sorted(topics))


def _replace_helpers(activity: Activity, helpers: set[int]) -> tuple[str, str]:
    """Make those who helped the given ones; before and after as membership ids."""
    before = {attendance.membership_id for attendance in activity.attendances}
    activity.attendances = [a for a in activity.attendances if a.membership_id in helpers] + [
        Attendance(membership_id=membership_id) for membership_id in sorted(helpers - before)
    ]
    return " ".join(map(str, sorted(before))), " ".join(map(str, sorted(helpers)))


def _replace_amounts(activity: Activity, amounts: Mapping[int, int]) -> tuple[str, str]:
    """Make the indicators' amounts the given ones; before and after as id=amount."""
    before = {value.indicator_id: value for value in activity.indicator_values}
    was = _amounts_as_text({key: value.amount for key, value in before.items()})
    for indicator_id, amount in amounts.items():
        value = before.get(indicator_id) or IndicatorValue(indicator_id=indicator_id)
        value.amount = amount
        before[indicator_id] = value
    activity.indicator_values = [before[key] for key in amounts]
    return was, _amounts_as_text(amounts)


def _amounts_as_text(amounts: Mapping[int, int]) -> str:
    """Indicator amounts as text, in a fixed order."""
    return " ".join(f"{key}={amount}" for key, amount in sorted(amounts.items()))
