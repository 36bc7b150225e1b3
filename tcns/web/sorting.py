"""Sorting a list by its headings: `?sort=leader`, `?sort=-leader`, kept in the address."""

import re
from typing import NamedTuple

from flask import Flask, request

from tcns.database.ordering import USUAL, Order
from tcns.web.paging import PAGE_SIZES, same_page

DOWN = "-"
WORD = re.compile(r"(-?)([\w.-]+)", re.ASCII)


class Heading(NamedTuple):
    """A heading one can sort by: where it leads, and how the list is sorted by it now.

    `state` is what aria-sort says; empty where the list is sorted otherwise.
    """

    url: str
    state: str


def wanted_order() -> Order:
    """The order that the address asks for; without one, or with nonsense, the usual."""
    value = WORD.fullmatch(request.args.get("sort", ""))
    return Order(value[2], value[1] == DOWN) if value else USUAL


def sorting_by(column: str, *, falls_first: bool = False) -> Heading:
    """The heading of a column: it sorts upwards, then downwards, then as usual again; where the
    worst are the greatest, downwards first."""
    first, second = (DOWN + column, column) if falls_first else (column, DOWN + column)
    order = wanted_order()
    if order.column != column:
        return Heading(same_page(sort=first, page=None), "")
    following = second if order.is_descending is falls_first else None
    return Heading(same_page(sort=following, page=None), sorted_by(column))


def sorted_by(column: str) -> str:
    """How the list is sorted by a column now, as aria-sort says it; empty where it is not."""
    order = wanted_order()
    if order.column != column:
        return ""
    return "descending" if order.is_descending else "ascending"


def list_state() -> list[tuple[str, str]]:
    """What the address says of a list beside its filters, which must outlast choosing others."""
    order, size = wanted_order(), request.args.get("size", type=int)
    kept = [("sort", (DOWN if order.is_descending else "") + order.column)] if order.column else []
    return [*kept, ("size", str(size))] if size in PAGE_SIZES else kept


def register_sorting(app: Flask) -> None:
    """Let tables ask for their headings, and the filters of a list keep the rest of its state."""
    app.jinja_env.globals.update(sorting_by=sorting_by, sorted_by=sorted_by, list_state=list_state)
