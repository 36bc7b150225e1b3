"""The count rule: every figure of coverage is a link to a list with exactly that many rows."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from tcns.activities.vocabulary import Status
from tcns.areas.vocabulary import Level
from tcns.coverage import queries, questions
from tcns.coverage.links import list_url
from tcns.coverage.measures import MEASURES
from tcns.permissions.scope import EVERYTHING
from tests.factories import make_activity, make_membership, make_team
from tests.page import Page, Visitor
from tests.world import MAP_DAY, REFORM, World

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


def figures(app: Flask, wish: dict[str, Any]) -> list[tuple[str, int, str]]:
    """Key, value and address of every figure that answers a wish."""
    with app.test_request_context():
        question = questions.ask(EVERYTHING, questions.Wish(**wish))
        answer = queries.coverage(EVERYTHING, question)
        return [
            (measure.key, row.figures[measure.key], list_url(question, row, measure, code))
            for code in [answer.total.code]
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
    visitor = visit("reviewer", language="en")
    wrong = []
    for key, value, url in figures(app, wish):
        found = number_on(visitor.get(f"{url}&size=100"), key)
        if found != value:
            wrong.append(f"{key} is {value}, but {url} has {found}")
    assert wrong == []
