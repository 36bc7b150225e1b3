"""Tables of the audit trail."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Index, false, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tcns.audit.vocabulary import Event
from tcns.database import Model
from tcns.permissions.scope import Scope


class AuditEvent(Model):
    """One thing that happened: who did what to which object, where and when.

    The event itself holds no personal value; those lie in AuditValue alone, so that erasure can
    blank them. `digest` is a salted digest of the values as they were written.
    """

    __tablename__ = "audit_event"
    __table_args__ = (Index(None, "object_type", "object_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event: Mapped[str]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    object_type: Mapped[str]
    object_id: Mapped[int | None]
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"), index=True)
    at: Mapped[datetime] = mapped_column(index=True)
    digest: Mapped[str]
    values: Mapped[list["AuditValue"]] = relationship(
        back_populates="event", order_by="AuditValue.id", cascade="all, delete-orphan"
    )

    # Named, not imported: accounts and areas stand above the trail, which all of them write.
    actor: Mapped[Any] = relationship("User")
    area: Mapped[Any] = relationship("Area")

    @property
    def kind(self) -> Event:
        """The event as a word of the vocabulary."""
        return Event(self.event)

    @property
    def actor_name(self) -> str:
        """Who did it; where no account did, a visitor not signed in or the system itself."""
        return self.actor.full_name if self.actor else str(self.kind.actor_without_account)

    @classmethod
    def within(cls, scope: Scope) -> ColumnElement[bool]:
        """The trail is read whole or not at all."""
        return true() if scope.everything else false()

    def lies_in(self, scope: Scope) -> bool:
        """The trail is read whole or not at all."""
        return scope.everything


class AuditValue(Model):
    """One field of an event: what it was before and after, as text."""

    __tablename__ = "audit_value"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(
        ForeignKey("audit_event.id", ondelete="CASCADE"), index=True
    )
    field: Mapped[str]
    old: Mapped[str | None]
    new: Mapped[str | None]
    event: Mapped[AuditEvent] = relationship(back_populates="values")
