"""The count rule: every figure of coverage is a link to a list with exactly that many rows."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from tcns.accounts.models import User
from tcns.activities.vocabulary import ActivityForm, ActivityKind, Status
from tcns.areas.statistics.vocabulary import WHOLES
from tcns.areas.vocabulary import Level
from tcns.coverage import queries, questions
from tcns.coverage.catalogue import all_measures
from tcns.coverage.links import list_urls
from tcns.database import db
from tcns.permissions.scope import EVERYTHING, scope_for
from tcns.permissions.vocabulary import Permission
from tests.factories import (
    make_activity,
    make_households,
    make_indicator,
    make_initiative,
    make_membership,
    make_person,
    make_statistic,
    make_team,
    make_training,
)
from tests.page import Page, Visitor
from tests.places import MAP_DAY, REFORM
from tests.world import World

# What a list says of a figure that sums up its rows, by the end of the figure's key.
SUMS = {
    **{f"{each}_of": rf"{each.label}: [\d,]+ of ([\d,]+)" for each in WHOLES},
    **{each.value: rf"{each.label}: ([\d,]+) of" for each in WHOLES},
    "participant_count": r"([\d,]+) participant",
    "known_new_household_count": r"([\d,]+) of them new",
    "new_household_count": r"([\d,]+) of them new",
    "household_count": r"([\d,]+) household",
    "indicator.signature": r"Signatures: ([\d,]+) times",
    "indicator.dvc-huong-dan": r"People guided in filing online: ([\d,]+) people",
}

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
        signature = make_indicator(
            code="signature", name_en="Signatures", unit_en="times", stage="done"
        )
        make_training(world.persons["leader"])
        make_membership(second, make_person(sex="female"))
        make_membership(second, make_person(sex="male"))
        make_training(make_person(), finished_on=MAP_DAY)
        for village, count in ((world.hamlet, 30), (world.village, 45)):
            make_statistic(village.id, "mobile_signal", 1, valid_from=MAP_DAY)
            make_statistic(village.id, "smartphone_adults", count, 100, valid_from=MAP_DAY)
        make_initiative(world.commune.id, kind="learning_point", name="Điểm học")
        make_households(world.hamlet.id, 120, valid_from=date(2025, 3, 1))
        make_households(world.village.id, 80, valid_from=MAP_DAY)
        for number, team in enumerate(world.teams.values()):
            for place, status in enumerate(Status):
                make_activity(
                    team,
                    world.users["own"],
                    held_on=MAP_DAY - timedelta(days=20 * (number % 4)),
                    status=status,
                    kind=list(ActivityKind)[(number + place) % len(ActivityKind)],
                    form=list(ActivityForm)[(number + place) % len(ActivityForm)],
                    new_household_count=number % 10 or None,
                    counts={signature: number},
                )

    make(fill)
    return world


def figures(
    app: Flask, wish: dict[str, Any], user_id: int | None = None
) -> list[tuple[str, int, str]]:
    """Key, value and address of every figure that answers a wish, within a user's scope."""
    with app.test_request_context():
        user = db.session.get(User, user_id) if user_id else None
        scope = scope_for(user, Permission.COVERAGE_READ) if user else EVERYTHING
        asked = [measure.key for measure in all_measures()]
        question = questions.ask(scope, questions.Wish(**wish, measures=asked))
        answer = queries.coverage(scope, question)
        list_url = list_urls(question, answer.total.code)
        return [
            (measure.key, row.figures[measure.key], list_url(row, measure))
            for row in answer.all_rows
            for measure in question.counted
        ]


def number_on(page: Page, key: str) -> int:
    """What the list says: how many rows there are, or what they add up to."""
    pattern = next((words for end, words in SUMS.items() if key.endswith(end)), None)
    if pattern is None:
        return len(page.rows)
    found = re.search(pattern, page.text)
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
