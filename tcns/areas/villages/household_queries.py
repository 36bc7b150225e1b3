"""How many households villages have, as far as that is on record by a day.

The last number put on record by then counts: it outlasts the village, where an older map is shown.
"""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased

from tcns.areas.models import AreaAllocation, AreaHouseholds
from tcns.database import db

# A second sight of the numbers, made once.
Later = aliased(AreaHouseholds)


def villages_with_households(day: Any) -> Select[tuple[int]]:
    """The ids of the villages whose number of households is known by a day."""
    return select(AreaHouseholds.area_id).where(AreaHouseholds.valid_from <= day)


def is_last_count(day: Any) -> ColumnElement[bool]:
    """The clause that a number of households is the last that is known of its village by a day."""
    last = (
        select(func.max(Later.valid_from))
        .where(Later.area_id == AreaHouseholds.area_id, Later.valid_from <= day)
        .correlate(AreaHouseholds)
        .scalar_subquery()
    )
    clause: ColumnElement[bool] = AreaHouseholds.valid_from == last
    return clause


def allocated_to(village_ids: Select[tuple[int]], map_on: date) -> Select[tuple[int]]:
    """The ids of the areas whose figures are shown under some villages on a map."""
    return select(AreaAllocation.area_id).where(
        AreaAllocation.seat_id.in_(village_ids), AreaAllocation.valid_on(map_on)
    )


def total_households(area_ids: Any, day: date) -> int:
    """The households of the areas of a query, as far as they are known by a day."""
    query = select(func.coalesce(func.sum(AreaHouseholds.household_count), 0))
    query = query.where(AreaHouseholds.area_id.in_(area_ids), is_last_count(day))
    return int(db.session.scalar(query) or 0)
