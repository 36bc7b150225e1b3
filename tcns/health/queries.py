"""Whether the database can be read and written, and is of this version; nothing is written."""

import shutil
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from tcns.database import db
from tcns.database.engine import sqlite_module
from tcns.database.faults import Fault, fault_of, fault_of_driver
from tcns.database.schema import newest_revision, present_revision

OK, OTHER, UNKNOWN, LOW, FAILED = "ok", "other", "unknown", "low", "failed"
LEAST_FREE_BYTES = 500 * 1024 * 1024
# Every change is put on record: whoever may write there now may write.
TAKE_WRITE_LOCK = """
SET LOCAL lock_timeout = '1ms';
LOCK TABLE audit_event IN ROW EXCLUSIVE MODE;
"""


class Readiness(NamedTuple):
    """What this process can do, each in a word.

    `read`, `write`: "ok", or what keeps from it; `schema`: "ok", or "other" where the tables are
    of another version than the code; `disk`: "ok", "low", or "unknown" where it is another's.
    """

    read: str
    schema: str
    write: str
    disk: str

    @property
    def is_ready(self) -> bool:
        """Whether pages can be served."""
        return self.read == OK and self.schema == OK


def readiness() -> Readiness:
    """What this process can do now."""
    try:
        schema = OK if present_revision() == newest_revision() else OTHER
    except SQLAlchemyError as error:
        reason = fault_of(error) or FAILED
        return Readiness(read=reason, schema=UNKNOWN, write=reason, disk=_disk())
    return Readiness(read=OK, schema=schema, write=_write(), disk=_disk())


def _write() -> str:
    """Whether the write lock can be had at once; it is given back at once."""
    return _write_on_sqlite() if _is_sqlite() else _write_on_postgresql()


def _write_on_sqlite() -> str:
    """Asked on a connection of its own, which does not wait as the others do."""
    module = sqlite_module()
    try:
        with closing(
            module.connect(db.engine.url.database, timeout=0, isolation_level=None)
        ) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
    except module.Error as error:
        return fault_of_driver(error) or FAILED
    return OK


def _write_on_postgresql() -> str:
    """Asked of the table that every change writes to."""
    try:
        with db.engine.connect() as connection:
            is_read_only = connection.scalar(text("SHOW transaction_read_only")) == "on"
            connection.execute(text(TAKE_WRITE_LOCK))
            connection.rollback()
    except SQLAlchemyError as error:
        return fault_of(error) or FAILED
    return Fault.READ_ONLY if is_read_only else OK


def _disk() -> str:
    """Whether there is room where an SQLite database lies; PostgreSQL's disk is not ours to see."""
    place = Path(str(db.engine.url.database)).parent
    if not _is_sqlite() or not place.exists():
        return UNKNOWN
    free = shutil.disk_usage(place).free
    return OK if free >= LEAST_FREE_BYTES else LOW


def _is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"
