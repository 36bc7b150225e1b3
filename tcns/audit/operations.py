"""Putting an event on record."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, insert
from sqlalchemy.event import listens_for

from tcns.audit.models import AuditEvent, AuditValue
from tcns.audit.vocabulary import Event
from tcns.clock import now
from tcns.database import Model, db, next_ids
from tcns.database.inserts import insert_rows

Change = tuple[Any, Any]
KeptChange = tuple[str | None, str | None]
Row = TypeVar("Row", bound=Model)
# What events changed that the session has still to write.
_unwritten: WeakKeyDictionary[AuditEvent, Mapping[str, KeptChange]] = WeakKeyDictionary()
EVENT_COLUMNS = ("id", "event", "actor_id", "object_type", "object_id", "area_id", "at", "digest")


def record(
    event: Event,
    *,
    by: Any,
    on: Any = None,
    area_id: int | None = None,
    changes: Mapping[str, Change] | None = None,
) -> AuditEvent:
    """Record that `by` (a user, or None for nobody signed in) did `event` to the record `on`.

    `changes` maps a field to (old, new); fields whose value stayed the same are left out. The
    record must have its id already.
    """
    kept = _kept(changes or {})
    entry = AuditEvent(
        event=event,
        actor_id=by.id if by else None,
        object_type=on.__tablename__ if on is not None else "site",
        object_id=on.id if on is not None else None,
        area_id=area_id,
        at=now(),
        digest=_digest(kept),
    )
    _unwritten[entry] = kept
    db.session.add(entry)
    return entry


@listens_for(AuditEvent, "after_insert")
def _insert_values(_mapper: Any, connection: Connection, entry: AuditEvent) -> None:
    """Insert the values of an event together: one by one, each would be asked for its id."""
    rows = [
        {"event_id": entry.id, "field": field, "old": old, "new": new}
        for field, (old, new) in _unwritten.pop(entry, {}).items()
    ]
    if rows:
        connection.execute(insert(AuditValue), rows)


class PlannedEvent(NamedTuple):
    """An event about a record: what happened, where, and what it changed."""

    event: Event
    area_id: int | None
    changes: Mapping[str, Change]


class Written(NamedTuple):
    """What is written of one row, whoever writes it: its columns, and the event that tells of it.

    The owner of a table says it by a pure function; an operation writes one row by it at once, a
    file many together. Ids may be those of rows that wait for theirs.
    """

    values: dict[str, Any]
    event: PlannedEvent

    @property
    def differing(self) -> dict[str, Change]:
        """What it makes other than it was."""
        return {name: pair for name, pair in self.event.changes.items() if pair[0] != pair[1]}


def add_row(model: type[Row], written: Written, *, by: Any) -> Row:
    """Create a row, in the database already, and put it on record."""
    row = model(**written.values)
    db.session.add(row)
    db.session.flush()  # the record of it needs the id
    _record_planned(written.event, row, by=by)
    return row


def change_row(row: Model, written: Written, *, by: Any) -> None:
    """Change a row, in the database already, and put it on record."""
    for name, value in written.values.items():
        setattr(row, name, value)
    db.session.flush()  # what it frees, others may take
    _record_planned(written.event, row, by=by)


def _record_planned(planned: PlannedEvent, row: Model, *, by: Any) -> None:
    """Put an event about a row on record."""
    event, area_id, changes = planned
    record(event, by=by, on=row, area_id=area_id, changes=changes)


@dataclass(frozen=True)
class Entry:
    """An event that is put on record together with many others: what `record` takes, by id."""

    event: Event
    object_type: str
    object_id: int
    area_id: int | None
    changes: Mapping[str, Change] = field(default_factory=dict)


@dataclass(frozen=True)
class Draft:
    """Many events written out but for their ids: their columns, and the values of each place."""

    events: Sequence[tuple[Any, ...]]
    values: Sequence[tuple[int, str, str | None, str | None]]


def draft_events(entries: Iterable[Entry], *, by: Any) -> Draft:
    """Write many events out, each as `record` does, before there is a lock to hold up others."""
    events, values, moment = [], [], now()
    for place, entry in enumerate(entries):
        kept = _kept(entry.changes)
        where = entry.object_type, entry.object_id, entry.area_id
        events.append((entry.event.value, by.id, *where, moment, _digest(kept)))
        values += [(place, name, old, new) for name, (old, new) in kept.items()]
    return Draft(events, values)


def record_draft(draft: Draft) -> None:
    """Put the events of a draft on record."""
    ids = next_ids(AuditEvent, len(draft.events))
    events = [(event_id, *event) for event_id, event in zip(ids, draft.events, strict=True)]
    insert_rows(AuditEvent, EVENT_COLUMNS, events)
    values = [(ids[place], *value) for place, *value in draft.values]
    insert_rows(AuditValue, ("event_id", "field", "old", "new"), values)


def record_together(planned: Iterable[PlannedEvent], *, by: Any, on: Any) -> None:
    """Record several events about one record, which must have its id already, at once."""
    entries = [
        Entry(event, on.__tablename__, on.id, area_id, changes)
        for event, area_id, changes in planned
    ]
    record_draft(draft_events(entries, by=by))


def _kept(changes: Mapping[str, Change]) -> dict[str, KeptChange]:
    """The changes as they are kept: as text, without those that change nothing."""
    return {name: (_text(old), _text(new)) for name, (old, new) in changes.items() if old != new}


def _text(value: Any) -> str | None:
    """A value as it is kept: text, or nothing."""
    return None if value is None else str(value)


def _digest(values: Mapping[str, KeptChange]) -> str:
    """A salted digest of the values: proves them later, tells nothing by itself."""
    salt = secrets.token_hex(8)
    return f"{salt}${hashlib.sha256(f'{salt}{sorted(values.items())}'.encode()).hexdigest()}"
