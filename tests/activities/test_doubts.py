"""Figures that may be mistaken are asked about before they are submitted, and shown afterwards."""

from collections.abc import Callable
from datetime import date, timedelta
from http import HTTPStatus
from itertools import product
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from tcns.activities.doubt_queries import count_in_doubt
from tcns.activities.doubts import doubts_of, is_in_doubt
from tcns.activities.models import Activity
from tcns.activities.queries import ActivityFilter, activities_in
from tcns.activities.vocabulary import Doubt, Status
from tcns.areas.models import AreaHouseholds
from tcns.areas.places import Place
from tcns.clock import today
from tcns.database import db, writing
from tcns.periods import Period
from tcns.permissions.scope import EVERYTHING, NOTHING, Scope
from tests.factories import make_activity
from tests.page import Page, Visitor
from tests.world import World

Visit = Callable[..., Visitor]
Make = Callable[..., Any]


@pytest.fixture
def log(visit: Visit) -> Callable[..., Page]:
    """`log(participant_count="12")` submits a session of the village's team as its member."""

    def logged(status: HTTPStatus | None = None, **typed: str) -> Page:
        page = visit("member", language="en").get("/activities/log")
        first = {"kind": "outreach", "form": "in_person", "topics": ["public_services"]}
        return page.post(typed={**first, **typed}, status=status)

    return logged


def on_file(app: Flask) -> list[Activity]:
    with app.app_context():
        return list(db.session.scalars(select(Activity).order_by(Activity.id.desc())))


def count_households(app: Flask, world: World, count: int) -> None:
    with app.app_context():
        day = date(2022, 1, 1)
        team = world.teams["village"]
        area_id = db.session.scalar(
            db.text("SELECT area_id FROM team WHERE id = :id"), {"id": team}
        )
        db.session.execute(db.delete(AreaHouseholds).where(AreaHouseholds.area_id == area_id))
        row = AreaHouseholds(area_id=area_id, household_count=count, valid_from=day)
        db.session.add(row)
        db.session.commit()


def test_what_nobody_counted_is_not_recorded_and_zero_is_zero(
    app: Flask, log: Callable[..., Page]
) -> None:
    page = log(participant_count="12", women_count="0")
    session = on_file(app)[0]
    assert (session.women_count, session.elderly_count, session.household_count) == (0, None, None)
    assert page.text.count("not recorded") == 4


def test_more_households_than_the_village_has_are_a_question_before_saving(
    app: Flask, world: World, log: Callable[..., Page]
) -> None:
    count_households(app, world, 58)
    before = len(on_file(app))
    asked = log(HTTPStatus.OK, participant_count="70", household_count="64")
    assert "The village has 58 households on record." in asked.text
    assert len(on_file(app)) == before, "nothing is saved before the answer"
    assert b'value="64"' in asked.body
    page = asked.post(typed={"is_confirmed": True})
    assert len(on_file(app)) == before + 1
    assert "More households than the village has" in page.text


def test_a_draft_is_not_asked(app: Flask, world: World, log: Callable[..., Page]) -> None:
    count_households(app, world, 58)
    log(participant_count="70", household_count="64", action="draft")
    assert on_file(app)[0].state is Status.DRAFT


def test_participants_far_beyond_the_usual_are_a_question(
    make: Make, world: World, log: Callable[..., Page]
) -> None:
    for days in range(1, 7):
        make(
            make_activity,
            world.teams["village"],
            world.users["leader"],
            held_on=today() - timedelta(days=30 * days),
            participant_count=15,
        )
    asked = log(HTTPStatus.OK, participant_count="200")
    assert "Usually the team has about" in asked.text
    assert "Usually" not in log(participant_count="40").text


def test_a_session_like_another_is_saved_and_said(app: Flask, log: Callable[..., Page]) -> None:
    log(participant_count="12")
    before = len(on_file(app))
    page = log(participant_count="30")
    assert len(on_file(app)) == before + 1
    assert "The team has a session like this on file" in page.text
    assert "Possibly logged twice" in page.text


def test_the_clause_and_the_question_agree(
    app: Flask, make: Make, world: World, log: Callable[..., Page]
) -> None:
    count_households(app, world, 40)
    village = world.teams["village"]
    day = today() - timedelta(days=3)
    ids = [
        make(
            make_activity,
            village,
            world.users["leader"],
            held_on=day,
            kind="training",
            household_count=number,
        )
        for number in (40, 41)
    ]
    with app.app_context():
        sessions = db.session.scalars(select(Activity).where(Activity.id.in_(ids))).all()
        found = doubts_of(sessions)
    assert found == {ids[0]: [Doubt.REPEATED], ids[1]: [Doubt.REPEATED, Doubt.HOUSEHOLDS]}


def test_as_many_are_counted_as_are_found_lately_and_in_the_past(
    app: Flask, make: Make, world: World
) -> None:
    """Pairs of alike and of unlike sessions, some beyond the households, on days up to the bounds:
    before and after one of the past is corrected, within each scope, by a name."""
    count_households(app, world, 40)
    village, by = world.teams["village"], world.users["leader"]

    def hold(days_ago: int, **differs: Any) -> None:
        held_on = today() - timedelta(days=days_ago)
        make(make_activity, village, by, held_on=held_on, **differs)

    for days_ago in (0, 30, 31, 32, 90, 365, 366):
        hold(days_ago)
        hold(days_ago, status=Status.RETURNED if days_ago == 90 else Status.SUBMITTED)
        hold(days_ago, kind="training", participant_count=7, household_count=days_ago)
    for participants in (60, 300):
        hold(2, participant_count=participants, kind="equipment")

    scopes = EVERYTHING, Scope(teams=frozenset({village})), NOTHING
    areas = None, world.province.id, world.commune.id, world.far.id

    def compare() -> list[int]:
        counts = []
        for scope, text, area_id in product(scopes, ("", "zz"), areas):
            period = Period(today() - timedelta(days=365), today())
            wanted = ActivityFilter(Place(today(), area_id), period, text)
            found = select(func.count()).select_from(
                activities_in(scope, wanted).where(is_in_doubt()).order_by(None).subquery()
            )
            assert count_in_doubt(scope, wanted) == db.session.scalar(found)
            counts.append(count_in_doubt(scope, wanted))
        return counts

    with app.app_context():
        before = compare()
    assert before[0] >= 14
    with app.app_context(), writing():
        correct = update(Activity).where(Activity.held_on < today() - timedelta(days=40))
        db.session.execute(correct.values(household_count=0))
    with app.app_context():
        assert compare() != before


def test_whoever_reviews_sees_the_doubt_in_the_list_and_as_a_check(
    app: Flask, make: Make, world: World, visit: Visit
) -> None:
    count_households(app, world, 10)
    day = today() - timedelta(days=3)
    make(
        make_activity,
        world.teams["village"],
        world.users["leader"],
        held_on=day,
        household_count=64,
        status="submitted",
    )
    own = visit("own", language="en")
    assert "More households than the village has" in own.get("/activities?status=submitted").text
    assert "More households than the village has" in own.get("/checks/sessions-in-doubt").text
