"""What becomes of a job: started, taken by a worker, finished, seen, forgotten."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, exists, update

from tcns.clock import now
from tcns.database import db
from tcns.i18n import language
from tcns.jobs.models import Job
from tcns.jobs.queries import is_claimed, is_left
from tcns.jobs.vocabulary import JobStatus
from tcns.notices.operations import forget_notices, notify, read_notices_about
from tcns.notices.vocabulary import JOB_KINDS, NoticeKind

# Work that took so many workers down with it is not begun again.
MOST_BEGINNINGS = 3
SHORTEST_KEPT, USUALLY_KEPT = timedelta(days=7), timedelta(days=30)


def start_job(kind: str, parameters: dict[str, Any], *, by: Any) -> Job:
    """Put long work on record, for a worker to do once this transaction is committed.

    `parameters` must be JSON; the language of who starts it is kept beside them.
    """
    job = Job(
        kind=kind,
        by_id=by.id,
        parameters=parameters | {"language": language()},
        created_at=now(),
    )
    db.session.add(job)
    db.session.flush()
    db.session.info.setdefault("started_jobs", []).append(job.id)
    return job


def take_job(job_id: int) -> datetime | None:
    """Make a job this worker's own, if no other is at it; since when it is, its claim."""
    claim = now()
    taken = db.session.execute(
        update(Job)
        .where(Job.id == job_id, is_left())
        .values(status=JobStatus.RUNNING, started_at=claim, heartbeat_at=claim)
    )
    return claim if taken.rowcount else None  # type: ignore[attr-defined]


def count_beginning(job: Job) -> bool:
    """Count that the job was begun; whether that was often enough, for it takes workers down."""
    begun = (job.result or {}).get("begun", 0) + 1
    job.result = {"begun": begun}
    return bool(begun <= MOST_BEGINNINGS)


def leave_job(job_id: int, claim: datetime) -> None:
    """Give a job back unfinished: whoever works next begins it anew."""
    _settle(job_id, claim, status=JobStatus.WAITING, result=None, done_count=0)


def finish_job(job_id: int, claim: datetime, status: JobStatus, result: dict[str, Any]) -> None:
    """Keep what came of a job, and tell its starter, unless it is another worker's by now."""
    if not _settle(job_id, claim, status=status, result=result, finished_at=now()):
        return
    job = db.session.get_one(Job, job_id)
    kind = NoticeKind.JOB_DONE if status is JobStatus.DONE else NoticeKind.JOB_FAILED
    notify([job.by_id], kind, job_id, {"work": job.kind}, by=None)


def _settle(job_id: int, claim: datetime, **values: Any) -> bool:
    """Change a job that is still this worker's; whether it was."""
    settled = db.session.execute(update(Job).where(is_claimed(job_id, claim)).values(**values))
    return bool(settled.rowcount)  # type: ignore[attr-defined]


def see_job(job: Job) -> None:
    """Note that the starter saw what came of the job, which their notice told of."""
    job.seen_at = job.seen_at or now()
    read_notices_about(JOB_KINDS, job.id, user_id=job.by_id)


def purge_jobs(before: datetime) -> int:
    """Forget the jobs finished before a moment, but those another record speaks of; how many.

    Results are kept for a week at least.
    """
    before = min(before, now() - SHORTEST_KEPT)
    forget_notices(before, JOB_KINDS)
    spoken_of = [exists().where(column == Job.id) for column in _references()]
    forgotten = db.session.execute(
        delete(Job).where(Job.finished_at < before, *(~each for each in spoken_of))
    )
    return int(forgotten.rowcount)  # type: ignore[attr-defined]


def _references() -> list[Any]:
    """The columns of other tables that lead to a job."""
    tables = db.metadata.tables.values()
    return [
        column
        for table in tables
        for column in table.columns
        if any(key.column is Job.__table__.c.id for key in column.foreign_keys)
    ]
