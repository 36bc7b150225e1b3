"""How far a right over some areas reaches: what is kept under them, and what they were before."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import and_, bindparam, or_, select

from tcns.areas.models import Area, AreaAllocation, AreaPath, AreaSuccession
from tcns.areas.vocabulary import Extent, Level
from tcns.database import db

# Asked by every page, these two are put together once: what `kept_in` finds, and which area wholly
# became which.
KEPT = (
    select(AreaAllocation.area_id)
    .join(AreaPath, AreaPath.descendant_id == AreaAllocation.seat_id)
    .join(Area, Area.id == AreaAllocation.area_id)
    .where(AreaPath.ancestor_id.in_(bindparam("area_ids", expanding=True)))
    .where(AreaPath.valid_on(bindparam("day")), AreaAllocation.valid_on(bindparam("day")))
    .where(
        or_(
            Area.valid_on(bindparam("day")),
            and_(Area.level == Level.VILLAGE, Area.valid_to <= bindparam("day")),
        )
    )
    .distinct()
)
WHOLE_SUCCESSIONS = select(AreaSuccession.successor_id, AreaSuccession.predecessor_id).where(
    AreaSuccession.extent == Extent.WHOLE
)


def kept_in(area_ids: Iterable[int], day: date) -> Sequence[int]:
    """Some areas and everything under them on `day`, and the villages that were closed by then
    and whose figures are shown there."""
    return db.session.scalars(KEPT, {"area_ids": list(area_ids), "day": day}).all()


def closed_predecessors(area_ids: Iterable[int]) -> set[int]:
    """The areas that wholly became one of the given ones, and those that became them in turn."""
    merged = defaultdict(set)
    for successor, predecessor in db.session.execute(WHOLE_SUCCESSIONS):
        merged[successor].add(predecessor)
    found: set[int] = set()
    waiting = set(area_ids)
    while waiting:
        waiting = set().union(*(merged[area_id] for area_id in waiting)) - found
        found |= waiting
    return found
