"""Taking notes of what is written, so that it can be undone.

A notebook listens to the connection of the session. Everything goes through it, whether the
session flushes objects or a statement is executed, so nothing has to be noted by hand: after an
INSERT it notes the keys, around an UPDATE or DELETE it reads the rows. `insert_rows`, which passes
by the connection, tells of its rows itself. What cannot be noted is refused with CannotNote.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from sqlalchemy import (
    Connection,
    CursorResult,
    Delete,
    ForeignKeyConstraint,
    Insert,
    Table,
    Update,
    UpdateBase,
    event,
)
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.sql.elements import (
    ReleaseSavepointClause,
    RollbackToSavepointClause,
    SavepointClause,
)
from sqlalchemy.sql.selectable import GenerativeSelect

from tcns.database import db
from tcns.database.inserts import TELLS_ITS_ROWS, TOLD_OF_INSERTS
from tcns.undo.affected import Key, Rows, affected_rows, rows_among
from tcns.undo.rows import plain
from tcns.undo.vocabulary import NOTED, SECRET, UNNOTED, Action

Parameters = Mapping[str, Any]
# What needs no look before it is executed.
HARMLESS = (GenerativeSelect, ReleaseSavepointClause, Insert)
# Statements that write otherwise than they seem: OR REPLACE, ON CONFLICT, several rows in one
# VALUES, a write within WITH.
NOT_PLAIN = re.compile(
    r"^(INSERT|UPDATE) OR |^INSERT .*( ON CONFLICT |\), \()|\((INSERT|UPDATE|DELETE) ", re.DOTALL
)


class CannotNote(Exception):
    """A write within `undoable` that undo could not take back: a fault of the program."""


class Note(NamedTuple):
    """One row that was created, changed or deleted, and what is kept of it as it was before."""

    action: Action
    table: Table
    key: Key
    before: dict[str, Any] | None = None


class Notebook:
    """The notes of what is written through one connection, in the order of the statements."""

    def __init__(self) -> None:
        self.notes: list[Note] = []
        self._rows: Rows = {}
        self._savepoints: dict[str, int] = {}

    def before_execute(
        self,
        connection: Connection,
        statement: Any,
        several: Sequence[Parameters],
        single: Parameters,
        _options: Mapping[str, Any],
    ) -> None:
        """Read the rows that a statement will change or delete; refuse one that cannot be read."""
        if isinstance(statement, SavepointClause):
            self._savepoints[statement.ident] = len(self.notes)
        elif isinstance(statement, RollbackToSavepointClause):
            del self.notes[self._savepoints.get(statement.ident, 0) :]
        elif isinstance(statement, Update | Delete):
            table = _noted(statement)
            if table is not None:
                self._rows = affected_rows(connection, statement, several or [single])
                if isinstance(statement, Delete):
                    self._note_deletions(connection, table, self._rows)
        elif not isinstance(statement, HARMLESS):
            raise CannotNote(f"what {statement} writes is not known: use insert, update, delete")

    def after_execute(
        self,
        connection: Connection,
        statement: Any,
        _several: Sequence[Parameters],
        _single: Parameters,
        _options: Mapping[str, Any],
        result: CursorResult[Any],
    ) -> None:
        """Note the rows that a statement has created or changed."""
        table = _noted(statement)
        if table is not None and isinstance(statement, Insert):
            self._note_created(table, statement, result)
        elif table is not None and isinstance(statement, Update):
            self._note_changes(connection, table)

    def after_insert_rows(
        self, table: Table, names: Sequence[str], rows: Sequence[Sequence[Any]]
    ) -> None:
        """Note the rows that `insert_rows` has created."""
        if not _is_noted(table):
            return
        columns = [column.key for column in table.primary_key]
        if not set(columns) <= set(names):
            raise CannotNote(f"rows of {table.name} need their keys before: ask next_ids for them")
        places = [names.index(name) for name in columns]
        self.notes.extend(
            Note(Action.CREATED, table, tuple(row[place] for place in places)) for row in rows
        )

    def _note_created(self, table: Table, statement: Insert, result: CursorResult[Any]) -> None:
        """Note new rows by their keys."""
        try:
            keys = [tuple(key or (None,)) for key in result.inserted_primary_key_rows]
        except InvalidRequestError:  # the caller asked for RETURNING itself
            keys = [(None,)]
        if statement.select is not None or any(None in key for key in keys):
            raise CannotNote(f"the keys of new rows of {table.name} are not known: use insert_rows")
        self.notes.extend(Note(Action.CREATED, table, key) for key in keys)

    def _note_changes(self, connection: Connection, table: Table) -> None:
        """Note those columns of the rows read before that have other values now."""
        now = rows_among(connection, table, list(self._rows))
        for key, row in self._rows.items():
            if key not in now:
                raise CannotNote(f"a row of {table.name} got another key: delete and insert it")
            before = {name: value for name, value in row.items() if now[key][name] != value}
            if before:  # a version rises when this is undone as well
                before.pop("version", None)
                self.notes.append(Note(Action.CHANGED, table, key, _kept(table, before)))

    def _note_deletions(self, connection: Connection, table: Table, rows: Rows) -> None:
        """Note rows that go, after those that the database deletes with them."""
        if rows and table.name in SECRET:
            raise CannotNote(f"rows of {table.name} hold secrets: they could not be put back")
        for constraint in _following(table):
            referred = [one.column.key for one in constraint.elements]
            values = [tuple(row[name] for name in referred) for row in rows.values()]
            child: Any = constraint.table
            with_them = rows_among(connection, child, values, list(constraint.columns))
            self._note_deletions(connection, child, with_them)
        self.notes.extend(
            Note(Action.DELETED, table, key, _kept(table, row)) for key, row in rows.items()
        )


def _is_noted(table: Table) -> bool:
    """Whether undo covers a table; refuse one of which nobody has said so."""
    if table.name not in NOTED and table.name not in UNNOTED:
        raise CannotNote(f"say in tcns.undo.vocabulary whether undo covers {table.name}")
    return table.name in NOTED


def _noted(statement: Any) -> Table | None:
    """The table that a statement writes, if undo covers it."""
    if not isinstance(statement, UpdateBase):
        return None
    table: Any = statement.entity_description["table"]
    return table if _is_noted(table) else None


def refuse_unless_plain(
    _connection: Connection,
    _cursor: Any,
    sql: str,
    _parameters: Any,
    context: Any,
    _has_many: bool,
) -> None:
    """Refuse SQL that was written by hand, or that writes otherwise than it seems."""
    if TELLS_ITS_ROWS in context.execution_options:
        return
    if context.compiled is None or NOT_PLAIN.search(context.statement or ""):
        raise CannotNote(f"undo cannot tell which rows this writes, say it plainly: {sql}")


def _kept(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """What is noted of a row: everything but secrets."""
    secret = SECRET.get(table.name, ())
    return {name: plain(value) for name, value in row.items() if name not in secret}


def _following(table: Table) -> Iterator[ForeignKeyConstraint]:
    """By what rows that undo covers go when the row goes that they refer to."""
    for name in sorted(NOTED):
        for constraint in table.metadata.tables[name].foreign_key_constraints:
            if constraint.referred_table is table and constraint.ondelete:
                yield constraint


@contextmanager
def taking_notes() -> Iterator[list[Note]]:
    """Note what is written in the session's transaction; what waits to be flushed is flushed
    before and at the end."""
    session = db.session
    if TOLD_OF_INSERTS in session.info:
        raise CannotNote("this is noted already: `undoable` stands within `undoable`")
    session.flush()
    connection, notebook = session.connection(), Notebook()
    listeners: dict[str, Callable[..., None]] = {
        "before_execute": notebook.before_execute,
        "after_execute": notebook.after_execute,
        "before_cursor_execute": refuse_unless_plain,
    }
    for name, listener in listeners.items():
        event.listen(connection, name, listener)
    session.info[TOLD_OF_INSERTS] = notebook.after_insert_rows
    try:
        yield notebook.notes
        session.flush()
        if session.connection() is not connection:
            raise CannotNote("the transaction ended within `undoable`")
    finally:
        del session.info[TOLD_OF_INSERTS]
        for name, listener in listeners.items():
            event.remove(connection, name, listener)
