"""The villages whose statistics a file holds."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from tcns.areas.models import AreaStatistic
from tcns.areas.statistics.vocabulary import Counted
from tcns.areas.vocabulary import Level
from tcns.database import db
from tcns.imports.kinds.statistics.matching import WHOLE
from tcns.imports.rows.area_matching import PlaceNames
from tcns.permissions.scope import Scope


def villages_with_statistics(scope: Scope) -> Sequence[dict[str, Any]]:
    """The villages of a scope, each with its last figures, to be filled in."""
    places, cells = PlaceNames(scope), defaultdict[int, dict[str, Any]](dict)
    for each in db.session.scalars(select(AreaStatistic).order_by(AreaStatistic.valid_from)):
        cells[each.area_id] |= _cells_of(each.statistic, each.counted)
    rows = []
    for spot in places.spots.values():
        if spot.area.step is Level.VILLAGE and scope.covers(spot.area):
            commune = places.commune_of(spot).name
            row = {
                "code": spot.name.code,
                "village": spot.name.full_name,
                "commune": commune.full_name,
                **cells[spot.area.id],
            }
            rows.append((commune.sort_key, spot.name.sort_key, row))
    return [row for *_keys, row in sorted(rows, key=lambda row: row[:2])]


def _cells_of(statistic: str, counted: Counted) -> dict[str, Any]:
    """The cells of a figure."""
    if counted.out_of is None:
        return {statistic: counted.in_words}
    return {statistic: counted.value, statistic + WHOLE: counted.out_of}
