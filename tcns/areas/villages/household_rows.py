"""What a number of households writes: pure, over the numbers of the village there are."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from tcns.areas.models import Area, AreaHouseholds
from tcns.audit.operations import PlannedEvent
from tcns.audit.vocabulary import Event


class CountWritten(NamedTuple):
    """The number that held until now, the columns it gets, the new row where there is one, and
    the event about the village that tells of it."""

    held: AreaHouseholds | None
    held_values: dict[str, Any]
    new: dict[str, Any] | None
    event: PlannedEvent


def household_values(
    area_id: Any, household_count: int, first_day: date, ends: date | None = None
) -> dict[str, Any]:
    """The columns of a number of households."""
    return {
        "area_id": area_id,
        "household_count": household_count,
        "valid_from": first_day,
        "valid_to": ends,
    }


def count_written(
    village: Area,
    commune_id: int,
    counts: Sequence[AreaHouseholds],
    household_count: int,
    first_day: date,
) -> CountWritten:
    """What a number from a day on writes: it holds until the next one, else while the village
    exists. One of the same day is corrected."""
    held = next((each for each in counts if each.is_valid_on(first_day)), None)
    old = held.household_count if held else None
    changes = {"household_count": (old, household_count), "valid_from": (None, first_day)}
    event = PlannedEvent(Event.HOUSEHOLDS_SET, commune_id, changes)
    if held and held.valid_from == first_day:
        return CountWritten(held, {"household_count": household_count}, None, event)
    later = [each.valid_from for each in counts if each.valid_from > first_day]
    ends = held.valid_to if held else min(later, default=village.valid_to)
    new = household_values(village.id, household_count, first_day, ends)
    return CountWritten(held, {"valid_to": first_day} if held else {}, new, event)
