"""What a file of boundaries must be: GeoJSON in degrees, each feature an area with its code."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tcns.charts.projection import Outline, Point
from tcns.errors import RuleViolation
from tcns.i18n import gettext as _

# Vietnam with its islands, in degrees east and north.
WEST, EAST, SOUTH, NORTH = 102.0, 118.0, 6.0, 23.6
LEAST_POINTS = 4
LARGEST_FILE = 50_000_000
DEGREES = ("CRS84", "EPSG::4326", "EPSG:4326")


@dataclass(frozen=True)
class Feature:
    """An area of a file: where it stands there, its code, its outlines in degrees."""

    place: int
    code: str
    outlines: tuple[Outline, ...]

    @property
    def name(self) -> str:
        """What it is called in a message: its place in the file and its code."""
        return _("feature %(place)s (%(code)s)", place=self.place, code=self.code or "?")

    def refuse(self, why: str) -> RuleViolation:
        """That it is not taken, and why."""
        return RuleViolation(f"{self.name}: {why}")


def read_features(content: bytes) -> list[Feature]:
    """The features of a file; raises RuleViolation naming the first that is not sound."""
    features = [_feature(place, given) for place, given in enumerate(_given(content), 1)]
    if not features:
        raise RuleViolation(_("The file holds no feature."))
    seen: dict[str, Feature] = {}
    for feature in features:
        if feature.code in seen:
            raise feature.refuse(_("the same code as %(other)s", other=seen[feature.code].name))
        seen[feature.code] = feature
    return features


def _given(content: bytes) -> list[Any]:
    """The features as they stand in a file of GeoJSON."""
    if len(content) > LARGEST_FILE:
        raise RuleViolation(_("The file is too large: at most 50 MB."))
    try:
        given = json.loads(content)
    except (ValueError, RecursionError):
        raise RuleViolation(_("The file is no GeoJSON: it cannot be read as JSON.")) from None
    if not isinstance(given, dict) or not isinstance(given.get("features"), list):
        raise RuleViolation(_("The file is no GeoJSON: it is no FeatureCollection."))
    crs = json.dumps(given.get("crs"))
    if given.get("crs") is not None and not any(name in crs for name in DEGREES):
        raise RuleViolation(_("The file is not in WGS84: its crs is %(crs)s.", crs=crs[:80]))
    return list(given["features"])


def _feature(place: int, given: Any) -> Feature:
    """One feature, its code and every point of it looked at."""
    given = given if isinstance(given, dict) else {}
    properties, geometry = given.get("properties") or {}, given.get("geometry") or {}
    code = properties.get("code") if isinstance(properties, dict) else None
    feature = Feature(place, code if isinstance(code, str) else "", ())
    if not feature.code:
        raise feature.refuse(_("no property “code” with a text"))
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise feature.refuse(_("no Polygon or MultiPolygon"))
    polygons = geometry.get("coordinates")
    outlines = tuple(
        tuple(_ring(feature, ring) for ring in _listed(feature, polygon))
        for polygon in _listed(feature, [polygons] if kind == "Polygon" else polygons)
    )
    return Feature(place, feature.code, outlines)


def _listed(feature: Feature, given: Any) -> Iterator[Any]:
    """The parts of a polygon or of several: at least one."""
    if not isinstance(given, list) or not given:
        raise feature.refuse(_("a polygon without coordinates"))
    return iter(given)


def _ring(feature: Feature, given: Any) -> tuple[Point, ...]:
    """A closed ring of points in Vietnam."""
    ring = tuple(_point(feature, point) for point in _listed(feature, given))
    if len(ring) < LEAST_POINTS or ring[0] != ring[-1]:
        raise feature.refuse(_("a ring that is not closed, or of fewer than four points"))
    return ring


def _point(feature: Feature, given: Any) -> Point:
    """A point in Vietnam."""
    if not isinstance(given, list) or len(given) < 2 or not all(map(_is_number, given[:2])):
        raise feature.refuse(_("a point that is no pair of numbers"))
    x, y = float(given[0]), float(given[1])
    if WEST <= x <= EAST and SOUTH <= y <= NORTH:
        return x, y
    if WEST <= y <= EAST and SOUTH <= x <= NORTH:
        raise feature.refuse(_("latitude before longitude; WGS84 in GeoJSON is longitude first"))
    if abs(x) > 180 or abs(y) > 90:
        raise feature.refuse(_("coordinates that are no degrees (WGS84)"))
    raise feature.refuse(_("a point outside Vietnam (%(x)s, %(y)s)", x=x, y=y))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
