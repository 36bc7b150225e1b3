"""A job is one worker's at a time, and what came of it is kept as long as it is of use."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from tcns.accounts.models import User
from tcns.clock import now
from tcns.database import db, writing
from tcns.imports.models import Import
from tcns.imports.vocabulary import ImportKind
from tcns.jobs.models import Job
from tcns.jobs.operations import (
    MOST_BEGINNINGS,
    USUALLY_KEPT,
    finish_job,
    leave_job,
    purge_jobs,
    start_job,
    take_job,
)
from tcns.jobs.queries import HEART_STOPPED, left_jobs
from tcns.jobs.queue import SCHEMA, JobQueue, job_queue
from tcns.jobs.vocabulary import JobStatus
from tcns.jobs.worker import work_off
from tests.databases import make_app
from tests.faults import Befall, locked, read_only
from tests.jobs.conftest import Start
from tests.world import World

Read = Callable[[int], Job]
NEVER = Event()


def set_job(app: Flask, job_id: int, **values: Any) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(update(Job).where(Job.id == job_id).values(**values))


def work(app: Flask, job_id: int) -> None:
    with app.app_context():
        work_off(job_id, NEVER)


def test_what_the_work_returns_is_kept_and_it_is_not_done_again(
    app: Flask, start: Start, job_of: Read
) -> None:
    job_id = start("tests.steps", steps=2)
    work(app, job_id)
    finished_at = job_of(job_id).finished_at
    work(app, job_id)
    assert job_of(job_id).result == {"steps": 2}
    assert job_of(job_id).finished_at == finished_at is not None


def test_a_broken_rule_fails_the_job_with_its_message_in_the_starters_language(
    app: Flask, start: Start, job_of: Read
) -> None:
    job_id = start("tests.broken")
    work(app, job_id)
    assert job_of(job_id).state is JobStatus.FAILED
    assert job_of(job_id).result == {"message": "Not a day. Write it like 30/06/2024."}


def test_a_fault_fails_the_job_with_a_code_and_goes_on_to_the_queue(
    app: Flask, start: Start, job_of: Read, caplog: pytest.LogCaptureFixture
) -> None:
    job_id = start("tests.faulty")
    with pytest.raises(ZeroDivisionError):
        work(app, job_id)
    incident = (job_of(job_id).result or {})["incident"]
    assert f"incident {incident} in job {job_id}" in caplog.text


def test_a_job_of_an_unknown_kind_fails(app: Flask, start: Start, job_of: Read) -> None:
    job_id = start("tests.of-another-version")
    with pytest.raises(KeyError):
        work(app, job_id)
    assert job_of(job_id).state is JobStatus.FAILED


def test_a_job_is_one_workers_until_its_heart_stops(app: Flask, start: Start) -> None:
    job_id = start("tests.steps", steps=1)
    with app.app_context():
        with writing():
            assert take_job(job_id)
        with writing():
            assert take_job(job_id) is None
            assert job_id not in left_jobs()
        set_job(app, job_id, heartbeat_at=now() - 2 * HEART_STOPPED)
        with writing():
            assert job_id in left_jobs()
            assert take_job(job_id)


def test_a_worker_does_not_take_over_what_it_is_at_itself(
    app: Flask, start: Start, job_of: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_id = start("tests.steps", steps=1)
    monkeypatch.setattr("tcns.jobs.worker.at_work", {job_id})
    work(app, job_id)
    assert job_of(job_id).state is JobStatus.WAITING


def test_a_worker_that_lost_its_job_changes_nothing_of_it(
    app: Flask, start: Start, job_of: Read
) -> None:
    job_id = start("tests.steps", steps=1)
    with app.app_context():
        with writing():
            lost = take_job(job_id)
        set_job(app, job_id, heartbeat_at=now() - 2 * HEART_STOPPED)
        with writing():
            take_job(job_id)
            assert lost
            leave_job(job_id, lost)
            finish_job(job_id, lost, JobStatus.DONE, {"steps": 0})
    assert job_of(job_id).state is JobStatus.RUNNING


def test_a_stopping_worker_leaves_the_job_waiting(app: Flask, start: Start, job_of: Read) -> None:
    job_id, stopping = start("tests.steps", steps=3), Event()
    stopping.set()
    with app.app_context():
        work_off(job_id, stopping)
    assert job_of(job_id).state is JobStatus.WAITING


def test_work_that_takes_its_workers_down_is_given_up(
    app: Flask, start: Start, job_of: Read
) -> None:
    job_id = start("tests.steps", steps=1)
    died = {"status": JobStatus.RUNNING, "heartbeat_at": now() - 2 * HEART_STOPPED}
    set_job(app, job_id, **died, result={"begun": MOST_BEGINNINGS})
    work(app, job_id)
    assert job_of(job_id).state is JobStatus.FAILED


def test_a_job_that_is_rolled_back_wakes_nobody(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[int] = []
    monkeypatch.setattr(
        "tcns.jobs.queue.JobQueue.wake", lambda _queue, number: woken.append(number)
    )
    with app.app_context():
        user = db.session.get_one(User, world.users["own"])
        start_job("tests.steps", {}, by=user)
        db.session.rollback()
        with writing():
            with db.session.begin_nested():
                kept = start_job("tests.steps", {}, by=user)
            assert woken == []
        assert woken == [kept.id]


@contextmanager
def queue_that_cannot_be_written(app: Flask) -> Iterator[None]:
    """Until the end the queue's file is a directory, or its tables are gone."""
    app.extensions.pop("jobs", None)
    with app.app_context():
        url = db.engine.url
        if url.get_backend_name() == "sqlite":
            file = Path(str(url.database)).with_name(
                f"{Path(str(url.database)).stem}-queue.sqlite3"
            )
            file.unlink(missing_ok=True)
            file.mkdir()
        else:
            job_queue()
            with db.engine.begin() as connection:
                connection.exec_driver_sql(f"DROP SCHEMA {SCHEMA} CASCADE")
    yield
    app.extensions.pop("jobs", None)
    if url.get_backend_name() == "sqlite":
        file.rmdir()


