"""Inserting many rows at once, as fast as the engine takes them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Compiled, Dialect, Table, insert
from sqlalchemy.exc import DBAPIError

from tcns.database import db
from tcns.database.versions import note_written

Values = Sequence[Any]
Processor = Callable[[Any], Any]
# The key in the session's `info` of whoever is told of the rows that are inserted here, with the
# table and the names of the columns: SQLAlchemy's events do not know them.
TOLD_OF_INSERTS = "told of inserts"
# The option by which a statement says that its rows are told of so.
TELLS_ITS_ROWS = "tells_its_rows"
# To begin a stream takes longer than to insert so many rows.
FEW = 50


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
    if db.engine.dialect.name == "postgresql" and len(prepared) > FEW:
        _copy(model, names, prepared)
    else:
        _insert(model, names, prepared)
    note_written(db.session.connection(), model.__tablename__)
    if TOLD_OF_INSERTS in db.session.info:
        db.session.info[TOLD_OF_INSERTS](model.__table__, names, rows)


def _insert(model: type[Any], names: Sequence[str], rows: Sequence[Values]) -> None:
    """Hand the rows to the driver."""
    statement: Any = _inserting(model.__table__, tuple(names), db.engine.dialect)
    order = [names.index(name) for name in statement.positiontup or ()]
    sent: list[Any] = (
        [tuple(row[place] for place in order) for row in rows]
        if statement.positional
        else [dict(zip(names, row, strict=True)) for row in rows]
    )
    db.session.connection().exec_driver_sql(str(statement), sent, {TELLS_ITS_ROWS: True})


@lru_cache(maxsize=128)  # making one takes longer than inserting a few rows by it
def _inserting(table: Table, names: tuple[str, ...], dialect: Dialect) -> Compiled:
    """The statement that inserts the named columns."""
    return insert(table).inline().compile(dialect=dialect, column_keys=list(names))


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
    """Send the rows to PostgreSQL in one stream; what fails is raised as of any other statement."""
    dialect, connection = db.engine.dialect, db.session.connection()
    quote = dialect.identifier_preparer.quote
    columns = ", ".join(quote(name) for name in names)
    statement = f"COPY {quote(model.__table__.name)} ({columns}) FROM STDIN"
    driver: Any = dialect.dbapi
    cursor: Any = connection.connection.cursor()
    try:
        with cursor, cursor.copy(statement) as stream:
            for row in rows:
                stream.write_row(row)
    except driver.Error as error:
        is_lost = dialect.is_disconnect(error, cursor.connection, cursor)
        if is_lost:
            connection.invalidate(error)
        raise DBAPIError.instance(
            statement, None, error, driver.Error,
            connection_invalidated=is_lost, dialect=dialect,
        ) from error  # fmt: skip
