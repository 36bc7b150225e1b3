"""The flat list of areas: those of a place on a map, narrowed by level, name and teams."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, or_, select, true

from tcns.areas.models import Area, AreaName
from tcns.areas.places import Place, Trail, trails
from tcns.areas.queries import Label, below, taken_at
from tcns.areas.vocabulary import AreaKind, Level
from tcns.database.ordering import USUAL, Order, in_order, rank_in
from tcns.permissions.scope import Scope
from tcns.vietnamese import fold


@dataclass(frozen=True)
class AreaFilter:
    """Which areas of a place are asked for.

    `tops` are the areas, by id, under which to look where the place is everything; none means
    everywhere. `text` is looked for in names and kinds, without marks, and at the beginning of
    codes. `in_ids` and `outside` are queries of area ids: with them other domains say what they
    know of an area.
    """

    place: Place
    tops: Sequence[int] = ()
    level: Level | None = None
    text: str | None = None
    in_ids: Select[tuple[int]] | None = None
    outside: Select[tuple[int]] | None = None
    order: Order = USUAL


class AreaRow(NamedTuple):
    """An area as a list shows it: with those above it on the map, and how many teams of its own
    level it has."""

    area: Area
    trail: Trail
    team_count: int

    @property
    def label(self) -> Label:
        """What the area is called."""
        return self.trail[self.area.step].label


def listed_areas(
    scope: Scope, wanted: AreaFilter, team_count: Any = None
) -> Select[tuple[Area, AreaName]]:
    """The areas asked for with their names on the map, usually from the province down, by name.

    `team_count`, where it is given, is how many teams an area has: to sort by.
    """
    day = wanted.place.map_on
    query = (
        select(Area, AreaName)
        .join(AreaName, and_(AreaName.area_id == Area.id, AreaName.valid_on(day)))
        .where(Area.valid_on(day), scope.clause(Area), _lies_in(wanted))
    )
    if wanted.level:
        query = query.where(Area.level == wanted.level)
    if wanted.in_ids is not None:
        query = query.where(Area.id.in_(wanted.in_ids))
    if wanted.outside is not None:
        query = query.where(Area.id.not_in(wanted.outside))
    rank = rank_in(Level, Area.level)
    columns = {
        "name": AreaName.sort_key,
        "code": AreaName.code,
        "level": rank,
        "teams": team_count,
    }
    usual = rank, AreaName.sort_key, AreaName.code
    return in_order(query.where(*_named_like(wanted.text)), wanted.order, columns, *usual)


def _lies_in(wanted: AreaFilter) -> ColumnElement[bool]:
    """The clause that an area of the map lies in the place; what is on the map needs no seat."""
    place = wanted.place
    tops = wanted.tops if place.area_id is None else [place.area_id]
    if not tops:
        return true()
    inside = Area.id.in_(below(tops, place.map_on))
    if place.unallocated is None:
        return inside
    return inside & ~taken_at(Area.id, place.unallocated, place.map_on).exists()


def _named_like(text: str | None) -> list[ColumnElement[bool]]:
    """The clauses that each word of a text is in an area's name, is its kind or begins its code."""
    return [
        or_(in_name_or_kind(word), AreaName.code.startswith(word, autoescape=True))
        for word in fold(text or "").split()
    ]


def in_name_or_kind(word: str) -> ColumnElement[bool]:
    """The clause that one folded word is in an area's name, or is a word of its kind."""
    in_name = AreaName.search_key.contains(word, autoescape=True)
    kinds = [kind for kind in AreaKind if word in fold(kind).split()]
    return or_(in_name, AreaName.kind.in_(kinds)) if kinds else in_name


def area_rows(areas: Sequence[Area], day: date, team_counts: Mapping[int, int]) -> list[AreaRow]:
    """What a list shows of some of its areas, given the number of their own teams."""
    placed = trails([area.id for area in areas], day)
    return [AreaRow(area, placed[area.id], team_counts.get(area.id, 0)) for area in areas]
