"""Where the figures of an area that does not exist on a map are shown on it."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from sqlalchemy import select

from tcns.areas.models import Area, AreaPlacement, AreaSuccession
from tcns.database import db


def find_moved_seats(map_on: date) -> dict[int, int]:
    """Area id to seat id for every area that does not exist on `map_on`.

    Areas whose kin lead to nothing that exists on that day (before anything existed) have none.
    """
    finder = SeatFinder(map_on)
    found = {area_id: finder.seat(area_id) for area_id in finder.is_gone}
    return {area_id: seat for area_id, seat in found.items() if seat is not None}


class SeatFinder:
    """The successions and placements of the whole tree, asked for one map day."""

    def __init__(self, map_on: date) -> None:
        # Of the areas that do not exist on the map: gone already, or still to come.
        self.is_gone: dict[int, bool] = {}
        self._seats: dict[int, int | None] = {}
        self._load_successions()
        self._load_parents(map_on)

    def _load_successions(self) -> None:
        """Read who followed whom."""
        self._after: defaultdict[int, list[int]] = defaultdict(list)
        self._before: defaultdict[int, list[int]] = defaultdict(list)
        pairs = select(AreaSuccession.predecessor_id, AreaSuccession.successor_id)
        for predecessor, successor in db.session.execute(pairs):
            self._after[predecessor].append(successor)
            self._before[successor].append(predecessor)

    def _load_parents(self, map_on: date) -> None:
        """Read who is absent, each area's parent on the map, and the absent's last or first."""
        self._parent: dict[int, int] = {}
        self._kin_parent: dict[int, int] = {}
        exists = Area.valid_on(map_on), Area.valid_from <= map_on
        placed = AreaPlacement.parent_id, AreaPlacement.valid_on(map_on)
        rows = select(Area.id, *exists, *placed).outerjoin(
            AreaPlacement, AreaPlacement.area_id == Area.id
        )
        by_time = rows.order_by(AreaPlacement.valid_from)
        for area_id, is_present, has_begun, parent_id, on_map in db.session.execute(by_time):
            if on_map:
                self._parent[area_id] = parent_id
            if not is_present:
                self.is_gone[area_id] = has_begun
                self._keep_kin_parent(area_id, parent_id)

    def _keep_kin_parent(self, area_id: int, parent_id: int | None) -> None:
        """Keep the parent of an absent area: the last of one that is gone, the first of another."""
        if parent_id is not None and (self.is_gone[area_id] or area_id not in self._kin_parent):
            self._kin_parent[area_id] = parent_id

    def seat(self, area_id: int) -> int | None:
        """The seat of one area: itself while it exists, else where its kin lead."""
        if area_id not in self.is_gone:
            return area_id
        if area_id not in self._seats:
            seats = {seat for kin in self._kin(area_id) if (seat := self.seat(kin)) is not None}
            self._seats[area_id] = self._common_ancestor(seats)
        return self._seats[area_id]

    def _kin(self, area_id: int) -> list[int]:
        """Whom to ask instead: towards the map day along successions, else the parent."""
        kin = (self._after if self.is_gone[area_id] else self._before)[area_id]
        if kin or area_id not in self._kin_parent:
            return kin
        return [self._kin_parent[area_id]]

    def _common_ancestor(self, area_ids: set[int]) -> int | None:
        """The nearest area on the map that holds all the given ones; itself when it is one."""
        if not area_ids:
            return None
        chains = [list(self._chain(area_id)) for area_id in area_ids]
        shared = set(chains[0]).intersection(*chains[1:])
        return next((area_id for area_id in chains[0] if area_id in shared), None)

    def _chain(self, area_id: int) -> Iterator[int]:
        """An area and those above it on the map, from the bottom."""
        above: int | None = area_id
        while above is not None:
            yield above
            above = self._parent.get(above)
