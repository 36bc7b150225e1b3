"""The list of indicators."""

from datetime import date
from enum import StrEnum

from sqlalchemy import Select, select

from tcns.database import db
from tcns.database.kept import kept
from tcns.database.ordering import rank_in
from tcns.indicators.models import Indicator
from tcns.indicators.vocabulary import Stage
from tcns.permissions.scope import Scope


def indicators_in_order(scope: Scope, topics: type[StrEnum]) -> Select[tuple[Indicator]]:
    """All indicators there ever were, by topic, those guided in first, as sessions ask for them."""
    rank = rank_in(topics, Indicator.topic)
    query = select(Indicator).where(scope.clause(Indicator))
    return query.order_by(rank, rank_in(Stage, Indicator.stage), Indicator.position, Indicator.id)


@kept("indicators")
def indicator_ids_on(day: date) -> frozenset[int]:
    """What sessions counted on a day, by id."""
    return frozenset(db.session.scalars(select(Indicator.id).where(Indicator.valid_on(day))))
