"""Kinds of jobs for tests: one that takes steps and notes each, some that fail."""

import time

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete

from tcns.clock import now
from tcns.database import db, writing
from tcns.errors import RuleViolation
from tcns.i18n import gettext as _
from tcns.jobs.kinds import KINDS, Progress, Result, job_kind
from tcns.jobs.models import Job
from tcns.web.idempotency import CarriedOut
from tests.faults import locked


def register_kinds() -> None:
    """Make the kinds known in this process."""
    job_kind("tests.steps", label=_l("Sessions"), page="teams.show_team")(take_steps)
    job_kind("tests.broken", label=_l("Persons"))(break_rule)
    job_kind("tests.faulty", label=_l("Teams"))(fail)
    job_kind("tests.kept_from_writing", label=_l("Teams"))(be_kept_from_writing)


def forget_kinds() -> None:
    """Leave the kinds as the application has them."""
    for name in [name for name in KINDS if name.startswith("tests.")]:
        del KINDS[name]


def take_steps(job: Job, progress: Progress) -> Result:
    """Note each of some steps once, however often the work is begun anew."""
    count = job.parameters["steps"]
    for number in range(count):
        with writing():
            key = f"step {number} of {job.id}"
            if db.session.get(CarriedOut, (job.by_id, key)) is None:
                db.session.add(CarriedOut(user_id=job.by_id, key=key, location="/", at=now()))
        progress(number + 1, count)
        time.sleep(job.parameters.get("seconds", 0))
    return {"steps": count}


def break_rule(_job: Job, _progress: Progress) -> Result:
    """Break a rule."""
    raise RuleViolation(_("Not a day. Write it like 30/06/2024."))


def fail(_job: Job, _progress: Progress) -> Result:
    """Fail as a fault of the program does."""
    raise ZeroDivisionError


def be_kept_from_writing(_job: Job, _progress: Progress) -> Result:
    """Want to write while somebody else does."""
    with locked(current_app), writing():
        db.session.execute(delete(CarriedOut))
    return {}
