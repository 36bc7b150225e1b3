"""Which rows a statement is about to change or delete, and how they are."""

from collections.abc import Mapping, Sequence
from operator import eq
from typing import Any

from sqlalchemy import (
    BinaryExpression,
    BindParameter,
    Column,
    Connection,
    Delete,
    Select,
    Table,
    Update,
    select,
    tuple_,
)

from tcns.database import portions

Key = tuple[Any, ...]
Row = dict[str, Any]
Rows = dict[Key, Row]
Parameters = Mapping[str, Any]


def affected_rows(
    connection: Connection, statement: Update | Delete, parameters: Sequence[Parameters]
) -> Rows:
    """The rows that a statement names, for each set of its parameters, as they are now."""
    table: Any = statement.table
    condition = statement.whereclause
    compared = _compared(condition) if len(parameters) > 1 else {}
    keys = [column.key for column in table.primary_key]
    if set(keys) <= set(compared) <= {*keys, "version"}:
        return _rows_compared(connection, table, compared, parameters)
    query = select(table) if condition is None else select(table).where(condition)
    rows: Rows = {}
    for one in parameters:
        rows |= _read(connection, table, query, one)
    return rows


def rows_among(
    connection: Connection, table: Table, keys: Sequence[Key], by: Sequence[Any] = ()
) -> Rows:
    """The rows of a table with some keys, or with these values of other columns."""
    columns = [*by] or list(table.primary_key)
    rows: Rows = {}
    for portion in portions(keys):
        if len(columns) == 1:
            wanted = columns[0].in_([key[0] for key in portion])
        else:
            wanted = tuple_(*columns).in_(portion)
        rows |= _read(connection, table, select(table).where(wanted), {})
    return rows


def _rows_compared(
    connection: Connection,
    table: Table,
    compared: Mapping[str, str],
    parameters: Sequence[Parameters],
) -> Rows:
    """The rows whose keys, and versions, are those of the parameters: read many at a time."""
    wanted = {}
    for one in parameters:
        values = {name: one[parameter] for name, parameter in compared.items()}
        wanted[tuple(values[column.key] for column in table.primary_key)] = values
    found = rows_among(connection, table, list(wanted))
    return {key: row for key, row in found.items() if wanted[key].items() <= row.items()}


def _compared(condition: Any) -> dict[str, str]:
    """The columns that a condition compares with a parameter each, if it does nothing else."""
    compared = {}
    for one in getattr(condition, "clauses", [condition]):
        if not isinstance(one, BinaryExpression) or one.operator is not eq:
            return {}
        if not isinstance(one.left, Column) or not isinstance(one.right, BindParameter):
            return {}
        compared[one.left.key] = one.right.key
    return compared


def _read(connection: Connection, table: Table, query: Select[Any], parameters: Parameters) -> Rows:
    """The rows that are found, by their keys."""
    names = [column.key for column in table.primary_key]
    found = connection.execute(query, parameters).mappings()
    return {tuple(row[name] for name in names): dict(row) for row in found}
