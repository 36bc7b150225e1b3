"""The heartbeat of a running job: a thread that writes how far it is, and that its worker lives."""

import logging
from datetime import datetime
from threading import Event, Thread
from time import monotonic

from sqlalchemy import Engine, update
from sqlalchemy.exc import DBAPIError

from tcns.clock import now
from tcns.database.faults import fault_of
from tcns.jobs.kinds import Interrupted
from tcns.jobs.models import Job
from tcns.jobs.queries import is_claimed

EVERY_SECONDS = 0.5  # how far it is, when that changed
AT_LEAST_EVERY_SECONDS = 3

logger = logging.getLogger(__name__)


class Pulse(Thread):
    """Writes in short transactions of its own.

    It is a thread because the work may hold the write lock, or be one long statement.
    """

    def __init__(self, engine: Engine, job_id: int, claim: datetime, stopping: Event) -> None:
        super().__init__(daemon=True)
        self.engine, self.stopping = engine, stopping
        self.job_id, self.claim = job_id, claim
        self.counts, self.written = (0, 0), (0, 0)
        self.written_at = monotonic()
        self.is_lost, self.is_over = False, Event()

    def __enter__(self) -> "Pulse":
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.is_over.set()
        self.join()

    def progress(self, done: int, total: int) -> None:
        """Tell how far the work is; ends it where the worker stops or another has taken it."""
        self.counts = (done, total)
        if self.stopping.is_set() or self.is_lost:
            raise Interrupted

    def run(self) -> None:
        """Write what is new, and now and then that there is nothing new."""
        while not self.is_over.wait(EVERY_SECONDS):
            is_due = monotonic() - self.written_at >= AT_LEAST_EVERY_SECONDS
            if is_due or self.counts != self.written:
                self.beat()

    def beat(self) -> None:
        """Write once; put off to the next time while somebody else writes for long."""
        done, total = counts = self.counts
        statement = update(Job).where(is_claimed(self.job_id, self.claim))
        values = {"done_count": done, "total_count": total, "heartbeat_at": now()}
        try:
            with self.engine.execution_options(immediate=True).begin() as connection:
                self.is_lost = connection.execute(statement.values(**values)).rowcount == 0
        except DBAPIError as error:
            fault = fault_of(error) or type(error.orig).__name__
            logger.warning("job %s: its pulse could not be written: %s", self.job_id, fault)
        else:
            self.written, self.written_at = counts, monotonic()
