"""What rows of a file of villages write: areas with their names and places in the tree."""

from collections import defaultdict

from sqlalchemy import select

from tcns.areas.models import Area, AreaAllocation, AreaName, AreaPlacement
from tcns.areas.tree_operations import rebuild_tree
from tcns.areas.villages.add_operations import (
    code_after,
    name_values,
    placement_values,
    places_below,
    village_row,
)
from tcns.areas.villages.rules import VillageText
from tcns.database import db
from tcns.imports.rows.places_on_map import Spot
from tcns.imports.rows.results import RowWrite
from tcns.imports.rows.write_plan import WritePlan


class VillageCodes:
    """The next code of a village in each commune, and where a commune's figures go in time."""

    def __init__(self) -> None:
        self._given: defaultdict[str, list[str]] = defaultdict(list)
        for code in db.session.scalars(select(AreaName.code).where(AreaName.code.contains("."))):
            self._given[code.rpartition(".")[0]].append(code)
        self.allocations: defaultdict[int, list[AreaAllocation]] = defaultdict(list)
        for allocation in db.session.scalars(
            select(AreaAllocation).order_by(AreaAllocation.valid_from)
        ):
            self.allocations[allocation.area_id].append(allocation)

    def next(self, commune_code: str) -> str:
        """The commune's code and the next free number; villages have no official code."""
        given = self._given[commune_code]
        given.append(code_after(commune_code, given))
        return given[-1]


def adding(commune: Spot, text: VillageText, codes: VillageCodes) -> RowWrite:
    """A new village of a commune from a day on."""
    commune_id, commune_code = commune.area.id, commune.name.code
    places = places_below(codes.allocations[commune_id], text.first_day)

    def write(plan: WritePlan) -> None:
        plan.lock(Area, commune_id)
        village = plan.create(Area, *village_row(text, commune_id))
        plan.create(AreaName, name_values(village, text, codes.next(commune_code)))
        for place in places:
            plan.create(AreaPlacement, placement_values(village, place))
        plan.derive(rebuild_tree)

    return write
