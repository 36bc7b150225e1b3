"""Rows of numbers that are kept, and travel to the database as one value to be joined there.

What was found with effort, such as which area takes the figures of which team, is folded into one
text; a statement unfolds it instead of finding it again.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    CTE,
    BindParameter,
    ColumnElement,
    Integer,
    String,
    bindparam,
    cast,
    literal_column,
    select,
    true,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

Numbers = Sequence[int | date | None]


def folded(rows: Iterable[Numbers]) -> str:
    """Rows of numbers and days as one JSON list: the last numbers of those that have the others in
    common stand together, [[1, 0, [7, 8, 9]], …]. Fewer such lists are unfolded faster."""
    lists: dict[tuple[int | date | None, ...], list[int | date | None]] = {}
    for *shared, last in rows:
        lists.setdefault(tuple(shared), []).append(last)
    written = [[*shared, last] for shared, last in lists.items()]
    return json.dumps(written, separators=(",", ":"), default=day_number)


def day_number(day: date) -> int:
    """How a day is folded, and asked for: the engines have days of their own, but numbers alike."""
    return day.toordinal()


def unfolded(name: str, *columns: str) -> CTE:
    """The rows of a folded text, under a name and with columns of these names; the text is put in
    under the same name when the statement is asked."""
    *shared, last = columns
    text: BindParameter[str] = bindparam(name, type_=String)
    part = Elements(text).table_valued("value").c.value
    lists = (
        select(
            *(_number(part.op("->>")(_place(at))).label(key) for at, key in enumerate(shared)),
            part.op("->")(_place(len(shared))).label("last"),
        )
        .cte(f"{name}_lists")
        .prefix_with("MATERIALIZED")  # else SQLite takes each list apart anew for each number
    )
    numbers = Elements(lists.c.last).table_valued("value")
    return (
        select(*(lists.c[key] for key in shared), _number(numbers.c.value).label(last))
        .select_from(lists.join(numbers, true()))
        .cte(name)
        .prefix_with("MATERIALIZED")
    )


def _number(value: Any) -> ColumnElement[int]:
    """An element as a number; PostgreSQL gives it as a text or as JSON."""
    return cast(value, Integer)


def _place(number: int) -> ColumnElement[int]:
    """A place in a list, from 0."""
    return literal_column(str(number), Integer)


class Elements(FunctionElement[Any]):
    """The elements of a JSON list, as rows with one column, `value`."""

    inherit_cache = True


@compiles(Elements, "postgresql")
def _elements_on_postgresql(elements: Elements, compiler: Any, **options: Any) -> str:
    """Those of PostgreSQL."""
    return f"jsonb_array_elements(CAST({compiler.process(elements.clauses, **options)} AS JSONB))"


@compiles(Elements, "sqlite")
def _elements_on_sqlite(elements: Elements, compiler: Any, **options: Any) -> str:
    """Those of SQLite."""
    return f"json_each({compiler.process(elements.clauses, **options)})"
