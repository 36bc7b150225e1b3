"""The ground of all tests: what one test writes, no other meets."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from tcns.accounts.models import SignIn, User
from tcns.areas.vocabulary import Level
from tcns.database import db
from tcns.teams.models import Person, Team
from tests.databases import Database, database_on
from tests.factories import make_area, make_team, make_user
from tests.page import Visitor
from tests.world import World


def count(model: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def first_name() -> str | None:
    return db.session.scalar(select(Person.full_name).order_by(Person.id).limit(1))


def test_rows_a_test_wrote_changed_or_deleted_are_put_back(engine: str) -> None:
    database = database_on(engine)
    with database.app.app_context():
        before, name = count(Team), first_name()
        make_team(database.world.quiet_village.id)
        for person in db.session.scalars(select(Person)):
            person.full_name = "Khác"
        db.session.execute(delete(SignIn))
        db.session.commit()
        assert (count(Team), count(SignIn)) == (before + 1, 0)
    database.restore()
    with database.app.app_context():
        assert count(Team) == before
        assert count(SignIn) == count(User) == len(database.world.users)
        assert first_name() == name


def test_ids_go_on_from_the_world_after_rows_were_put_back(engine: str) -> None:
    database, made = database_on(engine), []
    for _ in range(2):
        with database.app.app_context():
            made.append(make_team(database.world.quiet_village.id))
            db.session.commit()
        database.restore()
    assert made[0] == made[1]


def test_after_a_turn_that_was_put_back_pages_show_the_rows_as_they_were(
    database: Database, visit: Callable[..., Visitor], make: Callable[..., Any]
) -> None:
    """What the pages of the turn were kept for are versions that do not come again."""

    def rename() -> None:
        db.session.get_one(Team, database.world.teams["village"]).name = "Tổ lượt này"

    before = visit("own").get("/teams").rows
    for _turn in range(2):
        make(rename)
        assert "Tổ lượt này" in visit("own").get("/teams").text
        database.put_back()
        assert visit("own").get("/teams").rows == before


def test_both_engines_hold_the_same_world_under_the_same_ids() -> None:
    assert database_on("sqlite").world == database_on("postgresql").world


@pytest.mark.parametrize("_again", range(2))
def test_the_empty_database_is_empty_for_every_test(empty_app: Flask, _again: int) -> None:
    with empty_app.app_context():
        tables = [table for name, table in db.metadata.tables.items() if name != "data_version"]
        assert [count(table) for table in tables] == [0] * len(tables)
        make_user(make_area(Level.COMMUNE))
        db.session.commit()


def test_a_visit_inside_an_open_context_is_refused(
    app: Flask, visit: Callable[..., Visitor]
) -> None:
    with app.app_context(), pytest.raises(AssertionError, match="application context"):
        visit().get("/")


def test_the_world_has_a_name_for_each_place(world: World) -> None:
    assert world.commune.name == "Hòa An"
    with pytest.raises(AttributeError, match="no place called"):
        _ = world.nowhere


def test_a_visitor_meets_an_error_page_that_is_as_sound_as_any(
    visit: Callable[..., Visitor],
) -> None:
    visit().get("/no-such-page", HTTPStatus.NOT_FOUND)
