"""Whoever has to do with what happened is told of it once, until they have read it."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from http import HTTPStatus
from threading import Event

import pytest
from flask import Flask
from sqlalchemy import select

from tcns.accounts.models import User
from tcns.activities.models import Activity
from tcns.activities.recall_operations import ask_back, decline_to_return
from tcns.activities.review.operations import return_one, take_back_decision
from tcns.areas.models import Area
from tcns.clock import now, today
from tcns.closings import operations as closings
from tcns.database import db, writing
from tcns.jobs.operations import start_job
from tcns.jobs.worker import work_off
from tcns.notices.models import Notice
from tcns.notices.operations import KEPT, forget_notices, notify
from tcns.notices.vocabulary import NoticeKind
from tcns.periods import period_named
from tcns.reports import operations as reports
from tcns.reports.queries import subject_named
from tcns.teams.models import Team
from tests.databases import counted
from tests.page import Visitor
from tests.world import World

Visit = Callable[..., Visitor]
NOTICES = "/notices"
UNREAD = re.compile(r'Thông báo chưa đọc:</span> <span class="band-count">(\d+)</span>')


def user(world: World, persona: str) -> User:
    return db.session.get_one(User, world.users[persona])


def told(world: World) -> list[tuple[str, str]]:
    """Who was told what, beside what the world begins with."""
    names = {user_id: persona for persona, user_id in world.users.items()}
    query = select(Notice).where(Notice.id != world.notice)
    return sorted((names[one.user_id], one.kind) for one in db.session.scalars(query))


def unread(visitor: Visitor, url: str = NOTICES) -> str:
    """How many notices the frame of a page says to be unread; empty where it says none."""
    found = UNREAD.search(visitor.get(url).body.decode())
    return found[1] if found else ""


def session(world: World, state: str) -> Activity:
    return db.session.get_one(Activity, world.activities[state])


def give(app: Flask, world: World, persona: str, count: int = 1) -> None:
    """Tell somebody of sessions that were returned."""
    with app.app_context(), writing():
        for _each in range(count):
            facts = {"name": "Tổ thôn Đồng Tâm", "day": "2025-06-10"}
            kind, activity_id = NoticeKind.SESSION_RETURNED, world.activities["returned"]
            notify([world.users[persona]], kind, activity_id, facts, by=None)


def test_of_a_returned_session_its_leader_and_who_entered_it_are_told_until_it_is_taken_back(
    app: Flask, world: World
) -> None:
    with app.test_request_context(), writing():
        activity, own = session(world, "submitted"), user(world, "own")
        activity.entered_by_id = world.users["member"]
        return_one(activity, reason="Thiếu ảnh", by=own)
        db.session.flush()
        assert told(world) == [("leader", "session_returned"), ("member", "session_returned")]
        take_back_decision(activity, by=own)
        assert told(world) == []


def test_of_a_session_asked_back_its_officials_are_told_and_of_their_no_its_team(
    app: Flask, world: World
) -> None:
    with app.test_request_context(), writing():
        activity = session(world, "approved")
        activity.entered_by_id = world.users["member"]
        ask_back(activity, reason="Ghi thiếu", by=user(world, "member"))
        db.session.flush()
        assert told(world) == [("own", "session_asked_back")]
        decline_to_return(activity, reason="Sổ ghi đúng", by=user(world, "own"))
        db.session.flush()
        assert ("leader", "session_kept") in told(world)
        assert ("member", "session_kept") in told(world)
        assert not [one for one in told(world) if one[0] == "neighbour"]


@pytest.mark.parametrize("is_granted", [True, False])
def test_of_a_month_that_is_asked_for_the_official_is_told_and_of_the_answer_who_asked(
    app: Flask, world: World, is_granted: bool
) -> None:
    june = period_named("2025-06")
    assert june is not None
    with app.test_request_context(), writing():
        own, team = user(world, "own"), db.session.get_one(Team, world.teams["village"])
        closings.close_month(db.session.get_one(Area, world.commune.id), june, by=own)
        asked = closings.ask_to_reopen(
            team, date(2025, 6, 10), reason="Nhập sót", by=user(world, "member")
        )
        db.session.flush()
        assert told(world) == [("own", "reopening_asked")]
        if is_granted:
            closings.grant(asked, open_until=today() + timedelta(days=3), by=own)
        else:
            closings.decline(asked, answer="Đã báo cáo", by=own)
        db.session.flush()
        kind = "reopening_granted" if is_granted else "reopening_declined"
        answered = {("leader", kind), ("member", kind)}
        opened = {("leader", "month_reopened")} if is_granted else set()
        assert set(told(world)) == {("own", "reopening_asked"), *answered, *opened}


def test_of_a_month_that_the_province_opens_the_officials_of_all_communes_are_told(
    app: Flask, world: World
) -> None:
    june = period_named("2025-06")
    assert june is not None
    with app.test_request_context(), writing():
        area, by = db.session.get_one(Area, world.province.id), user(world, "administrator")
        closings.close_month(area, june, by=by)
        until = today() + timedelta(days=3)
        closings.reopen_month(area, june, reason="Nhập sót", open_until=until, by=by)
        db.session.flush()
        assert {"own", "neighbour"} <= {who for who, _what in told(world)}
        assert "leader" not in {who for who, _what in told(world)}


def test_of_a_returned_and_of_an_accepted_report_who_sent_it_is_told(
    app: Flask, world: World
) -> None:
    june = period_named("2025-06")
    assert june is not None
    with app.test_request_context(), writing():
        subject = subject_named(world.commune_report, june)
        assert subject is not None
        reports.send(subject, by=user(world, "own"))
        reports.give_back(subject, reason="Nêu nguyên nhân", by=user(world, "reviewer"))
        reports.send(subject, by=user(world, "own"))
        reports.accept(subject, by=user(world, "reviewer"))
        db.session.flush()
        assert told(world) == [("own", "report_accepted"), ("own", "report_returned")]


@pytest.mark.one_engine
def test_of_work_that_finished_its_starter_is_told_and_seeing_it_reads_the_notice(
    app: Flask, visit: Visit, world: World
) -> None:
    with app.test_request_context(), writing():
        job_id = start_job("of another version", {}, by=user(world, "own")).id
    with app.app_context(), pytest.raises(KeyError):
        work_off(job_id, Event())
    assert unread(visit("own")) == "1"
    visit("own").get("/").post(f"/jobs/{job_id}/see", {})
    assert not unread(visit("own"))
    assert not unread(visit("neighbour"))


@pytest.mark.one_engine
def test_opening_a_notice_leads_to_its_subject_and_reads_it(
    app: Flask, visit: Visit, world: World
) -> None:
    leader = visit("leader")
    assert not unread(leader, "/")  # a page that is kept from now on
    give(app, world, "leader", 2)
    assert unread(leader, "/") == "2"
    with app.app_context():
        last = db.session.scalars(select(Notice.id).order_by(Notice.id.desc())).first()
    page = leader.get(NOTICES)
    assert page.text.count("Mới") == 2
    shown = page.post(f"/notices/{last}/open", {})
    assert shown.url == f"/activities/{world.activities['returned']}"
    page = leader.get(NOTICES)
    assert page.text.count("Mới") == 1
    assert "Mới" not in page.post("/notices/read", {}).text
    assert not unread(leader, "/")


@pytest.mark.one_engine
def test_a_notice_is_its_readers_alone(app: Flask, visit: Visit, world: World) -> None:
    give(app, world, "leader")
    with app.app_context():
        last = db.session.scalars(select(Notice.id).order_by(Notice.id.desc())).first()
    member = visit("member")
    assert "Trả lại buổi hoạt động" not in member.get(NOTICES).text
    assert member.post_bare(f"/notices/{last}/open").status is HTTPStatus.NOT_FOUND
    member.post_bare("/notices/read")
    assert unread(visit("leader")) == "1"


@pytest.mark.one_engine
def test_the_count_costs_no_question_of_its_own(app: Flask, visit: Visit, world: World) -> None:
    asked = {}
    for given in (0, 3):
        give(app, world, "leader", given)
        leader = visit("leader", is_inspecting=False)
        leader.get(NOTICES)
        with counted(app) as statements:
            leader.get(NOTICES)
        asked[given] = len(statements)
    assert asked[0] <= 3
    assert asked[3] <= 4


def test_notices_are_forgotten_after_some_time(app: Flask, world: World) -> None:
    give(app, world, "leader")
    with app.app_context(), writing():
        forget_notices(now() - KEPT, NoticeKind)
        assert told(world) == [("leader", "session_returned")]
        forget_notices(now() + timedelta(days=1), NoticeKind)
        assert told(world) == []
