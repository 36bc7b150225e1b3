"""Inserting many rows at once, as fast as the engine takes them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Table, insert
from sqlalchemy.dialects import sqlite

from tcns.database import db
from tcns.database.versions import note_written

Values = Sequence[Any]
Processor = Callable[[Any], Any]
# The key in the session's `info` of whoever is told of the rows that are inserted here, with the
# table and the names of the columns: SQLAlchemy's events do not know them.
TOLD_OF_INSERTS = "told of inserts"
# The option by which a statement says that its rows are told of so.
TELLS_ITS_ROWS = "tells_its_rows"


def insert_rows(model: type[Any], names: Sequence[str], rows: Iterable[Values]) -> None:
    """Insert rows, given as the values of the named columns.

    The values go to the driver as they are, but for those types of ours that are stored as
    another: SQLAlchemy's own way costs several times what the engine needs.
    """
    db.session.flush()  # what the rows refer to
    rows = list(rows)
    if not rows:
        return
    prepared = list(_stored(model, names, rows))
    if db.engine.dialect.name == "postgresql":
        _copy(model, names, prepared)
    else:
        _insert(model, names, prepared)
    note_written(db.session.connection(), model.__tablename__)
    if TOLD_OF_INSERTS in db.session.info:
        db.session.info[TOLD_OF_INSERTS](model.__table__, names, rows)


def _insert(model: type[Any], names: Sequence[str], rows: Sequence[Values]) -> None:
    """Hand the rows to SQLite's driver."""
    statement, order = _inserting(model.__table__, tuple(names))
    in_order = [tuple(row[place] for place in order) for row in rows]
    options = {TELLS_ITS_ROWS: True}
    db.session.connection().exec_driver_sql(statement, in_order, options)


@lru_cache(maxsize=128)  # making one takes longer than inserting a few rows by it
def _inserting(table: Table, names: tuple[str, ...]) -> tuple[str, list[int]]:
    """SQLite's statement that inserts the named columns, and the places of its values in a row."""
    statement = insert(table).compile(dialect=sqlite.dialect(), column_keys=list(names))
    return str(statement), [names.index(name) for name in statement.positiontup or ()]


def _stored(
    model: type[Any], names: Sequence[str], rows: Iterable[Values]
) -> Iterator[tuple[Any, ...]]:
    """The rows with their values as the driver takes them."""
    dialect = db.engine.dialect
    types = [model.__table__.c[name].type.dialect_impl(dialect) for name in names]
    processors: list[Processor | None] = [type_.bind_processor(dialect) for type_ in types]
    for row in rows:
        yield tuple(
            processor(value) if processor else value
            for processor, value in zip(processors, row, strict=True)
        )


def _copy(model: type[Any], names: Sequence[str], rows: Iterable[Values]) -> None:
    """Send the rows to PostgreSQL in one stream."""
    table = model.__table__
    quote = db.engine.dialect.identifier_preparer.quote
    columns = ", ".join(quote(name) for name in names)
    cursor: Any = db.session.connection().connection.cursor()
    with cursor, cursor.copy(f"COPY {quote(table.name)} ({columns}) FROM STDIN") as stream:
        for row in rows:
            stream.write_row(row)
