"""Which state the data are in: a number for each subject, and another one after every write.

Nobody has to raise them. A listener sees every statement that goes to the database, and in a
transaction that wrote it puts new numbers for the subjects it wrote to just before the commit: so
late that on PostgreSQL nobody waits long for the one row they stand in. The numbers are drawn, not
counted, so that none ever comes again: neither after a restore nor after a migration.

`tcns.database.kept` keeps answers by them.
"""

import re
import secrets
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Connection,
    Engine,
    Update,
    bindparam,
    event,
    inspect,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, SessionTransaction, mapped_column

from tcns.database import Model, db
from tcns.database.reaching_back import PAST, reaches_back

BITS = 62  # fit into a column of either engine


class DataVersion(Model):
    """The one row that says which state each subject's data are in."""

    __tablename__ = "data_version"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    areas: Mapped[int] = mapped_column(BigInteger)
    teams: Mapped[int] = mapped_column(BigInteger)
    activities: Mapped[int] = mapped_column(BigInteger)
    past_activities: Mapped[int] = mapped_column(BigInteger)
    indicators: Mapped[int] = mapped_column(BigInteger)
    accounts: Mapped[int] = mapped_column(BigInteger)
    sign_ins: Mapped[int] = mapped_column(BigInteger)
    duplicates: Mapped[int] = mapped_column(BigInteger)


class Versions(NamedTuple):
    """The state of each subject, as a transaction sees it."""

    areas: int
    teams: int
    activities: int
    past_activities: int
    indicators: int
    accounts: int
    sign_ins: int
    duplicates: int


Subjects = frozenset[str]
NONE: Subjects = frozenset()
ALL: Subjects = frozenset(Versions._fields)
TABLES = {
    "areas": (
        "agency",
        "area",
        "area_boundary",
        "area_households",
        "area_name",
        "area_path",
        "area_placement",
        "area_seat",
        "area_statistic",
        "area_succession",
        "deployment",
        "initiative",
    ),
    "teams": (
        "course",
        "establishing_decision",
        "membership",
        "person",
        "team",
        "team_decision",
        "training",
    ),
    "indicators": ("indicator", "plan", "plan_target"),
    "activities": (
        "activity",
        "activity_topic",
        "attendance",
        "closing",
        "indicator_value",
        "photograph",
        "reopening_request",
        "report",
        "report_step",
    ),
    "accounts": ("preset", "role_assignment", "user"),
    "sign_ins": ("sign_in",),
    "duplicates": ("distinct_pair",),
}
# Nothing that is kept tells of these: how far work has come, what was tried, what was done. A table
# that stands nowhere raises everything.
NEVER_KEPT = (
    "audit_event",
    "audit_value",
    "column_choice",
    "data_version",
    "import",
    "import_row",
    "job",
    "letter_template",
    "notice",
    "replay",
    "reversible",
    "reversible_step",
    "sign_in_attempt",
)
SUBJECTS_OF: dict[str, Subjects] = {
    table: frozenset({subject}) for subject, tables in TABLES.items() for table in tables
} | dict.fromkeys(NEVER_KEPT, NONE)
# The sessions of the past are a subject beside that of all.
SUBJECTS_OF["activity"] |= {PAST}

# A statement that begins so writes nothing; one that begins with WITH may. That a device was seen
# again, or signed out, nothing tells that is kept: only that somebody ever signed in.
HARMLESS = re.compile(
    r"\s*(SELECT|BEGIN|COMMIT|SAVEPOINT|RELEASE|ROLLBACK|PRAGMA|SET|ANALYZE|UPDATE sign_in SET)\b",
    re.IGNORECASE,
)
WRITTEN_TABLE = re.compile(
    r'\b(?:INSERT(?: OR \w+)? INTO|UPDATE(?: OR \w+)?|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE
)
# The key in a connection's `info` of the subjects that its transaction has written to.
WRITTEN = "subjects written"
READ = select(*(DataVersion.__table__.c[subject] for subject in Versions._fields))


class Seen(NamedTuple):
    """What a transaction has seen: the state of the data, None where it is to write and has not
    asked; and through which connection, which is asked for what has been written."""

    versions: Versions | None
    connection: Connection


_seen: WeakKeyDictionary[SessionTransaction, Seen] = WeakKeyDictionary()


