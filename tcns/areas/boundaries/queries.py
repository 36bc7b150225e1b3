"""Which boundaries are known."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from tcns.areas.boundaries.models import AreaBoundary, as_outlines
from tcns.areas.models import Area
from tcns.charts.projection import Outline, Point
from tcns.database import db
from tcns.database.id_lists import in_ids


def boundaries_of(area_ids: Collection[int], day: date) -> dict[int, tuple[Outline, ...]]:
    """The boundaries of some areas for the map of a day, in degrees; an area without one is left
    out.

    They are those loaded for the latest day up to `day`, else for the earliest after it: the land
    of an area stays the same for as long as there is the area.
    """
    query = select(AreaBoundary).where(in_ids(AreaBoundary.area_id, area_ids))
    chosen: dict[int, AreaBoundary] = {}
    for row in db.session.scalars(query.order_by(AreaBoundary.area_id, AreaBoundary.map_on)):
        if row.area_id not in chosen or row.map_on <= day:
            chosen[row.area_id] = row
    return {area_id: as_outlines(row.outlines) for area_id, row in chosen.items()}


def points_of(area_ids: Collection[int]) -> dict[int, Point]:
    """Where some areas lie, in degrees east and north; one without coordinates is left out."""
    query = select(Area.id, Area.longitude, Area.latitude).where(in_ids(Area.id, area_ids))
    found = db.session.execute(query.where(Area.longitude.is_not(None), Area.latitude.is_not(None)))
    return {area_id: (x, y) for area_id, x, y in found.tuples() if x is not None and y is not None}
