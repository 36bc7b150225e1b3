"""The demonstration world as it lies in the database, read once, for plain Python to check.

Loading takes seconds, so each run loads it once per engine, into a template of its own.
"""

from collections.abc import Iterable
from datetime import date
from functools import cache, cached_property
from typing import Any

from sqlalchemy import Row, select

from tcns.accounts.credentials.passwords import hash_password
from tcns.database import db
from tcns.demo.accounts import USER_NAMES
from tcns.demo.world import load_world
from tests.databases import CONTENTS, Database, database_on

# A day as good as any; the same for all, so that what is checked does not change overnight.
DAY = date(2026, 8, 20)
PASSWORD = "trâu trắng trước trăng tròn"
TEAM_NAME = "Tổ công nghệ số cộng đồng"
NAME = "demonstration"


def build() -> None:
    """Load the world into the empty database at hand; one hash serves all, to save time."""
    hashes = dict.fromkeys(USER_NAMES, hash_password(PASSWORD))
    load_world(DAY, team_name=TEAM_NAME, hashes=hashes)


CONTENTS[NAME] = build


@cache
def demonstration_on(engine: str) -> Database:
    """This worker's database with the world."""
    return database_on(engine, NAME)


@cache
def rows(engine: str, table: str) -> list[Row[Any]]:
    """All rows of a table of the world."""
    database = demonstration_on(engine)
    with database.app.app_context(), db.engine.connect() as connection:
        columns = db.metadata.tables[table]
        return list(connection.execute(select(columns).order_by(*columns.primary_key.columns)))


def on(day: date, dated: Iterable[Row[Any]]) -> list[Row[Any]]:
    """The dated rows that hold on a day."""
    return [
        row
        for row in dated
        if row.valid_from <= day and (row.valid_to is None or day < row.valid_to)
    ]


class World:
    """The rows of one engine by table, and the ways between them."""

    def __init__(self, engine: str) -> None:
        self.engine = engine

    def __getattr__(self, table: str) -> list[Row[Any]]:
        return rows(self.engine, table)

    def by_id(self, table: str) -> dict[int, Row[Any]]:
        """The rows of a table by their id."""
        return {row.id: row for row in rows(self.engine, table)}

    def parents(self, day: date) -> dict[int, int]:
        """The parent of each area on a day."""
        return {row.area_id: row.parent_id for row in on(day, self.area_placement)}

    def names(self, day: date) -> dict[int, Row[Any]]:
        """The name of each area on a day."""
        return {row.area_id: row for row in on(day, self.area_name)}

    def districts(self, day: date) -> dict[int, str]:
        """The code of the district that each village and commune lies in on a day."""
        parents, names, levels = self.parents(day), self.names(day), self.levels
        found = {}
        for area_id, parent in parents.items():
            above = parents.get(parent, 0) if levels[parent] == "commune" else parent
            if levels.get(above) == "district":
                found[area_id] = names[above].code
        return found

    @cached_property
    def levels(self) -> dict[int, str]:
        """The level of each area."""
        return {row.id: row.level for row in self.area}

    def area_of(self, code: str, day: date) -> int:
        """The id of the area that bears a code on a day."""
        (found,) = [row.area_id for row in on(day, self.area_name) if row.code == code]
        return int(found)
