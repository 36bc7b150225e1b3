"""Labels of an axis never overlap, and as many are kept as there is room for."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tcns.charts.labels import EVERY, GAP, NARROW, WIDE, cut, labels_kept, width_of
from tcns.charts.lines import LineChart
from tests.svg import length, marks, read

words = st.text("T0123456789/ Tháng", min_size=1, max_size=14)


@given(st.lists(words, min_size=1, max_size=60), st.integers(150, 1400))
def test_labels_that_are_kept_stand_apart(labels: list[str], width: int) -> None:
    places = [100 * (place + 0.5) / len(labels) for place in range(len(labels))]
    kept = sorted(labels_kept(labels, places, width))
    assert kept[0] == 0
    for left, right in pairwise(kept):
        free = (places[right] - places[left]) * width / 100
        assert free >= (width_of(labels[left]) + width_of(labels[right])) / 2 + GAP
    steps = {right - left for left, right in pairwise(kept)}
    assert len(steps) <= 1
    assert steps <= set(EVERY)


@given(st.integers(1, 60))
def test_what_a_phone_shows_is_part_of_what_a_desk_shows(size: int) -> None:
    labels = tuple(f"{place % 12 + 1}/{2020 + place // 12}" for place in range(size))
    chart = LineChart("c", "Số buổi", labels, (1,) * size, "2026")
    drawn = list(marks(read(chart.drawing()), "text", "chart-tick", "chart-middle"))
    for width, shown in (
        (NARROW, [each for each in drawn if "chart-wide" not in each.get("class", "")]),
        (WIDE, drawn),
    ):
        assert shown
        for left, right in pairwise(shown):
            free = (length(right, "x") - length(left, "x")) * width / 100
            assert free >= (width_of(left.text or "") + width_of(right.text or "")) / 2 - 0.1


@given(st.text("Thị trấn Nông trường Sông Lô", max_size=60), st.integers(20, 200))
def test_a_name_is_cut_to_the_room_there_is(name: str, room: int) -> None:
    shown = cut(name, room)
    assert width_of(shown) <= room
    assert shown == name or shown.endswith("…")
