"""PostgreSQL in a backup: one CSV file per table, read in a single snapshot.

The tables themselves are not in it: the migrations make them, up to the revision of the backup.
"""

import json
from pathlib import Path
from typing import Any

from psycopg.sql import SQL, Composed, Identifier
from sqlalchemy import URL, Connection, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from tcns.backup.archive import CHUNK_BYTES, BackupRefused, Manifest
from tcns.database import db
from tcns.database.schema import make_tables

TABLES = "database"
COUNTERS = "database/counters.json"
LOCK_TIMEOUT = "10s"

SNAPSHOT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
READ_COUNTERS = """
    SELECT sequencename, last_value FROM pg_sequences
    WHERE schemaname = current_schema() AND last_value IS NOT NULL
"""


def copy_out(_url: URL, directory: Path) -> dict[str, int]:
    """Copy every table into `directory` as of one moment; the rows of each."""
    (directory / TABLES).mkdir(parents=True)
    with db.engine.connect().execution_options(**SNAPSHOT) as connection:
        rows = {
            name: copy_table(connection, name, directory / TABLES / f"{name}.csv")
            for name in inspect(connection).get_table_names()
        }
        counters = dict(connection.execute(text(READ_COUNTERS)).tuples().all())
    (directory / COUNTERS).write_text(json.dumps(counters), "utf-8")
    return rows


def copy_table(connection: Connection, name: str, path: Path) -> int:
    """Write one table as CSV with a heading; its number of rows."""
    statement = SQL("COPY {} TO STDOUT (FORMAT csv, HEADER)").format(Identifier(name))
    with path.open("wb") as file, cursor_of(connection) as cursor:
        with cursor.copy(statement) as copy:
            for chunk in copy:
                file.write(chunk)
        return int(cursor.rowcount)


def cursor_of(connection: Connection) -> Any:
    """A cursor of the driver, in the transaction of `connection`."""
    connection.execute(text("SELECT 1"))  # the driver's transaction begins with the first word
    return connection.connection.cursor()


def put_back(_url: URL, directory: Path, manifest: Manifest) -> None:
    """Replace every table by the backup's, in one transaction: all of it, or nothing."""
    try:
        with db.engine.execution_options(immediate=True).begin() as connection:
            connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'"))
            make_empty_tables(connection, manifest.revision)
            for name in in_order(connection, manifest):
                load_table(connection, name, directory / TABLES / f"{name}.csv", manifest)
            set_counters(connection, directory)
    except SQLAlchemyError as error:
        raise BackupRefused(f"nothing was changed: {error}") from error


def make_empty_tables(connection: Connection, revision: str) -> None:
    """Drop what is there and make the tables as they were at the revision of the backup."""
    tables = SQL(", ").join(Identifier(name) for name in inspect(connection).get_table_names())
    if tables.as_string():
        cursor_of(connection).execute(SQL("DROP TABLE {} CASCADE").format(tables))
    make_tables(connection, revision)


def in_order(connection: Connection, manifest: Manifest) -> list[str]:
    """The tables, those that others refer to first."""
    found = inspect(connection).get_sorted_table_and_fkc_names()
    names = [name for name, _keys in found if name]
    if set(names) != set(manifest.rows):
        raise BackupRefused("the backup has other tables than this version makes.")
    return names


def load_table(connection: Connection, name: str, path: Path, manifest: Manifest) -> None:
    """Fill one table; what a migration put there goes first."""
    with path.open("rb") as file, cursor_of(connection) as cursor:
        cursor.execute(SQL("DELETE FROM {}").format(Identifier(name)))
        columns = file.readline().decode().rstrip("\r\n").split(",")
        with cursor.copy(fill_statement(name, columns)) as copy:
            while chunk := file.read(CHUNK_BYTES):
                copy.write(chunk)
        if cursor.rowcount != manifest.rows[name]:
            raise BackupRefused(f"the backup has other rows of {name} than its manifest says.")


def fill_statement(name: str, columns: list[str]) -> Composed:
    """The statement that reads CSV into these columns of a table."""
    listed = SQL(", ").join(Identifier(column.strip('"')) for column in columns)
    return SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(Identifier(name), listed)


def set_counters(connection: Connection, directory: Path) -> None:
    """Let the next ids follow the last that were given, those of deleted rows included."""
    counters = json.loads((directory / COUNTERS).read_text("utf-8"))
    for name, value in counters.items():
        connection.execute(
            text("SELECT setval(CAST(:name AS regclass), :value)"),
            {"name": f'"{name}"', "value": value},
        )
