"""Engine settings: SQLite's driver, pragmas and BEGIN; PostgreSQL's planner and isolation."""

import logging
import sqlite3
from functools import partial
from types import ModuleType
from typing import Any

from flask import Flask
from sqlalchemy import Connection, Engine, event, make_url

from tcns.config import Settings
from tcns.database import db
from tcns.database.kept import register_memory
from tcns.database.turns import Turns
from tcns.database.versions import register_versions

try:
    import pysqlite3.dbapi2 as pysqlite3
except ImportError:  # no wheel for this platform
    pysqlite3 = None

# 3.51.3 mended a fault that could corrupt a database in WAL mode with several connections.
SAFE_SQLITE = (3, 51, 3)
LOCK_WAIT_SECONDS = Settings.lock_wait_seconds
# A server that does not answer is given up for now.
LONGEST_CONNECT_SECONDS = 5
# PostgreSQL takes its disk for a turning one and reads whole tables where an index would do; its
# compiler takes longer than the questions of a page; and after some turns it would plan without
# looking at the values, which here are as different as a village and a nation, and take twice the
# time. Whoever reads sees one instant, as on SQLite: a page asks many questions, and what it tells
# of one record must agree. What the address asks for comes after.
POSTGRESQL_OPTIONS = (
    "-c random_page_cost=1.1 -c jit=off -c plan_cache_mode=force_custom_plan "
    "-c default_transaction_isolation=repeatable\\ read"
)
# Where `writing()` asked for it: what others wrote is seen once a lock was waited for, and plans
# are kept, since the same insert is done thousands of times and to plan each takes half the time.
BEGIN_WRITING = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SET LOCAL plan_cache_mode = auto"

logger = logging.getLogger(__name__)


def sqlite_module() -> ModuleType:
    """The SQLite driver: the wheel's, else the standard library's, with a warning when old."""
    module = pysqlite3 or sqlite3
    if module.sqlite_version_info < SAFE_SQLITE:
        logger.warning(
            "SQLite %s may corrupt a database under concurrent writes; 3.51.3 or newer is safe.",
            module.sqlite_version,
        )
    return module


def engine_options(url: str, lock_wait: int = LOCK_WAIT_SECONDS) -> dict[str, Any]:
    """What `create_engine` needs for the database at `url`.

    Nobody waits longer than `lock_wait` seconds for what another holds: who waits keeps a thread of
    the server from others. What an error tells does not hold the values, which are people's own.
    """
    options: dict[str, Any] = {"hide_parameters": True}
    if url.startswith("sqlite"):
        return options | {"module": sqlite_module(), "connect_args": {"timeout": lock_wait}}
    asked = make_url(url).query
    # 0 would wait for ever.
    lock_timeout = f"-c lock_timeout={lock_wait * 1000 or 1}"
    connect_args = {
        "options": f"{POSTGRESQL_OPTIONS} {lock_timeout} {asked.get('options', '')}".strip(),
        "connect_timeout": asked.get("connect_timeout", LONGEST_CONNECT_SECONDS),
    }
    return options | {"pool_pre_ping": True, "connect_args": connect_args}


def register_database(app: Flask) -> None:
    """Bind the session to the app and say how the engine's transactions begin."""
    lock_wait = app.config["TCNS"].lock_wait_seconds
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(url, lock_wait)
    db.init_app(app)
    register_memory(app)
    with app.app_context():
        register_versions(db.engine)
        if db.engine.dialect.name == "sqlite":
            govern_sqlite(db.engine, lock_wait)
        else:
            event.listen(db.engine, "begin", begin_writing)


def govern_sqlite(engine: Engine, lock_wait: int = LOCK_WAIT_SECONDS) -> None:
    """Set the pragmas of each connection and begin every transaction explicitly.

    The driver's own BEGIN comes too late for savepoints and is never IMMEDIATE.
    """
    turns = Turns(lock_wait)
    event.listen(engine, "connect", partial(set_pragmas, lock_wait=lock_wait))
    event.listen(engine, "begin", turns.begin)
    event.listen(engine, "checkin", turns.give)


def set_pragmas(connection: sqlite3.Connection, _record: object, *, lock_wait: int) -> None:
    """Durable, concurrent, with foreign keys: the settings every connection has."""
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={lock_wait * 1000}",
        "trusted_schema=OFF",
    ):
        connection.execute(f"PRAGMA {pragma}")


def begin_writing(connection: Connection) -> None:
    """Let PostgreSQL see what others have written meanwhile, and keep its plans, to write."""
    if connection.get_execution_options().get("immediate", False):
        connection.exec_driver_sql(BEGIN_WRITING)
