"""Table of jobs."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from tcns.database import Model
from tcns.jobs.vocabulary import JobStatus
from tcns.permissions.scope import Scope


class Job(Model):
    """Long work somebody started: what, with what, how far it is, and what came of it.

    The row is the truth about a job; the queue only wakes a worker up. `heartbeat_at` rises while
    a worker is at it: a running job whose heart has stopped is begun anew. `seen_at` says when its
    starter saw the result.
    """

    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    status: Mapped[str] = mapped_column(default=JobStatus.WAITING, index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON)
    done_count: Mapped[int] = mapped_column(default=0)
    total_count: Mapped[int] = mapped_column(default=0)
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    heartbeat_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]

    @property
    def state(self) -> JobStatus:
        """The status as a word of the vocabulary."""
        return JobStatus(self.status)

    def lies_in(self, scope: Scope) -> bool:
        """A job lies nowhere: it is its starter's alone, wherever they may do such things."""
        return bool(scope)
