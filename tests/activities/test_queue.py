"""The queue of review: what stands first, what is usual, what can be taken back and how long."""

from collections.abc import Callable
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from tcns.accounts.models import User
from tcns.activities.models import Activity
from tcns.activities.review.operations import approve_one, return_one, take_back_decision
from tcns.activities.review.rules import ENOUGH, usual_of
from tcns.activities.vocabulary import Status
from tcns.clock import now, today
from tcns.closings.models import Closing
from tcns.database import db
from tcns.errors import RuleViolation
from tcns.periods import reporting_month
from tcns.undo.models import Reversible
from tests.activities.entering import Visit, events_on, row_of
from tests.databases import counted
from tests.factories import make_activity, make_photograph
from tests.page import Page
from tests.world import World

MOST_QUESTIONS = 15
MONTH = "/activities/review?month=2025-06"
Decide = Callable[[Activity, User], None]


@pytest.fixture
def log(app: Flask, world: World) -> Callable[..., int]:
    """Log a session of the village's team in June 2025, that waits unless it is said otherwise."""

    def logged(day: int = 10, team: str = "village", **differs: Any) -> int:
        differs = {"held_on": date(2025, 6, day), "status": Status.SUBMITTED, **differs}
        with app.app_context():
            made = make_activity(world.teams[team], world.users["member"], **differs)
            db.session.commit()
        return made

    return logged


def queued(page: Page) -> list[int]:
    """The ids of the sessions of the queue, from the top."""
    return [int(part.partition('"')[0]) for part in page.body.decode().split('id="session-')[1:]]


def approve(activity: Activity, user: User) -> None:
    """Approve the session."""
    approve_one(activity, by=user)


def give_back(activity: Activity, user: User) -> None:
    """Return the session."""
    return_one(activity, reason="Thiếu số hộ", by=user)


@given(st.lists(st.integers(0, 500), max_size=20))
def test_the_middle_half_lies_within_what_was_counted_last(counts: list[int]) -> None:
    usual, last = usual_of(counts), counts[:12]
    if len(counts) < ENOUGH:
        assert usual is None
        return
    assert usual is not None
    assert min(last) <= usual.low <= usual.high <= max(last)
    assert sum(count <= usual.high for count in last) >= len(last) / 2
    assert sum(count >= usual.low for count in last) >= len(last) / 2
    assert not any(usual.is_exceeded_by(count) for count in range(usual.high + 1))
    assert 30 <= usual.place_of(usual.low) <= usual.place_of(usual.high) <= 60


@pytest.mark.one_engine
def test_flagged_sessions_stand_first_and_then_the_oldest(
    visit: Visit, log: Callable[..., int], world: World
) -> None:
    waiting = world.activities["submitted"]
    for day in range(1, 7):
        log(day, status=Status.APPROVED, participant_count=10 + day % 3, held_on=date(2025, 4, day))
    plain, high = log(1, participant_count=11), log(12, participant_count=40)
    late = log(14, participant_count=11, entered_at=now())
    page = visit("own", language="en").get(MONTH)
    order = [one for one in queued(page) if one != waiting]
    assert order == [high, late, plain]
    assert "Higher than usual" in page.text
    assert "usually 10–12" in page.text
    assert "days late" in page.text


@pytest.mark.one_engine
def test_no_photograph_is_a_flag_only_where_photographs_are_asked_for(
    visit: Visit, app: Flask, log: Callable[..., int], world: World, monkeypatch: Any
) -> None:
    bare, seen = log(3), log(4, participant_count=21, kind="outreach")
    with app.app_context():
        make_photograph(seen, world.users["member"])
        db.session.commit()
    page = visit("own", language="en").get(MONTH)
    assert 'status-warning">No photograph' not in page.body.decode()
    settings = app.config["TCNS"]
    asked = type(settings)(**{**vars(settings), "photographs_asked": True})
    monkeypatch.setitem(app.config, "TCNS", asked)
    order = queued(visit("own").get(MONTH))
    assert order.index(bare) < order.index(seen)


@pytest.mark.one_engine
def test_what_waits_of_earlier_months_is_folded_with_count_and_oldest_day(
    visit: Visit, log: Callable[..., int]
) -> None:
    old = log(held_on=date(2025, 3, 2))
    page = visit("own", language="en").get(MONTH)
    assert old not in queued(page)
    assert "the oldest of 02/03/2025" in page.text
    assert old in queued(visit("own").get("/activities/review?month=2025-03"))


@pytest.mark.one_engine
def test_a_decided_session_keeps_its_place_and_is_undone_there(
    visit: Visit, app: Flask, log: Callable[..., int]
) -> None:
    first, second = log(2), log(3, kind="outreach", participant_count=7)
    page = visit("own").get(MONTH)
    before = queued(page)
    page = page.post(f"/activities/{first}/approve?queue=1&month=2025-06")
    assert page.url == f"{MONTH}#session-{first}"
    assert queued(page) == before
    address = f"/activities/{second}/return?queue=1&month=2025-06"
    page = page.post(address, typed={"reason": "Thiếu số hộ"})
    assert queued(page) == before
    assert row_of(app, first)["status"] == "approved"
    for one in (first, second):
        page = page.post(f"/activities/{one}/take-back?queue=1&month=2025-06")
        assert row_of(app, one)["status"] == "submitted"
    assert queued(page) == before


