"""What is drawn is as long, as high, as large as its figure; a missing figure is not drawn."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import assume, example, given
from hypothesis import strategies as st
from pytest import approx

from tcns.charts.changes import bullet
from tcns.charts.choropleth import Choropleth
from tcns.charts.columns import Bar, BarChart, Column, ColumnChart
from tcns.charts.lines import TOP, LineChart, Partial
from tcns.charts.maps import MapArea
from tcns.charts.multiples import BOTTOM, Course, Multiples
from tcns.charts.multiples import TOP as SMALL_TOP
from tcns.charts.ranking import Ranked, Ranking
from tcns.charts.scales import Axis, axis_for
from tcns.charts.silence_grid import GridRow, SilenceGrid
from tcns.charts.symbol_map import SymbolMap
from tcns.charts.team_year import Held, SessionState, TeamYear
from tests.svg import length, marks, points, read, values

NEAR = 0.02
counts = st.integers(0, 20_000_000)
figures = st.lists(st.none() | counts, min_size=1, max_size=24)


def known(given_figures: list[int | None]) -> list[int]:
    return [value for value in given_figures if value is not None]


@given(st.lists(st.none() | st.floats(0, 1e9), max_size=20), st.booleans(), st.integers(2, 6))
def test_an_axis_begins_at_zero_and_holds_every_figure(
    found: list[float | None], is_whole: bool, most: int
) -> None:
    axis = axis_for(found, most=most, is_whole=is_whole)
    assert axis.ticks[0] == 0
    assert all(left < right for left, right in pairwise(axis.ticks))
    assert axis.ticks[-1] == approx(axis.end)
    assert axis.end >= max((v for v in found if v is not None), default=0) * (1 - 1e-9)
    assert len(axis.ticks) <= most + 1
    assert not is_whole or all(tick % 1 == 0 for tick in axis.ticks)


def stands_at(y: float, value: float, axis: Axis, top: float, bottom: float) -> bool:
    """Whether a height is to the whole as the figure is to the end of the axis."""
    return abs((bottom - y) / (bottom - top) - value / axis.end) <= NEAR / (bottom - top) + 1e-9


@given(figures, figures)
@example([0], [None])
@example([5, None, 7, None, None, 0], [None, 3])
def test_a_line_goes_through_its_figures_and_is_broken_where_one_is_missing(
    current: list[int | None], reference: list[int | None]
) -> None:
    size = max(len(current), len(reference))
    both = [(*each, *[None] * (size - len(each))) for each in (current, reference)]
    labels = tuple(f"T{place}" for place in range(size))
    chart = LineChart("c", "Số buổi", labels, both[0], "2026", both[1], "2025")
    tree = read(chart.drawing())
    for css, dot, course in (
        ("chart-line", "chart-dot", both[0]),
        ("chart-line-then", "chart-dot-then", both[1]),
    ):
        curves = list(marks(tree, "polyline", css))
        for curve in curves:
            assert len(points(curve)) == len(values(curve)) > 1
            for (_x, y), value in zip(points(curve), values(curve), strict=True):
                assert stands_at(y, value, chart.axis, TOP, chart.bottom)
            for (left, _y), (right, _z) in pairwise(points(curve)):
                assert right - left == approx(chart.x(1) - chart.x(0), abs=NEAR)
        dots = list(marks(tree, "circle", dot))
        for each in dots:
            assert stands_at(length(each, "cy"), *values(each), chart.axis, TOP, chart.bottom)
        through = [value for curve in curves for value in values(curve)]
        shown = sorted(through + [v for each in dots for v in values(each)])
        assert [v for v in course if v is not None and v not in shown] == []
        assert len(through) <= len(known(list(course)))


@given(counts, counts)
def test_a_period_that_still_runs_is_hollow_and_not_on_the_line(now: int, then: int) -> None:
    chart = LineChart(
        "c",
        "Số buổi",
        ("T1", "T2", "T3"),
        (4, 5, None),
        "2026",
        (3, 3, 9),
        "2025",
        Partial(2, now, then, "sau 15 ngày"),
    )
    tree = read(chart.drawing())
    hollow = list(marks(tree, "circle", "chart-hollow"))
    assert [values(each) for each in hollow] == [[then], [now]]
    assert all(
        stands_at(length(e, "cy"), *values(e), chart.axis, TOP, chart.bottom) for e in hollow
    )
    assert [values(curve) for curve in marks(tree, "polyline", "chart-line")] == [[4, 5]]


@given(figures)
def test_a_column_is_as_high_as_its_figure_and_a_missing_one_is_a_dash(
    found: list[int | None],
) -> None:
    columns = tuple(Column(f"T{i}", value) for i, value in enumerate(found))
    chart = ColumnChart("c", "Số buổi", columns, "Buổi", is_running=True)
    tree = read(chart.drawing())
    drawn = list(marks(tree, "rect", "chart-fill"))
    assert [values(each)[0] for each in drawn] == known(found)
    bottom = chart.height - 22
    for each in drawn:
        assert length(each, "y") + length(each, "height") == approx(bottom, abs=NEAR)
        assert stands_at(length(each, "y"), *values(each), chart.axis, 18, bottom)
    dashes = [each for each in tree.iter("text") if each.text == "–"]
    assert len(dashes) == found.count(None)
    hollow = list(marks(tree, "rect", "chart-hollow-bar"))
    assert len(hollow) == (found[-1] is not None)


@given(st.lists(st.none() | counts, min_size=1, max_size=9), st.none() | counts)
def test_a_bar_is_as_long_as_its_figure(found: list[int | None], threshold: int | None) -> None:
    bars = tuple(Bar(f"Xã {i}", value) for i, value in enumerate(found))
    chart = BarChart("c", "Im lặng", bars, "Ngày", threshold)
    for place, value in enumerate(found):
        drawn = list(marks(read(chart.bar(place)), "rect"))
        assert len(drawn) == (value is not None)
        for each in drawn:
            assert length(each, "width") == approx(100 * (value or 0) / chart.axis.end, abs=NEAR)


shares = st.tuples(st.integers(0, 60), st.integers(0, 50), st.none() | st.floats(0, 1.2))


@given(st.lists(shares, min_size=1, max_size=9), st.none() | st.floats(0.001, 1))
def test_a_ranking_stands_worst_first_and_its_bars_and_notches_are_their_shares(
    found: list[tuple[int, int, float | None]], average: float | None
) -> None:
    entries = tuple(Ranked(f"Xã {i}", *each) for i, each in enumerate(found))
    chart = Ranking("c", "Tỷ lệ", entries, "Tổ có buổi", average)
    ranked = [row.share for row in chart.rows]
    assert ranked == sorted(ranked, key=lambda share: (share is None, share))
    for row in chart.rows:
        tree = read(chart.bar(row))
        bars = list(marks(tree, "rect"))
        assert len(bars) == (row.share is not None)
        for bar in bars:
            assert row.share is not None
            assert length(bar, "width") == approx(100 * row.share / chart.axis.end, abs=NEAR)
            is_low = average is not None and row.share < average * 0.7
            assert ("chart-attention" in bar.get("class", "")) is is_low
        notches = list(marks(tree, "line", "chart-previous"))
        assert len(notches) == (row.previous is not None)
        for notch in notches:
            assert length(notch, "x1") == approx(
                100 * (row.previous or 0) / chart.axis.end, abs=NEAR
            )


@given(st.integers(0, 500), st.integers(0, 400), st.none() | st.integers(1, 600))
def test_a_bullet_is_its_part_of_the_whole_and_nothing_is_cut_off(
    value: int, whole: int, aim: int | None
) -> None:
    tree = read(bullet(value, whole, aim))
    end = max(value, whole, aim or 0) or 1
    ground, bar = marks(tree, "rect")
    assert length(ground, "width") == approx(100 * whole / end, abs=NEAR)
    assert length(bar, "width") == approx(100 * value / end, abs=NEAR)
    targets = [length(each, "x1") for each in marks(tree, "line", "chart-target")]
    assert targets == ([] if aim is None else [approx(100 * aim / end, abs=NEAR)])


@given(st.lists(st.lists(st.none() | counts, min_size=3, max_size=3), min_size=1, max_size=5))
def test_small_multiples_have_one_scale(found: list[list[int | None]]) -> None:
    courses = tuple(Course(f"Huyện {i}", tuple(each)) for i, each in enumerate(found))
    chart = Multiples("m", "Số buổi", courses, ("1", "2", "3"), Course("Toàn tỉnh", (1, 2, 3)))
    for place in range(len(chart.everything)):
        for curve in marks(read(chart.drawing(place)), "polyline"):
            for (_x, y), value in zip(points(curve), values(curve), strict=True):
                assert stands_at(y, value, chart.axis, SMALL_TOP, BOTTOM)


cells = st.lists(st.none() | st.integers(0, 40), min_size=4, max_size=4)


@given(st.lists(st.tuples(st.integers(0, 12), cells), min_size=1, max_size=6), st.booleans())
def test_a_grid_has_a_cell_for_each_figure_and_only_silence_is_loud(
    found: list[tuple[int, list[int | None]]], is_running: bool
) -> None:
    rows = tuple(GridRow(f"Xã {i}", teams, tuple(each)) for i, (teams, each) in enumerate(found))
    grid = SilenceGrid("g", "Lưới", ("1", "2", "3", "4"), rows, is_running)
    drawn = list(marks(read(grid.drawing()), "rect"))
    figures_of = [value for row in rows for value in row.session_counts if value is not None]
    assert [values(cell)[0] for cell in drawn] == figures_of
    for cell in drawn:
        assert ("chart-silent" in cell.get("class", "")) is (values(cell) == [0])
        assert "chart-hollow-bar" not in cell.get("class", "") or values(cell) == [0]
    silent_now = sum(row.session_counts[-1] == 0 for row in rows)
    hollow = [cell for cell in drawn if "chart-hollow-bar" in cell.get("class", "")]
    assert len(hollow) == (silent_now if is_running else 0)


@given(st.lists(st.tuples(st.integers(-20, 400), st.sampled_from(SessionState)), max_size=20))
def test_a_strip_has_each_session_of_the_year_on_its_day(
    found: list[tuple[int, SessionState]],
) -> None:
    first, last = date(2025, 11, 29), date(2026, 11, 28)
    sessions = tuple(Held(first + timedelta(days=day), state) for day, state in found)
    year = TeamYear("y", "Tổ thôn 1", first, last, sessions)
    inside = sorted((day, state) for day, state in found if 0 <= day < 365)
    tree = read(year.strip())
    drawn = [each for each in tree.iter("rect") if "-" in each.get("data-value", "")]
    assert sorted(length(each, "x") for each in drawn) == approx(
        [100 * day / 365 for day, _state in inside], abs=NEAR
    )
    for state in SessionState:
        expected = sum(each is state for _day, each in inside)
        assert len(list(marks(tree, "rect", f"chart-{state}"))) == expected
    counted = [day for day, state in inside if state is not SessionState.RETURNED]
    silent = 364 - counted[-1] if counted else 365
    drawn_silence = [values(each)[0] for each in marks(tree, "rect", "chart-attention")]
    assert drawn_silence == ([silent] if silent >= 30 else [])
    squares = [e for e in read(year.calendar()).iter("rect") if "-" in e.get("data-value", "")]
    assert len(squares) == len(inside)


def area(place: int, value: float | None, *, is_silent: bool = False) -> MapArea:
    x, y = 105.0 + place * 0.1, 22.0 + place % 3 * 0.1
    ring = ((x, y), (x + 0.1, y), (x + 0.1, y + 0.1), (x, y + 0.1), (x, y))
    return MapArea(f"{place:05}", f"Xã {place}", value, "", (x, y), ((ring,),), "", is_silent)


@given(st.lists(st.none() | st.integers(0, 5000), min_size=1, max_size=12))
def test_the_surface_of_a_symbol_is_its_figure(found: list[int | None]) -> None:
    chart = SymbolMap("m", "Số buổi", tuple(area(i, v) for i, v in enumerate(found)), "Buổi")
    circles = list(marks(read(chart.drawing()), "circle", "chart-symbol"))
    assert sorted(values(each)[0] for each in circles) == sorted(known(found))
    for each in circles:
        surface = (length(each, "r") / 34) ** 2
        assert surface == approx(values(each)[0] / chart.greatest, abs=0.002)


@given(st.lists(st.none() | st.floats(0, 1.2), min_size=1, max_size=12), st.booleans())
def test_an_area_bears_the_class_whose_printed_limits_hold_it(
    found: list[float | None], is_share: bool
) -> None:
    sized = [value if is_share or value is None else round(value * 900) for value in found]
    assume(any(value is not None for value in sized))
    areas = tuple(area(place, value) for place, value in enumerate(sized))
    chart = Choropleth("m", "Tỷ lệ", areas, "Tỷ lệ", is_share=is_share)
    limits = chart.classes.limits
    assert limits[0] == 0
    assert all(right - left == approx(chart.classes.step) for left, right in pairwise(limits))
    tree = read(chart.drawing())
    for place, lower in enumerate(limits):
        upper = limits[place + 1] if place < 4 else float("inf")
        shapes = list(marks(tree, "path", f"chart-q{place}"))
        assert all(lower - 1e-8 <= value < upper for each in shapes for value in values(each))
        assert len(shapes) == chart.legend[place].count
    assert len(list(marks(tree, "path", "chart-missing"))) == sized.count(None)


def test_silence_is_hatched_and_a_diamond_whatever_the_figure() -> None:
    areas = (area(0, 0.5), area(1, 0, is_silent=True), area(2, 0.9))
    chart = Choropleth("m", "Tỷ lệ", areas, "Tỷ lệ", silent_words="im lặng")
    hatched = list(marks(read(chart.drawing()), "path", "chart-hatched"))
    assert [each.get("fill") for each in hatched] == ["url(#m-hatch)"]
    symbols = read(SymbolMap("s", "Buổi", areas, "Buổi", silent_words="im lặng").drawing())
    assert len(list(marks(symbols, "path", "chart-diamond"))) == 1
