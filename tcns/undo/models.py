"""Tables of what can be undone: what was done, and row by row what was there before."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, ForeignKey, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tcns.database import Model
from tcns.database.id_lists import in_ids
from tcns.permissions.scope import Scope
from tcns.undo.vocabulary import ReversibleKind


class Reversible(Model):
    """Something done as a whole: who did what kind of thing, where and when; and its undoing.

    `area_id` is NULL for what goes beyond one area.
    """

    __tablename__ = "reversible"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"), index=True)
    at: Mapped[datetime] = mapped_column(index=True)
    reversed_at: Mapped[datetime | None]
    reversed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    steps: Mapped[list["ReversibleStep"]] = relationship(
        back_populates="reversible", order_by="ReversibleStep.id", cascade="all, delete-orphan"
    )

    @property
    def what(self) -> ReversibleKind:
        """The kind as a word of the vocabulary."""
        return ReversibleKind(self.kind)

    @classmethod
    def within(cls, scope: Scope) -> ColumnElement[bool]:
        """What was done in the areas of the scope."""
        return true() if scope.everything else in_ids(cls.area_id, scope.areas)

    def lies_in(self, scope: Scope) -> bool:
        """Whether it was done in an area of the scope."""
        return scope.everything or self.area_id in scope.areas


class ReversibleStep(Model):
    """One row that was created, changed or deleted: its key, its columns before, its version after.

    `before` is NULL for what was created, `version` for what was deleted or has no version.
    """

    __tablename__ = "reversible_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    reversible_id: Mapped[int] = mapped_column(
        ForeignKey("reversible.id", ondelete="CASCADE"), index=True
    )
    action: Mapped[str]
    table_name: Mapped[str]
    key: Mapped[list[Any]] = mapped_column(JSON)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    version: Mapped[int | None]
    reversible: Mapped[Reversible] = relationship(back_populates="steps")
