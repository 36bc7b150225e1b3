"""Teams gained and lost between two days, by name; their numbers are those of coverage."""

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tcns.areas.places import Place
from tcns.coverage.catalogue import USUAL
from tcns.coverage.changes.queries import ChangeFilter, changed_teams, count_changes
from tcns.coverage.changes.vocabulary import TeamChange
from tcns.coverage.queries import coverage
from tcns.database import db
from tcns.periods import Period
from tcns.permissions.scope import EVERYTHING
from tests.coverage.agreement import question_about, store
from tests.coverage.land import DAYS, countries
from tests.factories import make_team
from tests.page import Page, Visitor
from tests.torture import examples
from tests.world import World


@pytest.fixture
def session(empty_app):
    """The session of an empty database; what a test stores in it is rolled back."""
    with empty_app.app_context():
        yield db.session
        db.session.rollback()


@pytest.mark.one_engine
@settings(
    max_examples=examples(20),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(country=countries(), data=st.data())
def test_what_was_gained_less_what_was_lost_is_the_difference_of_the_counts(session, country, data):
    session.rollback()
    areas = store(country)
    _under, question = question_about(data.draw, country, areas)
    question = replace(question, measures=USUAL)
    other = replace(question, on=data.draw(DAYS))
    first, last = sorted([question, other], key=lambda each: each.on)

    place = Place(question.map_on, question.under.id)
    wanted = ChangeFilter(Period(first.on, last.on), place)
    counts = count_changes(EVERYTHING, wanted)

    before, after = (coverage(EVERYTHING, each).total.figures for each in (first, last))
    assert counts[TeamChange.GAINED] - counts[TeamChange.LOST] == (
        after["team_count"] - before["team_count"]
    )
    for change, count in counts.items():
        listed = changed_teams(EVERYTHING, replace(wanted, change=change))
        assert len(session.scalars(listed).all()) == count


@pytest.fixture
def changed(make: Callable[..., Any], world: World) -> World:
    """A team more and a team less in June 2024."""
    make(make_team, world.quiet_village.id, name="Tổ Khuôn Trú", valid_from=date(2024, 6, 3))
    make(make_team, world.commune.id, name="Tổ cũ", valid_to=date(2024, 6, 11))
    return world


JUNE = "/coverage/changes?from=2024-05-31&to=2024-06-30"


def listed(page: Page) -> list[tuple[str, str, str]]:
    return [(row[0], row[2], row[3]) for row in page.rows]


@pytest.mark.one_engine
def test_the_list_names_them_with_their_first_or_last_day(
    visit: Callable[..., Visitor], changed: World
) -> None:
    official = visit("own", language="en")
    page = official.get(JUNE)
    gained, lost = ("Tổ Khuôn Trú", "Gained", "03/06/2024"), ("Tổ cũ", "Lost", "10/06/2024")
    assert "1 gained, 1 lost." in page.text
    assert sorted(listed(page)) == sorted([gained, lost])
    assert listed(official.get(f"{JUNE}&change=lost")) == [lost]
    assert not official.get(f"{JUNE}&under=02301.99").rows, "an area that is not there"
    assert not visit("neighbour", language="en").get(JUNE).rows, "those of others are not shown"
    text = official.download(
        f"{JUNE.replace('changes', 'changes/export')}&as=csv", "text/csv; charset=utf-8"
    )
    rows = list(csv.reader(text.decode("utf-8-sig").splitlines()))
    assert [row[1] for row in rows[1:]] == [row[0] for row in listed(page)]


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("query", "is_said"),
    [
        ("from=2024-06-30&to=2024-06-30", "The second day must lie after the first."),
        ("to=2099-01-01", "The day lies in the future."),
        ("from=x", "Not a day."),
    ],
)
def test_days_that_cannot_be_are_said_and_nothing_is_listed(
    visit: Callable[..., Visitor], changed: World, query: str, is_said: str
) -> None:
    page = visit("own", language="en").get(f"/coverage/changes?{query}")
    assert is_said in page.text
    assert "gained," not in page.text
