"""What rows of a file of villages write: areas with their names and places in the tree."""

from collections import defaultdict
from datetime import date

from sqlalchemy import select

from tcns.areas.models import Area, AreaAllocation, AreaName, AreaPlacement
from tcns.areas.tree_operations import rebuild_tree
from tcns.areas.vocabulary import AreaKind, Level
from tcns.audit.operations import PlannedEvent
from tcns.audit.vocabulary import Event
from tcns.database import db
from tcns.imports.rows.area_matching import Spot
from tcns.imports.rows.results import RowWrite
from tcns.imports.rows.write_plan import WritePlan
from tcns.vietnamese import fold, sort_key


class VillageCodes:
    """The next code of a village in each commune, and where a commune's figures go in time."""

    def __init__(self) -> None:
        self._last: defaultdict[str, int] = defaultdict(int)
        for code in db.session.scalars(select(AreaName.code).where(AreaName.code.contains("."))):
            commune, _dot, number = code.rpartition(".")
            if number.isdecimal():
                self._last[commune] = max(self._last[commune], int(number))
        self.allocations: defaultdict[int, list[AreaAllocation]] = defaultdict(list)
        for allocation in db.session.scalars(
            select(AreaAllocation).order_by(AreaAllocation.valid_from)
        ):
            self.allocations[allocation.area_id].append(allocation)

    def next(self, commune_code: str) -> str:
        """The commune's code and the next free number; villages have no official code."""
        self._last[commune_code] += 1
        return f"{commune_code}.{self._last[commune_code]:02}"

    def parents(self, commune_id: int, first_day: date) -> list[tuple[int, date, date | None]]:
        """Under what a new village stands, from when to when: its commune, then where that went."""
        return [
            (allocation.seat_id, max(allocation.valid_from, first_day), allocation.valid_to)
            for allocation in self.allocations[commune_id]
            if allocation.valid_to is None or first_day < allocation.valid_to
        ]


def adding(
    commune: Spot, kind: AreaKind, name: str, first_day: date, codes: VillageCodes
) -> RowWrite:
    """A new village of a commune from a day on."""
    commune_id, commune_code = commune.area.id, commune.name.code
    parents = codes.parents(commune_id, first_day)

    def write(plan: WritePlan) -> None:
        plan.lock(Area, commune_id)
        held = {"valid_from": first_day, "valid_to": None}
        changes = {
            "name": (None, name),
            "kind": (None, kind.value),
            "valid_from": (None, first_day),
        }
        land = {"level": Level.VILLAGE.value, "latitude": None, "longitude": None}
        village = plan.create(
            Area, land | held, PlannedEvent(Event.VILLAGE_ADDED, commune_id, changes)
        )
        words = {"kind": kind.value, "name": name, "code": codes.next(commune_code)}
        keys = {"search_key": fold(name), "sort_key": sort_key(name), "area_id": village}
        plan.create(AreaName, words | keys | held)
        for parent_id, starts, ends in parents:
            place = {"parent_id": parent_id, "valid_from": starts, "valid_to": ends}
            plan.create(AreaPlacement, place | {"area_id": village})
        plan.derive(rebuild_tree)

    return write
