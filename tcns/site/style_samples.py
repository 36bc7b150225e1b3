"""Invented figures for the page of components: full, one row, nothing, extreme."""

from datetime import date, timedelta
from math import cos, hypot, pi, sin

from tcns.charts.changes import Aim, Change, Measured
from tcns.charts.choropleth import Choropleth
from tcns.charts.columns import Bar, BarChart, Column, ColumnChart
from tcns.charts.drawing import Chart
from tcns.charts.key_figures import KeyFigure
from tcns.charts.lines import LineChart, Partial
from tcns.charts.maps import AreaMap, MapArea
from tcns.charts.multiples import Course, Multiples
from tcns.charts.ranking import Ranked, Ranking
from tcns.charts.silence_grid import GridRow, SilenceGrid
from tcns.charts.symbol_map import SymbolMap
from tcns.charts.targets import Target, TargetList, Task, Urgency
from tcns.charts.team_year import Held, SessionState, TeamYear
from tcns.i18n import format_percent

HERE = "#figures"
DISTRICTS = (
    "Na Hang",
    "Lâm Bình",
    "Hàm Yên",
    "Sơn Dương",
    "Chiêm Hóa",
    "Yên Sơn",
    "TP Tuyên Quang",
)
COMMUNES = (
    "Thượng Giáp", "Sinh Long", "Khau Tinh", "Yên Hoa", "Thanh Tương", "Côn Lôn", "Đà Vị", "Hồng Thái",
    "TT Nông trường Sông Lô", "Sơn Phú", "Năng Khả", "Thượng Nông",
)  # fmt: skip
MONTHS = tuple(f"{1 + (m + 10) % 12}/{25 if m < 1 else 26}" for m in range(1, 14))
LONG_MONTHS = tuple(f"{m % 12 + 1}/{2025 + m // 12}" for m in range(23))
BASIS = "so với kỳ trước"
THIS_YEAR = (1390, 940, 1733, 1800, 1848, 1720, 1567, 1643, 1845, 2125, 2280, None)
LAST_YEAR = (1115, 659, 1279, 1390, 1523, 1370, 1257, 1310, 1505, 1671, 1800, 1700)
MONTH_NAMES = tuple(f"T{month}" for month in range(1, 13))


def wave(place: int, size: float, low: float = 0) -> int:
    """A figure that goes up and down, always the same for a place."""
    return round(low + size * (1 + sin(place * 1.7)) / 2 + size * (1 + cos(place * 0.9)) / 4)


def key_figures() -> list[KeyFigure]:
    """Key figures: short of a target, met, none, beyond the whole, without a whole, large."""
    villages = "thôn"
    return [
        KeyFigure("Thôn, tổ dân phố đã có tổ", 1733, HERE, villages, 1745, "", Aim(1745, "so với chỉ tiêu 100% đến 31/12/2026"), Change(2, Measured.COUNT, "so với cuối kỳ trước", villages), HERE),
        KeyFigure("Xã, phường đã có tổ", 138, HERE, "xã", 138, "", Aim(138, "100% đến 31/12/2026"), Change(0, Measured.COUNT, BASIS)),
        KeyFigure("Tổ có buổi hoạt động trong kỳ", 0, HERE, "tổ", 11, "", Aim(9, "so với chỉ tiêu 80%"), Change(None), HERE),
        KeyFigure("Thôn, tổ dân phố đã có tổ", 27, HERE, villages, 25, gap_url=HERE, fault="kiểm tra: 2 tổ ở thôn đã sáp nhập"),
        KeyFigure("Hộ được hướng dẫn lần đầu", 486, HERE, whole_words="chưa có số hộ", change=Change(3.2, basis=BASIS), gap_url=HERE, fault="tỷ lệ chưa tính được: 0 trên 18 thôn có số hộ"),
        KeyFigure("Lượt người, lũy kế từ 2022", 12846310, HERE, "lượt", change=Change(148.6, basis="so với năm trước"), history=tuple(wave(i, 90, 20 + 5 * i) for i in range(11))),
        KeyFigure("Buổi trả lại", 16, HERE, "buổi", change=Change(26.2, basis=BASIS, more_is_good=False), history=(3, 5, None, None, 8, 2, 9)),
        KeyFigure("Hộ lượt tham gia", None, HERE, "hộ"),
    ]  # fmt: skip


