"""Questions about the statistics of villages, as far as they are on record by a day.

The last figure put on record by then counts: it outlasts the village, where an older map is shown.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased

from tcns.areas.models import Area, AreaStatistic
from tcns.areas.places import Trail, trails
from tcns.areas.queries import Label
from tcns.areas.statistics.vocabulary import Counted, Statistic
from tcns.areas.vocabulary import Level
from tcns.database import db

# A second sight of the figures, made once.
Later = aliased(AreaStatistic)


class VillageFigures(NamedTuple):
    """A village as a list shows it: with those above it on the map, and what is on record of it."""

    area: Area
    trail: Trail
    figures: dict[Statistic, Counted]

    @property
    def label(self) -> Label:
        """What the village is called."""
        return self.trail[Level.VILLAGE].label


def statistics_of(area_ids: Collection[int], day: date) -> dict[int, dict[Statistic, Counted]]:
    """What is on record of some villages by a day, where anything is."""
    query = select(AreaStatistic).where(AreaStatistic.area_id.in_(area_ids), is_last_figure(day))
    found: defaultdict[int, dict[Statistic, Counted]] = defaultdict(dict)
    for row in db.session.scalars(query):
        found[row.area_id][row.what] = row.counted
    return found


def figures_of(areas: Sequence[Area], map_on: date, on: date) -> list[VillageFigures]:
    """Some villages of a map with their figures by a day."""
    ids = [area.id for area in areas]
    placed, known = trails(ids, map_on), statistics_of(ids, on)
    return [VillageFigures(area, placed[area.id], known.get(area.id, {})) for area in areas]


def with_statistic(statistic: Statistic, on: date, *, is_yes: bool) -> Select[tuple[int]]:
    """The ids of the villages of which a statistic is on record by a day; of those that have what
    it is about alone, if that is asked."""
    query = select(AreaStatistic.area_id).where(
        AreaStatistic.statistic == statistic, is_last_figure(on)
    )
    return query.where(AreaStatistic.value > 0) if is_yes else query


def is_last_figure(day: Any) -> ColumnElement[bool]:
    """The clause that a figure is the last that is known of its village and statistic by a day."""
    last = (
        select(func.max(Later.valid_from))
        .where(Later.area_id == AreaStatistic.area_id, Later.statistic == AreaStatistic.statistic)
        .where(Later.valid_from <= day)
        .correlate(AreaStatistic)
        .scalar_subquery()
    )
    clause: ColumnElement[bool] = AreaStatistic.valid_from == last
    return clause


def total_of(area_ids: Any, statistic: Statistic, day: date) -> Counted:
    """A share over the areas of a query, as far as it is known by a day."""
    sums = (func.coalesce(func.sum(c), 0) for c in (AreaStatistic.value, AreaStatistic.out_of))
    query = select(*sums).where(
        AreaStatistic.area_id.in_(area_ids),
        AreaStatistic.statistic == statistic,
        is_last_figure(day),
    )
    value, out_of = db.session.execute(query).one()
    return Counted(int(value), int(out_of))
