"""The villages whose households a file counts."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from tcns.areas.models import AreaHouseholds
from tcns.areas.vocabulary import Level
from tcns.database import db
from tcns.imports.rows.area_matching import PlaceNames
from tcns.permissions.scope import Scope


def villages_to_count(scope: Scope) -> Sequence[dict[str, Any]]:
    """The villages of a scope, each with its last count, to be filled in."""
    places = PlaceNames(scope)
    query = select(AreaHouseholds).order_by(AreaHouseholds.valid_from)
    counts = {each.area_id: each.household_count for each in db.session.scalars(query)}
    rows = []
    for spot in places.spots.values():
        if spot.area.step is Level.VILLAGE and scope.covers(spot.area):
            commune = places.commune_of(spot).name
            row = {
                "code": spot.name.code,
                "village": spot.name.full_name,
                "commune": commune.full_name,
                "count": counts.get(spot.area.id),
            }
            rows.append((commune.sort_key, spot.name.sort_key, row))
    return [row for *_keys, row in sorted(rows, key=lambda row: row[:2])]
