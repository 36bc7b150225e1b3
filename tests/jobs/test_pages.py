"""Whoever started long work sees how far it is, hears of its end, and finds the result."""

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from threading import Event
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from tcns.clock import now
from tcns.database import db
from tcns.jobs.models import Job
from tcns.jobs.vocabulary import JobStatus
from tcns.jobs.worker import work_off
from tests.jobs.conftest import Start
from tests.page import Visitor
from tests.world import World

Visit = Callable[..., Visitor]
NOTICE = "Finished: Sessions."


def work(app: Flask, job_id: int) -> None:
    with app.app_context():
        work_off(job_id, Event())


def set_job(app: Flask, job_id: int, **values: Any) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(update(Job).where(Job.id == job_id).values(**values))


def test_the_page_of_running_work_shows_how_far_it_is_and_refreshes_itself(
    app: Flask, visit: Visit, start: Start
) -> None:
    job_id = start("tests.steps", steps=1)
    set_job(app, job_id, status=JobStatus.RUNNING, done_count=1200, total_count=1871)
    page = visit("own", language="en").get(f"/jobs/{job_id}")
    assert "1,200 of 1,871" in page.text
    assert page.response.headers["Refresh"] == "2"


def test_work_that_nobody_begins_is_told_to_be_late(app: Flask, visit: Visit, start: Start) -> None:
    job_id, late = start("tests.steps", steps=1), "waiting for some minutes"
    own = visit("own", language="en")
    assert late not in own.get(f"/jobs/{job_id}").text
    set_job(app, job_id, created_at=now() - timedelta(minutes=3))
    assert late in own.get(f"/jobs/{job_id}").text


def test_a_notice_leads_to_the_result_and_goes_away_with_it(
    app: Flask, visit: Visit, start: Start, world: World
) -> None:
    job_id = start("tests.steps", steps=1, team_id=world.teams["village"])
    own = visit("own", language="en")
    assert NOTICE not in own.get("/").text
    work(app, job_id)
    page = own.get("/")
    assert NOTICE in page.text
    result = page.post(f"/jobs/{job_id}/see", {})
    assert "Đồng Tâm" in result.text
    assert NOTICE not in own.get("/").text


def test_the_notice_is_the_starters_alone(app: Flask, visit: Visit, start: Start) -> None:
    work(app, start("tests.steps", steps=1))
    assert NOTICE not in visit("neighbour", language="en").get("/").text


def test_failed_work_says_why_until_it_was_seen(app: Flask, visit: Visit, start: Start) -> None:
    job_id = start("tests.broken")
    work(app, job_id)
    own = visit("own", language="en")
    page = own.get(f"/jobs/{job_id}")
    assert "Not a day" in page.text
    assert "Refresh" not in page.response.headers
    page = page.post(f"/jobs/{job_id}/see", {})
    assert "I have seen it" not in page.text


def test_a_fault_is_told_by_its_code(app: Flask, visit: Visit, start: Start, caplog: Any) -> None:
    job_id = start("tests.faulty")
    with pytest.raises(ZeroDivisionError):
        work(app, job_id)
    with app.app_context():
        incident = (db.session.get_one(Job, job_id).result or {})["incident"]
    assert incident in visit("own").get(f"/jobs/{job_id}").text


def test_the_list_shows_ones_own_work_alone(app: Flask, visit: Visit, start: Start) -> None:
    mine, other = start("tests.steps", steps=1), start("tests.faulty", "neighbour")
    page = visit("own").get("/jobs")
    assert f"/jobs/{mine}" in page.body.decode()
    assert f"/jobs/{other}" not in page.body.decode()
    visit("own").get(f"/jobs/{other}", HTTPStatus.NOT_FOUND)
