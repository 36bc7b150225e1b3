"""One database per worker and engine, copied from a template and restored when a test wrote.

The template is made once by the real migrations and then holds the world. Tests commit for
real; a listener notes whether one wrote, so that tests which only read cost nothing.
"""

import hashlib
import os
import re
import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import flask_migrate
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine, event, text

from tcns.app import create_app
from tcns.config import Settings
from tcns.database import db
from tcns.database.engine import sqlite_module
from tests.pictures import keep_world_files
from tests.postgres import administer, server_address
from tests.shared import made_once, shared_directory
from tests.world import World
from tests.world_building import build_world

ENGINES = ("sqlite", "postgresql")
HOST = "localhost"
SECRET_KEY = "of the tests alone, no secret at all"
WRITES = re.compile(r"\b(INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|TRUNCATE|REPLACE)\b")

written: set[str] = set()


@event.listens_for(Engine, "before_cursor_execute")
def note_write(connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
    """Note the database a statement may change; one that is rolled back counts as well."""
    if may_write(statement):
        written.add(str(connection.engine.url.database))


@lru_cache(maxsize=4096)  # long statements, and the same ones again and again
def may_write(statement: str) -> bool:
    """Whether a statement may change a database."""
    return WRITES.search(statement) is not None


def make_app(url: str, **settings: Any) -> Flask:
    """The application as in production, over https; faults of views reach the test."""
    files = shared_directory() / f"files-{os.getpid()}"
    chosen = {"hosts": (HOST,), "files_directory": files, **settings}
    app = create_app(
        Settings(database_url=url, secret_key=SECRET_KEY, **chosen),
        PREFERRED_URL_SCHEME="https",
        PROPAGATE_EXCEPTIONS=True,
    )
    # Each template is compiled once a run, not once for each of its many applications.
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(shared_directory()))
    return app


# What a template holds beside its empty tables.
CONTENTS: dict[str, Callable[[], World | None]] = {"world": build_world, "nothing": lambda: None}


def migrate_and_fill(url: str, contents: str) -> World | None:
    """Fill an empty database: the migrations, then the world or nothing."""
    app = make_app(url)
    with app.app_context():
        flask_migrate.upgrade()
        world = CONTENTS[contents]()
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return world


class Database(ABC):
    """A worker's own database on one engine, with the application bound to it."""

    def __init__(self, url: str, world: World | None) -> None:
        self.app = make_app(url)
        self.settings = self.app.config["TCNS"]
        self.filled_with = world
        with self.app.app_context():
            self.name = str(db.engine.url.database)
            keep_world_files()

    @property
    def world(self) -> World:
        """The names and ids of what the database holds."""
        assert self.filled_with is not None, "this database holds no world"
        return self.filled_with

    def restore(self) -> None:
        """Make all as it was for the next test: the settings, what is kept, the rows."""
        self.app.config["TCNS"] = self.settings
        self.app.extensions["kept"].forget()  # what a test patched has no version
        self.put_back()

    def put_back(self) -> None:
        """Make the rows equal to the template's again, if anything was written; for the next turn
        of one test. What is kept of them stays, as on a site that goes on: it is found by their
        versions, which are put back as well."""
        if self.name in written:
            self.copy_template()
            written.discard(self.name)

    @abstractmethod
    def copy_template(self) -> None:
        """Put back every row of the template."""


class SqliteDatabase(Database):
    """A file, restored by SQLite's own backup: safe beside open connections, 4 to 10 ms."""

    def __init__(self, contents: str) -> None:
        self.template = shared_directory() / f"{contents}.sqlite3"
        url = f"sqlite:///{self.template}"
        world = made_once(f"sqlite-{contents}", lambda: migrate_and_fill(url, contents))
        self.path = shared_directory() / f"{contents}-{worker()}.sqlite3"
        shutil.copyfile(self.template, self.path)
        super().__init__(f"sqlite:///{self.path}", world)

    def copy_template(self) -> None:
        """Copy all pages of the template over the worker's file."""
        module = sqlite_module()
        source, target = module.connect(self.template), module.connect(self.path, timeout=10)
        source.backup(target)
        source.close()
        target.close()


