"""The table of indicators."""

from datetime import date

from sqlalchemy import ColumnElement, false, true
from sqlalchemy.orm import Mapped, mapped_column

from tcns.database import Dated, Model, Versioned, interval_check
from tcns.i18n import language
from tcns.indicators.vocabulary import Direction, Stage
from tcns.permissions.scope import Scope


class Indicator(Dated, Versioned, Model):
    """Something sessions count, e.g. VNeID accounts activated, while it is being asked for.

    `stage` keeps what people were guided in apart from what they got done; `topic` is the skill
    it belongs to; `direction` says whether more of it is better, or less.
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
    direction: Mapped[str] = mapped_column(default=Direction.MORE)
    position: Mapped[int]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    @classmethod
    def within(cls, scope: Scope) -> ColumnElement[bool]:
        """Indicators are the whole province's: all of them where anything is in the scope."""
        return true() if scope else false()

    def lies_in(self, scope: Scope) -> bool:
        """Whether there is anything in the scope."""
        return bool(scope)

    @property
    def name(self) -> str:
        """What it is called in the visitor's language."""
        return self.name_en if language() == "en" else self.name_vi

    @property
    def unit_name(self) -> str:
        """What is counted, in the visitor's language."""
        return self.unit_en if language() == "en" else self.unit_vi

    @property
    def how_far(self) -> Stage:
        """Guided or done, as a word of the vocabulary."""
        return Stage(self.stage)

    @property
    def better(self) -> Direction:
        """Which way is better, as a word of the vocabulary."""
        return Direction(self.direction)
