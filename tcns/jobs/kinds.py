"""The kinds of jobs: what each does, what it is called, and which page shows what came of it."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel.speaklater import LazyString

from tcns.jobs.models import Job

# Tells how far the work is: rows done, rows in all. Raises Interrupted when it must stop here.
Progress = Callable[[int, int], None]
Result = dict[str, Any]
Run = Callable[[Job, Progress], Result]


class Interrupted(Exception):
    """The worker is told to stop, or another took the job over: the work ends where it is.

    Only `progress` raises it, and a job's function lets it pass.
    """


# Who waits for SQLite's write lock looks for it so often.
WAITERS_LOOK_EVERY_SECONDS = 0.1


def give_way() -> None:
    """Between two transactions of a job that writes in many: let those who wait write first."""
    time.sleep(WAITERS_LOOK_EVERY_SECONDS)


@dataclass(frozen=True)
class JobKind:
    """A kind of job: its name, its words, its work, and the view that shows its result.

    The view is addressed with those of its values that bear a name of the job's parameters, and
    with `job_id`.
    """

    name: str
    label: LazyString
    run: Run
    page: str | None


KINDS: dict[str, JobKind] = {}
# What is done every morning without anybody starting it; each must be safe to do twice.
EVERY_MORNING: list[Callable[[], Any]] = []


def every_morning(work: Callable[[], Any]) -> Callable[[], Any]:
    """Register regular work: it is done every morning by the worker."""
    EVERY_MORNING.append(work)
    return work


def job_kind(name: str, *, label: LazyString, page: str | None = None) -> Callable[[Run], Run]:
    """Register the function that does the work of a kind; what it returns is kept as JSON.

    The function must be safe to run twice: a worker that is killed in the middle leaves the job
    to another, which begins it anew. It writes in `tcns.database.writing()`, all at once or in
    steps that find done what was done, asks there whether the starter (`job.by_id`) may still do
    it, calls `progress` where it may be broken off, and `give_way` between its transactions. A
    broken rule fails the job with its message, in the starter's language; any other error with
    an incident code.
    """

    def register(run: Run) -> Run:
        KINDS[name] = JobKind(name, label, run, page)
        return run

    return register
