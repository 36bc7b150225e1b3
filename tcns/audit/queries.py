"""Questions about the audit trail."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from tcns.audit.models import AuditEvent, AuditValue
from tcns.audit.vocabulary import Event
from tcns.clock import ZONE
from tcns.database import Model, db
from tcns.database.id_lists import in_ids
from tcns.database.ordering import USUAL, Order, in_order
from tcns.permissions.scope import Scope


@dataclass(frozen=True)
class EventFilter:
    """Which events a list shows; the days are Vietnam's, both included."""

    event: Event | None = None
    actor: str = ""
    first: date | None = None
    last: date | None = None
    order: Order = USUAL


def events_in(scope: Scope, wanted: EventFilter) -> Select[tuple[AuditEvent]]:
    """The events that a list shows with who did them and where, usually the newest first."""
    area = AuditEvent.area
    query = (
        select(AuditEvent)
        .where(scope.clause(AuditEvent))
        .options(
            joinedload(AuditEvent.actor), selectinload(area).selectinload(area.entity.class_.names)
        )
    )
    if wanted.event:
        query = query.where(AuditEvent.event == wanted.event)
    if wanted.actor:
        query = query.where(AuditEvent.actor.has(user_name=wanted.actor))
    if wanted.first:
        query = query.where(AuditEvent.at >= datetime.combine(wanted.first, time.min, ZONE))
    if wanted.last:
        query = query.where(AuditEvent.at <= datetime.combine(wanted.last, time.max, ZONE))
    newest = AuditEvent.at.desc(), AuditEvent.id.desc()
    return in_order(query, wanted.order, _columns(), *newest)


def _columns() -> dict[str, Any]:
    """What the trail can be sorted by; who did it, by name."""
    actor = AuditEvent.actor.entity.class_
    name = select(actor.sort_key).where(actor.id == AuditEvent.actor_id).correlate(AuditEvent)
    return {"at": AuditEvent.at, "actor": name.scalar_subquery(), "record": AuditEvent.object_type}


def history_of(
    record: Model, scope: Scope, parts: Mapping[str, Select[tuple[int]]]
) -> Select[tuple[AuditEvent]]:
    """The events of a record, the newest first: on it, on what hangs on it, or naming it.

    `parts` selects the ids of what hangs on it by kind of record. A membership that was withdrawn,
    or a session that was deleted, is a row no more, but what was put on record of it names its
    team and its person. Events of areas outside the scope are left aside then.
    """
    about = [_about(record)]
    for kind, ids in parts.items():
        about.append(and_(AuditEvent.object_type == kind, AuditEvent.object_id.in_(ids)))
    if parts:
        about.append(_naming(record, scope))
    return (
        select(AuditEvent)
        .where(or_(*about))
        .options(joinedload(AuditEvent.actor), selectinload(AuditEvent.values))
        .order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
    )


def _about(record: Any) -> ColumnElement[bool]:
    """The clause that an event is on the record itself."""
    return and_(AuditEvent.object_type == record.__tablename__, AuditEvent.object_id == record.id)


def _naming(record: Any, scope: Scope) -> ColumnElement[bool]:
    """The clause that an event within the scope gave a field the record, or took it away."""
    ident = str(record.id)
    named = AuditEvent.values.any(
        and_(
            AuditValue.field == record.__tablename__,
            or_(AuditValue.old == ident, AuditValue.new == ident),
        )
    )
    return and_(named, true() if scope.everything else in_ids(AuditEvent.area_id, scope.areas))


class Recorded(NamedTuple):
    """A value that an event gave a record, and the event: who did it, and when."""

    event: AuditEvent
    field: str
    new: str


def recorded(fields: Collection[str], ids: Mapping[str, Collection[int]]) -> list[Recorded]:
    """What was given to some fields of records, by table and id, in the order it happened."""
    these = [
        and_(AuditEvent.object_type == table, AuditEvent.object_id.in_(some))
        for table, some in ids.items()
    ]
    query = (
        select(AuditEvent, AuditValue.field, AuditValue.new)
        .join(AuditEvent.values)
        .where(or_(*these), AuditValue.field.in_(fields), AuditValue.new.is_not(None))
        .options(joinedload(AuditEvent.actor), selectinload(AuditEvent.values))
        .order_by(AuditEvent.id, AuditValue.id)
    )
    return [Recorded(*row) for row in db.session.execute(query)]


def last_event_of(record: Model) -> AuditEvent | None:
    """What was last put on record of a record: who changed it last, and when."""
    query = select(AuditEvent).where(_about(record)).options(joinedload(AuditEvent.actor))
    return db.session.scalar(query.order_by(AuditEvent.id.desc()).limit(1))
