"""Questions about the statistics of villages."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, select

from tcns.areas.models import Area, AreaStatistic
from tcns.areas.places import Trail, trails
from tcns.areas.queries import Label
from tcns.areas.statistics.vocabulary import Counted, Statistic
from tcns.areas.vocabulary import Level
from tcns.database import db


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
    """What is on record of some villages on a day, where anything is."""
    query = select(AreaStatistic).where(
        AreaStatistic.area_id.in_(area_ids), AreaStatistic.valid_on(day)
    )
    found: defaultdict[int, dict[Statistic, Counted]] = defaultdict(dict)
    for row in db.session.scalars(query):
        found[row.area_id][row.what] = row.counted
    return found


def figures_of(areas: Sequence[Area], map_on: date, on: date) -> list[VillageFigures]:
    """Some villages of a map with their figures on a day."""
    ids = [area.id for area in areas]
    placed, known = trails(ids, map_on), statistics_of(ids, on)
    return [VillageFigures(area, placed[area.id], known.get(area.id, {})) for area in areas]


def with_statistic(statistic: Statistic, on: date, *, is_yes: bool) -> Select[tuple[int]]:
    """The ids of the villages of which a statistic is on record on a day; of those that have what
    it is about alone, if that is asked."""
    query = select(AreaStatistic.area_id).where(
        AreaStatistic.statistic == statistic, AreaStatistic.valid_on(on)
    )
    return query.where(AreaStatistic.value > 0) if is_yes else query
