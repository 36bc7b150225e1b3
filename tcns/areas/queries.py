"""Questions about areas and the tree; all SQL over the tree stands here."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import SessionTransaction, aliased

from tcns.areas.models import (
    Area,
    AreaAllocation,
    AreaName,
    AreaPath,
    Deployment,
)
from tcns.areas.subtrees import closed_predecessors
from tcns.areas.vocabulary import Level
from tcns.clock import today
from tcns.database import db
from tcns.database.id_lists import in_ids
from tcns.database.kept import kept
from tcns.permissions.scope import Scope


class Label(NamedTuple):
    """What an area is called and coded on a day."""

    full_name: str
    name: str
    code: str
    sort_key: str


class Serving(NamedTuple):
    """What this installation serves: a province, on the map of a day (None: today's), and whether
    its persons are invented."""

    province_code: str = ""
    map_on: date | None = None
    is_demonstration: bool = False


# Many ask for these several times: they are read once in a transaction.
_deployments: WeakKeyDictionary[SessionTransaction, Deployment | None] = WeakKeyDictionary()
# The areas that bore a code, by what names on what days.
Named = list[tuple[Area, AreaName]]
_province: WeakKeyDictionary[SessionTransaction, dict[str, Named]] = WeakKeyDictionary()
_provinces: WeakKeyDictionary[SessionTransaction, dict[date, list[Area]]] = WeakKeyDictionary()


PROVINCES = select(Area.id).where(Area.level == Level.PROVINCE)


@kept("areas")
def deployment() -> Serving:
    """What this installation serves; without areas, nothing."""
    transaction = _transaction()
    found = _deployments.get(transaction)
    if found is None:
        found = _deployments[transaction] = _read_deployment(transaction)
    if found is None:
        return Serving()
    return Serving(found.province_code, found.map_on, found.is_demonstration)


def _read_deployment(transaction: SessionTransaction) -> Deployment | None:
    """What is on file of this installation, and its province along with it."""
    named = (AreaName.code == Deployment.province_code) & AreaName.area_id.in_(PROVINCES)
    query = select(Deployment, Area, AreaName).select_from(Deployment).outerjoin(AreaName, named)
    query = query.outerjoin(Area, Area.id == AreaName.area_id).where(Deployment.id == 1)
    rows = db.session.execute(query).all()
    for found, area, name in rows:
        if area:
            known = _province.setdefault(transaction, {})
            known.setdefault(found.province_code, []).append((area, name))
    return rows[0][0] if rows else None


def _transaction() -> SessionTransaction:
    """The transaction in which is read."""
    session = db.session()
    return session.get_transaction() or session.begin()


def map_day() -> date:
    """The day whose areas are the current ones of this deployment."""
    return deployment().map_on or today()


def province(day: date) -> Area | None:
    """The deployment's province as it is on `day`: asked once for all days of a transaction."""
    known, code = _province.setdefault(_transaction(), {}), deployment().province_code
    found = _bearer(known.get(code, ()), day)
    if found is None:  # nothing is asked yet, or a province was added since
        query = select(Area, AreaName).join(Area.names)
        wanted = query.where(AreaName.code == code, Area.level == Level.PROVINCE)
        known[code] = [(area, name) for area, name in db.session.execute(wanted)]
        found = _bearer(known[code], day)
    return found


def _bearer(named: Iterable[tuple[Area, AreaName]], day: date) -> Area | None:
    """Which of some areas bears its name on a day."""
    return next(
        (area for area, name in named if area.is_valid_on(day) and name.is_valid_on(day)), None
    )


@kept("areas")
def province_id(day: date) -> int | None:
    """Its id alone."""
    found = province(day)
    return found.id if found else None


def provinces_of_today(day: date) -> list[Area]:
    """The deployment's province on `day`, and the others of then that it has become one with by
    its map day."""
    known = _provinces.setdefault(_transaction(), {})
    if day not in known:
        known[day] = _find_provinces_of_today(day)
    return known[day]


def _find_provinces_of_today(day: date) -> list[Area]:
    """The same, asked of the database."""
    then, now = province(day), province(map_day())
    if then is not None and then is now:
        return [then]  # the others had ended when it began
    ids = {found.id for found in (then, now) if found}
    query = select(Area).where(Area.level == Level.PROVINCE, Area.valid_on(day))
    query = query.where(Area.id.in_(ids | closed_predecessors(ids)))
    return list(db.session.scalars(query.order_by(Area.id)))


def province_label(day: date) -> Label:
    """What the deployment's province is called on `day`, by its nearest name in time."""
    code = deployment().province_code
    query = select(AreaName.area_id).join(AreaName.area)
    area_ids = db.session.scalars(query.where(AreaName.code == code, Area.level == Level.PROVINCE))
    names = sorted(labels(area_ids, day).items())
    return names[0][1] if names else Label(code, code, code, "")


def area_by_code(code: str, day: date, *, level: Level | None = None) -> Area | None:
    """The area that bears `code` on `day`; no area bears a code that cannot be printed."""
    if not code.isprintable():
        return None  # PostgreSQL refuses even to look for a NUL
    query = (
        select(Area)
        .join(Area.names)
        .where(AreaName.code == code, AreaName.valid_on(day), Area.valid_on(day))
    )
    return db.session.scalar(query.where(Area.level == level) if level else query)


def labels(area_ids: Iterable[int], day: date) -> dict[int, Label]:
    """The labels of some areas on `day`: a gone area's last, a coming one's first."""
    chosen: dict[int, AreaName] = {}
    ids = set(area_ids)
    if not ids:
        return {}
    query = select(AreaName).where(AreaName.area_id.in_(ids))
    for name in db.session.scalars(query.order_by(AreaName.area_id, AreaName.valid_from)):
        if name.area_id not in chosen or name.valid_from <= day:
            chosen[name.area_id] = name
    return {
        area_id: Label(name.full_name, name.name, name.code, name.sort_key)
        for area_id, name in chosen.items()
    }


def ancestors(area_id: int, day: date) -> list[Area]:
    """The areas above one on `day`, from the top, without itself."""
    query = (
        select(Area)
        .join(AreaPath, AreaPath.ancestor_id == Area.id)
        .where(AreaPath.descendant_id == area_id, AreaPath.depth > 0, AreaPath.valid_on(day))
        .order_by(AreaPath.depth.desc())
    )
    return list(db.session.scalars(query))


def below(area_ids: Iterable[int], day: date) -> Select[tuple[int]]:
    """The ids of some areas and of everything under them on `day`."""
    return (
        select(AreaPath.descendant_id)
        .where(AreaPath.ancestor_id.in_(set(area_ids)), AreaPath.valid_on(day))
        .distinct()
    )


def within_area(area_id: int, map_on: date, unallocated: Level | None = None) -> Select[tuple[int]]:
    """The ids of the areas whose figures are counted under `area_id` on the map of `map_on`.

    With `unallocated`, only of those that no area of that level takes: the row "chưa phân bổ".
    """
    inside = (
        select(AreaAllocation.area_id)
        .join(AreaPath, AreaPath.descendant_id == AreaAllocation.seat_id)
        .where(AreaPath.ancestor_id == area_id, AreaPath.valid_on(map_on))
        .where(AreaAllocation.valid_on(map_on))
    )
    if unallocated is None:
        return inside
    return inside.where(~taken_at(AreaAllocation.seat_id, unallocated, map_on).exists())


def allocation_of(area_id: int, map_on: date) -> Area | None:
    """The area under which another's figures are shown on the map of `map_on`: itself while it
    exists; None before anything did."""
    held = AreaAllocation.valid_on(map_on)
    query = select(Area).join(AreaAllocation, AreaAllocation.seat_id == Area.id)
    return db.session.scalar(query.where(AreaAllocation.area_id == area_id, held))


def taken_at(area_id: Any, level: Level, map_on: date) -> Select[tuple[int]]:
    """The area of `level` that `area_id` (a column) stands in, or is, on the map of `map_on`."""
    path, above = aliased(AreaPath), aliased(Area)
    return (
        select(path.ancestor_id)
        .join(above, above.id == path.ancestor_id)
        .where(path.descendant_id == area_id, path.valid_on(map_on), above.level == level)
        .correlate_except(path, above)
    )


def areas_in(scope: Scope, area_id: int, level: Level, day: date) -> Select[tuple[Area, AreaName]]:
    """The areas of a level in an area on a day, with their names, in Vietnamese order."""
    return (
        select(Area, AreaName)
        .join(AreaPath, and_(AreaPath.descendant_id == Area.id, AreaPath.valid_on(day)))
        .join(AreaName, and_(AreaName.area_id == Area.id, AreaName.valid_on(day)))
        .where(AreaPath.ancestor_id == area_id, Area.level == level, scope.clause(Area))
        .order_by(AreaName.sort_key, AreaName.code)
    )


def communes_in(scope: Scope, area_id: int, day: date) -> list[Area]:
    """The communes of the scope in an area on a day, in Vietnamese order."""
    listed = areas_in(scope, area_id, Level.COMMUNE, day).with_only_columns(Area)
    return list(db.session.scalars(listed))


@kept("areas")
def last_day_with(level: Level, day: date) -> date | None:
    """The last day up to `day` on which areas of `level` existed; None where there were none."""
    lives = select(Area.valid_from, Area.valid_to)
    rows = db.session.execute(lives.where(Area.level == level, Area.valid_from <= day))
    ends = [min(day, (ends or date.max) - timedelta(days=1)) for _starts, ends in rows]
    return max(ends, default=None)


@kept("areas")
def levels_below(area_id: int, day: date) -> tuple[Level, ...]:
    """The levels that exist under an area on a day, from the top."""
    query = (
        select(Area.level)
        .join(AreaPath, AreaPath.descendant_id == Area.id)
        .where(AreaPath.ancestor_id == area_id, AreaPath.depth > 0, AreaPath.valid_on(day))
        .distinct()
    )
    found = (Level(level) for level in db.session.scalars(query))
    return tuple(sorted(found, key=lambda level: level.rank))


def reaches(scope: Scope, area_id: int, day: date) -> bool:
    """Whether the scope covers the area or anything under it on `day`."""
    query = select(AreaPath.descendant_id).where(
        AreaPath.ancestor_id == area_id, AreaPath.valid_on(day)
    )
    return scope.everything or bool(scope.areas.intersection(db.session.scalars(query)))


def tops_of(scope: Scope, day: date) -> list[Area]:
    """The areas of the scope on `day` that stand under none of its other areas."""
    under_another = select(AreaPath.descendant_id).where(
        in_ids(AreaPath.ancestor_id, scope.areas), AreaPath.depth > 0, AreaPath.valid_on(day)
    )
    query = select(Area).where(
        Area.valid_on(day), in_ids(Area.id, scope.areas), Area.id.not_in(under_another)
    )
    return list(db.session.scalars(query.order_by(Area.id)))


def area_at(level: Level, area: Area, day: date) -> Area:
    """The area itself if it is of the level, else the one of that level it stands in on `day`.

    One that stands in none, because it is gone by then, answers itself.
    """
    above = [found for found in ancestors(area.id, day) if found.step == level]
    return above[0] if above else area
