"""The place a list is about: an area on a map, with all that is counted under it there."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased

from tcns.areas import queries as areas
from tcns.areas.models import Area, AreaName, AreaPath
from tcns.areas.queries import Label
from tcns.areas.vocabulary import Level, full_name_of
from tcns.database import db
from tcns.database.id_lists import in_ids
from tcns.database.kept import KeptQuestion, kept, kept_each
from tcns.errors import RuleViolation
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.permissions.scope import Scope

# Further sights of the tables, made once: making one takes longer than most questions.
Called, CalledThen = (aliased(AreaName) for _sight in range(2))
# Each area with each area above it on a day, itself first, and what that is called: asked by every
# page, so it is put together once, and of plain columns, for a file of many rows has many areas.
STEPS = (
    select(
        AreaPath.descendant_id,
        Area.id,
        Area.level,
        AreaName.kind,
        AreaName.name,
        AreaName.code,
        AreaName.sort_key,
    )
    .join(Area, Area.id == AreaPath.ancestor_id)
    .join(AreaName, and_(AreaName.area_id == Area.id, AreaName.valid_on(bindparam("day"))))
    .where(AreaPath.descendant_id.in_(bindparam("area_ids", expanding=True)))
    .where(AreaPath.valid_on(bindparam("day")))
    .order_by(AreaPath.descendant_id, AreaPath.depth)
)


class Step(NamedTuple):
    """An area on the way up from another, as it is called on a day."""

    id: int
    label: Label

    def lies_in(self, scope: Scope) -> bool:
        """Whether the area belongs to the scope."""
        return scope.everything or self.id in scope.areas


# An area and those above it, by level.
Trail = Mapping[Level, Step]
# Of so many areas, as pages show, each trail is kept; a file may be of all there are.
MOST_KEPT = 200


@dataclass(frozen=True)
class Place:
    """What a list is restricted to: the areas counted under one on the map of `map_on`.

    Without an area it is the whole country of the deployment. With `unallocated` only what no
    area of that level takes, the row "chưa phân bổ" of coverage.
    """

    map_on: date
    area_id: int | None = None
    label: Label | None = None
    unallocated: Level | None = None

    def holds(self, area_id: Any) -> ColumnElement[bool]:
        """The clause that the area in a column is counted under the place."""
        if self.area_id is None:
            return true()
        inside = areas.within_area(self.area_id, self.map_on, self.unallocated)
        clause: ColumnElement[bool] = area_id.in_(inside)
        return clause


def usual_map(on: date) -> date:
    """The day whose areas show the records of `on`: that day, the deployment's map at most."""
    return min(on, areas.map_day())


def find_place(
    scope: Scope, code: str | None, map_on: date, unallocated: Level | None = None
) -> Place:
    """The place of an area's code on a map; without a code everything.

    Raises RuleViolation naming the field `under` when no area that the scope reaches bears the code
    on that day.
    """
    if not code:
        return Place(map_on)
    bearer = select(Area.id, AreaName).join(AreaName.area).where(_reached_by(scope, map_on))
    named = bearer.where(AreaName.code == code, AreaName.valid_on(map_on), Area.valid_on(map_on))
    found = db.session.execute(named).first()
    if found is None:
        day = format_day(map_on)
        raise RuleViolation(_("There is no area %(code)s on %(day)s.", code=code, day=day), "under")
    return Place(map_on, found.id, label_of(found.AreaName), unallocated)


def _reached_by(scope: Scope, day: date) -> ColumnElement[bool]:
    """The clause that the scope covers an area or anything under it on a day."""
    if scope.everything:
        return true()
    above = select(AreaPath.ancestor_id).where(
        in_ids(AreaPath.descendant_id, scope.areas), AreaPath.valid_on(day)
    )
    return Area.id.in_(above)


def trails(area_ids: Iterable[int], day: date) -> dict[int, Trail]:
    """Each area with those above it on `day`; one that is not on that map stands alone."""
    ids = sorted(set(area_ids))
    if len(ids) > MOST_KEPT:
        return _trails(ids, day)
    asked = [KeptQuestion(("areas",), ("trail", area_id, day)) for area_id in ids]
    found = kept_each(asked, lambda places: _of_each([ids[place] for place in places], day))
    return {area_id: trail for area_id, trail in zip(ids, found, strict=True) if trail}


