"""What changes the statistics of villages."""

from datetime import date
from typing import Any

from sqlalchemy import select

from tcns.areas.models import Area, AreaStatistic
from tcns.areas.statistics.rows import Statistics, statistics_written
from tcns.areas.statistics.rules import statistics_violations
from tcns.areas.villages.operations import lock_villages, put_row
from tcns.areas.villages.rules import day_violations
from tcns.audit.operations import record
from tcns.database import db
from tcns.errors import raise_violations


def record_statistics(
    commune: Area, village: Area, said: Statistics, first_day: date, *, by: Any
) -> None:
    """Put statistics of a village on record, from a day on until the next of each.

    What is not said stays as it is; one of the same day is corrected.
    """
    lock_villages(commune, [village])
    raise_violations([*day_violations(village, first_day), *statistics_violations(said)])
    query = select(AreaStatistic).where(AreaStatistic.area_id == village.id)
    known = db.session.scalars(query.order_by(AreaStatistic.valid_from)).all()
    written = statistics_written(village, commune.id, known, said, first_day)
    for row in written.rows:
        put_row(village, AreaStatistic, row)
    event, area_id, changes = written.event
    record(event, by=by, on=village, area_id=area_id, changes=changes)
