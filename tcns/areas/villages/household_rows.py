"""What a number of households writes: pure, over the numbers of the village there are."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from tcns.areas.models import Area, AreaHouseholds
from tcns.areas.villages.dated_rows import RowWritten, row_written
from tcns.audit.operations import PlannedEvent
from tcns.audit.vocabulary import Event


class CountWritten(NamedTuple):
    """The rows that a number writes, and the event about the village that tells of it."""

    row: RowWritten
    event: PlannedEvent


def household_values(area_id: Any, household_count: int, first_day: date) -> dict[str, Any]:
    """The columns of a number of households."""
    return {
        "area_id": area_id,
        "household_count": household_count,
        "valid_from": first_day,
        "valid_to": None,
    }


def count_written(
    village: Area,
    commune_id: int,
    counts: Sequence[AreaHouseholds],
    household_count: int,
    first_day: date,
) -> CountWritten:
    """What a number from a day on writes."""
    row = row_written(village, counts, {"household_count": household_count}, first_day)
    old = row.held.household_count if row.held else None
    changes = {"household_count": (old, household_count), "valid_from": (None, first_day)}
    return CountWritten(row, PlannedEvent(Event.HOUSEHOLDS_SET, commune_id, changes))
