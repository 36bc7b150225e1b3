"""A closed month keeps its figures until it is opened again, with a reason, until a day."""

from collections.abc import Callable
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tcns.accounts.models import User
from tcns.activities import operations as sessions
from tcns.activities.content import ActivityText
from tcns.activities.models import Activity
from tcns.activities.vocabulary import ActivityForm, ActivityKind, Status
from tcns.areas.models import Area
from tcns.audit.models import AuditEvent
from tcns.audit.vocabulary import Event
from tcns.clock import today
from tcns.closings import operations
from tcns.closings.models import Closing, ReopeningRequest
from tcns.database import db
from tcns.errors import RuleViolation
from tcns.periods import period_named
from tcns.teams.models import Team
from tests.page import Visitor
from tests.world import World

Visit = Callable[..., Visitor]
JUNE = period_named("2025-06")  # 15/05/2025–14/06/2025: the sessions of the world lie in it
INSIDE, OUTSIDE = date(2025, 6, 10), date(2025, 6, 20)
assert JUNE is not None


def told(day: date, people: int = 12) -> ActivityText:
    """A session of a day."""
    return ActivityText(
        ActivityKind.GUIDANCE, ActivityForm.IN_PERSON, day, participant_count=people
    )


def close(world: World, place: str = "commune", persona: str = "own") -> Closing:
    """Close June for a place."""
    area, by = db.session.get_one(Area, world.places[place].id), user(world, persona)
    return operations.close_month(area, JUNE, by=by)


def user(world: World, persona: str) -> User:
    return db.session.get_one(User, world.users[persona])


def counted() -> list[tuple[Any, ...]]:
    """What is counted of June, session by session."""
    query = db.session.query(Activity).filter(Activity.held_on.between(*JUNE.days))
    return sorted(
        (one.id, one.held_on, one.status, one.participant_count)
        for one in query
        if one.status != Status.DRAFT
    )


@pytest.mark.parametrize("place", ["commune", "province"])
def test_nothing_counted_changes_in_a_month_that_is_closed(
    app: Flask, world: World, place: str
) -> None:
    with app.test_request_context():
        persona = "own" if place == "commune" else "administrator"
        close(world, place, persona)
        own, team = user(world, "own"), db.session.get_one(Team, world.teams["village"])
        one = {status: db.session.get_one(Activity, world.activities[status]) for status in Status}
        forbidden: list[Callable[[], Any]] = [
            lambda: sessions.log_activity(
                team, told(INSIDE), client_key="a" * 32, by=own, is_final=True
            ),
            lambda: sessions.approve_activity(one[Status.SUBMITTED], by=own),
            lambda: sessions.return_activity(one[Status.APPROVED], reason="Sai", by=own),
            lambda: sessions.submit_activity(one[Status.DRAFT], by=own),
            lambda: sessions.delete_activity(one[Status.RETURNED], by=own),
            lambda: sessions.correct_activity(one[Status.RETURNED], told(INSIDE), by=own),
            lambda: sessions.correct_activity(one[Status.RETURNED], told(OUTSIDE), by=own),
        ]
        before = counted()
        for attempt in forbidden:
            with pytest.raises(RuleViolation) as refused:
                attempt()
            assert "06/2025" in str(refused.value.message)
        assert counted() == before


def test_days_beside_the_month_and_other_communes_stay_open(app: Flask, world: World) -> None:
    with app.test_request_context():
        close(world)
        own = user(world, "own")
        team = db.session.get_one(Team, world.teams["village"])
        assert sessions.log_activity(
            team, told(OUTSIDE), client_key="a" * 32, by=own, is_final=True
        )
        neighbour = db.session.get_one(Team, world.teams["neighbour_village"])
        by = user(world, "neighbour")
        assert sessions.log_activity(
            neighbour, told(INSIDE), client_key="b" * 32, by=by, is_final=True
        )


def test_what_is_written_late_is_kept_as_a_draft(app: Flask, world: World) -> None:
    with app.test_request_context():
        close(world)
        team = db.session.get_one(Team, world.teams["village"])
        kept = sessions.log_activity(team, told(INSIDE), client_key="a" * 32, by=user(world, "own"))
        assert kept.state is Status.DRAFT


