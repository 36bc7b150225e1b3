"""Questions about the audit trail."""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from tcns.audit.models import AuditEvent
from tcns.audit.vocabulary import Event
from tcns.i18n import ZONE
from tcns.permissions.scope import Scope


@dataclass(frozen=True)
class EventFilter:
    """Which events a list shows; the days are Vietnam's, both included."""

    event: Event | None = None
    actor: str = ""
    first: date | None = None
    last: date | None = None


def events_in(scope: Scope, wanted: EventFilter) -> Select[tuple[AuditEvent]]:
    """The events that a list shows with who did them and where, the newest first."""
    area = AuditEvent.area
    query = (
        select(AuditEvent)
        .where(scope.clause(AuditEvent))
        .options(
            joinedload(AuditEvent.actor), selectinload(area).selectinload(area.entity.class_.names)
        )
        .order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
    )
    if wanted.event:
        query = query.where(AuditEvent.event == wanted.event)
    if wanted.actor:
        query = query.where(AuditEvent.actor.has(user_name=wanted.actor))
    if wanted.first:
        query = query.where(AuditEvent.at >= datetime.combine(wanted.first, time.min, ZONE))
    if wanted.last:
        query = query.where(AuditEvent.at <= datetime.combine(wanted.last, time.max, ZONE))
    return query
