"""What a report would say today otherwise than it did when it was sent, and why."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from tcns.activities.models import Activity
from tcns.areas import queries as areas
from tcns.areas.places import usual_map
from tcns.audit.models import AuditEvent
from tcns.clock import today
from tcns.closings.models import Closing
from tcns.closings.queries import reopened_since
from tcns.database import db
from tcns.i18n import format_day, format_number
from tcns.reports.figure_queries import Days, copy_of
from tcns.reports.figures import Copy, Figure
from tcns.reports.queries import Subject
from tcns.teams.models import Team

MOST_SHOWN = 50
TOLD = ("participant_count", "household_count", "new_household_count", "held_on")
OF_SESSIONS = ("approved", "corrected", "deleted", "returned", "submitted")


class Changed(NamedTuple):
    """A figure as it was sent, and as it would be today."""

    sent: Figure
    now: Figure

    @property
    def change(self) -> int:
        """By how much it would differ."""
        return self.now.value - self.sent.value

    @property
    def is_counted_otherwise(self) -> bool:
        """Whether the rule behind it is another by now."""
        return self.now.rule != self.sent.rule


class ChangedSession(NamedTuple):
    """Something that was done to a session of the period since; None where it is gone."""

    event: AuditEvent
    session: Activity | None

    @property
    def told(self) -> list[tuple[str, str, str]]:
        """What figures rest on of what was changed: the field, what it said and what it says."""
        values = [value for value in self.event.values if value.field in TOLD]
        return [(value.field, _written(value.old), _written(value.new)) for value in values]


def _written(text: str | None) -> str:
    """A day or a number of the trail as people write it; a dash for nothing."""
    if text is None or text.isdecimal():
        return format_number(int(text)) if text else "–"
    return format_day(date.fromisoformat(text))


class Renamed(NamedTuple):
    """A part that is called otherwise by now."""

    before: str
    now: str


class Since(NamedTuple):
    """What has changed since a report was sent."""

    figures: Sequence[Changed]
    sessions: Sequence[ChangedSession]
    names: Sequence[Renamed]
    reopenings: Sequence[Closing]
    unchanged: int

    @property
    def is_anything(self) -> bool:
        """Whether anything differs at all."""
        return bool(self.figures or self.names)


def changed_since(subject: Subject, sent: Copy, at: datetime) -> Since:
    """What would differ today on the same days and the same map, and what was done since."""
    now = copy_of(subject, sent.words, Days(sent.day, sent.map_day)).by_key
    pairs = [(one, now[one.key]) for one in sent.figures if one.key in now]
    figures = [Changed(one, other) for one, other in pairs if one.value != other.value]
    sessions = _sessions(subject, sent, at) if figures else []
    opened = reopened_since(subject.area, subject.period.days, at) if figures else []
    return Since(figures, sessions, _renamed(subject, sent), opened, len(pairs) - len(figures))


def _sessions(subject: Subject, sent: Copy, at: datetime) -> list[ChangedSession]:
    """What was done since to the sessions of the period, or to ones that are gone."""
    days = subject.period.days
    query = (
        select(AuditEvent, Activity)
        .outerjoin(Activity, Activity.id == AuditEvent.object_id)
        .where(AuditEvent.object_type == "activity", AuditEvent.at > at)
        .where(AuditEvent.event.in_([f"activity:{word}" for word in OF_SESSIONS]))
        .where(or_(Activity.id.is_(None), Activity.held_on.between(days.first, days.last)))
        .options(selectinload(AuditEvent.values), selectinload(AuditEvent.actor))
        .order_by(AuditEvent.id)
    )
    if subject.team:
        own = Activity.team_id == subject.team.id
        query = query.where(own | (Activity.id.is_(None) & (AuditEvent.area_id == subject.area.id)))
    else:
        inside = select(Team.area_id).where(
            Team.area_id.in_(areas.within_area(subject.area.id, sent.map_day))
        )
        query = query.where(AuditEvent.area_id.in_(inside))
    rows = db.session.execute(query.limit(MOST_SHOWN))
    return [ChangedSession(event, session) for event, session in rows]


def _renamed(subject: Subject, sent: Copy) -> list[Renamed]:
    """The parts that are called otherwise today; the copy keeps the name of then."""
    named = {part.area_id: part.name for part in sent.parts if part.area_id}
    own = subject.team.name if subject.team else None
    labels = areas.labels([*named, *([] if own else [subject.area.id])], usual_map(today()))
    if own is None:
        named[subject.area.id] = sent.name
    found = [
        Renamed(name, labels[area_id].full_name)
        for area_id, name in named.items()
        if area_id in labels and labels[area_id].full_name != name
    ]
    return [*found, *([Renamed(sent.name, own)] if own and own != sent.name else [])]
