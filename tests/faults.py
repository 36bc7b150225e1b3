"""What befalls a database, made to happen on each engine, and passed again afterwards."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from threading import Event
from typing import Any

import psycopg
from flask import Flask
from sqlalchemy import Engine, event

from tcns.database import db
from tcns.database.engine import sqlite_module

Befall = Callable[[Flask], AbstractContextManager[None]]

# A fault as the server itself reports it, by a trigger: no disk is filled for it.
FULL_DISK = """
CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER full_disk BEFORE INSERT ON audit_event EXECUTE FUNCTION full_disk();
"""
DISK_FREED = "DROP TRIGGER full_disk ON audit_event; DROP FUNCTION full_disk();"


def engine_of(app: Flask) -> Engine:
    """The application's engine."""
    with app.app_context():
        return db.engine


def is_sqlite(app: Flask) -> bool:
    """Whether the application's database is SQLite."""
    return engine_of(app).dialect.name == "sqlite"


@contextmanager
def other_process(app: Flask) -> Iterator[Any]:
    """A connection that is none of the application's, in autocommit."""
    url = engine_of(app).url
    if is_sqlite(app):
        with closing(sqlite_module().connect(url.database, isolation_level=None)) as connection:
            yield connection
    else:
        address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(address, autocommit=True) as connection:
            yield connection


@contextmanager
def locked(app: Flask) -> Iterator[None]:
    """Somebody else is writing, and goes on and on."""
    with other_process(app) as connection:
        if is_sqlite(app):
            connection.execute("BEGIN IMMEDIATE")
        else:
            connection.execute("BEGIN")
            tables = ", ".join(f'"{name}"' for name in db.metadata.tables)
            connection.execute(f"LOCK TABLE {tables} IN EXCLUSIVE MODE")
        try:
            yield
        finally:
            connection.execute("ROLLBACK")


@contextmanager
def full(app: Flask) -> Iterator[None]:
    """The disk is full."""
    if is_sqlite(app):
        with other_process(app) as connection:
            connection.execute("VACUUM")  # else what is written fits into pages that were freed
        with on_checkout(app, "PRAGMA max_page_count = 1"):
            yield
        return
    with other_process(app) as connection:
        connection.execute(FULL_DISK)
        try:
            yield
        finally:
            connection.execute(DISK_FREED)


@contextmanager
def read_only(app: Flask) -> Iterator[None]:
    """The database may be read and not written: its file, or a server that follows another."""
    if is_sqlite(app):
        with on_checkout(app, "PRAGMA query_only = ON"):
            yield
        return

    def begin_reading(connection: Any) -> None:
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")

    with listening(engine_of(app), "begin", begin_reading):
        yield


@contextmanager
def listening(engine: Engine, name: str, listener: Any) -> Iterator[None]:
    """A listener that hears an event of the engine meanwhile.

    It is deaf afterwards and not taken away: another thread may be telling all listeners just then.
    """
    is_over = Event()

    def hear(*told: Any) -> None:
        if not is_over.is_set():
            listener(*told)

    event.listen(engine, name, hear)
    try:
        yield
    finally:
        is_over.set()


@contextmanager
def on_checkout(app: Flask, pragma: str) -> Iterator[None]:
    """A setting of SQLite that every connection has meanwhile."""
    engine = engine_of(app)

    def settle(connection: Any, *_rest: Any) -> None:
        connection.execute(pragma)

    with listening(engine, "checkout", settle):
        yield
    engine.dispose()


@contextmanager
def hung_up(app: Flask, at: str) -> Iterator[None]:
    """PostgreSQL's server ends the connection once: as a statement that contains the words is sent,
    or as a transaction that writes is committed."""
    engine, is_over = engine_of(app), []

    def hang_up(connection: Any) -> None:
        if not is_over:
            is_over.append(True)
            pid = connection.connection.dbapi_connection.info.backend_pid
            with other_process(app) as other:
                other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])

    def before_commit(connection: Any) -> None:
        if connection.get_execution_options().get("immediate"):
            hang_up(connection)

    def before_statement(connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if at in statement:
            hang_up(connection)

    heard: tuple[str, Any] = (
        ("commit", before_commit) if at == "COMMIT" else ("before_cursor_execute", before_statement)
    )
    with listening(engine, *heard):
        yield
    assert is_over, f"nothing was sent that contains {at!r}"


FAULTS: dict[str, Befall] = {"locked": locked, "full": full, "read-only": read_only}
