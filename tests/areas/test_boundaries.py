"""Boundaries of areas come from a file, small and without gaps; what is wrong is named."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from math import pi, sin
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tcns.areas.boundaries.models import AreaBoundary
from tcns.areas.boundaries.queries import boundaries_of
from tcns.areas.boundaries.rules import read_features
from tcns.areas.models import Area
from tcns.areas.queries import area_by_code
from tcns.areas.tree_queries import tree_on
from tcns.areas.vocabulary import Level
from tcns.audit.models import AuditEvent
from tcns.audit.vocabulary import Event
from tcns.charts.choropleth import Choropleth
from tcns.charts.maps import MapArea
from tcns.database import db
from tcns.errors import RuleViolation
from tests.svg import marks, read

DAY = date(2024, 8, 31)
SIDE, STEPS = 0.06, 60
Ring = list[list[float]]


def run(app: Flask, *words: str) -> Any:
    """What `flask areas …` did."""
    return app.test_cli_runner().invoke(args=["areas", *words])


def edge(left: tuple[int, int], right: tuple[int, int]) -> Ring:
    """A border between two corners of the grid, of many points that both sides have."""
    first, last = sorted((left, right))
    points = []
    for step in range(STEPS):
        along = step / STEPS
        off = 0.004 * sin(along * 31 + first[0] * 7 + first[1] * 3) * sin(pi * along)
        x = first[0] + (last[0] - first[0]) * along
        y = first[1] + (last[1] - first[1]) * along
        is_level = first[1] == last[1]
        points.append([104.9 + SIDE * x + off * (not is_level), 21.6 + SIDE * y + off * is_level])
    points.append([104.9 + SIDE * last[0], 21.6 + SIDE * last[1]])
    return points if left == first else points[::-1]


def cell(column: int, row: int) -> Ring:
    """A cell of the grid, its four borders one after the other."""
    corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)]
    ring = []
    for place, corner in enumerate(corners):
        ring += edge(corner, corners[(place + 1) % 4])[:-1]
    return [*ring, ring[0]]


def feature(code: Any, *rings: Ring) -> dict[str, Any]:
    geometry = {"type": "Polygon", "coordinates": list(rings)}
    return {"type": "Feature", "properties": {"code": code}, "geometry": geometry}


def file_of(features: list[dict[str, Any]], **more: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()


def communes(app: Flask) -> list[str]:
    """The codes of the province's communes, district by district."""
    with app.app_context():
        lines = [line for line in tree_on(DAY, Level.COMMUNE) if line.level == Level.COMMUNE]
    return [line.code for line in sorted(lines, key=lambda line: (line.parent_code, line.code))]


@pytest.fixture
def loaded(empty_app: Flask) -> Flask:
    """The application with the areas of the gazetteer."""
    assert run(empty_app, "load", "--province", "08").exit_code == 0
    return empty_app


@pytest.fixture
def load(loaded: Flask, tmp_path: Path) -> Callable[[bytes], Any]:
    """`load(content)` is what the command did with such a file."""

    def loading(content: bytes) -> Any:
        path = tmp_path / "boundaries.geojson"
        path.write_bytes(content)
        return run(loaded, "load-boundaries", str(path), "--on", DAY.isoformat())

    return loading


def stored(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(AreaBoundary)) or 0


