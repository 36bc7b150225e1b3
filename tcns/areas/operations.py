"""Rebuilding what is derived of the tree of areas: its dated closure, and each area's seats."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import delete, insert, select

from tcns.areas.models import Area, AreaPath, AreaPlacement, AreaSeat
from tcns.areas.seats import find_seats
from tcns.database import db
from tcns.reversals.operations import after_reversal, before_deletion


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
                found += steps_below(steps_of(placement.parent_id), placement)
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


def steps_below(parent_steps: list[Step], placement: AreaPlacement) -> list[Step]:
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


def forget_derived(area_ids: Sequence[int]) -> None:
    """Forget what is derived of some areas, which are about to be taken back."""
    db.session.execute(delete(AreaPath).where(AreaPath.descendant_id.in_(area_ids)))
    db.session.execute(delete(AreaSeat).where(AreaSeat.area_id.in_(area_ids)))


before_deletion("area", forget_derived)
after_reversal("area", rebuild_tree)
