"""The place a list is about: an area on a map, with all that is counted under it there."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    case,
    exists,
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
from tcns.database.kept import kept
from tcns.errors import RuleViolation
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.permissions.scope import Scope

# Further sights of the tables, made once: making one takes longer than most questions.
Called, CalledThen, CalledDistrict = (aliased(AreaName) for _sight in range(3))
Above = aliased(AreaPath)
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
    ids = set(area_ids)
    if not ids:
        return {}
    placed: defaultdict[int, dict[Level, Step]] = defaultdict(dict)
    steps: dict[int, tuple[Level, Step]] = {}  # made once, however many areas stand below
    found = db.session.execute(STEPS, {"area_ids": list(ids), "day": day})
    for below_id, step_id, level, kind, *name in found:
        if step_id not in steps:
            label = Label(full_name_of(kind, name[0]), *name)
            steps[step_id] = Level(level), Step(step_id, label)
        at, step = steps[step_id]
        placed[below_id][at] = step
    return dict(placed) | _alone(ids - placed.keys(), day)


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


def _alone(area_ids: set[int], day: date) -> dict[int, Trail]:
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


class Option(NamedTuple):
    """An area to choose, and the district it stands in where there is one."""

    id: int
    label: Label
    district: str | None


# A scope of so few areas is chosen from village by village.
FEW = 60


@kept("areas")
def areas_to_choose(scope: Scope, day: date) -> tuple[Option, ...]:
    """The districts and communes of the scope on a day; of a small scope the villages as well.

    In Vietnamese order, each district before what stands in it, communes before villages. Who may
    see everything chooses among those of all that became today's province: the gazetteer holds
    another.
    """
    if not scope.everything and not scope.areas:
        return ()
    levels = [Level.DISTRICT, Level.COMMUNE]
    if not scope.everything and len(scope.areas) <= FEW:
        levels.append(Level.VILLAGE)
    found = db.session.execute(_to_choose(scope, day, levels))
    return tuple(Option(row.id, label_of(row), _district_of(row)) for row in found)


def _district_of(row: Any) -> str | None:
    """The full name of the district that an area to choose stands in, or is."""
    return full_name_of(row.district_kind, row.district_name) if row.district_name else None


def _to_choose(scope: Scope, day: date, levels: Sequence[Level]) -> Select[Any]:
    """The areas of some levels in the scope on a day, each with its name and its district's.

    These are plain columns: every list offers them.
    """
    districts = select(Area.id).where(Area.level == Level.DISTRICT, Area.valid_on(day))
    stands_in = and_(
        Above.descendant_id == Area.id, Above.valid_on(day), Above.ancestor_id.in_(districts)
    )
    is_called = and_(CalledDistrict.area_id == Above.ancestor_id, CalledDistrict.valid_on(day))
    rank = case({level: level.rank for level in levels}, value=Area.level)
    return (
        select(
            Area.id,
            AreaName.kind,
            AreaName.name,
            AreaName.code,
            AreaName.sort_key,
            CalledDistrict.kind.label("district_kind"),
            CalledDistrict.name.label("district_name"),
        )
        .join(AreaName.area)
        .outerjoin(Above, stands_in)
        .outerjoin(CalledDistrict, is_called)
        .where(Area.level.in_(levels), Area.valid_on(day), AreaName.valid_on(day))
        .where(_may_be_chosen(scope, day))
        .order_by(
            func.coalesce(CalledDistrict.sort_key, ""), rank, AreaName.sort_key, AreaName.code
        )
    )


def _may_be_chosen(scope: Scope, day: date) -> ColumnElement[bool]:
    """The clause that an area lies in the scope; where that is all, in what became today's
    province."""
    provinces = areas.provinces_of_today(day) if scope.everything else []
    if not provinces:
        return scope.clause(Area)
    inside = AreaPath.descendant_id == Area.id
    tops = AreaPath.ancestor_id.in_([province.id for province in provinces])
    return exists().where(inside, tops, AreaPath.valid_on(day))