def test_a_job_is_on_record_even_when_no_worker_can_be_woken(
    app: Flask, start: Start, job_of: Read, caplog: pytest.LogCaptureFixture
) -> None:
    with queue_that_cannot_be_written(app):
        job_id = start("tests.steps", steps=1)
    assert job_of(job_id).state is JobStatus.WAITING
    assert f"job {job_id}: no worker was woken" in caplog.text


def test_finished_jobs_are_forgotten_after_a_week_at_the_earliest(
    app: Flask, start: Start, world: World
) -> None:
    old, spoken_of, young, running = (start("tests.steps", steps=0) for _ in range(4))
    for job_id in (old, spoken_of):
        set_job(app, job_id, finished_at=now() - USUALLY_KEPT - timedelta(days=1))
    set_job(app, young, finished_at=now() - timedelta(days=6))
    with app.app_context(), writing():
        db.session.add(imported_by(spoken_of, world))
        db.session.flush()
        assert purge_jobs(now() - USUALLY_KEPT) == 1
        assert purge_jobs(now()) == 0
        assert db.session.get(Job, old) is None
        assert db.session.get(Job, running)


def imported_by(job_id: int, world: World) -> Import:
    """A file that was taken in by a job."""
    return Import(
        kind=ImportKind.TEAMS,
        file_name="a.xlsx",
        digest="a",
        sheet="a",
        heading_row=1,
        headings=[],
        uploaded_by_id=world.users["own"],
        uploaded_at=now(),
        job_id=job_id,
    )


@pytest.fixture
def hasty(app: Flask) -> Iterator[Flask]:
    """The application on the same database, waiting for nobody."""
    own = make_app(app.config["SQLALCHEMY_DATABASE_URI"], lock_wait_seconds=0)
    yield own
    with own.app_context():
        db.engine.dispose()


def queue_of(app: Flask) -> JobQueue:
    with app.app_context():
        return job_queue()


@pytest.mark.parametrize("befall", [locked, read_only])
def test_a_job_whose_database_cannot_be_written_now_is_put_off_and_done_later(
    hasty: Flask, start: Start, job_of: Read, caplog: pytest.LogCaptureFixture, befall: Befall
) -> None:
    job_id, queue = start("tests.steps", steps=2), queue_of(hasty)
    with befall(hasty):
        queue._work(job_id)
    assert f"job {job_id} is put off" in caplog.text
    assert "Traceback" not in caplog.text
    assert job_of(job_id).state is JobStatus.WAITING
    queue._work(job_id)
    assert job_of(job_id).result == {"steps": 2}


def test_work_that_is_kept_from_writing_is_begun_anew_however_often(
    hasty: Flask, start: Start, job_of: Read
) -> None:
    job_id, queue = start("tests.kept_from_writing"), queue_of(hasty)
    for _time in range(MOST_BEGINNINGS + 1):
        queue._work(job_id)
        assert job_of(job_id).state is JobStatus.WAITING
