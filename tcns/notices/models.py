"""The table of notices."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from tcns.database import Model
from tcns.notices.vocabulary import NoticeKind
from tcns.permissions.scope import Scope


class Notice(Model):
    """What one user is told: what happened, to which record, and when they read it.

    `subject_id` is the id of the record the kind speaks of: session, closing, request, report, job,
    commune. `facts` are what the line says of it, as it was then: names of teams and areas, days,
    periods and numbers, never a person.
    """

    __tablename__ = "notice"
    __table_args__ = (Index(None, "user_id", "read_at"), Index(None, "subject_id", "kind"))

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    kind: Mapped[str]
    subject_id: Mapped[int]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]

    @property
    def what(self) -> NoticeKind:
        """The kind as a word of the vocabulary."""
        return NoticeKind(self.kind)

    def lies_in(self, scope: Scope) -> bool:
        """A notice lies nowhere: it is its reader's alone, wherever they may do something."""
        return bool(scope)
