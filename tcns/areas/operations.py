"""What changes areas: adding one, placing it, rebuilding the paths of the tree."""

from collections import defaultdict
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import delete, insert, select

from tcns.areas.models import Area, AreaName, AreaPath, AreaPlacement, AreaSeat
from tcns.areas.seats import find_seats
from tcns.areas.vocabulary import Kind, Level
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.database import db
from tcns.i18n import format_day, today
from tcns.i18n import gettext as _
from tcns.rules import RuleBroken
from tcns.vietnamese import fold


class Step(NamedTuple):
    """An area stands `depth` levels below `ancestor` from `starts` to the day before `ends`."""

    ancestor: int
    depth: int
    starts: date
    ends: date | None


def rebuild_tree() -> None:
    """Rebuild what is derived of the tree: its dated closure, and each area's seats."""
    db.session.flush()
    _rebuild_paths()
    db.session.execute(delete(AreaSeat))
    rows = [
        {"area_id": area, "seat_id": seat, "valid_from": starts, "valid_to": ends}
        for area, seat, starts, ends in find_seats()
    ]
    if rows:
        db.session.execute(insert(AreaSeat), rows)


def _rebuild_paths() -> None:
    """Rebuild the dated closure of the tree from areas and placements.

    An area stands under itself while it exists, and under each ancestor of a parent on the days
    on which both the placement and the parent's own path hold.
    """
    areas = db.session.execute(select(Area.id, Area.valid_from, Area.valid_to))
    lives = {row.id: row for row in areas}
    placements = defaultdict(list)
    for placement in db.session.scalars(select(AreaPlacement)):
        placements[placement.area_id].append(placement)
    steps: dict[int, list[Step]] = {}

    def steps_of(area_id: int) -> list[Step]:
        if area_id not in steps:
            life = lives[area_id]
            found = [Step(area_id, 0, life.valid_from, life.valid_to)]
            for placement in placements[area_id]:
                found += _below(steps_of(placement.parent_id), placement)
            steps[area_id] = joined(found)
        return steps[area_id]

    rows = [
        {
            "ancestor_id": step.ancestor,
            "descendant_id": area_id,
            "depth": step.depth,
            "valid_from": step.starts,
            "valid_to": step.ends,
        }
        for area_id in lives
        for step in steps_of(area_id)
    ]
    db.session.execute(delete(AreaPath))
    if rows:
        # Otherwise each change between ended and open paths would begin a new statement.
        db.session.execute(insert(AreaPath), rows, execution_options={"render_nulls": True})
    return len(rows)


def _below(parent_steps: list[Step], placement: AreaPlacement) -> list[Step]:
    """The parent's steps seen from the placed area: one deeper, while the placement holds."""
    found = []
    for step in parent_steps:
        starts = max(step.starts, placement.valid_from)
        ends = min(step.ends or date.max, placement.valid_to or date.max)
        if starts < ends:
            lasting = ends == date.max
            found.append(Step(step.ancestor, step.depth + 1, starts, None if lasting else ends))
    return found


def joined(steps: list[Step]) -> list[Step]:
    """The same steps with those that follow each other without a gap made one."""
    result: list[Step] = []
    for step in sorted(steps, key=lambda step: (step.ancestor, step.starts)):
        last = result[-1] if result else None
        if last and last.ancestor == step.ancestor and last.ends == step.starts:
            result[-1] = last._replace(ends=step.ends)
        else:
            result.append(step)
    return result


def add_village(commune: Area, *, name: str, kind: Kind, first_day: date, by: Any) -> Area:
    """Add a village to a commune from a day on, under a code of its own.

    No two villages of a commune bear the same name at a time, marks aside.
    """
    if first_day > today():
        raise RuleBroken(_("The day lies in the future."), "village_first_day")
    if not commune.is_valid_on(first_day):
        message = _("The commune does not exist on %(day)s.", day=format_day(first_day))
        raise RuleBroken(message, "village_first_day")
    db.session.execute(select(Area.id).where(Area.id == commune.id).with_for_update())
    codes = _village_codes(commune, name, kind)
    village = Area(level=Level.VILLAGE, valid_from=first_day)
    code = _next_code(commune, codes)
    village.names.append(AreaName(kind=kind, name=name, code=code, valid_from=first_day))
    db.session.add(village)
    db.session.flush()  # its place and paths need the id
    _place(village, commune)
    changes = {"name": (None, name), "kind": (None, kind.value), "valid_from": (None, first_day)}
    record(Event.VILLAGE_ADDED, by=by, on=village, area_id=commune.id, changes=changes)
    return village


def _village_codes(commune: Area, name: str, kind: Kind) -> list[str]:
    """The codes of the villages that ever stood in the commune; refuses a present namesake."""
    query = (
        select(AreaName)
        .join(AreaPlacement, AreaPlacement.area_id == AreaName.area_id)
        .where(AreaPlacement.parent_id == commune.id)
    )
    names = db.session.scalars(query).all()
    for known in names:
        same = (known.kind, known.search_key) == (kind, fold(name))
        if same and known.valid_to is None and known.area.valid_to is None:
            raise RuleBroken(_("This commune has a village of that name."), "village_name")
    return [known.code for known in names]


def _next_code(commune: Area, codes: list[str]) -> str:
    """The commune's code and the next free number; villages have no code in the official lists."""
    prefix = commune.names[-1].code
    numbers = [int(code.rpartition(".")[2]) for code in codes if code.rpartition(".")[0] == prefix]
    return f"{prefix}.{max(numbers, default=0) + 1:02}"


def _place(area: Area, parent: Area) -> None:
    """Place a new area in the tree from its first day on, paths included."""
    placement = AreaPlacement(area_id=area.id, parent_id=parent.id, valid_from=area.valid_from)
    paths = db.session.scalars(select(AreaPath).where(AreaPath.descendant_id == parent.id))
    above = [Step(path.ancestor_id, path.depth, path.valid_from, path.valid_to) for path in paths]
    steps = [Step(area.id, 0, area.valid_from, area.valid_to), *_below(above, placement)]
    db.session.add(placement)
    db.session.add_all(_seats_of_new(area, parent))
    db.session.add_all(
        AreaPath(
            ancestor_id=step.ancestor,
            descendant_id=area.id,
            depth=step.depth,
            valid_from=step.starts,
            valid_to=step.ends,
        )
        for step in joined(steps)
    )


def _seats_of_new(area: Area, parent: Area) -> list[AreaSeat]:
    """The seats of an area without predecessors: before it began, its parent's; then itself."""
    starts = area.valid_from
    rows = [AreaSeat(area_id=area.id, seat_id=area.id, valid_from=starts, valid_to=area.valid_to)]
    earlier = select(AreaSeat).where(AreaSeat.area_id == parent.id, AreaSeat.valid_from < starts)
    for seat in db.session.scalars(earlier):
        ends = min(seat.valid_to or starts, starts)
        rows.append(
            AreaSeat(
                area_id=area.id, seat_id=seat.seat_id, valid_from=seat.valid_from, valid_to=ends
            )
        )
    return rows