@pytest.mark.one_engine
def test_a_reason_left_out_is_asked_for_and_nothing_is_returned(
    visit: Visit, app: Flask, log: Callable[..., int]
) -> None:
    one = log(2)
    address = f"/activities/{one}/return?queue=1&month=2025-06"
    page = visit("own").get(MONTH).post(address, typed={"reason": " "}, status=HTTPStatus.OK)
    assert "reason" in page.field_errors
    assert row_of(app, one)["status"] == "submitted"


@pytest.mark.parametrize("decide", [approve, give_back])
def test_a_decision_taken_back_leaves_the_session_as_it_was(
    app: Flask, log: Callable[..., int], world: World, decide: Decide
) -> None:
    one = log(2, return_reason="Sai ngày")
    before = row_of(app, one)
    with app.app_context():
        user = db.session.get_one(User, world.users["own"])
        activity = db.session.get_one(Activity, one)
        decide(activity, user)
        db.session.flush()
        take_back_decision(activity, by=user)
        db.session.commit()
    after = row_of(app, one)
    assert {**after, "version": 0} == {**before, "version": 0}
    assert events_on(app, one)[-1] == "activity:decision-undone"


@pytest.mark.parametrize("case", ["late", "another", "corrected", "closed"])
def test_a_decision_is_not_taken_back(
    app: Flask, log: Callable[..., int], world: World, case: str
) -> None:
    """After ten minutes, by another, once the session was changed, in a month closed meanwhile."""
    one = log(2)
    with app.app_context():
        own, other = (db.session.get_one(User, world.users[name]) for name in ("own", "neighbour"))
        activity = db.session.get_one(Activity, one)
        give_back(activity, own)
        db.session.flush()
        if case == "late":
            done = db.session.query(Reversible).order_by(Reversible.id.desc()).first()
            done.at = now() - timedelta(minutes=11)
        if case == "corrected":
            activity.participant_count += 1
        if case == "closed":
            days = reporting_month(activity.held_on)
            moment = {"closed_by_id": own.id, "closed_at": now()}
            dates = {"first_day": days.first, "last_day": days.last}
            db.session.add(Closing(area_id=world.commune.id, **dates, **moment))
        db.session.flush()
        with pytest.raises(RuleViolation):
            take_back_decision(activity, by=other if case == "another" else own)
        db.session.rollback()


@pytest.mark.one_engine
def test_single_keys_are_turned_off_for_good_and_on_again(visit: Visit, log: Any) -> None:
    log(2)
    page = visit("own").get(MONTH)
    assert "data-letters" in page.body.decode()
    page = page.post("/account/shortcuts")
    assert page.url == MONTH
    assert "data-letters" not in page.body.decode()
    assert 'id="keys"' not in visit("own").get("/teams").body.decode()
    page.post("/account/shortcuts")
    assert "data-letters" in visit("own").get(MONTH).body.decode()


@pytest.mark.one_engine
def test_the_first_page_of_the_queue_is_the_present_month(visit: Visit, log: Any) -> None:
    one = log(held_on=today())
    assert one in queued(visit("own").get("/activities/review"))


@pytest.mark.one_engine
def test_many_are_approved_with_their_sums_and_flagged_ones_only_where_each_was_ticked(
    visit: Visit, app: Flask, log: Callable[..., int], world: World
) -> None:
    plain = [log(2, participant_count=13), log(3, participant_count=14, household_count=None)]
    late = log(4, participant_count=15, entered_at=now())
    waiting = [world.activities["submitted"], *plain]
    days = "from=2025-05-15&to=2025-06-14"
    address = f"/activities/approve?queue=1&month=2025-06&status=submitted&{days}"
    page = visit("own", language="en").get(f"{address}&which=all")
    known = row_of(app, world.activities["submitted"])
    total = 27 + known["participant_count"]
    assert f"Together {len(waiting)} sessions" in page.text
    assert "1 flagged session is not on this list" in page.text
    assert f" {total} " in f" {page.text} "
    assert "1 session has no households recorded" in page.text
    page = page.post(typed={"do": "1"})
    assert page.url == MONTH
    assert {row_of(app, one)["status"] for one in waiting} == {"approved"}
    assert row_of(app, late)["status"] == "submitted"
    ticked = visit("own", language="en").get(f"{address}&which=ticked&row={late}")
    assert "Together 1 session" in ticked.text
    assert "Entered late" in ticked.text


@pytest.mark.one_engine
def test_the_queue_asks_no_more_for_more_rows(
    visit: Visit, app: Flask, log: Callable[..., int], world: World
) -> None:
    helpers = [world.memberships["member"]]

    def questions() -> int:
        with counted(app) as asked:
            visit("own").get(MONTH)
        return len(asked)

    for day in (2, 2):
        log(day, helpers=helpers, household_count=900)
    questions()  # what is kept between requests is asked for once
    few = questions()
    for day in (3, 4, 5, 5):
        log(day, helpers=helpers, entered_at=now())
    assert questions() <= few <= MOST_QUESTIONS