def rankings() -> dict[str, Ranking]:
    """Rankings: full, one row, and from nothing to more than everything."""
    counts = ((42, 137), (45, 120), (107, 245), (212, 451), (153, 319), (198, 394), (131, 205))
    before = (0.387, 0.35, 0.413, 0.461, 0.436, 0.473, 0.595)
    full = tuple(
        Ranked(name, *count, previous=then, url=HERE, count_url=HERE)
        for name, count, then in zip(DISTRICTS, counts, before, strict=True)
    )
    extreme = (
        Ranked("Xã Khuôn Hà", 0, 9, 0.667, HERE, HERE),
        Ranked("Thị trấn Nông trường Sông Lô (trước 2021)", 9, 8, 0.5, HERE, HERE),
        Ranked("P. Ỷ La", 13, 13, 0.154, HERE, HERE),
        Ranked("Xã chưa có tổ", 0, 0, None, HERE),
    )
    words = ("Tổ có buổi", 0.475, "toàn tỉnh", "cùng số ngày kỳ trước")
    return {
        "full": Ranking("rank-full", "Tỷ lệ tổ có buổi", full, *words),
        "one": Ranking("rank-one", "Một dòng", (Ranked("Xã Hòa Phú", 4, 11, None, HERE, HERE),), "Tổ có buổi"),
        "extreme": Ranking("rank-extreme", "Từ 0 đến hơn 100%", extreme, *words),
    }  # fmt: skip


def silence_bars() -> BarChart:
    """Days of silence, with the threshold, one commune without any session ever."""
    days = (64, 52, 47, 41, 38, 36, 35, 33, None)
    bars = tuple(
        Bar(name, value, HERE, "Na Hang") for name, value in zip(COMMUNES, days, strict=False)
    )
    return BarChart("bars", "Xã im lặng", bars, "Số ngày", 30, is_attention=True)


def columns() -> dict[str, ColumnChart]:
    """Columns: full with a month that still runs, with gaps and a zero, one, large."""
    counts = (4, 10, 6, 4, 4, 6, 5, 12, 9, 12, 1, 3, 9)
    full = tuple(Column(m, v, HERE) for m, v in zip(MONTHS, counts, strict=True))
    gaps = tuple(
        Column(m, v, HERE) for m, v in zip(MONTHS, (4, 6, None, None, 0, 8, 9, 7, 11), strict=False)
    )
    large = tuple(Column(m, v * 1_234_567, HERE) for m, v in zip(MONTHS, counts, strict=True))
    return {
        "full": ColumnChart("col-full", "Số xã im lặng", full, "Xã", is_running=True, is_attention=True),
        "gaps": ColumnChart("col-gaps", "Số buổi, thiếu hai kỳ", gaps, "Buổi"),
        "one": ColumnChart("col-one", "Một kỳ", (Column("11/2026", 37, HERE),), "Buổi"),
        "large": ColumnChart("col-large", "Số lớn", large, "Lượt"),
    }  # fmt: skip


def lines() -> dict[str, LineChart]:
    """Lines: full with a month that still runs, with a gap, one point, zeros, large, 24 months."""
    urls = (HERE,) * 12
    gap = (*THIS_YEAR[:4], None, None, None, *THIS_YEAR[7:])
    partial = Partial(11, 979, 861, "sau 15 ngày")
    two_years = (*LAST_YEAR, *THIS_YEAR)
    return {
        "full": LineChart("line-full", "Số buổi theo kỳ tháng", MONTH_NAMES, THIS_YEAR, "2026", LAST_YEAR, "2025", partial, "buổi", urls),
        "gap": LineChart("line-gap", "Có khoảng hở", MONTH_NAMES, gap, "2026", LAST_YEAR, "2025", unit="buổi"),
        "one": LineChart("line-one", "Một điểm", ("11/2026",), (37,), "2026", unit="buổi"),
        "zero": LineChart("line-zero", "Toàn số 0", MONTH_NAMES, (0,) * 12, "2026", unit="buổi"),
        "large": LineChart("line-large", "Rất lớn", MONTH_NAMES, tuple(v and v * 7919 for v in THIS_YEAR), "2026", tuple(v * 7919 for v in LAST_YEAR), "2025", unit="lượt"),
        "long": LineChart("line-long", "24 tháng", tuple(f"{m % 12 + 1}/{2025 + m // 12}" for m in range(24)), two_years, "Toàn tỉnh", tuple(round((v or 1500) * 0.7) for v in two_years), "Huyện", unit="buổi"),
    }  # fmt: skip


