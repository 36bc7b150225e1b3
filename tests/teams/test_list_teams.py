"""The list of teams: which it shows, in what order, and what its filters understand."""

import re
from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from typing import Any

import pytest
from flask import Flask

from tcns.activities.vocabulary import Status
from tcns.areas.models import Area, AreaName
from tcns.database import db
from tests.factories import make_activity, make_membership, make_team
from tests.page import Page, Visitor
from tests.places import MAP_DAY, REFORM
from tests.world import World

Visit = Callable[..., Visitor]
Make = Callable[..., Any]

PREFIX = "Tổ công nghệ số cộng đồng "


@pytest.fixture
def listed(visit: Visit) -> Callable[..., list[str]]:
    """`listed("?level=village")` is the short names of the teams that the province sees listed."""

    def names(query: str = "", persona: str = "reviewer") -> list[str]:
        return names_on(visit(persona).get(f"/teams{query}"))

    return names


def names_on(page: Page) -> list[str]:
    """The first cell of each row, without what all teams are called."""
    return [row[0].removeprefix(PREFIX) for row in page.rows]


def team_addresses(page: Page) -> list[str]:
    """Where the rows of a list lead."""
    links = [link.get("href", "") for link in page.tree.iter("a")]
    return [url for url in links if re.match(r"/teams/\d", url)]


Listed = Callable[..., list[str]]


def test_teams_stand_in_vietnamese_order_of_their_areas(listed: Listed) -> None:
    names = listed()
    assert names[:6] == ["1", "Đồng Tâm", "Đức Hạ", "Đức Thượng", "Đức Xuân", "Hòa An"]
    assert len(names) == 14


@pytest.mark.parametrize(
    ("day", "is_offered"), [("2025-06-30", False), ("2025-07-01", True)], ids=["before", "since"]
)
def test_the_areas_to_choose_are_those_of_the_province_served(
    visit: Visit, day: str, is_offered: bool
) -> None:
    page = visit("reviewer").get(f"/teams?map_on={day}")
    offered = {option.get("value") for option in page.tree.iter("option")}
    assert "02401" in offered
    assert ("00701" in offered) is is_offered, "it came to the province with the reform"