def test_an_opened_month_closes_again_by_itself(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.test_request_context():
        close(world)
        area, own = db.session.get_one(Area, world.commune.id), user(world, "own")
        until = today() + timedelta(days=3)
        operations.reopen_month(area, JUNE, reason="Nhập sót", open_until=until, by=own)
        waiting = db.session.get_one(Activity, world.activities["submitted"])
        sessions.approve_activity(waiting, by=own)
        monkeypatch.setattr("tcns.closings.queries.today", lambda: until + timedelta(days=1))
        with pytest.raises(RuleViolation):
            sessions.return_activity(waiting, reason="Sai", by=own)
        events = {event for (event,) in db.session.query(AuditEvent.event)}
        assert {Event.MONTH_CLOSED, Event.MONTH_REOPENED} <= events


@pytest.mark.parametrize("days", [-1, 32])
def test_a_month_is_opened_for_a_few_weeks_at_most(app: Flask, world: World, days: int) -> None:
    with app.test_request_context():
        close(world)
        area = db.session.get_one(Area, world.commune.id)
        with pytest.raises(RuleViolation) as refused:
            operations.reopen_month(
                area,
                JUNE,
                reason="Nhập sót",
                open_until=today() + timedelta(days=days),
                by=user(world, "own"),
            )
        assert refused.value.field == "open_until"


def test_a_month_is_closed_once_and_only_when_it_is_over(app: Flask, world: World) -> None:
    with app.test_request_context():
        close(world)
        with pytest.raises(RuleViolation):
            close(world)
        running = period_named(f"{today().year + 1}-02")
        assert running is not None
        area = db.session.get_one(Area, world.commune.id)
        with pytest.raises(RuleViolation):
            operations.close_month(area, running, by=user(world, "own"))


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["log", "submit", "approve", "return", "correct", "delete", "move"]),
        st.integers(0, 5),
        st.sampled_from([INSIDE, OUTSIDE, date(2025, 5, 15), date(2025, 6, 14), date(2025, 6, 15)]),
    ),
    max_size=12,
)


@pytest.mark.one_engine
def test_whatever_is_tried_a_closed_month_stays_as_it_was(app: Flask, world: World) -> None:
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(STEPS)
    def stays(steps: list[tuple[str, int, date]]) -> None:
        with app.test_request_context():
            close(world)
            before = counted()
            for number, step in enumerate(steps):
                attempt(world, f"{number:032}", *step)
            assert counted() == before
            db.session.rollback()

    stays()


def attempt(world: World, key: str, what: str, which: int, day: date) -> None:
    """Try something with one of the sessions there are; a rule may forbid it."""
    own = user(world, "own")
    team = db.session.get_one(Team, world.teams["village"])
    held = db.session.query(Activity).filter_by(team_id=team.id).order_by(Activity.id).all()
    one = held[which % len(held)]
    tries: dict[str, Callable[[], Any]] = {
        "log": lambda: sessions.log_activity(
            team, told(day), client_key=key, by=own, is_final=which % 2 == 0
        ),
        "submit": lambda: sessions.submit_activity(one, by=own),
        "approve": lambda: sessions.approve_activity(one, by=own),
        "return": lambda: sessions.return_activity(one, reason="Sai", by=own),
        "correct": lambda: sessions.correct_activity(one, told(one.held_on, 99), by=own),
        "delete": lambda: sessions.delete_activity(one, by=own),
        "move": lambda: sessions.correct_activity(one, told(day, 98), by=own, is_final=True),
    }
    try:
        tries[what]()
        db.session.flush()
    except RuleViolation:
        pass


@pytest.mark.one_engine
def test_the_official_looks_closes_and_opens_on_pages(visit: Visit, world: World) -> None:
    own, url = visit("own"), f"/periods/2025-06/{world.commune.code}/close"
    page = own.get(url)
    assert "Đồng Tâm" in page.text, "the waiting session is named"
    refused = page.post(url, status=HTTPStatus.OK)
    assert "chờ duyệt" in refused.text
    listed = refused.post(url, {"is_confirmed": "y"})
    assert "đã khóa" in listed.text.lower()
    url = f"/periods/2025-06/{world.commune.code}/reopen"
    opened = own.get(url).post(url, {"reason": "Thôn Đồng Tâm nhập sót 1 buổi"})
    assert "nhập sót" in opened.text
    assert "nhập sót" in own.get("/periods/history").text


@pytest.mark.one_engine
def test_a_leader_asks_and_the_official_opens_or_answers(
    app: Flask, visit: Visit, make: Callable[..., Any], world: World
) -> None:
    make(lambda: close(world))
    leader, url = visit("leader"), f"/teams/{world.teams['village']}/periods/2025-06/ask"
    leader.get(url).post(url, {"reason": "Điện thoại hỏng"})
    again = leader.get(url).post(url, {"reason": "Nữa"}, status=HTTPStatus.OK)
    assert "Đã đề nghị" in again.text
    own = visit("own")
    assert "Điện thoại hỏng" in own.get("/periods").text
    with app.app_context():
        asked = db.session.query(ReopeningRequest).filter_by(reason="Điện thoại hỏng").one().id
    decide = f"/periods/requests/{asked}"
    page = own.get(decide)
    assert page.post(decide, {"decision": "decline"}, status=HTTPStatus.OK)
    page.post(decide, {"decision": "grant"})
    with app.app_context():
        closing = db.session.query(Closing).order_by(Closing.id.desc()).first()
        assert closing is not None and closing.reopen_reason == "Điện thoại hỏng"
