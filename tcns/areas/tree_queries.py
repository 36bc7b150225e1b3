"""The tree of areas on a day, as pages show it: each area with what stands below it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from tcns.areas.models import Area, AreaName, AreaPath, AreaPlacement
from tcns.areas.places import Step, Trail, trails
from tcns.areas.queries import below, province, provinces_of_today, tops_of
from tcns.areas.vocabulary import Level
from tcns.database import db
from tcns.permissions.scope import Scope

PlacedArea = tuple[Area, AreaName, int]


@dataclass(frozen=True)
class Node:
    """An area on a day: its name then, how many areas of each level lie below, its children."""

    area: Area
    name: AreaName
    counts: Counter[str]
    children: list["Node"] = field(default_factory=list)

    def walk(self) -> Iterator["Node"]:
        """The node and everything under it."""
        yield self
        for child in self.children:
            yield from child.walk()


def tree(scope: Scope, day: date) -> list[Node]:
    """The areas of the scope down to the commune, each under its parent.

    Who may see everything sees the deployment's province; for the others, an area whose parent
    lies outside the scope stands at the top, a village as well.
    """
    tops = [area.id for area in _tops(scope, day)]
    shown = or_(Area.level != Level.VILLAGE, Area.id.in_(tops))
    query = _named(scope, day).where(shown, Area.id.in_(below(tops, day)))
    return _nested(_nodes(scope, query, day))


def _tops(scope: Scope, day: date) -> list[Area]:
    """Where the tree begins: for whom everything is, with all that became today's province."""
    return provinces_of_today(day) if scope.everything else tops_of(scope, day)


def by_parent(nodes: Sequence[Node], day: date) -> list[tuple[str, list[Node]]]:
    """Nodes whose parents are not shown, under these parents' full names, in Vietnamese order."""
    placed = trails([node.area.id for node in nodes], day)
    groups: defaultdict[Step, list[Node]] = defaultdict(list)
    for node in nodes:
        groups[_parent_in(placed[node.area.id])].append(node)
    ordered = sorted(groups, key=lambda parent: parent.label.sort_key)
    return [(parent.label.full_name, groups[parent]) for parent in ordered]


def _parent_in(trail: Trail) -> Step:
    """The area that the lowest of a trail stands in."""
    parent, _lowest = sorted(trail, key=lambda level: level.rank)[-2:]
    return trail[parent]


def children(scope: Scope, area: Area, day: date) -> list[Node]:
    """The areas of the scope that stand directly under one, in Vietnamese order."""
    query = _named(scope, day).where(AreaPlacement.parent_id == area.id)
    return [node for node, _parent_id in _nodes(scope, query, day)]


def _counts_below(scope: Scope, area_ids: Iterable[int], day: date) -> dict[int, Counter[str]]:
    """How many areas of the scope of each level stand under some areas on a day."""
    query = (
        select(AreaPath.ancestor_id, Area.level, func.count())
        .join(Area, Area.id == AreaPath.descendant_id)
        .where(AreaPath.ancestor_id.in_(set(area_ids)), AreaPath.depth > 0, AreaPath.valid_on(day))
        .where(scope.clause(Area))
        .group_by(AreaPath.ancestor_id, Area.level)
    )
    found: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for area_id, level, count in db.session.execute(query):
        found[area_id][level] = count
    return found


def count_all(nodes: Sequence[Node]) -> Counter[str]:
    """How many areas of each level some nodes are, with everything below them."""
    counts: Counter[str] = Counter(node.area.level for node in nodes)
    for node in nodes:
        counts += node.counts
    return counts


def _named(scope: Scope, day: date) -> Select[PlacedArea]:
    """The areas of the scope on a day with their names and their parents' ids."""
    placed = and_(AreaPlacement.area_id == Area.id, AreaPlacement.valid_on(day))
    return (
        select(Area, AreaName, AreaPlacement.parent_id)
        .join(AreaName, and_(AreaName.area_id == Area.id, AreaName.valid_on(day)))
        .outerjoin(AreaPlacement, placed)
        .where(Area.valid_on(day), scope.clause(Area))
        .order_by(AreaName.sort_key, AreaName.code)
    )


def _nodes(scope: Scope, query: Select[PlacedArea], day: date) -> list[tuple[Node, int]]:
    """A node, still without children, and its parent's id (none at the top) for each row."""
    rows = db.session.execute(query).all()
    counts = _counts_below(scope, [area.id for area, _name, _parent in rows], day)
    return [(Node(area, name, counts[area.id]), parent_id) for area, name, parent_id in rows]


def _nested(nodes: list[tuple[Node, int]]) -> list[Node]:
    """The nodes put under their parents; those at the top are returned."""
    by_id = {node.area.id: node for node, _parent_id in nodes}
    tops: list[Node] = []
    for node, parent_id in nodes:
        siblings = by_id[parent_id].children if parent_id in by_id else tops
        siblings.append(node)
    return tops


class TreeLine(NamedTuple):
    """An area in the printed tree; the province's parent code is empty."""

    code: str
    name: str
    kind: str
    level: str
    parent_code: str


def tree_on(day: date, lowest: Level) -> list[TreeLine]:
    """The deployment's province on `day` and what stands under it down to a level, unsorted."""
    top = province(day)
    if top is None:
        return []
    parent = aliased(AreaName)
    query = (
        select(AreaName.code, AreaName.name, AreaName.kind, Area.level, parent.code)
        .join(AreaPath, and_(AreaPath.descendant_id == Area.id, AreaPath.valid_on(day)))
        .join(AreaName, and_(AreaName.area_id == Area.id, AreaName.valid_on(day)))
        .outerjoin(
            AreaPlacement, and_(AreaPlacement.area_id == Area.id, AreaPlacement.valid_on(day))
        )
        .outerjoin(parent, and_(parent.area_id == AreaPlacement.parent_id, parent.valid_on(day)))
        .where(AreaPath.ancestor_id == top.id)
        .where(Area.level.in_([level for level in Level if level.rank <= lowest.rank]))
    )
    rows = db.session.execute(query.select_from(Area))
    return [
        TreeLine(code, name, kind, level, parent_code or "")
        for code, name, kind, level, parent_code in rows
    ]
