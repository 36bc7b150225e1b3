"""What indicators are called."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from tcns.database import db
from tcns.database.kept import kept
from tcns.i18n import language
from tcns.indicators.models import Indicator
from tcns.indicators.vocabulary import Stage


@dataclass(frozen=True)
class IndicatorName:
    """An indicator as figures show it, in both languages: the same whatever the database."""

    code: str
    stage: Stage
    name_vi: str
    name_en: str
    unit_vi: str
    unit_en: str

    @property
    def name(self) -> str:
        """Its name in the visitor's language."""
        return self.name_en if language() == "en" else self.name_vi

    @property
    def unit(self) -> str:
        """Its unit in the visitor's language."""
        return self.unit_en if language() == "en" else self.unit_vi


@kept("indicators")
def all_indicators() -> tuple[IndicatorName, ...]:
    """Every indicator that was ever asked for, in the catalogue's order."""
    query = select(Indicator).order_by(Indicator.position, Indicator.id)
    return tuple(
        IndicatorName(
            each.code, Stage(each.stage), each.name_vi, each.name_en, each.unit_vi, each.unit_en
        )
        for each in db.session.scalars(query)
    )


def names_of_indicators(ids: Collection[int]) -> dict[int, str]:
    """The names of some indicators in the visitor's language, by their ids."""
    name = Indicator.name_en if language() == "en" else Indicator.name_vi
    query = select(Indicator.id, name).where(Indicator.id.in_(ids))
    return dict(db.session.execute(query).tuples().all())
