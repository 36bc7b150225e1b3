"""Which migrations there are, which one the database is at, and tables made at one of them."""

import alembic.command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import Connection

from tcns.database import db


def present_revision() -> str:
    """The migration the live database is at; empty when it has no tables."""
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() or ""


def newest_revision() -> str:
    """The migration this version needs; read once in a process."""
    if "newest_revision" not in current_app.extensions:
        scripts = ScriptDirectory.from_config(_migrations())
        current_app.extensions["newest_revision"] = scripts.get_current_head() or ""
    return str(current_app.extensions["newest_revision"])


def known_revisions() -> set[str]:
    """The migrations this version has."""
    scripts = ScriptDirectory.from_config(_migrations())
    return {script.revision for script in scripts.walk_revisions()}


def make_tables(connection: Connection, revision: str) -> None:
    """Make the tables as they were at a migration, in the connection's own transaction."""
    config = _migrations()
    config.attributes["connection"] = connection
    alembic.command.upgrade(config, revision)


def _migrations() -> Config:
    """Where the migrations lie, in Alembic's words."""
    config: Config = current_app.extensions["migrate"].migrate.get_config()
    return config
