"""The session, the write transaction, the column mix-ins and the naming of constraints."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    BindParameter,
    CheckConstraint,
    ColumnElement,
    DateTime,
    Delete,
    Dialect,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    TypeDecorator,
    and_,
    bindparam,
    column,
    func,
    or_,
    select,
    table,
)
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr

Key = TypeVar("Key")
# A day, or where one or its number is put into a statement.
Day = date | BindParameter[date] | BindParameter[int]
# So many keys fit into one question on every engine.
MOST_KEYS = 500

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """A moment, stored in UTC and read back with its zone on both engines."""

    impl = DateTime
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        """What the column's values are."""
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store the moment as UTC without a zone; a naive moment is a mistake of the caller."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the stored UTC moment its zone back."""
        return value.replace(tzinfo=UTC) if value else None


# Sort keys are hexadecimal text compared byte by byte: only the C collation does that on
# PostgreSQL, SQLite does it by default.
SortKey = String().with_variant(String(collation="C"), "postgresql")


class Base(DeclarativeBase):
    """The root of all tables."""

    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(model_class=Base)
db.Model.registry.update_type_annotation_map(  # type: ignore[attr-defined]
    {datetime: Moment}
)

if TYPE_CHECKING:

    class Model(Base):
        """What every table derives from, as the type checker sees it."""

        __abstract__ = True
else:
    Model = db.Model


def valid_on(day: Day, starts: Any, ends: Any) -> ColumnElement[bool]:
    """The clause that the half-open interval [starts, ends) holds `day`."""
    return and_(starts <= day, or_(ends.is_(None), ends > day))


class Dated:
    """A row that holds from `valid_from` to the day before `valid_to`; NULL while it lasts."""

    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    @classmethod
    @lru_cache(maxsize=1024)  # a page asks twenty times, of the same few tables and days
    def valid_on(cls, day: Day) -> ColumnElement[bool]:
        """The clause that the row holds on `day`."""
        return valid_on(day, cls.valid_from, cls.valid_to)

    def is_valid_on(self, day: date) -> bool:
        """Whether the row holds on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    @property
    def last_day(self) -> date | None:
        """The last day on which the row holds, as pages show it; None while it lasts."""
        return self.valid_to - timedelta(days=1) if self.valid_to else None


def interval_check() -> CheckConstraint:
    """The constraint every dated table carries: an interval holds at least one day."""
    return CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="interval")


# For tables whose rows can be removed: SQLite would give the id of the last one to the next,
# whose history and open pages would then be taken for its own. PostgreSQL never does.
IDS_USED_ONCE = {"sqlite_autoincrement": True}
# What a row is inserted with below the mapper, which counts from there on.
FIRST_VERSION = 1


class Versioned:
    """A row people edit: its version rises with every save, and a stale save is refused."""

    version: Mapped[int]

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - declared_attr gives the class
        """Let the session raise the version, and fail where somebody else did in between."""
        return {"version_id_col": cls.version}


def delete_rows(statement: Delete) -> int:
    """Delete the rows a statement names, in the session's transaction; how many there were."""
    found: Any = db.session.execute(statement, execution_options={"synchronize_session": False})
    return int(found.rowcount)


def next_ids(model: type[Any], count: int) -> Sequence[int]:
    """Ids for `count` new rows of a table, which nobody else will use.

    Asked under the write lock. PostgreSQL's sequence goes on from what it gave last, SQLite from
    the last row there ever was.
    """
    if db.engine.dialect.name == "postgresql":
        return db.session.scalars(_drawn_ids(model.__tablename__), {"count": count}).all()
    last = max(number or 0 for number in db.session.execute(_last_ids(model.__table__)).one())
    return range(last + 1, last + count + 1)


@lru_cache
def _drawn_ids(table_name: str) -> Select[Any]:
    """PostgreSQL's question for the next numbers that a table gives by itself."""
    sequence = func.pg_get_serial_sequence(f'"{table_name}"', "id")
    series = func.generate_series(1, bindparam("count", type_=Integer)).table_valued("number")
    return select(func.nextval(sequence)).select_from(series)


@lru_cache
def _last_ids(rows: Table) -> Select[Any]:
    """SQLite's question for the last id that a table gave by itself, and for that it holds."""
    given: Any = select(column("seq")).select_from(table("sqlite_sequence"))
    ever = given.where(column("name") == rows.name).scalar_subquery()
    return select(ever, select(func.max(rows.c.id)).scalar_subquery())


def portions(keys: Sequence[Key]) -> Iterator[Sequence[Key]]:
    """The keys in so many at a time as one question may hold."""
    for start in range(0, len(keys), MOST_KEYS):
        yield keys[start : start + MOST_KEYS]


class OutcomeUnknownError(SQLAlchemyError):
    """The connection broke while a transaction was committed: nobody can tell whether it was."""


def begin_anew() -> None:
    """Begin to write; what was read before is forgotten, and read again under the write lock."""
    db.session.rollback()
    begin_immediately()


def begin_immediately() -> None:
    """Take the write lock of a new transaction, before anything is read in it.

    On SQLite a transaction that reads first and writes later fails when somebody else wrote in
    between.
    """
    db.session.connection(execution_options={"immediate": True})


@contextmanager
def writing(begin: Callable[[], None] = begin_anew) -> Iterator[None]:
    """The one write transaction of an entry point: begin at once, operate, commit.

    Raises OutcomeUnknownError where the connection broke during the commit.
    """
    is_committing = False
    try:
        begin()
        yield
        is_committing = True
        db.session.commit()
    except BaseException as error:
        db.session.rollback()
        if is_committing and isinstance(error, DBAPIError) and error.connection_invalidated:
            raise OutcomeUnknownError from error
        raise
