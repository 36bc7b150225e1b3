"""Where the figures of an area that does not exist on a map are shown on it.

An area that exists on the day is its own seat. One that is gone goes to its successors, one yet
to come to its predecessors, on to where they exist: a single one takes it whole; several leave it
with their nearest common ancestor, for nothing is guessed. An area without such kin goes to where
its parent goes. Before anything existed there is no seat.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, select, true

from tcns.areas.models import Area, AreaPlacement, AreaSuccession
from tcns.database import db


class Span(NamedTuple):
    """An area, or its place under `parent`, from `starts` to the day before `ends`."""

    area: int
    parent: int | None
    starts: date
    ends: date | None

    def holds(self, day: date) -> bool:
        """Whether it holds on the day."""
        return self.starts <= day and (self.ends is None or day < self.ends)


class Allocation(NamedTuple):
    """An area's figures are shown under `allocation` from `starts` to the day before `ends`."""

    area: int
    allocation: int
    starts: date
    ends: date | None


class Tree:
    """The tree through time, read once: lives, placements and successions of its areas.

    It is the whole tree, or that of some areas, which must be closed: whatever stood above one of
    them, became of it or was made into it is among them.
    """

    def __init__(self, area_ids: Collection[int] | None = None) -> None:
        def in_ids(column: Any) -> ColumnElement[bool]:
            return true() if area_ids is None else column.in_(area_ids)

        lives = select(Area.id, Area.valid_from, Area.valid_to).where(in_ids(Area.id))
        self.lives = [
            Span(area_id, None, starts, ends) for area_id, starts, ends in db.session.execute(lives)
        ]
        placements = select(
            AreaPlacement.area_id,
            AreaPlacement.parent_id,
            AreaPlacement.valid_from,
            AreaPlacement.valid_to,
        ).where(in_ids(AreaPlacement.area_id))
        rows = db.session.execute(placements.order_by(AreaPlacement.valid_from))
        self.placements = [Span(*row) for row in rows]
        self.after: defaultdict[int, list[int]] = defaultdict(list)
        self.before: defaultdict[int, list[int]] = defaultdict(list)
        pairs = select(AreaSuccession.predecessor_id, AreaSuccession.successor_id)
        of_these = pairs.where(in_ids(AreaSuccession.predecessor_id))
        for predecessor, successor in db.session.execute(of_these):
            self.after[predecessor].append(successor)
            self.before[successor].append(predecessor)
        self.first_parent: dict[int, int] = {}
        self.last_parent: dict[int, int] = {}
        for span in self.placements:
            assert span.parent is not None
            self.first_parent.setdefault(span.area, span.parent)
            self.last_parent[span.area] = span.parent

    def turning_days(self) -> list[date]:
        """The days on which the map changes; between two of them it stays the same."""
        spans = [*self.lives, *self.placements]
        days = {span.starts for span in spans} | {span.ends for span in spans if span.ends}
        return sorted(days)


def find_allocations(tree: Tree, area_ids: Iterable[int]) -> Iterator[Allocation]:
    """The seats of some areas through time, neighbouring days with the same seat joined."""
    days = tree.turning_days()
    maps = [AllocationFinder(tree, day) for day in days]
    for area in {life.area for life in tree.lives} & set(area_ids):
        yield from _joined(area, days, [finder.allocation(area) for finder in maps])


def _joined(
    area: int, days: Sequence[date], allocations: Sequence[int | None]
) -> Iterator[Allocation]:
    """The seats of one area, a row for each period in which it stays the same."""
    turns = [
        place
        for place, allocation in enumerate(allocations)
        if place == 0 or allocation != allocations[place - 1]
    ]
    for turn, following in zip(turns, [*turns[1:], None], strict=True):
        allocation = allocations[turn]
        if allocation is not None:
            yield Allocation(
                area, allocation, days[turn], None if following is None else days[following]
            )


class AllocationFinder:
    """Answers for the map of one day."""

    def __init__(self, tree: Tree, day: date) -> None:
        self.tree = tree
        self.parent = {span.area: span.parent for span in tree.placements if span.holds(day)}
        # Of the areas that do not exist on the map: gone already, or still to come.
        self.is_gone = {life.area: life.starts <= day for life in tree.lives if not life.holds(day)}
        self._seats: dict[int, int | None] = {}

    def allocation(self, area: int) -> int | None:
        """The seat of one area: itself while it exists, else where its kin lead."""
        if area not in self.is_gone:
            return area
        if area not in self._seats:
            allocations = {
                allocation
                for kin in self._kin(area)
                if (allocation := self.allocation(kin)) is not None
            }
            self._seats[area] = self._common_ancestor(allocations)
        return self._seats[area]

    def _kin(self, area: int) -> list[int]:
        """Whom to ask instead: towards the map's day along successions, else the parent."""
        gone = self.is_gone[area]
        kin = (self.tree.after if gone else self.tree.before)[area]
        parent = (self.tree.last_parent if gone else self.tree.first_parent).get(area)
        return kin or ([] if parent is None else [parent])

    def _common_ancestor(self, areas: set[int]) -> int | None:
        """The nearest area on the map that holds all the given ones; itself when it is one."""
        if not areas:
            return None
        chains = [list(self._chain(area)) for area in areas]
        shared = set(chains[0]).intersection(*chains[1:])
        return next((area for area in chains[0] if area in shared), None)

    def _chain(self, area: int) -> Iterator[int]:
        """An area and those above it on the map, from the bottom."""
        above: int | None = area
        while above is not None:
            yield above
            above = self.parent.get(above)
