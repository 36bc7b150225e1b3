"""What logs several sessions at once."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from tcns.accounts.models import User
from tcns.activities.content import ActivityText
from tcns.activities.doubts import session_on_file_like
from tcns.activities.entry.list_queries import OnFile
from tcns.activities.entry.rules import broken_by
from tcns.activities.models import Activity
from tcns.activities.operations import log_activity
from tcns.activities.vocabulary import ActivityKind
from tcns.database import db
from tcns.errors import RuleViolation
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.teams.models import Team


class Entered(NamedTuple):
    """A session of a list: the key it is logged under, its team, what it says."""

    key: str
    team: Team
    text: ActivityText


def list_violations(entered: Sequence[Entered]) -> dict[str, list[RuleViolation]]:
    """What the sessions of a list break, by their keys; of those logged before, nothing.

    One that is like another one, on file or above it in the list, is asked about.
    """
    known = set(
        db.session.scalars(
            select(Activity.client_key).where(Activity.client_key.in_([one.key for one in entered]))
        )
    )
    found: dict[str, list[RuleViolation]] = {}
    for place, one in enumerate(entered):
        if one.key not in known:
            broken = broken_by(one.team, one.text, is_final=True)
            broken += _likeness(one, entered[:place])
            if broken:
                found[one.key] = broken
    return found


def _likeness(one: Entered, before: Sequence[Entered]) -> list[RuleViolation]:
    """The question whether a session is another than one like it, unless it was answered."""
    if one.text.is_confirmed:
        return []
    twin = session_on_file_like(one.team, one.text, client_key=one.key, but_id=None)
    if twin:
        message = _(
            "The team has a session like this on file: %(day)s, %(kind)s.",
            day=format_day(twin.held_on),
            kind=ActivityKind(twin.kind).label,
        )
        return [RuleViolation(message, "is_confirmed")]
    same_day = (
        each
        for each in before
        if (each.team.id, each.text.held_on) == (one.team.id, one.text.held_on)
    )
    if any(OnFile.as_if(each.team, each.text).is_like(one.text) for each in same_day):
        return [RuleViolation(_("A row above is about a session like this."), "is_confirmed")]
    return []


def log_sessions(entered: Sequence[Entered], *, by: User) -> list[Activity]:
    """Log and submit the sessions of a list, each under its key: sent again it is the same one."""
    return [
        log_activity(one.team, one.text, client_key=one.key, by=by, is_final=True)
        for one in entered
    ]
