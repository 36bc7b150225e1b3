"""Boundaries made small together by shapely (GEOS), so that neighbours keep their common points.

It is loaded by nothing but what loads boundaries: a page draws what is stored.
"""

import gzip
from collections.abc import Mapping, Sequence

import shapely
from shapely import Geometry, MultiPolygon, Polygon

from tcns.areas.boundaries.models import UNITS
from tcns.areas.boundaries.rules import Feature
from tcns.charts.projection import Outline, Plane
from tcns.i18n import gettext as _

# What the boundaries of a province may weigh in a page, compressed.
LARGEST = 25_000
# From as good as exact to some three kilometres, in degrees.
TOLERANCES = (0.0002, 0.0005, 0.001, 0.0015, 0.002, 0.003, 0.005, 0.008, 0.012, 0.02, 0.03)
# A crossing that comes of rounded coordinates changes next to nothing; of how much of an area may
# belong to its neighbour as well, files of different sources differ more.
ROUNDED, SHARED = 0.0001, 0.01
GAP = 0.0005

Outlines = tuple[Outline, ...]


def sound(features: Sequence[Feature]) -> list[Geometry]:
    """The features as geometries of one coverage: no crossing, no overlap, no gap between them.

    Raises RuleViolation naming a feature that crosses itself, or that lies on its neighbours, by
    more than rounding can.
    """
    single = [_mended(feature) for feature in features]
    cleaned = list(shapely.coverage_clean(single, gap_width=GAP))
    for feature, before, after in zip(features, single, cleaned, strict=True):
        if abs(before.area - after.area) > SHARED * before.area:
            raise feature.refuse(_("it lies on other features"))
    return cleaned


def _mended(feature: Feature) -> Geometry:
    """A feature without the crossings that rounding makes."""
    drawn = MultiPolygon([Polygon(outline[0], outline[1:]) for outline in feature.outlines])
    if shapely.is_valid(drawn):
        return drawn
    mended = shapely.make_valid(drawn, method="structure", keep_collapsed=False)
    is_area = mended.geom_type in ("Polygon", "MultiPolygon") and not mended.is_empty
    if not is_area or abs(drawn.area - mended.area) > ROUNDED * mended.area:
        raise feature.refuse(
            _("a boundary that crosses itself: %(where)s", where=shapely.is_valid_reason(drawn))
        )
    return mended


def simplified(
    coverage: Sequence[Geometry], provinces: Sequence[int | None]
) -> tuple[list[Geometry], float]:
    """The coverage with as few points as every province of it weighs no more than `LARGEST` with,
    and the tolerance that it took; `provinces` says in which each area lies."""
    for tolerance in TOLERANCES:
        smaller = list(shapely.coverage_simplify(list(coverage), tolerance))
        grouped = _grouped(smaller, provinces)
        if all(weight(map(outlines_of, group)) <= LARGEST for group in grouped.values()):
            break
    return smaller, tolerance


def _grouped(
    areas: Sequence[Geometry], provinces: Sequence[int | None]
) -> dict[int | None, list[Geometry]]:
    groups: dict[int | None, list[Geometry]] = {}
    for area, province in zip(areas, provinces, strict=True):
        groups.setdefault(province, []).append(area)
    return groups


def united(parts: Sequence[Geometry]) -> Geometry:
    """The whole of some areas of one coverage: its border is theirs."""
    return shapely.union_all(list(parts))


def outlines_of(area: Geometry) -> Outlines:
    """An area's outlines as they are stored and drawn: rounded, each point with its neighbours'."""
    polygons = area.geoms if isinstance(area, MultiPolygon) else [area]
    rings = ((each.exterior, *each.interiors) for each in polygons if not each.is_empty)
    return tuple(
        tuple(
            tuple((round(x * UNITS) / UNITS, round(y * UNITS) / UNITS) for x, y in ring.coords)
            for ring in outline
        )
        for outline in rings
    )


def weight(areas: "Mapping[int, Outlines] | map[Outlines]") -> int:
    """What the boundaries of some areas weigh as the paths of a map, compressed, in bytes."""
    drawn = list(areas.values() if isinstance(areas, Mapping) else areas)
    plane = Plane.around(p for area in drawn for outline in area for p in outline[0])
    return len(gzip.compress(" ".join(map(plane.path, drawn)).encode()))
