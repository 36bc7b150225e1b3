"""Inserting many rows at once, as fast as the engine takes them."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Dialect, Table, insert
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


def insert_rows(model: type[Any], names: Sequence[str], rows: Iterable[Values]) -> None:
    """Insert rows, given as the values of the named columns.

    The values go to the driver as they are, but for those types of ours that are stored as
    another: SQLAlchemy's own way costs several times what the engine needs.
    """
    db.session.flush()  # what the rows refer to
    rows = list(rows)
    if not rows:
        return
    connection = db.session.connection()
    inserting = _inserting(model.__table__, tuple(names), connection.dialect)
    prepared = [inserting.stored(row) for row in rows]
    # A row of its own is sooner inserted than a stream is begun; a second one is not.
    if connection.dialect.name == "postgresql" and len(prepared) > 1:
        _copy(model, names, prepared)
    else:
        sent = [inserting.sent(row) for row in prepared]
        connection.exec_driver_sql(inserting.statement, sent, {TELLS_ITS_ROWS: True})
    note_written(connection, model.__tablename__)
    if TOLD_OF_INSERTS in db.session.info:
        db.session.info[TOLD_OF_INSERTS](model.__table__, names, rows)


class Inserting(NamedTuple):
    """How rows of a table are handed to the driver: the statement, the columns it names, what
    stores the value of each, and the places of the values where it takes them by place."""

    statement: str
    names: tuple[str, ...]
    processors: Sequence[Processor | None]
    places: Sequence[int] | None

    def stored(self, row: Values) -> tuple[Any, ...]:
        """The values of a row as the driver takes them."""
        pairs = zip(self.processors, row, strict=True)
        return tuple(processor(value) if processor else value for processor, value in pairs)

    def sent(self, row: Values) -> Any:
        """The values of a row as the statement takes them."""
        if self.places is None:
            return dict(zip(self.names, row, strict=True))
        return tuple(row[place] for place in self.places)


@lru_cache(maxsize=128)  # making one takes longer than inserting a few rows by it
def _inserting(table: Table, names: tuple[str, ...], dialect: Dialect) -> Inserting:
    """How the named columns of a table are inserted."""
    compiled: Any = insert(table).inline().compile(dialect=dialect, column_keys=list(names))
    types = [table.c[name].type.dialect_impl(dialect) for name in names]
    processors = [type_.bind_processor(dialect) for type_ in types]
    places = [names.index(name) for name in compiled.positiontup] if compiled.positional else None
    return Inserting(str(compiled), names, processors, places)


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
