"""Adding a village that no official list holds: its name, code, place in the tree, seats."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from tcns.areas.models import Area, AreaAllocation, AreaName, AreaPlacement
from tcns.areas.tree_operations import rebuild_around
from tcns.areas.villages.rules import VillageText, new_village_violations
from tcns.areas.vocabulary import Level
from tcns.audit.operations import PlannedEvent, Written, add_row
from tcns.audit.vocabulary import Event
from tcns.database import db
from tcns.database.locking import lock_rows
from tcns.errors import raise_violations

# The parent, and from when to when.
Place = tuple[int, date, date | None]
__all__ = ["VillageText", "add_village", "new_village_violations", "next_code"]


def add_village(commune: Area, text: VillageText, *, by: Any) -> Area:
    """Add a village to a commune from a day on, under a code of its own.

    No two villages of a commune bear the same kind and name at a time, however that is written. A
    commune that a reorganisation has ended passes the village on to where its own figures went: to
    its one successor, else to the nearest area above all of them, for nothing is guessed.
    """
    lock_rows(select(Area.id).where(Area.id == commune.id).with_for_update(key_share=True))
    raise_violations(list(new_village_violations(commune, text)))
    village = add_row(Area, village_row(text, commune.id), by=by)
    code = next_code(commune.names[-1].code)
    db.session.add(AreaName(**name_values(village.id, text, code)))
    for place in places_below(_allocations_of(commune), text.first_day):
        db.session.add(AreaPlacement(**placement_values(village.id, place)))
    rebuild_around([village.id])
    return village


def village_row(text: VillageText, commune_id: int) -> Written:
    """What is written of the land of a new village of a commune."""
    changes = {
        "name": (None, text.name),
        "kind": (None, text.kind.value),
        "valid_from": (None, text.first_day),
    }
    return Written(village_values(text), PlannedEvent(Event.VILLAGE_ADDED, commune_id, changes))


def village_values(
    text: VillageText, latitude: float | None = None, longitude: float | None = None
) -> dict[str, Any]:
    """The columns of the land of a village."""
    where = {"level": Level.VILLAGE.value, "latitude": latitude, "longitude": longitude}
    return where | {"valid_from": text.first_day, "valid_to": None}


def name_values(
    area_id: Any, text: VillageText, code: str, ends: date | None = None
) -> dict[str, Any]:
    """The columns of what a village is called from a day on."""
    return {
        "area_id": area_id,
        "kind": text.kind.value,
        "name": text.name,
        "code": code,
        **AreaName.keys_of(text.name),
        "valid_from": text.first_day,
        "valid_to": ends,
    }


def placement_values(area_id: Any, place: Place) -> dict[str, Any]:
    """The columns of where a village stands in the tree for a time."""
    parent_id, starts, ends = place
    return {"area_id": area_id, "parent_id": parent_id, "valid_from": starts, "valid_to": ends}


def places_below(allocations: Iterable[AreaAllocation], first_day: date) -> list[Place]:
    """Where a village of a commune stands from a day on: under the commune while it exists, then
    under where that went."""
    return [
        (allocation.seat_id, max(allocation.valid_from, first_day), allocation.valid_to)
        for allocation in allocations
        if allocation.valid_to is None or first_day < allocation.valid_to
    ]


def next_code(prefix: str) -> str:
    """The commune's code and the next free number; villages have no code in the official lists."""
    query = select(AreaName.code).where(AreaName.code.startswith(f"{prefix}.", autoescape=True))
    return code_after(prefix, db.session.scalars(query))


def code_after(prefix: str, codes: Iterable[str]) -> str:
    """The code of a commune's next village, after those that are given out."""
    endings = [code.rpartition(".")[2] for code in codes]
    numbers = [int(ending) for ending in endings if ending.isdecimal()]
    return f"{prefix}.{max(numbers, default=0) + 1:02}"


def _allocations_of(area: Area) -> Sequence[AreaAllocation]:
    """Where the figures of an area are shown, through time."""
    query = select(AreaAllocation).where(AreaAllocation.area_id == area.id)
    return db.session.scalars(query.order_by(AreaAllocation.valid_from)).all()
