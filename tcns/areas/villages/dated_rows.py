"""What a value of a village from a day on writes: pure, over the rows of it there are."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from tcns.areas.models import Area


class RowWritten(NamedTuple):
    """The row that held until now, the columns it gets, and those of the new row, if any."""

    held: Any
    held_values: dict[str, Any]
    new: dict[str, Any] | None


def row_written(
    village: Area, rows: Sequence[Any], said: dict[str, Any], first_day: date
) -> RowWritten:
    """What columns from a day on write: they hold until the next row, else while the village
    exists. A row of the same day is corrected."""
    held = next((row for row in rows if row.is_valid_on(first_day)), None)
    if held and held.valid_from == first_day:
        return RowWritten(held, said, None)
    later = [row.valid_from for row in rows if row.valid_from > first_day]
    ends = held.valid_to if held else min(later, default=village.valid_to)
    new = {"area_id": village.id, **said, "valid_from": first_day, "valid_to": ends}
    return RowWritten(held, {"valid_to": first_day} if held else {}, new)