@pytest.fixture
def typing_areas(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A province of so many areas that none are offered to choose among."""
    monkeypatch.setattr("tcns.areas.place_forms.MOST_CHOICES", 2)
    app.extensions["kept"].forget()  # as in a process where the figure is another


@pytest.mark.usefixtures("typing_areas")
@pytest.mark.parametrize("text", ["hoa an", "Xã Hòa An", "02301", "Xã Hòa An (02301)", "HÒA AN"])
def test_among_very_many_areas_one_types_a_part_of_the_name(visit: Visit, text: str) -> None:
    page = visit("reviewer").get(f"/teams?under={text}")
    (box,) = (each for each in page.tree.iter("input") if each.get("name") == "under")
    assert box.get("value") == "Xã Hòa An (02301)"
    assert "Đồng Tâm" in page.text and "Na Sầm" not in page.text


@pytest.mark.usefixtures("typing_areas")
def test_a_text_that_several_areas_bear_is_asked_back_with_their_codes(visit: Visit) -> None:
    page = visit("reviewer").get("/teams?under=xa")
    assert "Có nhiều địa bàn" in page.text and "(02301)" in page.text
    (box,) = (each for each in page.tree.iter("input") if each.get("name") == "under")
    assert box.get("value") == "xa", "what was typed stays"


def test_only_teams_of_the_scope_are_listed(listed: Listed) -> None:
    assert listed(persona="own") == ["Đồng Tâm", "Hòa An", "Nà Đình"]
    assert listed(persona="member") == ["Đồng Tâm"]
    assert listed("?under=02303", persona="own") == listed(persona="own")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("to hoa an", ["Hòa An"]),
        ("duc", ["Đức Hạ", "Đức Thượng", "Đức Xuân"]),
        ("ĐỨC THƯỢNG", ["Đức Thượng"]),
        ("02401", ["Na Sầm"]),
        ("%", []),
        ("_", []),
    ],
)
def test_a_team_is_found_without_marks_by_its_name_its_area_or_the_code(
    listed: Listed, text: str, found: list[str]
) -> None:
    assert listed(f"?q={text.replace('%', '%25')}") == found


def test_a_team_named_otherwise_is_found_by_its_area(
    listed: Listed, make: Make, world: World
) -> None:
    make(make_team, world.quiet_village.id, name="Tổ số bảy")
    assert listed("?q=khuon tru") == ["Tổ số bảy"]


def test_a_name_that_an_area_bears_later_finds_no_team_on_an_older_map(
    listed: Listed, make: Make, world: World
) -> None:
    def rename() -> None:
        (name,) = db.session.get_one(Area, world.village.id).names
        later = AreaName(kind="thôn", name="Suối Ngàn", code=name.code, valid_from=REFORM)
        name.valid_to = REFORM
        name.area.names.append(later)

    make(rename)
    assert listed("?q=suoi ngan") == []
    assert listed(f"?q=suoi ngan&map_on={REFORM}") == ["Đồng Tâm"]


def test_a_list_can_show_the_teams_of_one_level(listed: Listed) -> None:
    communes = {"Đức Xuân", "Hòa An", "Hòa Bình", "Kim Tước", "Lùng Vai", "Na Sầm"}
    assert set(listed("?level=commune")) == communes
    assert set(listed("?level=village")) == set(listed()) - communes


def test_a_dissolved_team_is_listed_where_dissolved_ones_are_asked_for(listed: Listed) -> None:
    assert "Nà Đình cũ" not in listed()
    (dissolved,) = listed("?status=dissolved")
    assert dissolved.startswith("Nà Đình cũ")
    assert "Nà Đình cũ" in listed("?on=2022-12-31")
    assert listed("?status=dissolved&on=2022-12-31") == []
    assert len(listed("?status=all")) == len(listed()) + 1


def test_on_the_day_before_it_was_established_there_is_no_team(listed: Listed) -> None:
    assert listed("?on=2022-04-30&status=all") == []
    assert len(listed("?on=2022-05-01")) == 15


def test_the_teams_under_an_area_are_those_whose_seat_lies_there_on_the_map(
    listed: Listed,
) -> None:
    old, new = f"&map_on={MAP_DAY}", f"&map_on={REFORM}"
    assert set(listed(f"?under=02301{old}")) == {"Hòa An", "Đồng Tâm", "Nà Đình"}
    merged = {"Hòa An", "Đồng Tâm", "Nà Đình", "Hòa Bình", "Hợp Thành"}
    assert set(listed(f"?under=02301{new}")) == merged
    assert len(listed(f"?under=08{new}")) == 14
    assert len(listed(f"?under=08{old}")) == 12


def test_a_team_whose_commune_was_split_is_listed_as_not_allocated(listed: Listed) -> None:
    assert listed(f"?under=08&map_on={REFORM}&unallocated=commune") == ["Đức Xuân"]
    assert set(listed(f"?under=02402&map_on={REFORM}")) == {"Đức Thượng"}


def test_the_active_and_the_silent_teams_are_all_teams(
    listed: Listed, make: Make, world: World
) -> None:
    make(make_activity, world.teams["town"], world.users["own"], status=Status.DRAFT)
    make(make_activity, world.teams["hamlet"], world.users["own"], status=Status.SUBMITTED)
    june = "from=2025-06-01&to=2025-06-30"
    active = listed(f"?activity=active&{june}")
    assert active == ["Đồng Tâm", "Nà Đình", "Nà Kim Tước"]
    assert sorted(active + listed(f"?activity=silent&{june}")) == sorted(listed())


def test_without_a_period_the_reporting_month_of_the_day_decides_who_was_active(
    listed: Listed,
) -> None:
    assert listed("?activity=active&on=2025-05-31") == ["Đồng Tâm", "Hòa An", "Nà Kim Tước"]
    assert listed("?activity=active&on=2025-05-14") == []


def test_leader_members_and_last_session_are_those_of_the_day(visit: Visit) -> None:
    page = visit("own").get("/teams?q=dong tam&on=2025-06-11")
    assert page.rows[0][1:] == [
        "Thôn Đồng Tâm, Xã Hòa An, Huyện Thượng Lâm",
        "Hoàng Văn Sính",
        "3",
        "01/05/2022",
        "11/06/2025",
    ]
    before = visit("own").get("/teams?q=dong tam&on=2023-06-30")
    assert before.rows[0][3:] == ["4", "01/05/2022", "–"]


def test_a_team_above_the_size_of_its_level_is_marked_and_nothing_more(
    visit: Visit, make: Make, world: World
) -> None:
    for _number in range(3):
        make(make_membership, world.teams["village"])
    page = visit("own", language="en").get("/teams")
    assert {row[0].removeprefix(PREFIX): row[3] for row in page.rows} == {
        "Đồng Tâm": "over 5 6",
        "Hòa An": "3",
        "Nà Đình": "2",
    }


@pytest.mark.parametrize(
    "query",
    [
        "on=2024-02-30",
        "on=9999-12-31",
        "on=0001-01-01",
        "map_on=31.06.2024",
        "under=99999",
        "under=%00",
        "under=" + "9" * 400,
        "level=province",
        "status=",
        "status=gone",
        "activity=x",
        "unallocated=galaxy",
        "activity=active&from=2024-02-02&to=2024-01-01",
        "q=" + "x" * 300,
        "page=-1",
        "page=1e9",
        "page=99999999999999999999",
        "size=7",
        "_scheme=ftp",
        "endpoint=x",
        "_external=1&_anchor=a",
        "on=2024-01-01&on=2024-01-02",
    ],
)
def test_nonsense_in_the_address_is_answered_with_the_list(visit: Visit, query: str) -> None:
    page = visit("own").get(f"/teams?{query}")
    assert len(page.rows) >= 1


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("on=2024-02-30", "on"),
        ("on=2999-01-01", "on"),
        ("level=galaxy", "level"),
        ("under=99999", "under"),
        ("activity=active&from=2024-02-02&to=2024-01-01", "to"),
    ],
)
def test_what_is_wrong_stands_beside_its_filter(visit: Visit, query: str, field: str) -> None:
    page = visit("own").get(f"/teams?{query}")
    assert set(page.field_errors) == {field}
    assert page.field_errors[field]


def test_what_is_wrong_with_a_filter_without_control_is_said_as_well(visit: Visit) -> None:
    page = visit("own", language="en").get("/teams?unallocated=galaxy")
    assert "Choose one of the list." in page.text


def test_a_day_written_the_vietnamese_way_is_understood(listed: Listed) -> None:
    assert listed("?on=30/04/2022") == []


def test_each_filter_in_force_can_be_taken_off(visit: Visit) -> None:
    page = visit("reviewer", language="en").get("/teams?q=duc&level=village&on=2024-06-30&page=2")
    chips = {text: url for text, url in page.links.items() if "Remove this filter" in text}
    assert {text.partition(":")[0] for text in chips} == {"Search", "Level", "On"}
    without = next(url for text, url in chips.items() if text.startswith("Level"))
    assert without == "/teams?q=duc&on=2024-06-30"


def test_the_pages_of_a_list_hold_each_row_once(visit: Visit, make: Make, world: World) -> None:
    """Thirty of them have the same name in the same area: only their ids tell them apart."""
    for _number in range(30):
        make(make_team, world.quiet_village.id, name=f"{PREFIX}Khuôn Trú")
    pages = [visit("own").get(f"/teams?size=25&page={number}") for number in (1, 2)]
    assert [len(page.rows) for page in pages] == [25, 8]
    assert len({address for page in pages for address in team_addresses(page)}) == 33


def test_another_communes_team_is_not_found(visit: Visit, world: World) -> None:
    visit("own").get(f"/teams/{world.teams['neighbour']}", HTTPStatus.NOT_FOUND)
    visit("own").get("/teams/99999999999999999999999", HTTPStatus.NOT_FOUND)
    visit("own").get("/teams/2147483648", HTTPStatus.NOT_FOUND)


def test_on_a_day_before_anything_existed_the_list_is_empty(visit: Visit) -> None:
    page = visit("reviewer").get(f"/teams?on={date(2000, 1, 1)}")
    assert page.rows == []
