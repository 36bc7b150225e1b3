"""Doing a job: take it, run it in its starter's language, keep what came of it."""

import logging
import secrets
from collections.abc import Callable
from datetime import datetime
from functools import partial
from threading import Event

from flask_babel import force_locale
from sqlalchemy.exc import SQLAlchemyError

from tcns.database import db, writing
from tcns.database.faults import fault_of
from tcns.errors import RuleViolation
from tcns.i18n import gettext as _
from tcns.jobs.heartbeat import Pulse
from tcns.jobs.kinds import KINDS, Interrupted, Result
from tcns.jobs.models import Job
from tcns.jobs.operations import count_beginning, finish_job, leave_job, take_job
from tcns.jobs.vocabulary import JobStatus
from tcns.log_lines import about

logger = logging.getLogger(__name__)

# The jobs this process is working on. On SQLite a job that writes for long holds up its own
# heartbeat: it looks abandoned, and is not.
at_work: set[int] = set()


def work_off(job_id: int, stopping: Event) -> None:
    """Do one job, unless some worker is at it or it is done already.

    A fault in a kind's own code fails the job, and goes on to the caller.
    """
    if job_id in at_work:
        return
    at_work.add(job_id)
    try:
        _work_off(job_id, stopping)
    finally:
        db.session.remove()
        at_work.discard(job_id)
        about.set({})


def _work_off(job_id: int, stopping: Event) -> None:
    """Take the job, run it, and write down what came of it."""
    with writing():
        claim = take_job(job_id)
        job = db.session.get(Job, job_id) if claim else None
        may_begin = job is not None and count_beginning(job)
    if claim and job:
        about.set({"trace.id": f"job-{job_id}"})
        with force_locale(job.parameters["language"]):
            _conclude(job, claim, lambda: _run(job, claim, stopping, may_begin=may_begin))


def _run(job: Job, claim: datetime, stopping: Event, *, may_begin: bool) -> Result:
    """What the job's function returns."""
    if not may_begin:
        raise RuleViolation(_("The work was broken off several times and is not begun again."))
    with Pulse(db.engine, job.id, claim, stopping) as pulse:
        return KINDS[job.kind].run(job, pulse.progress)


def _conclude(job: Job, claim: datetime, run: Callable[[], Result]) -> None:
    """Run, and write down the result, the failure, or that it must be begun anew: so it is where
    the database cannot do it now."""
    fail = partial(finish_job, job.id, claim, JobStatus.FAILED)
    leave = partial(leave_job, job.id, claim)
    finish = partial(finish_job, job.id, claim, JobStatus.DONE)
    conclude = partial(_tell_fault, job.id, job.kind, fail)  # whatever else than what follows
    try:
        conclude = partial(finish, run())
    except Interrupted:
        conclude = leave
    except RuleViolation as broken:
        conclude = partial(fail, {"message": str(broken.message)})
    except SQLAlchemyError as error:
        if fault_of(error):
            conclude = leave
        raise
    finally:
        with writing():
            conclude()


def _tell_fault(job_id: int, kind: str, fail: Callable[[Result], None]) -> None:
    """Fail the job with the incident number of the fault under way, whose cause the queue logs
    after it."""
    incident = secrets.token_hex(4)
    logger.error("incident %s in job %s (%s)", incident, job_id, kind)
    fail({"incident": incident})