def versions() -> Versions | None:
    """The state of the data this transaction sees, asked once.

    None where nothing may be answered from what is kept: in a transaction that has written, which
    sees what nobody else does, or is to write and did not ask at its beginning.
    """
    session = db.session()
    transaction = session.get_transaction() or session.begin()
    if transaction not in _seen:
        is_to_write = _is_to_write(session.connection())
        note_versions(None if is_to_write else session.execute(READ).one_or_none())
    found = _seen[transaction]
    return None if found.versions is None or _has_written(session, found.connection) else found[0]


def note_versions(row: Sequence[Any] | None) -> None:
    """Take the state of the data from a question of this transaction that asked it along."""
    session = db.session()
    is_known = row is not None and None not in row and not _is_to_write(session.connection())
    _note_seen(session, Versions(*row) if row is not None and is_known else None)


def ask_versions() -> Versions | None:
    """The state of the data that a transaction which writes sees by now, where it is known.

    Until it writes itself it may be answered from what is kept.
    """
    session = db.session()
    row = session.execute(READ).one_or_none()
    found = Versions(*row) if row is not None else None
    _note_seen(session, found)
    return found


def versions_seen() -> Versions | None:
    """The state that this transaction asked for last, whatever it has written itself since."""
    transaction = db.session().get_transaction()
    seen = _seen.get(transaction) if transaction else None
    return seen.versions if seen else None


def is_one_instant() -> bool:
    """Whether all that this transaction reads is of the state it asked for: on PostgreSQL one that
    writes sees what others commit meanwhile."""
    connection = db.session.connection()
    return connection.dialect.name == "sqlite" or not _is_to_write(connection)


def _note_seen(session: Session, found: Versions | None) -> None:
    transaction = session.get_transaction() or session.begin()
    _seen[transaction] = Seen(found, session.connection())


def _is_to_write(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("immediate"))


def _has_written(session: Session, connection: Connection) -> bool:
    """Whether the transaction has written, or holds what is still to be flushed."""
    is_pending = session.new or session.dirty or session.deleted
    return bool(is_pending or connection.info.get(WRITTEN))


def register_versions(engine: Engine) -> None:
    """Let every write through the engine raise the versions of what it writes."""
    event.listen(engine, "before_cursor_execute", _note_statement)
    event.listen(engine, "commit", _raise_written)
    event.listen(engine, "rollback", _forget_written)


def note_written(connection: Connection, table: str) -> None:
    """Note rows of a table that were written past the statements, which a listener sees."""
    _note(connection, SUBJECTS_OF.get(table, ALL))


def renew_versions(connection: Connection) -> None:
    """Raise everything now, where the database is at a migration that has versions: what was done
    passed the listener by, or changed the tables themselves."""
    name, found = DataVersion.__tablename__, inspect(connection)
    if found.has_table(name):
        _raise(connection, ALL.intersection(column["name"] for column in found.get_columns(name)))
    _forget_written(connection)


def _note_statement(
    connection: Connection,
    _cursor: Any,
    statement: str,
    _parameters: Any,
    context: Any,
    _many: bool,
) -> None:
    if statement.startswith("SELECT"):
        return
    subjects = subjects_written(statement)
    if PAST in subjects and not reaches_back(connection, statement, context):
        subjects -= {PAST}
    _note(connection, subjects)


def _note(connection: Connection, subjects: Subjects) -> None:
    if subjects:
        connection.info[WRITTEN] = connection.info.get(WRITTEN, NONE) | subjects


@lru_cache(maxsize=1024)
def subjects_written(statement: str) -> Subjects:
    """The subjects whose data a statement may change; all of one that is not understood."""
    if HARMLESS.match(statement):
        return NONE
    tables = WRITTEN_TABLE.findall(statement)
    if not tables:
        return NONE if statement.lstrip().upper().startswith("WITH") else ALL
    return NONE.union(*(SUBJECTS_OF.get(table.lower(), ALL) for table in tables))


def _raise_written(connection: Connection) -> None:
    """Put new numbers for what the transaction has written, as its last statement."""
    subjects = connection.info.pop(WRITTEN, NONE)
    if subjects:
        _raise(connection, subjects)


def _forget_written(connection: Connection) -> None:
    if not connection.invalidated:  # a connection that broke took what it knew along
        connection.info.pop(WRITTEN, None)


def _raise(connection: Connection, subjects: Subjects) -> None:
    connection.execute(_raising(subjects), _drawn(subjects))


@lru_cache(maxsize=64)
def _raising(subjects: Subjects) -> Update:
    return update(DataVersion).values({name: bindparam(name) for name in subjects})


def _drawn(subjects: Subjects) -> dict[str, int]:
    return {subject: secrets.randbits(BITS) for subject in sorted(subjects)}