def multiples() -> Multiples:
    """Small multiples: full courses, one that begins late, one without any figure."""
    courses = tuple(
        Course(name, tuple(wave(place * 5 + m, 60, 40 + place * 8) for m in range(23)), HERE, Change(10 - place * 4, Measured.COUNT))
        for place, name in enumerate(DISTRICTS[:5])
    )  # fmt: skip
    late = Course(
        "Xã mới lập", (None,) * 14 + tuple(wave(m, 30, 40) for m in range(9)), HERE, Change(None)
    )
    whole = Course(
        "Toàn tỉnh", tuple(wave(m, 50, 60) for m in range(23)), None, Change(25, Measured.COUNT)
    )
    nothing = Course("Xã chưa có tổ", (None,) * 23)
    title = "Số buổi trên 100 tổ"
    return Multiples("multiples", title, (*courses, late, nothing), LONG_MONTHS, whole)


def grids() -> dict[str, SilenceGrid]:
    """Silence grids: a district, communes that began late or ended, all silent beside none."""
    rows = tuple(
        GridRow(name, 10, tuple(max(wave(place * 3 + m, 16, -6 + place), 0) for m in range(13)), HERE, (HERE,) * 13, is_silent=place < 4)
        for place, name in enumerate(COMMUNES)
    )  # fmt: skip
    dated = (
        GridRow("Mới lập", 8, (None,) * 5 + (0, 3, 0, 9, 12, 8, 14, 2), HERE, (HERE,) * 13),
        GridRow("Đã sáp nhập", 8, (4, 6, 8, 13, 0) + (None,) * 8, HERE, (HERE,) * 13),
    )
    ends = (
        GridRow("Im lặng", 12, (0,) * 13, HERE, (HERE,) * 13, is_silent=True),
        GridRow("Đều đặn", 12, (24,) * 13, HERE, (HERE,) * 13),
    )
    return {
        "full": SilenceGrid("grid-full", "Na Hang: số buổi của từng xã theo tháng", MONTHS, rows, is_running=True),
        "dated": SilenceGrid("grid-dated", "Xã mới lập, xã đã sáp nhập", MONTHS, dated, is_running=True),
        "ends": SilenceGrid("grid-ends", "Im lặng cả năm, không kỳ nào im lặng", MONTHS, ends, is_running=True),
    }  # fmt: skip


def team_years() -> dict[str, TeamYear]:
    """A team's year: regular, one session, none."""
    first, last = date(2025, 11, 29), date(2026, 11, 28)
    states = (SessionState.APPROVED,) * 5 + (SessionState.RETURNED, SessionState.WAITING)
    regular = tuple(
        Held(first + timedelta(days=wave(i, 6) + i * 11), states[i % len(states)], HERE)
        for i in range(26)
    )
    return {
        "full": TeamYear("year-full", "Tổ thôn Thâm Mạ", first, last, regular),
        "one": TeamYear("year-one", "Tổ thôn Nà Lạ", first, last, (Held(date(2026, 4, 3), url=HERE),)),
        "none": TeamYear("year-none", "Tổ thôn Bản Lục", first, last),
    }  # fmt: skip


