"""Which area takes the figures of which team, on a map."""

from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Select, select

from tcns.areas.models import AreaAllocation
from tcns.coverage.expressions import MAP_ON
from tcns.coverage.statement import takers
from tcns.database import db
from tcns.database.folded_rows import folded
from tcns.database.kept import kept
from tcns.permissions.scope import Scope
from tcns.teams.models import Team


class Placing(NamedTuple):
    """Which areas take the figures: those of a level below one, on a map."""

    under: int
    by: str
    map_on: date


@kept("areas", "teams")
def placed(scope: Scope, placing: Placing) -> str:
    """The teams of the scope and where their figures are shown, as `placed_teams` unfolds
    them."""
    return folded(db.session.execute(_teams(scope), placing._asdict()).tuples())


@lru_cache(maxsize=64)  # to put it together takes as long as to answer it
def _teams(scope: Scope) -> Select[Any]:
    """The teams of the scope: what takes each, the days it exists, and its id."""
    areas = takers()
    return (
        select(areas.c.taker_id, Team.valid_from, Team.valid_to, Team.id)
        .select_from(areas)
        .join(AreaAllocation, AreaAllocation.seat_id == areas.c.seat_id)
        .join(Team, Team.area_id == AreaAllocation.area_id)
        .where(AreaAllocation.valid_on(MAP_ON), scope.clause(Team))
    )
