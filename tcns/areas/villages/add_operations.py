"""Adding a village that no official list holds: its name, code, place in the tree, seats."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select

from tcns.areas.models import Area, AreaAllocation, AreaName, AreaPath, AreaPlacement
from tcns.areas.tree_paths import Step, joined, steps_below
from tcns.areas.villages.rules import VillageText, new_village_violations
from tcns.areas.vocabulary import Level
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.database import db
from tcns.errors import raise_violations

__all__ = ["VillageText", "add_village", "new_village_violations", "next_code"]


def add_village(commune: Area, text: VillageText, *, by: Any) -> Area:
    """Add a village to a commune from a day on, under a code of its own.

    No two villages of a commune bear the same kind and name at a time, marks aside. A commune
    that a reorganisation has ended passes the village on to where its own figures went: to its
    one successor, else to the nearest area above all of them, for nothing is guessed.
    """
    db.session.execute(select(Area.id).where(Area.id == commune.id).with_for_update(key_share=True))
    raise_violations(list(new_village_violations(commune, text)))
    first_day = text.first_day
    village = Area(level=Level.VILLAGE, valid_from=first_day)
    code = next_code(commune.names[-1].code)
    village.names.append(AreaName(kind=text.kind, name=text.name, code=code, valid_from=first_day))
    db.session.add(village)
    db.session.flush()  # its place and paths need the id
    _place(village, commune)
    changes = {
        "name": (None, text.name),
        "kind": (None, text.kind.value),
        "valid_from": (None, first_day),
    }
    record(Event.VILLAGE_ADDED, by=by, on=village, area_id=commune.id, changes=changes)
    return village


def next_code(prefix: str) -> str:
    """The commune's code and the next free number; villages have no code in the official lists."""
    query = select(AreaName.code).where(AreaName.code.startswith(f"{prefix}.", autoescape=True))
    endings = [code.rpartition(".")[2] for code in db.session.scalars(query)]
    numbers = [int(ending) for ending in endings if ending.isdigit()]
    return f"{prefix}.{max(numbers, default=0) + 1:02}"


def _place(village: Area, commune: Area) -> None:
    """Place a new village in the tree from its first day on, with its paths and seats."""
    placements = list(_placements(village, _allocations_of(commune)))
    steps = [Step(village.id, 0, village.valid_from, village.valid_to)]
    for placement in placements:
        steps += steps_below(_steps_of(placement.parent_id), placement)
    db.session.add_all([*placements, *_allocations_of_new(village, _allocations_of(commune))])
    db.session.add_all(
        AreaPath(
            ancestor_id=step.ancestor,
            descendant_id=village.id,
            depth=step.depth,
            valid_from=step.starts,
            valid_to=step.ends,
        )
        for step in joined(steps)
    )


def _allocations_of(area: Area) -> Sequence[AreaAllocation]:
    """Where the figures of an area are shown, through time."""
    query = select(AreaAllocation).where(AreaAllocation.area_id == area.id)
    return db.session.scalars(query.order_by(AreaAllocation.valid_from)).all()


def _placements(village: Area, allocations: Sequence[AreaAllocation]) -> Iterator[AreaPlacement]:
    """Under the commune while it exists, then under where that went."""
    for allocation in allocations:
        starts = max(allocation.valid_from, village.valid_from)
        if allocation.valid_to is None or starts < allocation.valid_to:
            yield AreaPlacement(
                area_id=village.id,
                parent_id=allocation.seat_id,
                valid_from=starts,
                valid_to=allocation.valid_to,
            )


def _steps_of(area_id: int) -> list[Step]:
    """The area under itself and under each of its ancestors."""
    paths = db.session.scalars(select(AreaPath).where(AreaPath.descendant_id == area_id))
    return [Step(path.ancestor_id, path.depth, path.valid_from, path.valid_to) for path in paths]


def _allocations_of_new(
    village: Area, allocations: Sequence[AreaAllocation]
) -> Iterator[AreaAllocation]:
    """The seats of an area without predecessors: before it began, its parent's; then itself."""
    starts, ends = village.valid_from, village.valid_to
    yield AreaAllocation(area_id=village.id, seat_id=village.id, valid_from=starts, valid_to=ends)
    for allocation in allocations:
        if allocation.valid_from < starts:
            yield AreaAllocation(
                area_id=village.id,
                seat_id=allocation.seat_id,
                valid_from=allocation.valid_from,
                valid_to=min(allocation.valid_to or starts, starts),
            )
