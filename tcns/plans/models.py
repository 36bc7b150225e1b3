"""Tables of plans and their targets."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Numeric, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tcns.areas.models import Area
from tcns.areas.vocabulary import Level
from tcns.database import IDS_USED_ONCE, Model, Versioned
from tcns.permissions.scope import Scope


class Plan(Versioned, Model):
    """A plan (số, ngày, tên) of the province; work on its targets begins on `starts_on`.

    It binds everybody: whoever reads coverage may read it.
    """

    __tablename__ = "plan"
    __table_args__ = IDS_USED_ONCE

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
    issued_on: Mapped[date]
    title: Mapped[str]
    starts_on: Mapped[date]
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    targets: Mapped[list["Target"]] = relationship(back_populates="plan")

    @classmethod
    def within(cls, scope: Scope) -> ColumnElement[bool]:
        """All plans: they are the province's."""
        return true() if scope else ~true()

    def lies_in(self, scope: Scope) -> bool:
        """In every scope that holds anything."""
        return bool(scope)


class Target(Versioned, Model):
    """What a measure is to reach by a day: in one area, or in each area of a level.

    `amount` is a count, or a share in per cent where `is_share`; `measure` is the key of a measure
    of coverage, which may be an indicator's.
    """

    __tablename__ = "plan_target"
    __table_args__ = (CheckConstraint("amount >= 0", name="amount"), IDS_USED_ONCE)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    measure: Mapped[str]
    level: Mapped[str]
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"), index=True)
    amount: Mapped[Decimal] = mapped_column(Numeric(12, 1))
    is_share: Mapped[bool]
    due_on: Mapped[date]
    plan: Mapped[Plan] = relationship(back_populates="targets")
    area: Mapped[Area | None] = relationship()

    @property
    def step(self) -> Level:
        """The level as a word of the vocabulary."""
        return Level(self.level)

    @classmethod
    def within(cls, scope: Scope) -> ColumnElement[bool]:
        """All targets: they are the province's."""
        return Plan.within(scope)

    def lies_in(self, scope: Scope) -> bool:
        """In every scope that holds anything."""
        return bool(scope)
