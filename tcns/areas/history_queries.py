"""What an area was before and what became of it, on a line of time."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import or_, select

from tcns.areas.models import (
    Area,
    AreaHouseholds,
    AreaName,
    AreaPlacement,
    AreaStatistic,
    AreaSuccession,
)
from tcns.areas.queries import Label, labels
from tcns.areas.vocabulary import Extent
from tcns.database import db
from tcns.permissions.scope import Scope

ONE_DAY = timedelta(days=1)


class Kin(NamedTuple):
    """Another area this one came from or went into, and how.

    `seen_on` is the day on which the other is to be looked at: the last before the change for a
    predecessor, the day of the change for a successor.
    """

    area: Area
    label: Label
    how: AreaSuccession
    seen_on: date

    @property
    def extent(self) -> Extent:
        """How much of the predecessor's land it was."""
        return Extent(self.how.extent)


class Stay(NamedTuple):
    """An area this one stood directly in, as it was called when that began, and for how long."""

    label: Label
    placement: AreaPlacement


def predecessors(area: Area) -> list[Kin]:
    """The areas this one was made of, in Vietnamese order."""
    came = [one for one in successions_of(area.id) if one.successor_id == area.id]
    if not came:
        return []
    areas = _areas(one.predecessor_id for one in came)
    named = labels(areas, area.valid_from)
    return _ordered(
        Kin(areas[one.predecessor_id], named[one.predecessor_id], one, one.effective_on - ONE_DAY)
        for one in came
    )


def successors(area: Area) -> list[Kin]:
    """The areas this one went into, in Vietnamese order."""
    went = [one for one in successions_of(area.id) if one.predecessor_id == area.id]
    if not went:
        return []
    areas = _areas(one.successor_id for one in went)
    named = labels(areas, area.valid_to or area.valid_from)
    return _ordered(
        Kin(areas[one.successor_id], named[one.successor_id], one, one.effective_on) for one in went
    )


class Turn(NamedTuple):
    """A day on which something of an area began, or the area itself ended.

    `parents` are the areas it came to stand in, with how long it stood there.
    """

    day: date
    is_end: bool
    names: list[AreaName]
    parents: list[Stay]
    made_of: list[Kin]
    went_into: list[Kin]
    households: list[AreaHouseholds]
    statistics: list[AreaStatistic]


def timeline(area: Area) -> list[Turn]:
    """What is on record of an area, day by day, the latest first."""
    begun: dict[str, list[Any]] = {
        "names": area.names,
        "parents": stays(area),
        "households": _rows(AreaHouseholds, area),
        "statistics": _rows(AreaStatistic, area),
        "made_of": predecessors(area),
        "went_into": successors(area),
    }
    days: dict[date, dict[str, list[Any]]] = {}
    for what, found in begun.items():
        for one in found:
            days.setdefault(_day_of(one), {}).setdefault(what, []).append(one)
    if area.valid_to:
        days.setdefault(area.valid_to, {})
    return [
        Turn(day, day == area.valid_to, *(days[day].get(part, []) for part in Turn._fields[2:]))
        for day in sorted(days, reverse=True)
    ]


def _day_of(one: Any) -> date:
    """The day on which something on record began."""
    if isinstance(one, Kin):
        return one.how.effective_on
    day: date = one.placement.valid_from if isinstance(one, Stay) else one.valid_from
    return day


def _rows(model: Any, area: Area) -> list[Any]:
    """What a table of counts has on record of an area."""
    query = select(model).where(model.area_id == area.id)
    return list(db.session.scalars(query.order_by(model.id)))


def stays(area: Area) -> list[Stay]:
    """The areas this one stood directly in, from the first to the last."""
    query = select(AreaPlacement).where(AreaPlacement.area_id == area.id)
    return [
        Stay(labels([one.parent_id], one.valid_from)[one.parent_id], one)
        for one in db.session.scalars(query.order_by(AreaPlacement.valid_from))
    ]


def _areas(area_ids: Iterable[int]) -> dict[int, Area]:
    query = select(Area).where(Area.id.in_(set(area_ids)))
    return {area.id: area for area in db.session.scalars(query)}


def _ordered(kin: Iterable[Kin]) -> list[Kin]:
    """By day, then in Vietnamese order."""
    return sorted(kin, key=lambda one: (one.how.effective_on, one.label.sort_key))


def labels_at_any_time(area_ids: Iterable[int]) -> dict[int, Label]:
    """What areas were called last, for lists that reach over many maps."""
    query = (
        select(AreaName)
        .where(AreaName.area_id.in_(set(area_ids)))
        .order_by(AreaName.area_id, AreaName.valid_from)
    )
    return {
        name.area_id: Label(name.full_name, name.name, name.code, name.sort_key)
        for name in db.session.scalars(query)
    }


def was_ever_in(scope: Scope, code: str | None) -> bool:
    """Whether an area of the scope bears or bore the code, on whatever day."""
    if not code or not code.isprintable():
        return False
    bearers = select(Area).join(Area.names).where(AreaName.code == code)
    return any(scope.covers(area) for area in db.session.scalars(bearers).unique())


def closed_area(code: str, day: date) -> Area | None:
    """The area that bore `code` last before `day`, and was gone by then."""
    if not code.isprintable():
        return None
    query = (
        select(Area)
        .join(Area.names)
        .where(AreaName.code == code, Area.valid_to <= day)
        .order_by(Area.valid_to.desc(), AreaName.valid_from.desc())
    )
    return db.session.scalar(query.limit(1))


def successions_of(area_id: int) -> list[AreaSuccession]:
    """What became of an area and what it was before, by day."""
    query = select(AreaSuccession).where(
        or_(AreaSuccession.predecessor_id == area_id, AreaSuccession.successor_id == area_id)
    )
    return list(db.session.scalars(query.order_by(AreaSuccession.effective_on)))


def became(area: Area, day: date) -> Area | None:
    """The one area of `day` that an ended one has become with all its land, itself while it is
    there; None where it was divided, or nothing followed."""
    while not area.is_valid_on(day):
        went = [one for one in successions_of(area.id) if one.predecessor_id == area.id]
        if area.valid_from > day or len(went) != 1 or went[0].extent != Extent.WHOLE:
            return None
        area = db.session.get_one(Area, went[0].successor_id)
    return area
