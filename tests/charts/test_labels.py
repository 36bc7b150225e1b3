"""Labels of an axis never overlap, and as many are kept as there is room for."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tcns.charts.labels import EVERY, GAP, NARROW, TICK_SIZE, WIDE, cut, labels_kept, width_of
from tcns.charts.lines import NAME, UNDER, LineChart, Partial
from tcns.i18n import format_number
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


counts = st.lists(st.integers(0, 3000), min_size=24, max_size=24)


@given(counts, counts, st.integers(0, 3000), st.integers(0, 3000))
def test_words_on_a_line_keep_clear_of_its_last_figures_and_of_a_period_that_still_runs(
    now: list[int], then: list[int], so_far: int, so_far_then: int
) -> None:
    labels = tuple(f"{place % 12 + 1}/{2025 + place // 12}" for place in range(24))
    partial = Partial(23, so_far, so_far_then, "đến 30/11/2026")
    chart = LineChart(
        "c", "t", labels, (*now[:-1], None), "Buổi hoạt động", tuple(then), "năm trước", partial
    )
    tree = read(chart.drawing())
    words = {text.text: length(text, "y") for text in tree.iter("text")}
    for running in (f"{format_number(so_far)} đến", "cùng số ngày"):
        below = next(y for said, y in words.items() if (said or "").startswith(running))
        assert below > chart.bottom + TICK_SIZE
    for name, values in (("Buổi hoạt động", now[:-1]), ("năm trước", then)):
        heights = [chart.y(value) for value in values[-UNDER:]]
        y = words[name]
        is_clear = y < min(heights) or y > max(heights) + TICK_SIZE
        assert is_clear or y in (NAME, chart.bottom - 5), "at the edge it has no other place"
