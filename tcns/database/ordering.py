"""The order of a list: by one of its columns, and where rows are equal there, as usual."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Select, case

Rows = TypeVar("Rows", bound=tuple[Any, ...])


class Order(NamedTuple):
    """By which column a list is sorted, and which way; without a column in its usual order."""

    column: str = ""
    is_descending: bool = False


USUAL = Order()


def in_order(
    query: Select[Rows], order: Order, columns: Mapping[str, Any], *usual: Any
) -> Select[Rows]:
    """The query sorted by the column asked for, empty values last, then in the usual order.

    A column that the list does not have means the usual order. That ends in something unique, so
    that no row stands on two pages.
    """
    chosen = columns.get(order.column)
    if chosen is None:
        return query.order_by(*usual)
    directed = chosen.desc() if order.is_descending else chosen.asc()
    return query.order_by(directed.nulls_last(), *usual)


def rank_in(vocabulary: type[StrEnum], column: Any) -> ColumnElement[Any]:
    """The place of a column's word in its vocabulary."""
    return case({word.value: rank for rank, word in enumerate(vocabulary)}, value=column)
