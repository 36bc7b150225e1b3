"""Runs the migrations: one transaction, foreign keys off on SQLite while tables are rebuilt."""

from contextlib import AbstractContextManager, nullcontext

from alembic import context
from flask import current_app
from sqlalchemy import Connection, text

from tcns.database import Moment, db
from tcns.database.versions import renew_versions

LOCK_KEY = 71_871  # one migration at a time on PostgreSQL
LOCK_TIMEOUT = "4s"


def own_connection() -> AbstractContextManager[Connection]:
    """A connection to migrate on: the caller's, in whose transaction all happens, or a new one.

    It writes, and sees what another migration did while it waited for that one's lock.
    """
    given: Connection | None = context.config.attributes.get("connection")
    return nullcontext(given) if given else db.engine.execution_options(immediate=True).connect()


def run_migrations() -> None:
    """Migrate in one transaction; on SQLite check the references before it is committed."""
    with own_connection() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            # Inside a transaction, or through SQLAlchemy, the pragma does nothing, and a table
            # rebuild would then delete the rows of its child tables.
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        configure(connection)
        with context.begin_transaction():
            if not sqlite:
                take_locks(connection)
            context.run_migrations()
            if sqlite:
                check_references(connection)
            renew_versions(connection)
        if sqlite:
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")


def configure(connection: Connection) -> None:
    """Tell Alembic how to compare and how to alter tables on SQLite."""
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        transactional_ddl=True,
        render_item=render_item,
        **current_app.extensions["migrate"].configure_args,
    )


def render_item(kind: str, item: object, _context: object) -> str | bool:
    """Write our own column types as the plain types they are in the database."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, Moment) else False


def take_locks(connection: Connection) -> None:
    """Wait for no lock for long, and let only one migration run."""
    connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'"))
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK_KEY})


def check_references(connection: Connection) -> None:
    """Refuse a migration that leaves a row pointing nowhere."""
    broken = connection.execute(text("PRAGMA foreign_key_check")).fetchall()
    if broken:
        raise RuntimeError(f"the migration would leave dangling references: {broken[:5]}")


run_migrations()
