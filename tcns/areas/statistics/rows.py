"""What statistics of a village write: pure, over the rows of it there are."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from tcns.areas.models import Area, AreaStatistic
from tcns.areas.statistics.vocabulary import Counted, Statistic
from tcns.areas.villages.dated_rows import RowWritten, row_written
from tcns.audit.operations import PlannedEvent
from tcns.audit.vocabulary import Event

Statistics = Mapping[Statistic, Counted]


class StatisticsWritten(NamedTuple):
    """The rows that some statistics write, and the event about the village that tells of them."""

    rows: Sequence[RowWritten]
    event: PlannedEvent


def statistics_written(
    village: Area,
    commune_id: int,
    known: Sequence[AreaStatistic],
    said: Statistics,
    first_day: date,
) -> StatisticsWritten:
    """What statistics from a day on write: each holds until its own next one."""
    rows, changes = [], dict[str, tuple[Any, Any]]()
    for statistic, counted in said.items():
        own = [row for row in known if row.what is statistic]
        values = {"statistic": statistic.value, **counted._asdict()}
        written = row_written(village, own, values, first_day)
        rows.append(written)
        old = written.held.counted if written.held else None
        changes[statistic.value] = plain(old), plain(counted)
    changes["valid_from"] = None, first_day
    return StatisticsWritten(rows, PlannedEvent(Event.STATISTICS_SET, commune_id, changes))


def plain(counted: Counted | None) -> str | None:
    """A value as the trail keeps it: 1, 0, 66/120."""
    if counted is None:
        return None
    return str(counted.value) if counted.out_of is None else f"{counted.value}/{counted.out_of}"
