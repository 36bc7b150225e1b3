"""Table of persons who were told apart."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from tcns.database import Model


class DistinctPair(Model):
    """Two persons somebody has looked at and found not to be the same; they are not shown again."""

    __tablename__ = "distinct_pair"
    __table_args__ = (CheckConstraint("person_id < other_id", name="order"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
