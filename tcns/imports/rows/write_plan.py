"""What a file will write: put together before the write lock, written in bulk under it.

Until the rows get their ids a `PendingId` stands for the id of a row that waits, in the columns of
other rows and in events.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select, update

from tcns.audit.operations import Draft, Entry, PlannedEvent, draft_events, record_draft
from tcns.database import FIRST_VERSION, Model, Versioned, db, next_ids, portions
from tcns.database.inserts import insert_rows
from tcns.database.locking import lock_rows
from tcns.errors import RuleViolation
from tcns.i18n import gettext as _

Values = dict[str, Any]


# Stands for the id of whoever will write the file.
WRITER = object()


class UnlessWriter(NamedTuple):
    """A value that is left out where whoever writes the file is this user."""

    user_id: int | None
    value: Any


class PendingId(NamedTuple):
    """The id that a waiting row will have: the place of the row among those of its table."""

    model: type[Model]
    place: int


@dataclass(frozen=True)
class Changed:
    """A row that is changed: its id, its version before, the columns that get other values.

    One that gives way frees what another row takes: it is changed first.
    """

    row_id: int
    version: int | None
    values: Values
    gives_way: bool = False


class WritePlan:
    """The rows and events that wait, and what is to be derived anew after them."""

    def __init__(self) -> None:
        self._created: defaultdict[type[Model], list[Values]] = defaultdict(list)
        self._changed: defaultdict[type[Model], list[Changed]] = defaultdict(list)
        self._events: list[tuple[type[Model], int | PendingId, PlannedEvent]] = []
        self._known: dict[Hashable, PendingId] = {}
        self._locked: defaultdict[type[Model], set[int]] = defaultdict(set)
        self._touched: set[tuple[type[Model], int]] = set()
        self._after: list[Callable[[], None]] = []
        self._ids: dict[type[Model], Sequence[int]] = {}
        self._rows: list[tuple[type[Model], tuple[str, ...], list[tuple[Any, ...]]]] = []
        self._draft = Draft((), ())
        self._writer_id: int | None = None

    def create(
        self, model: type[Model], values: Values, value: PlannedEvent | None = None
    ) -> PendingId:
        """Let a row wait for being created, and the event that tells of it."""
        ref = PendingId(model, len(self._created[model]))
        self._created[model].append(values)
        if value:
            self.add_event(model, ref, value)
        return ref

    def create_once(self, key: Hashable, make: Callable[[], PendingId]) -> PendingId:
        """The row that waits under a key; made when it is asked for first."""
        if key not in self._known:
            self._known[key] = make()
        return self._known[key]

    def change(
        self, model: type[Model], changed: Changed, value: PlannedEvent | None = None
    ) -> None:
        """Let a change wait, and the event that tells of it; once for each row."""
        if (model, changed.row_id) in self._touched:
            return
        self._touched.add((model, changed.row_id))
        self._changed[model].append(changed)
        if value:
            self.add_event(model, changed.row_id, value)

    def add_event(self, model: type[Model], row_id: int | PendingId, value: PlannedEvent) -> None:
        """Let an event about a record wait."""
        self._events.append((model, row_id, value))

    def lock(self, model: type[Model], row_id: int) -> None:
        """Note a record to be locked before anything is written."""
        self._locked[model].add(row_id)

    def derive(self, rebuild: Callable[[], None]) -> None:
        """Let something be derived anew once all rows are written."""
        if rebuild not in self._after:
            self._after.append(rebuild)

    def lock_rows(self) -> None:
        """Lock the records, areas before teams and each by id, so that two never wait for each
        other. On SQLite the write transaction has locked everything."""
        for model in sorted(self._locked, key=lambda model: model.__tablename__):
            table: Any = model.__table__
            for portion in portions(sorted(self._locked[model])):
                query = select(table.c.id).where(table.c.id.in_(portion)).order_by(table.c.id)
                lock_rows(query.with_for_update(key_share=True))

    @property
    def row_count(self) -> int:
        """How many rows of the register will be written."""
        created = sum(len(rows) for rows in self._created.values())
        return created + sum(len(rows) for rows in self._changed.values())

    def prepare(self, *, by: Any) -> None:
        """Give the rows their ids and write the events out, before there is a lock.

        On SQLite the ids go on from the last row: they hold as long as nobody adds one, which
        whoever writes must make sure of.
        """
        self._rows, self._writer_id = [], by.id
        for model in self._in_order(self._created):
            rows = self._created[model]
            if "id" in model.__table__.c:
                self._ids[model] = ids = next_ids(model, len(rows))
                rows = [{"id": row_id} | row for row_id, row in zip(ids, rows, strict=True)]
            if issubclass(model, Versioned):
                rows = [row | {"version": FIRST_VERSION} for row in rows]
            values = [tuple(map(self._id, row.values())) for row in rows]
            self._rows.append((model, tuple(rows[0]), values))
        self._draft = draft_events((self._entry(*event) for event in self._events), by=by)

    def write(self) -> None:
        """Write everything.

        Raises RuleViolation where somebody else saved a row meanwhile.
        """
        for model in self._in_order(self._changed):
            self._change(model)
        for model, names, rows in self._rows:
            insert_rows(model, names, rows)
        record_draft(self._draft)
        for rebuild in self._after:
            rebuild()

    def _in_order(self, models: Mapping[type[Model], Any]) -> list[type[Model]]:
        """Some tables, those that are referred to first."""
        by_name = {model.__tablename__: model for model in models}
        tables = db.metadata.sorted_tables
        return [by_name[table.name] for table in tables if table.name in by_name]

    def _change(self, model: type[Model]) -> None:
        """Change the rows of a table, those that give way to others first."""
        changes = self._changed[model]
        groups = defaultdict(list)
        for changed in changes:
            groups[not changed.gives_way, *sorted(changed.values)].append(changed)
        for (_is_later, *columns), group in sorted(groups.items()):
            self._update(model, columns, group)

    def _update(self, model: type[Model], columns: list[Any], changes: list[Changed]) -> None:
        """Change the same columns of some rows, each only if it is as it was when it was read."""
        table: Any = model.__table__
        new: Values = {name: bindparam(f"new_{name}") for name in columns}
        statement = update(table).where(table.c.id == bindparam("row_id"))
        if issubclass(model, Versioned):
            statement = statement.where(table.c.version == bindparam("row_version"))
            new["version"] = table.c.version + 1
        rows = [
            {"row_id": changed.row_id, "row_version": changed.version}
            | {f"new_{name}": self._id(value) for name, value in changed.values.items()}
            for changed in changes
        ]
        done: Any = db.session.connection().execute(statement.values(new), rows)
        if done.rowcount != len(rows):
            raise RuleViolation(_("Somebody else saved one of these records meanwhile. Try again."))

    def _entry(self, model: type[Model], row_id: int | PendingId, value: PlannedEvent) -> Entry:
        """An event with the ids its record and its changes have got."""
        changes = {name: (old, self._id(new)) for name, (old, new) in value.changes.items()}
        return Entry(value.event, model.__tablename__, self._id(row_id), value.area_id, changes)

    def _id(self, value: Any) -> Any:
        """The id that a PendingId, or WRITER, stands for; other values as they are."""
        if value is WRITER:
            return self._writer_id
        if isinstance(value, UnlessWriter):
            return None if value.user_id == self._writer_id else self._id(value.value)
        return self._ids[value.model][value.place] if isinstance(value, PendingId) else value