def _of_each(area_ids: Sequence[int], day: date) -> list[Trail]:
    """The trail of each area, in their order, for ever as it is."""
    placed = _trails(area_ids, day)
    return [MappingProxyType(placed.get(area_id, {})) for area_id in area_ids]


def _trails(area_ids: Sequence[int], day: date) -> dict[int, Trail]:
    """The trails of some areas, asked for together."""
    if not area_ids:
        return {}
    placed = trails_told(db.session.execute(STEPS, {"area_ids": area_ids, "day": day}))
    return {**placed, **alone(set(area_ids) - placed.keys(), day)}


def trails_told(rows: Iterable[Sequence[Any]]) -> dict[int, Trail]:
    """The trails that rows of `STEPS` tell, by the area they lead up from."""
    placed: defaultdict[int, dict[Level, Step]] = defaultdict(dict)
    steps: dict[int, tuple[Level, Step]] = {}  # made once, however many areas stand below
    for below_id, step_id, level, kind, *name in rows:
        if step_id not in steps:
            label = Label(full_name_of(kind, name[0]), *name)
            steps[step_id] = Level(level), Step(step_id, label)
        at, step = steps[step_id]
        placed[below_id][at] = step
    return {**placed}


def steps_to(scope: Scope, area_id: int, day: date) -> tuple[Step, ...]:
    """The areas of the scope above one on `day`, from the top; itself last, of whatever scope."""
    steps = trail_of(area_id, day)
    return tuple(step for _at, step in steps if step.id == area_id or step.lies_in(scope))


@kept("areas")
def trail_of(area_id: int, day: date) -> tuple[tuple[Level, Step], ...]:
    """An area with those above it on `day`, from the top."""
    trail = trails([area_id], day).get(area_id, {})
    return tuple(sorted(trail.items(), key=lambda step: step[0].rank))


@kept("areas")
def named_areas_in(
    scope: Scope, area_id: int, level: Level, day: date
) -> tuple[tuple[int, Label], ...]:
    """The areas of a level and of the scope in an area on a day, and that area itself of whatever
    scope, as they are called then."""
    query = (
        select(Area.id, AreaName.kind, AreaName.name, AreaName.code, AreaName.sort_key)
        .join(AreaName, and_(AreaName.area_id == Area.id, AreaName.valid_on(day)))
        .join(AreaPath, and_(AreaPath.descendant_id == Area.id, AreaPath.valid_on(day)))
        .where(AreaPath.ancestor_id == area_id)
        .where(or_(Area.id == area_id, and_(Area.level == level, scope.clause(Area))))
    )
    return tuple((row.id, label_of(row)) for row in db.session.execute(query))


def alone(area_ids: set[int], day: date) -> dict[int, Trail]:
    """The trails of areas that are not on the map of a day: each has itself only."""
    if not area_ids:
        return {}
    query = (
        select(Area, AreaName)
        .join(AreaName.area)
        .where(Area.id.in_(area_ids), AreaName.valid_from == name_day(Area.id, day))
    )
    found = db.session.execute(query).tuples()
    return {area.id: {area.step: Step(area.id, label_of(name))} for area, name in found}


def label_of(name: Any) -> Label:
    """The label that a name gives: a row of AreaName, or its columns."""
    return Label(full_name_of(name.kind, name.name), name.name, name.code, name.sort_key)


def name_order(area_id: Any, day: date) -> ColumnElement[str]:
    """The place in Vietnamese order of the area in a column, by the name it has on a day.

    Of one that is gone it is its last name, of one still to come its first.
    """
    called = select(Called.sort_key).where(Called.area_id == area_id).limit(1)
    called = called.correlate_except(Called)
    latest = called.where(Called.valid_from <= day).order_by(Called.valid_from.desc())
    first = called.order_by(Called.valid_from)
    return func.coalesce(latest.scalar_subquery(), first.scalar_subquery())


def name_day(area_id: Any, day: date) -> ScalarSelect[date]:
    """The first day of the name that the area in a column has on a day.

    Of one that is gone it is its last name, of one still to come its first.
    """
    until = func.max(case((CalledThen.valid_from <= day, CalledThen.valid_from)))
    return (
        select(func.coalesce(until, func.min(CalledThen.valid_from)))
        .where(CalledThen.area_id == area_id)
        .correlate_except(CalledThen)
        .scalar_subquery()
    )


def has_districts(day: date) -> bool:
    """Whether districts existed on a day."""
    return areas.last_day_with(Level.DISTRICT, day) == day
