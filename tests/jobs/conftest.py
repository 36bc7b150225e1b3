"""Fixtures of tests of long work."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from tcns.accounts.models import User
from tcns.database import db, writing
from tcns.jobs.models import Job
from tcns.jobs.operations import start_job
from tests.jobs.kinds import forget_kinds, register_kinds
from tests.world import World

Start = Callable[..., int]


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    """The kinds of jobs for tests."""
    register_kinds()
    yield
    forget_kinds()


@pytest.fixture
def start(app: Flask, world: World) -> Start:
    """`start("tests.steps", steps=3)` starts a job for Hòa An's official; its id."""

    def started(kind: str, persona: str = "own", **parameters: Any) -> int:
        with app.test_request_context(headers={"Cookie": "language=en"}), writing():
            user = db.session.get_one(User, world.users[persona])
            return start_job(kind, parameters, by=user).id

    return started


@pytest.fixture
def job_of(app: Flask) -> Callable[[int], Job]:
    """The job of an id, as it is on record now."""

    def read(job_id: int) -> Job:
        with app.app_context():
            job = db.session.get_one(Job, job_id)
            db.session.expunge(job)
            return job

    return read
