"""Doing a job: take it, run it in its starter's language, keep what came of it."""

import logging
import secrets
from collections.abc import Callable
from datetime import datetime
from threading import Event

from flask_babel import force_locale

from tcns.database import db, writing
from tcns.i18n import gettext as _
from tcns.jobs.kinds import KINDS, Interrupted, Result
from tcns.jobs.models import Job
from tcns.jobs.operations import count_beginning, finish_job, leave_job, take_job
from tcns.jobs.pulse import Pulse
from tcns.jobs.queries import left_jobs
from tcns.jobs.vocabulary import JobStatus
from tcns.rules import RuleBroken

logger = logging.getLogger(__name__)

# The jobs this process is at. On SQLite a work that writes for long holds up its own pulse; its
# heart seems to stand still, and yet it is not left.
at_work: set[int] = set()


def work_off_left(stopping: Event) -> None:
    """Do the jobs that no worker is at: those whose waking was lost, those a worker died over."""
    for job_id in left_jobs():
        if not stopping.is_set():
            work_off(job_id, stopping)


def work_off(job_id: int, stopping: Event) -> None:
    """Do one job, unless some worker is at it or it is done already."""
    if job_id in at_work:
        return
    at_work.add(job_id)
    try:
        _work_off(job_id, stopping)
    finally:
        at_work.discard(job_id)


def _work_off(job_id: int, stopping: Event) -> None:
    """Take the job, run it, and write down what came of it."""
    with writing():
        claim = take_job(job_id)
        job = db.session.get(Job, job_id) if claim else None
        may_begin = job is not None and count_beginning(job)
    if claim and job:
        with force_locale(job.parameters["language"]):
            _conclude(job, claim, lambda: _run(job, claim, stopping, may_begin=may_begin))
    db.session.remove()


def _run(job: Job, claim: datetime, stopping: Event, *, may_begin: bool) -> Result:
    """What the job's function returns."""
    if not may_begin:
        raise RuleBroken(_("The work was broken off several times and is not begun again."))
    with Pulse(db.engine, job.id, claim, stopping) as pulse:
        return KINDS[job.kind].run(job, pulse.progress)


def _conclude(job: Job, claim: datetime, run: Callable[[], Result]) -> None:
    """Run, and write down the result, the failure, or that it must be begun anew.

    A fault in a kind's own code, of whatever class, fails the job and is told by an incident
    number, as Flask does for views. Let through, it would be logged by the queue alone: the job
    stays "running" until its heart counts as stopped, is run twice more, and then says that it was
    broken off, which is not so.
    """
    job_id, kind = job.id, job.kind
    try:
        status, result = JobStatus.DONE, run()
    except Interrupted:
        with writing():
            leave_job(job_id, claim)
        return
    except RuleBroken as broken:
        status, result = JobStatus.FAILED, {"message": str(broken.message)}
    except Exception:  # any fault of a kind's code: logged, and told to whoever waits for the job
        incident = secrets.token_hex(4)
        logger.exception("incident %s in job %s (%s)", incident, job_id, kind)
        status, result = JobStatus.FAILED, {"incident": incident}
    with writing():
        finish_job(job_id, claim, status, result)
