"""Jobs are done by a process of their own, once, whatever happens to it."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from tcns.clock import now
from tcns.database import db
from tcns.jobs.models import Job
from tcns.jobs.queries import HEART_STOPPED
from tcns.jobs.vocabulary import JobStatus
from tcns.web.idempotency import CarriedOut
from tests.conventions.sources import ROOT
from tests.jobs.conftest import Start

PATIENCE_SECONDS = 40
Read = Callable[[int], Job]


@contextmanager
def consumer(app: Flask) -> Iterator["subprocess.Popen[bytes]"]:
    """A real worker process on the application's database."""
    with app.app_context():
        url = db.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.jobs.consumer", url]
    with subprocess.Popen(command, cwd=ROOT) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait for something that comes about in another process."""
    ends = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < ends, "it did not come about in time"
        time.sleep(0.1)


def stop_heart(app: Flask, job_id: int) -> None:
    """Let the time pass after which a worker counts as dead."""
    with app.app_context(), db.engine.begin() as connection:
        long_ago = now() - 2 * HEART_STOPPED
        connection.execute(update(Job).where(Job.id == job_id).values(heartbeat_at=long_ago))


def steps_noted(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(CarriedOut)) or 0


def test_a_job_whose_worker_is_killed_is_done_once_by_the_next(
    app: Flask, start: Start, job_of: Read
) -> None:
    with consumer(app) as first:
        job_id = start("tests.steps", steps=12, seconds=0.1)
        wait_until(lambda: job_of(job_id).done_count >= 2)
        first.send_signal(signal.SIGKILL)
        first.wait()
    begun_at = job_of(job_id).started_at
    assert job_of(job_id).state is JobStatus.RUNNING
    stop_heart(app, job_id)
    with consumer(app):
        wait_until(lambda: job_of(job_id).state is JobStatus.DONE)
    job = job_of(job_id)
    assert job.result == {"steps": 12}
    assert job.started_at != begun_at
    assert job.seen_at is None
    assert steps_noted(app) == 12


@pytest.mark.long_on_postgresql
def test_a_fault_is_logged_with_its_code_and_cause_and_the_worker_goes_on(
    app: Flask, start: Start, job_of: Read, capfd: pytest.CaptureFixture[str]
) -> None:
    with consumer(app):
        faulty, harmless = start("tests.faulty"), start("tests.steps", steps=1)
        wait_until(lambda: job_of(faulty).state is JobStatus.FAILED)
        wait_until(lambda: job_of(harmless).state is JobStatus.DONE)
        log = ""

        def is_told() -> bool:
            nonlocal log
            log += capfd.readouterr().err
            return "ZeroDivisionError" in log

        wait_until(is_told)
    incident = (job_of(faulty).result or {})["incident"]
    assert f"incident {incident} in job {faulty} (tests.faulty)" in log


def test_a_worker_told_to_stop_stops_at_once_and_leaves_the_job_to_the_next(
    app: Flask, start: Start, job_of: Read
) -> None:
    with consumer(app) as process:
        job_id = start("tests.steps", steps=1000, seconds=0.1)
        wait_until(lambda: job_of(job_id).done_count >= 2)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE_SECONDS) == 0
    assert job_of(job_id).state is JobStatus.WAITING
    assert job_of(job_id).result is None


def test_a_job_whose_waking_was_lost_is_found_when_a_worker_starts(
    app: Flask, start: Start, job_of: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as lost:
        lost.setattr("tcns.jobs.queue.JobQueue.wake", lambda *_: None)
        job_id = start("tests.steps", steps=1)
    with consumer(app):
        wait_until(lambda: job_of(job_id).state is JobStatus.DONE)
