"""Words beside charts: changes, gaps to targets, and what of a figure is not known."""

import pytest

from tcns.charts.changes import Aim, Change, Measured
from tcns.charts.key_figures import KeyFigure
from tcns.charts.lines import LineChart
from tcns.charts.multiples import Course, Multiples
from tcns.charts.silence_grid import SilenceGrid
from tcns.charts.symbol_map import SymbolMap
from tcns.charts.targets import Progress, Target
from tests.svg import read


@pytest.mark.parametrize(
    ("change", "tone", "words"),
    [
        (Change(12.04), "good", "12,0%"),
        (Change(-8, Measured.POINTS), "bad", "8,0 điểm"),
        (Change(26.2, more_is_good=False), "bad", "26,2%"),
        (Change(-3, Measured.COUNT, unit="thôn", more_is_good=False), "good", "3 thôn"),
        (Change(0.04), "same", "0,0%"),
        (Change(None), "same", "chưa có kỳ để so sánh"),
    ],
)
def test_a_change_has_its_amount_and_its_tone(change: Change, tone: str, words: str) -> None:
    assert (change.tone, change.words) == (tone, words)


@pytest.mark.parametrize(
    ("value", "gap", "is_met"),
    [(1733, "thiếu 12 thôn", False), (1745, "đạt chỉ tiêu", True), (1800, "đạt chỉ tiêu", True)],
)
def test_what_is_missing_to_a_target_is_an_absolute_number(
    value: int, gap: str, is_met: bool
) -> None:
    figure = KeyFigure("Thôn có tổ", value, unit="thôn", whole=1745, aim=Aim(1744.2))
    assert (figure.gap, figure.is_met) == (gap, is_met)


def test_a_share_of_an_unknown_whole_is_not_written() -> None:
    assert KeyFigure("Hộ", 486, whole_words="chưa có số hộ").share == ""
    assert KeyFigure("Hộ", None, whole=12).share == ""
    assert KeyFigure("Hộ", 0, whole=0).share == "–"
    assert KeyFigure("Hộ", 9, whole=8).share == "112,5%"


@pytest.mark.parametrize(
    ("value", "pace", "progress"),
    [
        (10, 50, Progress.LATE),
        (50, 50, Progress.ON_TRACK),
        (10, None, Progress.ON_TRACK),
        (100, 50, Progress.MET),
        (130, 150, Progress.MET),
    ],
)
def test_a_target_is_late_below_its_pace(
    value: int, pace: float | None, progress: Progress
) -> None:
    assert Target("Chữ ký số", value, 100, "chữ ký", pace).progress is progress


@pytest.mark.parametrize(
    ("value", "pace", "progress", "gap"),
    [
        (130, 120, Progress.LATE, "vượt mức 30 tổ"),
        (110, 120, Progress.ON_TRACK, "vượt mức 10 tổ"),
        (90, 120, Progress.MET, "đạt chỉ tiêu"),
    ],
)
def test_a_target_that_is_the_most_there_may_be_is_late_above_its_pace(
    value: int, pace: float, progress: Progress, gap: str
) -> None:
    target = Target("Tổ im lặng", value, 100, "tổ", pace, is_most=True)
    assert (target.progress, target.gap) == (progress, gap)


def test_charts_without_any_figure_are_drawn_and_say_so() -> None:
    line = LineChart("l", "Buổi", ("T1", "T2"), (None, None), "2026")
    assert line.description() == "chưa có số liệu"
    empty = Multiples("m", "Buổi", (Course("Xã", (None,)),), ("1",))
    nowhere = SymbolMap("s", "Buổi", (), "Buổi")
    for drawing in (line.drawing(), empty.drawing(0), nowhere.drawing()):
        assert read(drawing).find("title") is not None
    assert SilenceGrid("g", "Lưới", ("1",), ()).silent_cells == 0


def test_a_name_cannot_break_out_of_a_drawing() -> None:
    evil = '"><script>alert(1)</script>&'
    chart = LineChart("l", evil, (evil, "T2"), (1, 2), evil, urls=("/a?b=1&c=2", None))
    svg = chart.drawing().__html__()
    assert "<script" not in svg
    assert read(chart.drawing()).findtext("title") == evil
