"""Every chart is a slide of 1280 × 720: SVG that stands alone, and PNG made of it."""

import re
import struct
from dataclasses import replace
from xml.etree.ElementTree import fromstring

import pytest

from tcns.charts.slides import slide_png, slide_svg
from tcns.site.style_samples import slides

NAMES = [
    "line",
    "columns",
    "ranking",
    "bars",
    "multiples",
    "grid",
    "year",
    "targets",
    "map",
    "symbols",
]
TITLE = "Tháng nào năm 2026 cũng nhiều buổi hơn năm 2025"


def test_every_kind_of_chart_is_tried() -> None:
    assert list(slides()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_slide_stands_alone(name: str) -> None:
    svg = slide_svg(slides()[name], TITLE, "Toàn tỉnh, 12 kỳ", "Số liệu đến 29/11/2026").decode()
    tree = fromstring(svg)
    assert (tree.get("width"), tree.get("height")) == ("1280", "720")
    assert TITLE in svg
    assert "var(" not in svg
    assert re.findall(r'[\d.]+%"', svg) == [], "a length in per cent of what a program makes of it"
    assert re.findall(r"<(?:a|script|image|foreignObject)\b", svg) == []
    assert set(re.findall(r"url\(([^)]*)\)", svg)) <= {"#map-areas-hatch"}


def test_a_chart_keeps_its_figures_on_a_slide() -> None:
    drawn = fromstring(slide_svg(slides()["columns"], TITLE, "").decode())
    bars = [each for each in drawn.iter() if each.get("data-value") and each.get("height")]
    heights = {float(e.get("data-value", "")): float(e.get("height", "")) for e in bars}
    assert len(heights) > 5
    for value, height in heights.items():
        assert height == pytest.approx(heights[12] * value / 12, abs=0.02)


def test_what_is_drawn_lies_within_the_slide() -> None:
    """The largest chart is made as small as it must be."""
    svg = slide_svg(slides()["grid"], TITLE, "").decode()
    scale = float(re.findall(r"scale\(([\d.]+)\)", svg)[0])
    lowest = max(
        float(y) for y in re.findall(r'<rect class="chart-[a-z]+" x="[\d.]+" y="([\d.]+)"', svg)
    )
    assert 150 + scale * (lowest + 14) <= 664


@pytest.mark.parametrize("count", [12, 41, 138])
@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("ranking", "entries"),
        ("bars", "bars"),
        ("multiples", "courses"),
        ("grid", "rows"),
        ("targets", "targets"),
    ],
)
def test_of_many_rows_those_that_can_be_read_are_shown_and_the_rest_is_counted(
    name: str, rows: str, count: int
) -> None:
    chart = slides()[name]
    some = getattr(chart, rows)
    many = tuple(replace(some[n % len(some)], label=f"Hàng {n}") for n in range(count))
    svg = slide_svg(replace(chart, **{rows: many}), TITLE, "").decode()
    assert float(re.findall(r"scale\(([\d.]+)\)", svg)[0]) >= 0.75
    shown = {int(number) for number in re.findall(r">Hàng (\d+)<", svg)}
    left = [int(number) for number in re.findall(r"và (\d+) dòng nữa", svg)]
    assert [len(shown) + n for n in left or [0]] == [count]
    assert name == "ranking" or shown == set(range(len(shown)))


@pytest.mark.parametrize("title", [TITLE, TITLE * 3])
def test_a_png_has_the_size_of_a_slide_and_shows_something(title: str) -> None:
    png = slide_png(slides()["line"], title, "Toàn tỉnh")
    assert png.startswith(b"\x89PNG")
    assert struct.unpack(">II", png[16:24]) == (1280, 720)
    assert len(png) > 15_000
