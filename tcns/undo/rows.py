"""Rows of any table: as JSON can keep them, found by their keys, put back as they were."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Table, bindparam, insert, select, tuple_, update

from tcns.database import db, portions
from tcns.undo.models import ReversibleStep


def plain(value: Any) -> Any:
    """A value as JSON can hold it: days and moments as ISO text, decimals as text."""
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def plain_key(key: Iterable[Any]) -> tuple[Any, ...]:
    """A key as JSON can hold its parts."""
    return tuple(plain(part) for part in key)


def versions_of(table: Table, keys: Iterable[tuple[Any, ...]]) -> dict[tuple[Any, ...], Any]:
    """The present versions of those of some rows that are there; None where there are none."""
    columns = list(table.primary_key)
    version = [table.c.version] if "version" in table.c else []
    found = {}
    for portion in portions(list(keys)):
        query = select(*columns, *version).where(is_among(table, portion))
        for row in db.session.execute(query):
            key = plain_key(row[: len(columns)])
            found[key] = row[-1] if version else None
    return found


def is_among(table: Table, keys: Sequence[tuple[Any, ...]]) -> ColumnElement[bool]:
    """The clause that a row has one of some keys."""
    columns = list(table.primary_key)
    typed = [_typed_key(table, key) for key in keys]
    if len(columns) == 1:
        return columns[0].in_([key[0] for key in typed])
    return tuple_(*columns).in_(typed)


def _typed_key(table: Table, key: Sequence[Any]) -> tuple[Any, ...]:
    """A key as the columns of the primary key take it."""
    columns = zip(table.primary_key, key, strict=True)
    return tuple(_value(column.type.python_type, part) for column, part in columns)


def restore(table_name: str, steps: Sequence[ReversibleStep]) -> None:
    """Put rows back that were deleted, in turn."""
    table = db.metadata.tables[table_name]
    for step in steps:
        db.session.execute(insert(table).values(_before(step)))


def put_back(table_name: str, steps: Sequence[ReversibleStep]) -> None:
    """Give changed rows the values they had before, in turn; their versions rise."""
    for names, alike in groupby(steps, lambda step: tuple(step.before or ())):
        _update(db.metadata.tables[table_name], names, list(alike))


def _update(table: Table, noted: Sequence[str], steps: Sequence[ReversibleStep]) -> None:
    """Put some noted columns of rows back in one statement."""
    keys = [column.key for column in table.primary_key]
    names = [name for name in noted if name not in (*keys, "version")]
    new: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
    if "version" in table.c:
        new["version"] = table.c.version + 1
    same = [table.c[key] == bindparam(f"key_{key}") for key in keys]
    rows = []
    for step in steps:
        kept, key = _before(step), _typed_key(table, step.key)
        rows.append(
            {f"key_{name}": part for name, part in zip(keys, key, strict=True)}
            | {f"new_{name}": kept[name] for name in names}
        )
    db.session.connection().execute(update(table).where(*same).values(new), rows)


def _before(step: ReversibleStep) -> dict[str, Any]:
    """The columns of a step's row as they were."""
    return _typed(db.metadata.tables[step.table_name], step.before or {})


def _typed(table: Table, values: dict[str, Any]) -> dict[str, Any]:
    """What _columns kept, as the columns take it."""
    return {name: _value(table.c[name].type.python_type, text) for name, text in values.items()}


def _value(kind: type[Any], kept: Any) -> Any:
    """One kept value as its column takes it."""
    if kept is None:
        return None
    if issubclass(kind, date):
        return kind.fromisoformat(kept)
    return kind(kept) if issubclass(kind, Decimal) else kept
