"""Questions about jobs: one's own alone, for nobody else sees them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, or_, select

from tcns.clock import now
from tcns.database import db
from tcns.jobs.models import Job
from tcns.jobs.vocabulary import JobStatus

# A worker that has not been heard of for so long is gone; its job is begun anew.
HEART_STOPPED = timedelta(seconds=30)


def own_job(user_id: int, job_id: int) -> Job | None:
    """The job of this id, if the user started it."""
    return db.session.scalar(select(Job).where(Job.id == job_id, Job.by_id == user_id))


def own_jobs(user_id: int) -> Select[Any]:
    """The jobs the user started, the newest first."""
    return select(Job).where(Job.by_id == user_id).order_by(Job.created_at.desc(), Job.id.desc())


def unseen_job_of(user_id: Any) -> ScalarSelect[int]:
    """The latest job of a user that has finished and was not seen yet, to be asked along."""
    return (
        select(Job.id)
        .where(Job.by_id == user_id, Job.finished_at.is_not(None), Job.seen_at.is_(None))
        .order_by(Job.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def left_jobs() -> Sequence[int]:
    """The jobs no worker is at, the oldest first."""
    return db.session.scalars(select(Job.id).where(is_left()).order_by(Job.id)).all()


def is_left() -> ColumnElement[bool]:
    """The clause that no worker is at a job: it waits, or the heart of its worker stopped."""
    stopped = Job.heartbeat_at < now() - HEART_STOPPED
    return or_(Job.status == JobStatus.WAITING, and_(Job.status == JobStatus.RUNNING, stopped))


def is_claimed(job_id: int, claim: datetime) -> ColumnElement[bool]:
    """The clause that a job is still the worker's who took it at `claim`."""
    return and_(Job.id == job_id, Job.started_at == claim, Job.status == JobStatus.RUNNING)
