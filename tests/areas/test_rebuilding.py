"""Rebuilding around some areas gives what rebuilding the whole tree gives."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tcns.areas.models import (
    Area,
    AreaAllocation,
    AreaName,
    AreaPath,
    AreaPlacement,
    AreaSuccession,
)
from tcns.areas.tree_operations import rebuild_around, rebuild_tree
from tcns.areas.vocabulary import Extent, Level
from tcns.database import db
from tests.coverage.agreement import store
from tests.coverage.land import START, countries
from tests.torture import examples

# What is compared is worked out in Python; the questions are asked on both engines elsewhere.
pytestmark = pytest.mark.long_on_postgresql

Derived = tuple[list[Any], list[Any]]


@pytest.fixture
def session(empty_app: Any) -> Any:
    """The session of an empty database; what a test stores in it is rolled back."""
    with empty_app.app_context():
        yield db.session
        db.session.rollback()


def derived() -> Derived:
    """All paths and all seats."""
    tables = (AreaPath.__table__, AreaAllocation.__table__)
    rows = [sorted(map(repr, db.session.execute(select(table)))) for table in tables]
    return rows[0], rows[1]


def end_village(area: Area, day: date, extent: Extent) -> list[int]:
    """End a lasting village on a day, and begin one that takes it over; the areas changed."""
    placements = list(
        db.session.scalars(select(AreaPlacement).where(AreaPlacement.area_id == area.id))
    )
    successor = Area(level=Level.VILLAGE, valid_from=day)
    name = AreaName(kind="thôn", name="Mới", code=f"m{area.id}", valid_from=day)
    successor.names.append(name)
    db.session.add(successor)
    db.session.flush()
    for row in placements:
        if row.valid_to is None or row.valid_to > day:
            starts = max(row.valid_from, day)
            place = AreaPlacement(area_id=successor.id, parent_id=row.parent_id, valid_from=starts)
            place.valid_to = row.valid_to
            db.session.add(place)
        if row.valid_from >= day:
            db.session.delete(row)
        elif row.valid_to is None or row.valid_to > day:
            row.valid_to = day
    area.valid_to = day
    db.session.add(
        AreaSuccession(
            predecessor_id=area.id, successor_id=successor.id, extent=extent, effective_on=day
        )
    )
    return [area.id, successor.id]


@settings(
    max_examples=examples(40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(country=countries(), chance=st.randoms(use_true_random=False))
def test_rebuilding_around_what_changed_equals_rebuilding_everything(
    session: Any, country: Any, chance: Random
) -> None:
    session.rollback()
    areas = store(country)
    day = START + timedelta(days=chance.randint(1, 260))
    villages = [
        area
        for land, area in areas.items()
        if land.level == "village" and land.starts < day and not land.ends
    ]
    changed: list[int] = []
    for village in chance.sample(villages, min(3, len(villages))):
        changed += end_village(village, day, chance.choice(list(Extent)))
    rebuild_around(changed)
    around = derived()

    rebuild_tree()

    assert around == derived()


@settings(
    max_examples=examples(20),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(country=countries(), data=st.data())
def test_what_stands_below_a_changed_area_is_rebuilt_with_it(
    session: Any, country: Any, data: st.DataObject
) -> None:
    session.rollback()
    areas = store(country)
    before = derived()
    placed = [area for land, area in areas.items() if land.level in ("district", "commune")]
    moved = data.draw(st.sampled_from(placed))
    row = session.scalars(
        select(AreaPlacement).where(AreaPlacement.area_id == moved.id).limit(1)
    ).one()
    row.valid_from += timedelta(days=data.draw(st.integers(1, 30)))
    rebuild_around([moved.id])
    around = derived()

    rebuild_tree()

    assert around == derived()
    assert around != before
