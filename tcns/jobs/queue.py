"""The queue that wakes workers: beside an SQLite database in a file, else in the database itself.

What there is to do is read from the jobs: a waking that was lost delays a job by a minute.
"""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Lock
from typing import Any

from flask import Flask, current_app
from huey import Huey, SqliteHuey, crontab
from huey.contrib.sql_huey import SqlHuey
from huey.serializer import SignedSerializer
from peewee import PeeweeException, PostgresqlDatabase
from sqlalchemy import URL, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from tcns.clock import now
from tcns.database import db, writing
from tcns.database.faults import fault_of
from tcns.jobs.kinds import EVERY_MORNING
from tcns.jobs.operations import USUALLY_KEPT, purge_jobs
from tcns.jobs.queries import left_jobs
from tcns.jobs.worker import work_off
from tcns.notices.operations import KEPT, forget_notices
from tcns.notices.vocabulary import NoticeKind

THREADS = 2
LONGEST_WAIT_SECONDS = 1
LONGEST_STOP_SECONDS = 10
# Tables of the queue are no records of ours: neither migrated nor kept in a backup.
SCHEMA = "queue"

# What a queue raises that cannot be written: in its file, in its tables, on its way there.
UNREACHABLE = (sqlite3.Error, PeeweeException, SQLAlchemyError)

logger = logging.getLogger(__name__)
making = Lock()


class JobQueue:
    """The queue of an application, and the consumer that does what it wakes for."""

    def __init__(self, app: Flask, url: URL) -> None:
        self.app, self.stopping = app, Event()
        # Tasks are pickled: only what was signed with our key is read.
        options = {
            "serializer": SignedSerializer(secret=app.secret_key, salt="jobs"),
            "results": False,
        }
        self.huey = _embedded(url, options) if _is_sqlite(url) else _in_database(url, options)
        self.work = self.huey.task(name="work")(self._work)
        self.sweep = self.huey.periodic_task(crontab(), name="sweep")(self._sweep)
        at_two_in_vietnam = crontab(minute="0", hour="19")
        self.huey.periodic_task(at_two_in_vietnam, name="purge")(self._purge)
        at_six_in_vietnam = crontab(minute="0", hour="23")
        self.huey.periodic_task(at_six_in_vietnam, name="morning")(self._morning)

    def wake(self, job_id: int) -> None:
        """Have a worker do the job soon."""
        try:
            self.work(job_id)
        finally:
            self.huey.storage.close()

    def consume(self) -> None:
        """Work until told to stop; what is not finished then is begun anew by the next worker."""
        consumer = self.huey.create_consumer(
            workers=THREADS,
            max_delay=LONGEST_WAIT_SECONDS,
            shutdown_timeout=LONGEST_STOP_SECONDS,
            graceful_signal="TERM",
        )
        self.stopping = consumer.stop_flag
        self.sweep()
        consumer.run()

    def _work(self, job_id: int) -> None:
        with self._database_willing(f"job {job_id}"):
            work_off(job_id, self.stopping)

    def _sweep(self) -> None:
        """Wake for the jobs that no worker is at: those whose waking was lost, those a worker
        died over."""
        with self._database_willing("the sweep"):
            for job_id in left_jobs():
                self.work(job_id)

    def _purge(self) -> None:
        with self._database_willing("the purge"), writing():
            purge_jobs(now() - USUALLY_KEPT)
            forget_notices(now() - KEPT, NoticeKind)

    def _morning(self) -> None:
        for work in EVERY_MORNING:
            with self._database_willing(work.__name__):
                work()

    @contextmanager
    def _database_willing(self, what: str) -> Iterator[None]:
        """Work within the application; what the database cannot do now is left to the next sweep,
        with one line in the log."""
        with self.app.app_context():
            try:
                yield
            except SQLAlchemyError as error:
                fault = fault_of(error)
                if fault is None:
                    raise
                logger.warning("%s is put off: the database is %s", what, fault)


def _is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _embedded(url: URL, options: dict[str, Any]) -> Huey:
    """A queue in a file beside the database."""
    database = Path(str(url.database))
    return SqliteHuey(filename=str(database.with_name(f"{database.stem}-queue.sqlite3")), **options)


def _in_database(url: URL, options: dict[str, Any]) -> Huey:
    """A queue in tables of its own in the same PostgreSQL."""
    with db.engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    database = PostgresqlDatabase(address, prefer_psycopg3=True, options=f"-c search_path={SCHEMA}")
    return SqlHuey(database=database, **options)


def job_queue() -> JobQueue:
    """The queue of the current application, made when it is first asked for."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    with making:
        if "jobs" not in app.extensions:
            app.extensions["jobs"] = JobQueue(app, db.engine.url)
    queue: JobQueue = app.extensions["jobs"]
    return queue


@event.listens_for(Session, "after_commit")
def wake_for_started(session: Session) -> None:
    """Wake a worker for each job this transaction started, now that it can be seen."""
    if session.in_nested_transaction():
        return
    for job_id in session.info.pop("started_jobs", ()):
        try:
            job_queue().wake(job_id)
        except UNREACHABLE:  # the job is on record, and whoever started it need not know
            logger.exception("job %s: no worker was woken; the next sweep finds it", job_id)


@event.listens_for(Session, "after_rollback")
def forget_started(session: Session) -> None:
    """What was rolled back was never started."""
    if not session.in_nested_transaction():
        session.info.pop("started_jobs", None)
