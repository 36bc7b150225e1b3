"""Two officials, one pair, the same instant: both become one person, once."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tcns.database import db
from tcns.teams.models import Membership, Person, Training
from tcns.undo.models import Reversible
from tests.duplicates.conftest import PHONE, member_of, twins
from tests.page import REDIRECTS, Page, Visitor
from tests.races.together import ROUNDS, press, together
from tests.world import World

Visit = Callable[..., Visitor]
Make = Callable[..., Any]
ROUND = pytest.mark.parametrize("_round", range(ROUNDS))


@pytest.fixture
def opened(visit: Visit) -> Callable[..., Page]:
    """`opened(url)` is a page in another browser of the official of Hòa An."""
    return lambda url, persona="own": visit(persona, language="en", is_inspecting=False).get(url)


Opened = Callable[..., Page]


def count(app: Flask, model: Any, *conditions: Any) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0


def merges(app: Flask) -> int:
    return count(app, Reversible, Reversible.kind == "persons_merged")


def merged_into(app: Flask, person_id: int) -> int | None:
    with app.app_context():
        return db.session.get_one(Person, person_id).merged_into_id


@ROUND
def test_two_officials_join_the_same_pair(
    opened: Opened, make: Make, app: Flask, world: World, _round: int
) -> None:
    pair = make(twins, world)
    url = f"/duplicates/{pair[0]}/{pair[1]}"
    answers = together(*(press(opened(url, who), url) for who in ("own", "administrator")))
    assert all(answer.status in REDIRECTS for answer in answers), "both are led to the person"
    assert {answer.location for answer in answers} == {f"/persons/{pair[0]}"}
    assert merges(app) == 1
    assert count(app, Membership, Membership.person_id == pair[0]) == 2


@ROUND
def test_one_joins_while_the_other_tells_apart(
    opened: Opened, make: Make, app: Flask, world: World, _round: int
) -> None:
    pair = make(twins, world)
    url = f"/duplicates/{pair[0]}/{pair[1]}"
    join, apart = press(opened(url), url), press(opened(url), f"{url}/tell-apart")
    answers = together(join, apart)
    assert all(answer.status < HTTPStatus.INTERNAL_SERVER_ERROR for answer in answers)
    with app.app_context():
        text = db.session.execute(db.text("SELECT count(*) FROM distinct_pair")).scalar()
    assert merges(app) + (text or 0) == 1, "one of the two decisions stands"


@ROUND
def test_two_chains_of_three_rows_never_make_a_circle(
    opened: Opened, make: Make, app: Flask, world: World, _round: int
) -> None:
    """A and B, B and C, A and C: whatever comes first, every row leads to one that stands."""
    one, other = make(twins, world)
    third = make(member_of, world.teams["commune"])
    urls = [f"/duplicates/{a}/{b}" for a, b in ((one, other), (other, third), (one, third))]
    answers = together(*(press(opened(url), url) for url in urls))
    assert all(answer.status < HTTPStatus.INTERNAL_SERVER_ERROR for answer in answers)
    with app.app_context():
        rows = [db.session.get_one(Person, each) for each in (one, other, third)]
        assert all(row.standing.merged_into_id is None for row in rows)
        assert sum(len(row.standing.memberships) for row in {row.standing for row in rows}) == 3


@ROUND
def test_a_person_joins_a_team_while_they_are_merged_away(
    opened: Opened, make: Make, app: Flask, world: World, _round: int
) -> None:
    pair = make(twins, world)
    url, join = f"/duplicates/{pair[0]}/{pair[1]}", f"/teams/{world.teams['commune']}/members/add"
    typed = {"full_name": "Ma Văn Đôi", "phone": PHONE, "first_day": "2024-03-15"}
    asked = opened(join).post(join, typed, status=HTTPStatus.OK)
    answers = together(
        press(opened(url), url), press(asked, join, {**typed, "known": str(pair[1])})
    )
    assert all(answer.status < HTTPStatus.INTERNAL_SERVER_ERROR for answer in answers)
    merged = [each for each in pair if merged_into(app, each)]
    assert all(count(app, Membership, Membership.person_id == each) == 0 for each in merged)


@ROUND
def test_training_is_declared_while_the_person_is_merged_away(
    opened: Opened, make: Make, app: Flask, world: World, _round: int
) -> None:
    pair = make(twins, world)
    url, declare = f"/duplicates/{pair[0]}/{pair[1]}", f"/persons/{pair[1]}/training/declare"
    typed = {"course": "Chữ ký số", "platform": "MOOC", "finished_on": "2024-03-15"}
    answers = together(press(opened(url), url), press(opened(declare), declare, typed))
    assert all(answer.status < HTTPStatus.INTERNAL_SERVER_ERROR for answer in answers)
    assert count(app, Training, Training.person_id == pair[1]) == 0 or not merged_into(app, pair[1])
