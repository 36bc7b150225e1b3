"""What the tests of villages share: areas of the world, the acting official, what was derived."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tcns.accounts.models import User
from tcns.areas.models import (
    Area,
    AreaAllocation,
    AreaHouseholds,
    AreaName,
    AreaPath,
    AreaPlacement,
    AreaStatistic,
    AreaSuccession,
)
from tcns.areas.villages.operations import close_village, enter_village
from tcns.areas.villages.rules import Closure, Merger, VillageText
from tcns.areas.vocabulary import AreaKind
from tcns.database import db
from tests.world import World

DAY = date(2024, 3, 1)
TABLES = (
    Area,
    AreaName,
    AreaPlacement,
    AreaSuccession,
    AreaHouseholds,
    AreaStatistic,
    AreaPath,
    AreaAllocation,
)


class Land:
    """The areas of the world, loaded in the open context, and the official of Hòa An."""

    def __init__(self, world: World) -> None:
        self.world = world

    @property
    def official(self) -> User:
        return db.session.get_one(User, self.world.users["own"])

    def area(self, key: str) -> Area:
        return db.session.get_one(Area, self.world.places[key].id)


@pytest.fixture
def land(app: Flask, world: World) -> Iterator[Land]:
    """An open context with the messages in English, and the areas in it."""
    with app.test_request_context(headers={"Cookie": "language=en"}):
        yield Land(world)
        db.session.rollback()


def text(name: str, day: date = DAY, kind: AreaKind = AreaKind.THON) -> VillageText:
    """What is said of a village."""
    return VillageText(name, kind, day)


def merger(land: Land, *keys: str, day: date = DAY, name: str = "Hợp Nhất", **more: Any) -> Merger:
    """Some villages are to become one."""
    return Merger([land.area(key) for key in keys], text(name, day), **more)


def closure(land: Land, *successors: str, last_day: date = DAY, **more: Any) -> Closure:
    """A village is to end after a day."""
    return Closure(last_day, [land.area(key) for key in successors], **more)


def households(area: Area) -> list[tuple[int, date, date | None]]:
    """The numbers of households on record of an area."""
    query = select(
        AreaHouseholds.household_count, AreaHouseholds.valid_from, AreaHouseholds.valid_to
    ).where(AreaHouseholds.area_id == area.id)
    return [tuple(row) for row in db.session.execute(query.order_by(AreaHouseholds.valid_from))]


def split(land: Land) -> None:
    """Đồng Tâm ends, and two new villages begin the day after."""
    commune, first_day = land.area("commune"), DAY + timedelta(days=1)
    new = [
        enter_village(commune, text(name, first_day), None, by=land.official)
        for name in ("Đồng Thượng", "Đồng Hạ")
    ]
    close_village(commune, land.area("village"), Closure(DAY, new), by=land.official)


def rows(table: Any) -> list[str]:
    """Every row of a table of areas, but for ids and versions."""
    kept = [c for c in table.__table__.columns if c.key not in ("id", "version")]
    return sorted(map(repr, db.session.execute(select(*kept))))


def everything() -> dict[str, list[str]]:
    """All that is known of areas."""
    db.session.flush()
    return {table.__tablename__: rows(table) for table in TABLES}
