"""What indicators are called."""

from collections.abc import Collection

from sqlalchemy import select

from tcns.database import db
from tcns.i18n import language
from tcns.indicators.models import Indicator


def names_of_indicators(ids: Collection[int]) -> dict[int, str]:
    """The names of some indicators in the visitor's language, by their ids."""
    name = Indicator.name_en if language() == "en" else Indicator.name_vi
    query = select(Indicator.id, name).where(Indicator.id.in_(ids))
    return dict(db.session.execute(query).tuples().all())
