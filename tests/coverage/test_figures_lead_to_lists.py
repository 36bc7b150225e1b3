"""The count rule: every figure of coverage is a link to a list with exactly that many rows."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from tcns.accounts.models import User
from tcns.activities.vocabulary import Status
from tcns.areas.vocabulary import Level
from tcns.coverage import queries, questions
from tcns.coverage.links import list_urls
from tcns.coverage.measures import MEASURES
from tcns.database import db
from tcns.permissions.scope import EVERYTHING, scope_for
from tcns.permissions.vocabulary import Permission
from tests.factories import make_activity, make_membership, make_team
from tests.page import Page, Visitor
from tests.places import MAP_DAY, REFORM
from tests.world import World

SUMS = {"participant_count": "participants", "household_count": "households"}

WISHES = {
    "districts of the old map": {"by": Level.DISTRICT, "on": MAP_DAY},
    "communes of the new map": {"by": Level.COMMUNE, "on": REFORM, "map_on": REFORM},
    "communes of the new map, of an old day": {
        "by": Level.COMMUNE,
        "on": date(2022, 12, 31),
        "map_on": REFORM,
    },
    "villages of a commune": {"by": Level.VILLAGE, "on": MAP_DAY, "under": "02301"},
    "a whole year": {
        "by": Level.COMMUNE,
        "on": MAP_DAY,
        "first": date(2025, 1, 1),
        "last": date(2025, 12, 31),
    },
    "the day before anything": {"by": Level.COMMUNE, "on": date(2021, 8, 1)},
}


@pytest.fixture
def busy_world(make: Callable[..., Any], world: World) -> World:
    """More than one of everything: second teams, ended memberships, sessions of every state."""

    def fill() -> None:
        second = make_team(world.hamlet.id, valid_from=date(2024, 1, 1))
        make_membership(second, world.persons["leader"])
        make_membership(second, valid_to=MAP_DAY)
        for number, team in enumerate(world.teams.values()):
            for status in Status:
                day = MAP_DAY - timedelta(days=20 * (number % 4))
                make_activity(team, world.users["own"], held_on=day, status=status)

    make(fill)
    return world


def figures(
    app: Flask, wish: dict[str, Any], user_id: int | None = None
) -> list[tuple[str, int, str]]:
    """Key, value and address of every figure that answers a wish, within a user's scope."""
    with app.test_request_context():
        user = db.session.get(User, user_id) if user_id else None
        scope = scope_for(user, Permission.COVERAGE_READ) if user else EVERYTHING
        question = questions.ask(scope, questions.Wish(**wish))
        answer = queries.coverage(scope, question)
        list_url = list_urls(question, answer.total.code)
        return [
            (measure.key, row.figures[measure.key], list_url(row, measure))
            for row in answer.all_rows
            for measure in MEASURES
        ]


def number_on(page: Page, key: str) -> int:
    """What the list says: how many rows there are, or what they add up to."""
    if key not in SUMS:
        return len(page.rows)
    found = re.search(rf"([\d,]+) {SUMS[key][:-1]}", page.text)
    return int(found[1].replace(",", "")) if found else 0


@pytest.mark.one_engine
@pytest.mark.parametrize("wish", WISHES.values(), ids=WISHES)
def test_a_figure_is_the_number_of_rows_of_the_list_behind_it(
    app: Flask, visit: Callable[..., Visitor], busy_world: World, wish: dict[str, Any]
) -> None:
    assert differing(visit("reviewer", language="en"), figures(app, wish)) == []


@pytest.mark.one_engine
@pytest.mark.parametrize("persona", ["district", "own"])
def test_so_is_a_figure_of_a_later_map_within_a_scope_of_the_old(
    app: Flask, visit: Callable[..., Visitor], busy_world: World, persona: str
) -> None:
    wish = WISHES["communes of the new map"]
    found = figures(app, wish, busy_world.users[persona])
    assert any(value for _key, value, _url in found)
    assert differing(visit(persona, language="en"), found) == []


def differing(visitor: Visitor, found: list[tuple[str, int, str]]) -> list[str]:
    """The figures whose list says another number."""
    wrong = []
    for key, value, url in found:
        on_list = number_on(visitor.get(f"{url}&size=100"), key)
        if on_list != value:
            wrong.append(f"{key} is {value}, but {url} has {on_list}")
    return wrong
