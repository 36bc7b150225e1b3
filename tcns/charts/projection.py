"""From degrees to a drawing: north up, a degree east as much shorter as it is there."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

# A map is drawn in these units, whatever its width on the page; half a pixel there.
WIDTH, TALLEST, MARGIN = 1000.0, 1400.0, 40.0

# Degrees east and north, and rings of such points: the first of an outline is its border, the
# others are holes.
Point = tuple[float, float]
Outline = tuple[tuple[Point, ...], ...]


@dataclass(frozen=True)
class Plane:
    """Where degrees lie on a map: exact enough for a province."""

    west: float
    north: float
    east: float
    south: float

    @classmethod
    def around(cls, points: Iterable[Point]) -> "Plane":
        """The plane that holds some points."""
        known = list(points) or [(105.0, 22.0)]
        longitudes, latitudes = [x for x, _y in known], [y for _x, y in known]
        return cls(min(longitudes), max(latitudes), max(longitudes), min(latitudes))

    @cached_property
    def _squeeze(self) -> float:
        return math.cos(math.radians((self.north + self.south) / 2))

    @cached_property
    def _scale(self) -> float:
        """Units in a degree north: as many as fit into the width and the greatest height."""
        sizes = (self.east - self.west) * self._squeeze, self.north - self.south
        room = WIDTH - 2 * MARGIN, TALLEST - 2 * MARGIN
        fitting = [space / size for space, size in zip(room, sizes, strict=True) if size > 1e-9]
        return min(fitting, default=1.0)

    @property
    def width(self) -> float:
        """The width of the map in units."""
        return (self.east - self.west) * self._squeeze * self._scale + 2 * MARGIN

    @property
    def height(self) -> float:
        """The height of the map in units."""
        return (self.north - self.south) * self._scale + 2 * MARGIN

    def at(self, point: Point) -> tuple[int, int]:
        """The unit a point lies in: neighbours round their common points alike."""
        x = (point[0] - self.west) * self._squeeze * self._scale + MARGIN
        return round(x), round((self.north - point[1]) * self._scale + MARGIN)

    def path(self, outlines: Iterable[Outline]) -> str:
        """Outlines as the path of a drawing, each step from the point before."""
        return "".join(self._ring(ring) for outline in outlines for ring in outline)

    def _ring(self, ring: Sequence[Point]) -> str:
        points = [self.at(point) for point in ring]
        (x, y), steps = points[0], []
        begun = f"M{x} {y}"
        for right, down in points[1:-1] if points[0] == points[-1] else points[1:]:
            if (right, down) != (x, y):
                steps.append(f"{right - x} {down - y}")
            x, y = right, down
        return begun + (f"l{' '.join(steps)}" if steps else "") + "z"
