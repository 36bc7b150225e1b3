"""The table of indicators."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from tcns.database import Dated, Model, Versioned, interval_check


class Indicator(Dated, Versioned, Model):
    """Something sessions count, e.g. VNeID accounts activated, while it is being asked for.

    `stage` keeps what people were guided in apart from what they got done; `topic` is the skill
    it belongs to.
    """

    __tablename__ = "indicator"
    __table_args__ = (interval_check(),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name_vi: Mapped[str]
    name_en: Mapped[str]
    unit_vi: Mapped[str]
    unit_en: Mapped[str]
    stage: Mapped[str]
    topic: Mapped[str]
    position: Mapped[int]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
