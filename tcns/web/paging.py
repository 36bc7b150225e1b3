"""Lists in pages: how many rows there are, which are shown, how to reach the others."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any
from urllib.parse import urlencode

from flask import request, url_for
from sqlalchemy import Select, func, select

from tcns.database import db

PAGE_SIZES = (25, 50, 100)
PAGE_SIZE = 50


@dataclass(frozen=True)
class Page:
    """Some rows of a list: `total` rows in all, page `number` of `count`, from row `first`."""

    rows: Sequence[Any]
    total: int
    number: int
    size: int

    @property
    def count(self) -> int:
        """How many pages there are; at least one."""
        return max(1, ceil(self.total / self.size))

    @property
    def first(self) -> int:
        """The place of the first shown row in the whole list, from 1; 0 when it is empty."""
        return (self.number - 1) * self.size + 1 if self.total else 0

    @property
    def last(self) -> int:
        """The place of the last shown row."""
        return self.first + len(self.rows) - 1 if self.rows else 0

    def url(self, number: int) -> str:
        """The address of another page of the same list, filters kept."""
        return same_page(page=number)

    @property
    def sizes(self) -> list[tuple[int, str]]:
        """How many rows a page can show, each with the address of the list so; none to choose
        where all rows fit the smallest page."""
        if self.total <= PAGE_SIZES[0]:
            return []
        return [(size, same_page(size=size, page=None)) for size in PAGE_SIZES]


def same_page(**changes: Any) -> str:
    """The address of this page with some of its query changed; None takes a part away."""
    here = url_for(request.endpoint or "home.show_home", **(request.view_args or {}))
    return _with_query(here, changes)


def same_filters(endpoint: str, without: Iterable[str] = (), **values: Any) -> str:
    """The address of another view of this page's list, under the same filters."""
    changes = dict.fromkeys(("page", "size", "as", *without))
    return _with_query(url_for(endpoint, **values), changes)


def _with_query(address: str, changes: dict[str, Any]) -> str:
    """The address with this page's query, some of it changed.

    The query goes round url_for, to whom some of its names (_scheme, endpoint) mean something.
    """
    query = {**request.args.to_dict(flat=False), **changes}
    kept = {key: value for key, value in query.items() if value not in (None, "", [""])}
    return f"{address}?{urlencode(kept, doseq=True)}" if kept else address


def wanted_page() -> tuple[int, int]:
    """The page number and size the address asks for; nonsense means the first page."""
    number = request.args.get("page", 1, type=int)
    size = request.args.get("size", PAGE_SIZE, type=int)
    return min(max(number, 1), 100_000), size if size in PAGE_SIZES else PAGE_SIZE


def count_rows(query: Select[Any]) -> int:
    """How many rows a query has."""
    return db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0


def paginate(query: Select[Any]) -> Page:
    """The rows of the page the address asks for; past the end, the last page."""
    return paginate_found(
        count_rows(query),
        lambda limit, offset: db.session.execute(query.limit(limit).offset(offset)).all(),
    )


def paginate_found(total: int, find: Callable[[int, int], Sequence[Any]]) -> Page:
    """The same of so many rows, which are found by how many are wanted and how many go before."""
    number, size = wanted_page()
    number = min(number, max(1, ceil(total / size)))
    return Page(find(size, (number - 1) * size), total, number, size)


def page_of(rows: Sequence[Any]) -> Page:
    """The page the address asks for of rows that are all computed already."""
    number, size = wanted_page()
    number = min(number, max(1, ceil(len(rows) / size)))
    first = (number - 1) * size
    return Page(rows=rows[first : first + size], total=len(rows), number=number, size=size)
