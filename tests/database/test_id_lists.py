"""A column holds one of many ids, on both engines."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import aliased

from tcns.areas.models import Area
from tcns.database import db
from tcns.database.id_lists import in_ids

MORE_THAN_ONE_STATEMENT_TAKES = 70_000


def ids_of(query: Select[tuple[int]]) -> set[int]:
    return set(db.session.scalars(query))


def everyone() -> set[int]:
    return ids_of(select(Area.id))


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize("wanted", [set, lambda: {-1}, lambda: {min(everyone())}, everyone])
def test_rows_with_one_of_the_ids_are_found_and_no_others(wanted: Callable[[], set[int]]) -> None:
    ids = wanted()
    assert ids_of(select(Area.id).where(in_ids(Area.id, ids))) == ids & everyone()
    assert ids_of(select(Area.id).where(~in_ids(Area.id, ids))) == everyone() - ids


@pytest.mark.usefixtures("context")
def test_each_clause_of_a_question_has_ids_of_its_own() -> None:
    first, second, *_others = sorted(everyone())
    other = aliased(Area)
    either = or_(in_ids(Area.id, {first}), in_ids(Area.id, {second}))
    apart = select(Area.id).where(
        in_ids(Area.id, {first}),
        select(other.id).where(in_ids(other.id, {second})).exists(),
    )
    assert ids_of(select(Area.id).where(either)) == {first, second}
    assert ids_of(apart) == {first}


@pytest.mark.usefixtures("context")
def test_more_ids_than_a_statement_takes_values_are_asked_for_at_once() -> None:
    many = range(MORE_THAN_ONE_STATEMENT_TAKES)
    assert ids_of(select(Area.id).where(in_ids(Area.id, many))) == everyone()


@pytest.mark.one_engine
def test_sqlite_looks_the_ids_up_in_the_index(app: Flask) -> None:
    with app.app_context():
        query = select(Area.id).where(in_ids(Area.id, {1, 2})).compile(db.engine)
        explain, given = f"EXPLAIN QUERY PLAN {query}", ("[1,2]",)
        plan = db.session.connection().exec_driver_sql(explain, given).all()
    assert any("SEARCH area" in row.detail for row in plan), plan