# Measured: DROP and CREATE DATABASE … TEMPLATE take 50 ms and all connections, TRUNCATE of all
# tables 30 ms; deleting and inserting the few rows again takes 10 ms and keeps the connections.
PRISTINE = """
CREATE SCHEMA pristine;
{copies}
CREATE TABLE pristine."-sequences" AS
    SELECT sequencename::text AS name, COALESCE(last_value, 1) AS value,
           last_value IS NOT NULL AS called
    FROM pg_sequences WHERE schemaname = 'public';
CREATE FUNCTION pristine.restore() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    SET LOCAL lock_timeout = '10s';
    SET LOCAL session_replication_role = replica;
    {deletes}
    PERFORM setval(format('public.%I', name)::regclass, value, called)
    FROM pristine."-sequences";
END $$;
"""


class PostgresDatabase(Database):
    """A database copied from the template, which keeps its own rows in a second schema."""

    def __init__(self, contents: str) -> None:
        template, name = f"tcns_{contents}", f"tcns_{contents}_{worker()}"
        world = made_once(template, lambda: self.make_template(template, contents))
        administer(f'CREATE DATABASE "{name}" TEMPLATE {template}')
        super().__init__(server_address().format(name), world)

    @staticmethod
    def make_template(template: str, contents: str) -> World | None:
        """The migrated database with its rows, and a copy of each table to restore from."""
        administer(f"CREATE DATABASE {template}")
        world = migrate_and_fill(server_address().format(template), contents)
        administer(keep_pristine(), template)
        return world

    def copy_template(self) -> None:
        """Delete every row and insert the template's, references unchecked meanwhile."""
        with self.app.app_context(), db.engine.begin() as connection:
            connection.execute(text("SELECT pristine.restore()"))


def keep_pristine() -> str:
    """The statements that copy each table and write the function that restores them."""
    tables = [f'"{name}"' for name in db.metadata.tables]
    return PRISTINE.format(
        copies="\n".join(f"CREATE TABLE pristine.{t} AS TABLE public.{t};" for t in tables),
        deletes="\n".join(
            f"DELETE FROM public.{t}; INSERT INTO public.{t} SELECT * FROM pristine.{t};"
            for t in tables
        ),
    )


KINDS: dict[str, Callable[[str], Database]] = {
    "sqlite": SqliteDatabase,
    "postgresql": PostgresDatabase,
}


@cache
def database_on(engine: str, contents: str = "world") -> Database:
    """This worker's database on `engine`, made when the first test asks for it."""
    return KINDS[engine](contents)


@cache
def worker() -> str:
    """The name of this process among the workers."""
    return os.environ.get("PYTEST_XDIST_WORKER", "alone")


# The fingerprints of databases that nothing tried to write yet, by name.
untouched: dict[str, dict[str, str]] = {}


def fingerprint(app: Flask) -> dict[str, str]:
    """A digest of the rows of each table: equal before and after means that nothing was written.

    As long as nothing tried to write, it is that of the template, and found once.
    """
    with app.app_context():
        name = str(db.engine.url.database)
        if name in written:
            return digests()
        if name not in untouched:
            untouched[name] = digests()
        return untouched[name]


def digests() -> dict[str, str]:
    """The digest of the rows of each table as they are now, as the driver reads them."""
    with db.engine.connect() as connection:
        return {
            name: hashlib.sha256(
                repr(sorted(map(repr, connection.exec_driver_sql(question)))).encode()
            ).hexdigest()
            for name, question in everything().items()
        }


@cache
def everything() -> dict[str, str]:
    """The statement that asks for all rows of a table, for each."""
    return {name: f'SELECT * FROM "{name}"' for name in db.metadata.tables}


def empty_database(engine: str, name: str) -> str:
    """The URL of a new database without any table, for tests that migrate one themselves."""
    if engine == "sqlite":
        path = shared_directory() / f"{worker()}-{name}.sqlite3"
        for file in path.parent.glob(f"{path.name}*"):
            Path(file).unlink()
        return f"sqlite:///{path}"
    administer(f'DROP DATABASE IF EXISTS "{worker()}_{name}" WITH (FORCE)')
    administer(f'CREATE DATABASE "{worker()}_{name}"')
    return server_address().format(f"{worker()}_{name}")


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """The statements sent to the database meanwhile; BEGIN and pragmas are no questions."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            statements.append(statement)

    with app.app_context():
        engine: Engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)
