"""What the tests of duplicates share: the acting official, and persons on file twice."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tcns.accounts.models import User
from tcns.activities.models import Attendance
from tcns.database import db
from tcns.duplicates.models import DistinctPair
from tcns.duplicates.pairs import Pair, pair_of
from tcns.teams.models import Membership, Person, Training
from tests.factories import (
    make_membership,
    make_person,
)
from tests.world import World

PHONE = "+84912345678"
PART = ("role", "body", "valid_from", "valid_to", "end_reason")
Make = Callable[..., Any]
TABLES = (Person, Membership, Attendance, Training, DistinctPair)


@pytest.fixture
def official(app: Flask, world: World) -> Iterator[User]:
    """The official of Hòa An in an open context, messages in English."""
    with app.test_request_context(headers={"Cookie": "language=en"}):
        yield db.session.get_one(User, world.users["own"])
        db.session.rollback()


def member_of(team_id: int, **differs: Any) -> int:
    """A person with one membership; the person's id."""
    part = {name: differs.pop(name) for name in PART if name in differs}
    person_id = make_person(**{"full_name": "Ma Văn Đôi", "phone": PHONE, **differs})
    make_membership(team_id, person_id, **part)
    return person_id


def twins(world: World, one: str = "village", other: str = "hamlet") -> tuple[int, int]:
    """Somebody on file twice under one name and phone, once in each team; both ids."""
    return member_of(world.teams[one]), member_of(world.teams[other])


def person(person_id: int) -> Person:
    return db.session.get_one(Person, person_id)


def pair(one: int, other: int) -> Pair:
    return pair_of(person(one), person(other))


def everything() -> list[Any]:
    db.session.flush()
    return [rows(table) for table in TABLES] + [rows(User, "code_hash", "code_expires_at")]


def rows(table: type[Any], *left_out: str) -> list[tuple[Any, ...]]:
    """Every row of a table, without the versions, which rise."""
    columns = [c for c in table.__table__.columns if c.key not in {"version", *left_out}]
    return sorted(map(tuple, db.session.execute(select(*columns))), key=repr)