def target_lists() -> dict[str, TargetList]:
    """Targets: behind, on track and met; from nothing to thrice as much; none."""
    full = (
        Target("Hồ sơ dịch vụ công trực tuyến", 28804, 36000, "hồ sơ", 32940, HERE),
        Target("Chữ ký số cá nhân", 14318, 15000, "chữ ký số", 13700, HERE),
        Target("Cài đặt và kích hoạt VNeID", 41260, 40000, "lượt", 36600, HERE),
    )
    extreme = (
        Target("Chữ ký số cá nhân", 0, 150, "chữ ký số", 137, HERE),
        Target("Hồ sơ dịch vụ công", 630, 200, "hồ sơ", 183, HERE),
    )
    return {
        "full": TargetList("targets-full", "Tiến độ chỉ tiêu", full),
        "extreme": TargetList("targets-extreme", "Từ số 0 đến gấp ba", extreme),
        "none": TargetList("targets-none", "Chưa có", ()),
    }


def tasks() -> list[Task]:
    """What is to be done."""
    return [
        Task(12, "Thôn, tổ dân phố chưa có tổ", HERE, "hạn 31/12/2026", Urgency.NOW),
        Task(9, "Xã, phường im lặng từ 30 ngày", HERE, "lâu nhất 64 ngày", Urgency.NOW),
        Task(41, "Buổi chờ duyệt quá 7 ngày", HERE, "lâu nhất 19 ngày", Urgency.SOON),
        Task(10810, "Thành viên chưa có số điện thoại", HERE),
    ]


def areas(count: int = 11) -> tuple[MapArea, ...]:
    """Hexagons side by side within a lens, as many in a row as `count`; some silent or unknown."""
    side = 0.5 / count
    found: list[MapArea] = []
    for row in range(int(count * 1.6)):
        for column in range(count):
            x = 105.0 + side * 3**0.5 * (column + row % 2 / 2)
            y = 22.6 - side * 1.5 * row
            if hypot((x - 105.43) / 0.36, (y - 22.0) / 0.55) > 1:
                continue
            ring = tuple((x + side * sin(pi / 3 * k), y + side * cos(pi / 3 * k)) for k in range(7))
            place = len(found)
            share = None if place % 23 == 11 else min(wave(place, 60, 5) / 100, 1)
            name = f"Xã {COMMUNES[place % len(COMMUNES)]}"
            district = DISTRICTS[min(row * len(DISTRICTS) // int(count * 1.6), 6)]
            is_silent = place % 17 == 3
            words = f"{name}, {district}: {format_percent(share)}"
            found.append(
                MapArea(f"{place:05}", name, 0 if is_silent else share, words, (x, y), ((ring,),), district, is_silent, HERE)
            )  # fmt: skip
    return tuple(found)


def maps() -> dict[str, AreaMap]:
    """Maps: boundaries, symbols, one area, none that lies anywhere."""
    everywhere = areas()
    silent = "im lặng từ 30 ngày"
    counts = tuple(
        MapArea(a.code, a.label, a.value and round(a.value * 90), a.words, a.point, (), a.group, a.is_silent, HERE)
        for a in everywhere
    )  # fmt: skip
    placeless = (MapArea("00001", "Xã chưa có tọa độ", 3, url=HERE),)
    return {
        "choropleth": Choropleth("map-areas", "Tỷ lệ tổ có buổi theo xã", everywhere, "Tỷ lệ", format_percent, silent),
        "symbols": SymbolMap("map-symbols", "Số buổi theo xã", counts, "Buổi", silent_words=silent),
        "one": Choropleth("map-one", "Một xã", everywhere[:1], "Tỷ lệ", format_percent, silent),
        "nowhere": SymbolMap("map-nowhere", "Không có tọa độ", placeless, "Buổi", silent_words=silent),
    }  # fmt: skip


def slides() -> dict[str, Chart]:
    """What the page shows as slides."""
    return {
        "line": lines()["full"],
        "columns": columns()["full"],
        "ranking": rankings()["full"],
        "bars": silence_bars(),
        "multiples": multiples(),
        "grid": grids()["full"],
        "year": team_years()["full"],
        "targets": target_lists()["full"],
        "map": maps()["choropleth"],
        "symbols": maps()["symbols"],
    }
