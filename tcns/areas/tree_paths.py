"""The dated closure of the tree: under which areas an area stands, how deep, on which days.

An area stands under itself while it exists, and under each ancestor of a parent on the days on
which both its placement and the parent's own path hold.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from tcns.areas.allocation import Span, Tree
from tcns.areas.models import AreaPlacement


class Step(NamedTuple):
    """An area stands `depth` levels below `ancestor` from `starts` to the day before `ends`."""

    ancestor: int
    depth: int
    starts: date
    ends: date | None


def find_paths(tree: Tree, area_ids: Iterable[int]) -> Iterator[tuple[int, Step]]:
    """The steps of some areas; the tree holds all that stood above them."""
    lives = {life.area: life for life in tree.lives}
    placements = defaultdict(list)
    for span in tree.placements:
        placements[span.area].append(span)
    steps: dict[int, list[Step]] = {}

    def steps_of(area_id: int) -> list[Step]:
        if area_id not in steps:
            life = lives[area_id]
            found = [Step(area_id, 0, life.starts, life.ends)]
            for span in placements[area_id]:
                assert span.parent is not None
                found += _below(steps_of(span.parent), span)
            steps[area_id] = joined(found)
        return steps[area_id]

    for area_id in lives.keys() & set(area_ids):
        for step in steps_of(area_id):
            yield area_id, step


def steps_below(parent_steps: list[Step], placement: AreaPlacement) -> list[Step]:
    """The parent's steps seen from the placed area: one deeper, while the placement holds."""
    span = Span(placement.area_id, placement.parent_id, placement.valid_from, placement.valid_to)
    return _below(parent_steps, span)


def _below(parent_steps: list[Step], span: Span) -> list[Step]:
    """The parent's steps, one deeper, on the days of a span."""
    found = []
    for step in parent_steps:
        starts = max(step.starts, span.starts)
        ends = min(step.ends or date.max, span.ends or date.max)
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
