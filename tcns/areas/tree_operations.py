"""Rebuilding what is derived of the tree of areas: its dated closure, and each area's seats."""

from collections.abc import Callable, Collection, Iterable, Sequence

from sqlalchemy import ColumnElement, delete, insert, or_, select, true

from tcns.areas.allocation import Tree, find_allocations
from tcns.areas.models import AreaAllocation, AreaPath, AreaPlacement, AreaSuccession
from tcns.areas.tree_paths import find_paths
from tcns.database import db
from tcns.undo.models import ReversibleStep
from tcns.undo.operations import after_reversal, before_deletion

Ids = set[int]


def rebuild_tree() -> None:
    """Rebuild what is derived of the whole tree."""
    db.session.flush()
    tree = Tree()
    _replace(tree, [life.area for life in tree.lives], true(), true())


def rebuild_around(area_ids: Iterable[int]) -> None:
    """Rebuild what is derived of some areas, and of all whose paths or seats depend on them.

    These are what ever stood below them and what became, or was made, of one of them. The result
    is that of `rebuild_tree`, for which the whole tree is read and written anew.
    """
    db.session.flush()
    changed = _reached(area_ids, lambda ids: _children(ids) | _kin(ids))
    needed = _reached(changed, lambda ids: _parents(ids) | _kin(ids))
    _replace(
        Tree(needed),
        changed,
        AreaPath.descendant_id.in_(changed),
        AreaAllocation.area_id.in_(changed),
    )


def _replace(
    tree: Tree,
    area_ids: Collection[int],
    paths: ColumnElement[bool],
    allocations: ColumnElement[bool],
) -> None:
    """Put the paths and seats of some areas in the place of the rows that two clauses name."""
    db.session.execute(delete(AreaPath).where(paths))
    db.session.execute(delete(AreaAllocation).where(allocations))
    path_rows = [
        {
            "ancestor_id": step.ancestor,
            "descendant_id": area_id,
            "depth": step.depth,
            "valid_from": step.starts,
            "valid_to": step.ends,
        }
        for area_id, step in find_paths(tree, area_ids)
    ]
    seat_rows = [
        {"area_id": area, "seat_id": allocation, "valid_from": starts, "valid_to": ends}
        for area, allocation, starts, ends in find_allocations(tree, area_ids)
    ]
    for model, rows in ((AreaPath, path_rows), (AreaAllocation, seat_rows)):
        if rows:
            # Otherwise each change between ended and open rows would begin a new statement.
            db.session.execute(insert(model), rows, execution_options={"render_nulls": True})


def _reached(area_ids: Iterable[int], neighbours: Callable[[Ids], Ids]) -> Ids:
    """Some areas with all that is reached from them step by step."""
    found: Ids = set()
    waiting = set(area_ids)
    while waiting:
        found |= waiting
        waiting = neighbours(waiting) - found
    return found


def _children(area_ids: Ids) -> Ids:
    """What ever stood directly under some areas."""
    query = select(AreaPlacement.area_id).where(AreaPlacement.parent_id.in_(area_ids))
    return set(db.session.scalars(query))


def _parents(area_ids: Ids) -> Ids:
    """What some areas ever stood directly under."""
    query = select(AreaPlacement.parent_id).where(AreaPlacement.area_id.in_(area_ids))
    return set(db.session.scalars(query))


def _kin(area_ids: Ids) -> Ids:
    """What became of some areas, and what they were made of."""
    query = select(AreaSuccession.predecessor_id, AreaSuccession.successor_id).where(
        or_(AreaSuccession.predecessor_id.in_(area_ids), AreaSuccession.successor_id.in_(area_ids))
    )
    return {area_id for pair in db.session.execute(query) for area_id in pair}


def forget_derived(area_ids: Sequence[int]) -> None:
    """Forget what is derived of some areas, which are about to be removed."""
    is_seat = AreaAllocation.area_id.in_(area_ids) | AreaAllocation.seat_id.in_(area_ids)
    db.session.execute(delete(AreaAllocation).where(is_seat))
    db.session.execute(delete(AreaPath).where(AreaPath.descendant_id.in_(area_ids)))


def derive_anew(steps: Sequence[ReversibleStep]) -> None:
    """Once changes of areas were undone, derive the tree around them anew."""
    rebuild_around([step.key[0] for step in steps])


before_deletion("area", forget_derived)
after_reversal("area", derive_anew)
