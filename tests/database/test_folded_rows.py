"""Rows of numbers come back from the database as they were folded, on both engines."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tcns.database import db
from tcns.database.folded_rows import folded, unfolded

LARGEST = 2**31 - 1
NUMBERS = st.integers(-LARGEST, LARGEST)
ROWS = st.lists(st.tuples(st.one_of(st.none(), NUMBERS), st.integers(0, 1), NUMBERS))
TABLE = unfolded("given", "place", "is_here", "number")


def sent_and_read(rows: list[tuple[int | None, int, int]]) -> Counter[tuple[int | None, int, int]]:
    query = select(TABLE.c.place, TABLE.c.is_here, TABLE.c.number)
    return Counter(db.session.execute(query, {"given": folded(rows)}).tuples())


@pytest.mark.usefixtures("context")
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=ROWS)
def test_every_row_comes_back_as_often_as_it_was_folded(
    rows: list[tuple[int | None, int, int]],
) -> None:
    assert sent_and_read(rows) == Counter(rows)


def test_what_rows_have_in_common_is_written_once() -> None:
    assert folded([(1, 0, 7), (None, 1, 9), (1, 0, 8)]) == "[[1,0,[7,8]],[null,1,[9]]]"


@pytest.mark.usefixtures("context")
def test_of_no_rows_none_comes_back() -> None:
    assert not sent_and_read([])
