"""The clause that a column holds one of many ids, however many there are."""

from collections.abc import Callable, Collection
from typing import Any, Self

from sqlalchemy import Boolean, ColumnElement, Dialect, bindparam, false, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import UserDefinedType


def in_ids(column: Any, ids: Collection[int]) -> ColumnElement[bool]:
    """The clause that `column` holds one of `ids`; of none, it is false for every row.

    `column.in_` sends each id as a value of its own, and a district's reviewer has thousands of
    areas: writing the statement then takes longer than answering it. These travel as one value.
    """
    return InIds(column, literal(sorted(ids), Ids())) if ids else false()


def in_given_ids(column: Any) -> ColumnElement[bool]:
    """The same in a statement that is put together once: `ids` are put in when it is asked."""
    return InIds(column, bindparam("ids", type_=Ids()))


class Ids(UserDefinedType[Collection[int]]):
    """Many ids as one text: the array of PostgreSQL, the JSON list of SQLite."""

    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], str]:
        """How the ids are written for the engine."""
        written = "{%s}" if dialect.name == "postgresql" else "[%s]"
        return lambda ids: written % ",".join(map(str, ids))


class InIds(FunctionElement[bool]):
    """What `in_ids` puts into a statement."""

    inherit_cache = True
    type = Boolean()

    def self_group(self, against: Any = None) -> Self:
        """The clause bare: of a function, SQLite would be asked whether it equals 1, and then no
        longer look into its index."""
        return self


@compiles(InIds, "postgresql")
def _in_array(clause: InIds, compiler: Any, **options: Any) -> str:
    """The clause of PostgreSQL."""
    column, ids = (compiler.process(part, **options) for part in clause.clauses)
    return f"({column} = ANY ({ids}::INTEGER[]))"


@compiles(InIds, "sqlite")
def _in_list(clause: InIds, compiler: Any, **options: Any) -> str:
    """The clause of SQLite."""
    column, ids = (compiler.process(part, **options) for part in clause.clauses)
    return f"({column} IN (SELECT value FROM json_each({ids})))"  # noqa: S608 - compiled parts
