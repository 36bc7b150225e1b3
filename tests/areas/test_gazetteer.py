"""The gazetteer's files: how many areas stood when, where they stood and what became of them."""

import csv
import unicodedata
from collections import Counter, defaultdict
from importlib.resources import files

import pytest

START, MERGER, REFORM = "2021-07-01", "2024-09-01", "2025-07-01"
OLD_TUYEN_QUANG, OLD_HA_GIANG, TUYEN_QUANG = f"08@{START}", f"02@{START}", f"08@{REFORM}"
DAYS = (START, "2024-08-31", MERGER, "2025-06-30", REFORM, "2026-01-01")

Line = dict[str, str]


def read(name: str) -> list[Line]:
    text = (files("tcns") / "areas" / "gazetteer" / f"{name}.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


AREAS = {line["key"]: line for line in read("areas")}
NAMES, PLACEMENTS, SUCCESSIONS = read("names"), read("placements"), read("successions")


def on(day: str, lines: list[Line]) -> list[Line]:
    return [
        line
        for line in lines
        if line["valid_from"] <= day and (not line["valid_to"] or day < line["valid_to"])
    ]


def parents_on(day: str) -> dict[str, str]:
    return {line["area"]: line["parent"] for line in on(day, PLACEMENTS)}


def areas_in(ancestor: str, level: str, day: str) -> set[str]:
    parents = parents_on(day)
    return {
        key
        for key, parent in parents.items()
        if AREAS[key]["level"] == level and ancestor in (parent, parents.get(parent))
    }


def named(name: str, day: str) -> set[tuple[str, str]]:
    return {(line["kind"], line["code"]) for line in on(day, NAMES) if line["name"] == name}


@pytest.mark.parametrize(
    ("ancestor", "day", "districts", "communes"),
    [
        (OLD_TUYEN_QUANG, START, 7, 138),
        (OLD_TUYEN_QUANG, "2024-08-31", 7, 138),
        (OLD_TUYEN_QUANG, MERGER, 7, 137),
        (OLD_TUYEN_QUANG, "2025-06-30", 7, 137),
        (OLD_HA_GIANG, START, 11, 193),
        (OLD_HA_GIANG, "2025-06-30", 11, 193),
        (TUYEN_QUANG, REFORM, 0, 124),
        (TUYEN_QUANG, "2026-01-01", 0, 124),
    ],
)
def test_a_province_has_its_districts_and_communes(
    ancestor: str, day: str, districts: int, communes: int
) -> None:
    assert len(areas_in(ancestor, "district", day)) == districts
    assert len(areas_in(ancestor, "commune", day)) == communes


def test_each_district_of_tuyen_quang_has_its_communes_before_the_merger_of_2024() -> None:
    expected = {"070": 15, "071": 10, "072": 12, "073": 24, "074": 18, "075": 28, "076": 31}
    found = {code: len(areas_in(f"{code}@{START}", "commune", "2024-08-31")) for code in expected}
    assert found == expected


def test_the_new_province_has_117_xa_and_7_phuong() -> None:
    communes = areas_in(TUYEN_QUANG, "commune", REFORM)
    kinds = Counter(line["kind"] for line in on(REFORM, NAMES) if line["area"] in communes)
    assert kinds == {"xã": 117, "phường": 7}


def test_51_new_communes_come_from_old_tuyen_quang_and_73_from_ha_giang() -> None:
    origins = defaultdict(set)
    for line in SUCCESSIONS:
        origins[line["successor"]].add(line["predecessor"])
    came_from = [origins[key] or {key} for key in areas_in(TUYEN_QUANG, "commune", REFORM)]
    tuyen_quang, ha_giang = (
        areas_in(province, "commune", "2025-06-30") for province in (OLD_TUYEN_QUANG, OLD_HA_GIANG)
    )
    assert sum(predecessors <= tuyen_quang for predecessors in came_from) == 51
    assert sum(predecessors <= ha_giang for predecessors in came_from) == 73


@pytest.mark.parametrize(("lines", "root"), [(NAMES, ""), (PLACEMENTS, "province")])
def test_an_area_has_one_name_and_one_parent_on_every_day_of_its_validity(
    lines: list[Line], root: str
) -> None:
    spans = defaultdict(list)
    for line in sorted(lines, key=lambda line: line["valid_from"]):
        spans[line["area"]].append((line["valid_from"], line["valid_to"]))
    assert spans.keys() == {key for key, area in AREAS.items() if area["level"] != root}
    for key, span in spans.items():
        starts, ends = zip(*span, strict=True)
        assert [*starts, AREAS[key]["valid_to"]] == [AREAS[key]["valid_from"], *ends]


@pytest.mark.parametrize("day", DAYS)
def test_a_code_means_one_area_on_a_day(day: str) -> None:
    codes = Counter(line["code"] for line in on(day, NAMES))
    assert max(codes.values()) == 1


@pytest.mark.parametrize("day", DAYS)
def test_a_parent_stands_as_long_as_what_is_under_it(day: str) -> None:
    standing = {line["key"] for line in on(day, list(AREAS.values()))}
    assert set(parents_on(day).values()) <= standing


def test_a_key_is_the_first_code_and_the_first_day() -> None:
    first_codes = {(line["area"], line["valid_from"]): line["code"] for line in NAMES}
    for key, area in AREAS.items():
        assert key == f"{first_codes[key, area['valid_from']]}@{area['valid_from']}"


def test_a_code_has_the_digits_of_its_level_and_a_name_is_nfc_without_its_kind() -> None:
    digits = {"province": 2, "district": 3, "commune": 5}
    for line in NAMES:
        assert line["code"].isdecimal()
        assert len(line["code"]) == digits[AREAS[line["area"]]["level"]]
        assert unicodedata.is_normalized("NFC", line["name"])
        assert not line["name"].lower().startswith(line["kind"] + " ")


def test_every_ended_area_but_a_district_has_a_successor() -> None:
    ended = {key for key, area in AREAS.items() if area["valid_to"] and area["level"] != "district"}
    assert {line["predecessor"] for line in SUCCESSIONS} == ended


def test_every_area_begun_later_has_a_predecessor() -> None:
    begun = {key for key, area in AREAS.items() if area["valid_from"] != START}
    assert {line["successor"] for line in SUCCESSIONS} == begun


def test_a_succession_joins_an_end_to_a_beginning() -> None:
    for line in SUCCESSIONS:
        assert AREAS[line["predecessor"]]["valid_to"] == line["effective_on"]
        assert AREAS[line["successor"]]["valid_from"] == line["effective_on"]
        assert AREAS[line["predecessor"]]["level"] == AREAS[line["successor"]]["level"]


def test_five_communes_were_split_in_2025_and_no_other() -> None:
    successors = defaultdict(set)
    for line in SUCCESSIONS:
        successors[line["predecessor"], line["extent"]].add(line["successor"].split("@")[0])
    split = {key: codes for (key, extent), codes in successors.items() if extent == "part"}
    assert split == {
        f"02497@{START}": {"02215", "02509"},  # Kim Phú: Minh Xuân, Mỹ Lâm
        f"02494@{START}": {"02212", "02494"},  # Thái Bình: Nông Tiến, Thái Bình
        f"00688@{START}": {"00694", "00691"},  # Quang Trung: Hà Giang 1, Hà Giang 2
        f"00967@{START}": {"00913", "00967"},  # Việt Lâm: Vị Xuyên, Việt Lâm
        f"00988@{START}": {"00994", "00700"},  # Yên Định: Minh Ngọc, Ngọc Đường
    }
    assert all(len(codes) == 1 for (_, extent), codes in successors.items() if extent == "whole")


def test_van_son_and_hong_lac_became_hong_son_in_2024() -> None:
    became = {
        (line["predecessor"], line["successor"], line["extent"], line["decree"])
        for line in SUCCESSIONS
        if line["effective_on"] == MERGER
    }
    hong_son = (f"02608@{MERGER}", "whole", "1106/NQ-UBTVQH15")
    assert became == {(f"02593@{START}", *hong_son), (f"02608@{START}", *hong_son)}


@pytest.mark.parametrize("code", ["02305", "02425", "02437", "00982", "01144"])
def test_a_commune_the_reform_left_unchanged_only_changes_its_parent(code: str) -> None:
    key = f"{code}@{START}"
    assert AREAS[key]["valid_to"] == ""
    assert parents_on("2025-06-30")[key] != parents_on(REFORM)[key] == TUYEN_QUANG


def test_phu_thinh_is_02482() -> None:
    assert named("Phú Thịnh", START) == {("xã", "02482")}
    assert named("Công Đa", START) == {("xã", "02485")}


def test_names_are_spelled_as_on_the_day() -> None:
    assert named("Na Hang", START) == {("huyện", "072"), ("thị trấn", "02221")}
    assert named("Nà Hang", REFORM) == {("xã", "02221")}
    assert named("Hòa Phú", START) == {("xã", "02335")}
    assert named("Hà Giang 1", REFORM) == {("phường", "00694")}
