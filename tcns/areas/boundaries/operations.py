"""What stores boundaries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select

from tcns.areas.boundaries.models import AreaBoundary, as_text
from tcns.areas.boundaries.rules import Feature, read_features
from tcns.areas.boundaries.simplifying import outlines_of, simplified, sound, united, weight
from tcns.areas.models import Area, AreaName, AreaPath, Deployment
from tcns.areas.vocabulary import Level
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.charts.projection import Outline
from tcns.database import db
from tcns.database.id_lists import in_ids
from tcns.errors import RuleViolation
from tcns.i18n import format_day
from tcns.i18n import gettext as _

Outlines = tuple[Outline, ...]


@dataclass(frozen=True)
class Loaded:
    """What was stored: areas of the file, areas above them whose borders follow, the tolerance in
    degrees, and what the heaviest province weighs in a page, in bytes."""

    area_count: int
    whole_count: int
    tolerance: float
    heaviest: int


def load_boundaries(content: bytes, map_on: date, *, by: Any) -> Loaded:
    """Store the boundaries of a GeoJSON file for the map of a day; those of the same areas and day
    are replaced.

    A district or province whose parts are all in the file gets their common border. Raises
    RuleViolation naming the feature that is not sound, or whose code no area bears on that day.
    """
    deployment = db.session.get(Deployment, 1)
    if deployment is None:
        raise RuleViolation(_("No areas are loaded yet."))
    features = read_features(content)
    area_ids = _area_ids(features, map_on)
    provinces = _above(list(area_ids.values()), Level.PROVINCE, map_on)
    found: dict[int, Outlines] = {}
    tolerances = []
    for group in _by_level(features, area_ids):
        ids = [area_ids[feature.code] for feature in group]
        smaller, tolerance = simplified(sound(group), [provinces.get(each) for each in ids])
        tolerances.append(tolerance)
        found |= _wholes(dict(zip(ids, smaller, strict=True)), map_on)
        found |= {each: outlines_of(area) for each, area in zip(ids, smaller, strict=True)}
    _store(found, map_on)
    changes = {"map_on": (None, map_on), "count": (None, len(features))}
    record(Event.BOUNDARIES_LOADED, by=by, on=deployment, changes=changes)
    heaviest = _heaviest({each: found[each] for each in area_ids.values()}, provinces)
    return Loaded(len(features), len(found) - len(features), max(tolerances), heaviest)


def _area_ids(features: Sequence[Feature], day: date) -> dict[str, int]:
    """The areas that bear the codes on a day."""
    query = select(AreaName.code, AreaName.area_id).join(AreaName.area)
    query = query.where(AreaName.valid_on(day), Area.valid_on(day))
    known = dict(db.session.execute(query).tuples().all())
    for feature in features:
        if feature.code not in known:
            raise feature.refuse(_("no area bears this code on %(day)s", day=format_day(day)))
    return {feature.code: known[feature.code] for feature in features}


def _by_level(features: Sequence[Feature], area_ids: dict[str, int]) -> list[list[Feature]]:
    """The features level by level, for areas of different levels lie on each other."""
    query = select(Area.id, Area.level).where(in_ids(Area.id, list(area_ids.values())))
    levels = dict(db.session.execute(query).tuples().all())
    groups: defaultdict[str, list[Feature]] = defaultdict(list)
    for feature in features:
        groups[levels[area_ids[feature.code]]].append(feature)
    lowest_first = sorted(groups, key=lambda level: -Level(level).rank)
    return [groups[level] for level in lowest_first]


def _above(area_ids: Sequence[int], level: Level, day: date) -> dict[int, int]:
    """In which area of a level each of some areas lies on a day."""
    query = select(AreaPath.descendant_id, AreaPath.ancestor_id)
    query = query.join(Area, Area.id == AreaPath.ancestor_id).where(Area.level == level)
    query = query.where(in_ids(AreaPath.descendant_id, area_ids), AreaPath.valid_on(day))
    return dict(db.session.execute(query).tuples().all())


def _wholes(areas: dict[int, Any], day: date) -> dict[int, Outlines]:
    """The borders of districts and provinces all of whose areas of this level are given."""
    found: dict[int, Outlines] = {}
    lowest = db.session.get_one(Area, next(iter(areas))).level
    for level in (Level.DISTRICT, Level.PROVINCE):
        parts: defaultdict[int, list[int]] = defaultdict(list)
        for area_id, whole_id in _above(list(areas), level, day).items():
            parts[whole_id].append(area_id)
        complete = _counts(list(parts), lowest, day)
        for whole_id, ids in parts.items():
            if len(ids) == complete.get(whole_id) and whole_id not in areas:
                found[whole_id] = outlines_of(united([areas[each] for each in ids]))
    return found


def _counts(whole_ids: Sequence[int], level: str, day: date) -> dict[int, int]:
    """How many areas of a level lie in each of some areas on a day."""
    query = select(AreaPath.ancestor_id, AreaPath.descendant_id)
    query = query.join(Area, Area.id == AreaPath.descendant_id).where(Area.level == level)
    query = query.where(in_ids(AreaPath.ancestor_id, whole_ids), AreaPath.valid_on(day))
    counts: defaultdict[int, int] = defaultdict(int)
    for whole_id, _area_id in db.session.execute(query):
        counts[whole_id] += 1
    return dict(counts)


def _store(found: dict[int, Outlines], map_on: date) -> None:
    """Put boundaries in the place of those of the same areas and day."""
    kept = in_ids(AreaBoundary.area_id, list(found))
    db.session.execute(delete(AreaBoundary).where(AreaBoundary.map_on == map_on, kept))
    rows = [
        {"area_id": area_id, "map_on": map_on, "outlines": as_text(outlines)}
        for area_id, outlines in found.items()
    ]
    db.session.execute(insert(AreaBoundary), rows)


def _heaviest(found: dict[int, Outlines], provinces: dict[int, int]) -> int:
    groups: defaultdict[int | None, dict[int, Outlines]] = defaultdict(dict)
    for area_id, outlines in found.items():
        groups[provinces.get(area_id)][area_id] = outlines
    return max(map(weight, groups.values()))