def test_a_province_is_loaded_small_and_without_gaps(
    loaded: Flask, load: Callable[[bytes], Any]
) -> None:
    codes = communes(loaded)
    content = file_of([feature(c, cell(i % 12, i // 12)) for i, c in enumerate(codes)])
    for _again in range(2):
        answer = load(content)
        assert answer.exit_code == 0, answer.output
        assert "138 areas" in answer.stdout
        assert stored(loaded) == 138 + 7 + 1
    with loaded.app_context():
        ids = {area.id: code for code in codes if (area := area_by_code(code, DAY))}
        found = boundaries_of(ids, DAY)
        assert set(found) == set(ids)
        edges = Counter(
            frozenset(pair)
            for outlines in found.values()
            for outline in outlines
            for ring in outline
            for pair in pairwise(ring)
        )
        assert set(edges.values()) == {1, 2}
        borders = {tuple(sorted(each)) for each, count in edges.items() if count == 1}
        province = area_by_code("08", DAY, level=Level.PROVINCE)
        assert province is not None
        (outline,) = boundaries_of([province.id], DAY)[province.id]
        around = {tuple(sorted(p)) for p in pairwise(outline[0])}
        assert around == borders
        areas = tuple(MapArea(ids[i], ids[i], 0.5, outlines=o) for i, o in found.items())
        drawn = Choropleth("m", "Bản đồ", areas, "Tỷ lệ").drawing()
        assert len(list(marks(read(drawn), "path", "chart-q4"))) == 138
        event = select(AuditEvent).where(AuditEvent.event == Event.BOUNDARIES_LOADED)
        assert len(db.session.scalars(event).all()) == 2


SQUARE = cell(0, 0)
SWAPPED = [[y, x] for x, y in SQUARE]
METRES = [[x * 111_000, y * 111_000] for x, y in SQUARE]
ABROAD = [[x - 10, y] for x, y in SQUARE]
CROSSED = [[105.0, 21.6], [105.1, 21.7], [105.1, 21.6], [105.0, 21.7], [105.0, 21.6]]


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("code", "ring", "why"),
    [
        ("99999", SQUARE, "no area bears this code on 31/08/2024"),
        ("02335", SWAPPED, "longitude first"),
        ("02335", METRES, "no degrees"),
        ("02335", ABROAD, "outside Vietnam"),
        ("02335", CROSSED, "crosses itself"),
        ("02335", SQUARE[:-1], "not closed"),
        ("02335", [[105.0, 21.6], [105.1, "x"]], "no pair of numbers"),
        ("02335", cell(2, 2), "lies on other features"),
        ("02338", cell(5, 5), "the same code"),
    ],
)
def test_a_feature_that_is_not_sound_is_refused_by_its_name(
    loaded: Flask, load: Callable[[bytes], Any], code: str, ring: Ring, why: str
) -> None:
    around = [feature("02338", cell(2, 2)), feature("02341", cell(3, 2))]
    answer = load(file_of([*around, feature(code, ring)]))
    assert answer.exit_code == 1
    (line,) = answer.stderr.splitlines()
    assert why in line
    assert "feature 3 (" in line or "feature 1 (" in line
    assert f"({code})" in line or "(02338)" in line
    assert stored(loaded) == 0


@pytest.mark.one_engine
@pytest.mark.usefixtures("context")
def test_what_rounding_makes_of_a_border_is_mended() -> None:
    from tcns.areas.boundaries.simplifying import sound

    spike = [*SQUARE[:30], [SQUARE[30][0], SQUARE[30][1] + 1e-6], SQUARE[29], *SQUARE[30:]]
    (area,) = sound(read_features(file_of([feature("02335", spike)])))
    assert area.is_valid


@pytest.mark.one_engine
@pytest.mark.usefixtures("context")
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"type": "FeatureCollection", "features": []}',
        file_of([feature("02335", SQUARE)], crs={"properties": {"name": "EPSG::3857"}}),
        file_of([feature(2335, SQUARE)]),
        file_of([feature("02335")]),
        b'{"features": [null]}',
        b'{"features": [{"properties": {"code": "1"}, "geometry": {"type": "Point"}}]}',
    ],
)
def test_a_file_that_holds_no_boundaries_is_refused(content: bytes) -> None:
    with pytest.raises(RuleViolation):
        read_features(content)


@pytest.mark.one_engine
def test_an_area_is_drawn_as_it_was_loaded_for_the_nearest_map(app: Flask) -> None:
    with app.app_context():
        area_id = db.session.scalar(select(func.min(Area.id))) or 0
        for year, text in ((2024, "[[[0,0,1,1]]]"), (2026, "[[[0,0,2,2]]]")):
            day = date(year, 1, 1)
            db.session.add(AreaBoundary(area_id=area_id, map_on=day, outlines=text))
        db.session.flush()
        nearest = {date(2023, 1, 1): 1e-4, date(2025, 6, 1): 1e-4, date(2027, 1, 1): 2e-4}
        for day, last in nearest.items():
            assert boundaries_of([area_id], day)[area_id][0][0][-1] == (last, last)
        db.session.rollback()
