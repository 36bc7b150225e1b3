"""The pages of areas: the tree on a day, one area with its history, the list and its file."""

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import pytest
from python_calamine import CalamineWorkbook

from tcns.areas.tree_queries import tree
from tcns.areas.vocabulary import Level
from tcns.permissions.scope import Scope
from tests.factories import make_team
from tests.page import Page, Visitor
from tests.places import MAP_DAY, REFORM
from tests.world import World, set_map_day

Visit = Callable[..., Visitor]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DISTRICTS = ("Huyện Thượng Lâm", "Huyện Hạ Lang")


def codes(page: Page) -> list[str]:
    """The codes of the areas a list shows."""
    return [row[1] for row in page.rows]


def test_the_tree_shows_the_areas_of_the_map_day(visit: Visit) -> None:
    text = visit("reviewer").get("/areas").text
    for name in (*DISTRICTS, "Xã Hòa An", "Thị trấn Na Sầm"):
        assert name in text
    assert "Lùng Vai" not in text, "the other province is not served on that day"


def test_the_tree_of_a_later_day_has_the_areas_of_that_day(visit: Visit) -> None:
    text = visit("reviewer").get("/areas?on=2025-07-01").text
    assert "Phường Na Sầm" in text
    assert "Xã Lùng Vai" in text
    assert not any(district in text for district in DISTRICTS)


def test_the_tree_of_an_official_begins_at_the_own_commune(visit: Visit) -> None:
    text = visit("own").get("/areas").text
    assert "Xã Hòa An" in text
    assert not any(other in text for other in (*DISTRICTS, "Xã Hòa Bình", "Kim Tước"))


def test_a_member_finds_the_own_village_and_nothing_around_it(visit: Visit, world: World) -> None:
    tree_page = visit("member").get("/areas")
    assert "Xã Hòa An" in tree_page.text
    assert "Xã Hòa An" not in tree_page.links
    page = tree_page.click("Thôn Đồng Tâm")
    assert page.heading == "Thôn Đồng Tâm"
    assert "Xã Hòa An" not in page.links, "the commune is named, its page is not theirs"
    page.visitor.get(f"/areas/{world.hamlet.code}", status=HTTPStatus.NOT_FOUND)


@pytest.mark.usefixtures("context")
def test_only_areas_of_the_scope_are_counted(world: World) -> None:
    scope = Scope(areas=frozenset({world.commune.id, world.hamlet.id}))
    (top,) = tree(scope, MAP_DAY)
    assert top.area.id == world.commune.id
    assert top.counts == {Level.VILLAGE: 1}


def test_the_map_s_areas_show_today_s_teams_and_an_earlier_day_its_own(
    visit: Visit, make: Callable[..., Any], world: World
) -> None:
    after_the_map = MAP_DAY + timedelta(days=30)
    make(make_team, world.quiet_village.id, name="Tổ mới lập", valid_from=after_the_map)
    page, days = f"/areas/{world.quiet_village.code}", f"on={after_the_map}&map_on={MAP_DAY}"
    visitor = visit("own")
    assert "Tổ mới lập" in visitor.get(page).text
    assert "Tổ mới lập" in visitor.get(f"{page}?{days}").text
    assert "Tổ mới lập" not in visitor.get(f"{page}?on={MAP_DAY}").text
    commune = f"/areas/{world.commune.code}"
    counted = [
        next(row[-1] for row in visitor.get(commune + query).rows if row[0] == "Thôn Khuôn Trú")
        for query in ("", f"?on={MAP_DAY}", f"?{days}")
    ]
    assert counted == ["1", "0", "1"]


def test_a_day_without_areas_says_so_and_leads_back(visit: Visit) -> None:
    page = visit("reviewer", language="en").get("/areas?on=1950-01-01")
    assert "None of your areas existed on 01/01/1950." in page.text
    assert "Xã Hòa An" in page.click("Show the current areas").text


@pytest.mark.parametrize("path", ["/areas", "/areas/02301"])
@pytest.mark.parametrize("day", ["soon", "2025-02-30", "9999-12-31"])
def test_a_nonsense_day_is_said_and_the_usual_one_shown(visit: Visit, path: str, day: str) -> None:
    page = visit("reviewer").get(f"{path}?on={day}")
    assert page.field_errors.keys() == {"on"}
    assert "Hòa An" in page.text


def test_a_code_means_the_area_that_bears_it_on_the_day(visit: Visit) -> None:
    reviewer = visit("reviewer")
    assert "Đức Hạ" in reviewer.get("/areas/02402?on=2025-06-30").text
    assert "Thôn Đức Hạ" not in reviewer.get("/areas/02402?on=2025-07-01").text
    reviewer.get("/areas/02403?on=2025-06-30", status=HTTPStatus.NOT_FOUND)


@pytest.mark.parametrize(("code", "name"), [("02302", "Xã Hòa Bình"), ("071", DISTRICTS[0])])
def test_an_area_that_is_gone_by_the_day_is_shown_as_on_its_last_day(
    visit: Visit, code: str, name: str
) -> None:
    page = visit("administrator", language="en").get(f"/areas/{code}?on=2025-07-01")
    assert not {"Register a team", "Add a village"} & page.links.keys()
    assert f"{name} existed until 30/06/2025. It is shown as on its last day." in page.text


def test_nothing_is_added_to_a_commune_that_is_gone_by_the_day(visit: Visit) -> None:
    url = "/areas/02302/add-village?on=2025-07-01"
    visit("administrator").get(url, status=HTTPStatus.NOT_FOUND)


def test_an_area_tells_what_it_was_made_of_and_leads_to_it_on_its_last_day(visit: Visit) -> None:
    page = visit("reviewer").get("/areas/02301?on=2025-07-01")
    assert "1684/NQ-UBTVQH15" in page.text
    assert page.links["Xã Hòa Bình"] == "/areas/02302?on=2025-06-30"
    assert page.click("Xã Hòa Bình").heading == "Xã Hòa Bình"


def test_an_area_tells_what_it_went_into_and_how_much_of_it(visit: Visit) -> None:
    page = visit("reviewer", language="en").get("/areas/02402?on=2025-06-30")
    assert "Xã Đức Hạ (in part)" in page.text
    assert page.links["Xã Đức Hạ"] == "/areas/02403?on=2025-07-01"


def test_an_area_tells_its_former_names_and_where_it_stood(visit: Visit) -> None:
    text = visit("reviewer", language="en").get("/areas/02401").text
    for kind in ("Xã", "Thị trấn", "Phường"):
        assert f"{kind} Na Sầm (02401)" in text
    assert "to the end of 31/12/2023" in text, "last days are shown inclusive"
    assert "Huyện Hạ Lang" in text
    assert "Tỉnh Sơn Thủy" in text


def test_an_area_shows_its_own_team_and_what_lies_in_it(visit: Visit) -> None:
    page = visit("own").get("/areas/02301")
    assert ["Tổ công nghệ số cộng đồng Hòa An", "Ma Văn Đức", "3"] in page.rows
    assert {"Thôn Đồng Tâm", "Bản Nà Đình", "Thôn Khuôn Trú"} <= page.links.keys()


def test_the_commune_that_took_over_another_has_both_teams(visit: Visit) -> None:
    text = visit("reviewer").get("/areas/02301?on=2025-07-01").text
    assert "Tổ công nghệ số cộng đồng Hòa An" in text
    assert "Tổ công nghệ số cộng đồng Hòa Bình" in text


def test_every_number_of_the_tree_leads_to_as_many_rows(visit: Visit) -> None:
    page = visit("reviewer", language="en").get("/areas")
    numbers = [
        (int(cell.text or ""), cell.get("href", ""))
        for cell in page.tree.iter("a")
        if (cell.text or "").isdigit()
    ]
    assert len(numbers) > len(DISTRICTS)
    for number, url in numbers:
        assert len(visit("reviewer").get(url).rows) == number, url


def test_the_list_finds_names_without_marks_kinds_and_codes(visit: Visit, world: World) -> None:
    reviewer = visit("reviewer")
    assert codes(reviewer.get("/areas/list?q=xa+hoa+an")) == [world.commune.code]
    assert codes(reviewer.get("/areas/list?q=DUC+ha")) == [world.south_village.code]
    assert codes(reviewer.get("/areas/list?q=02402&level=commune")) == [world.split.code]
    assert codes(reviewer.get("/areas/list?q=%25")) == []


def test_the_list_shows_villages_with_and_without_a_team(visit: Visit, world: World) -> None:
    reviewer = visit("reviewer")
    url = "/areas/list?level=village&under=02301"
    assert codes(reviewer.get(f"{url}&team=without")) == [world.quiet_village.code]
    assert sorted(codes(reviewer.get(f"{url}&team=with"))) == [
        world.village.code,
        world.hamlet.code,
    ]


def test_the_list_counts_teams_of_its_day_on_the_map_of_its_map_day(visit: Visit) -> None:
    reviewer = visit("reviewer")
    assert (
        codes(reviewer.get("/areas/list?level=village&team=with&on=2020-01-01&map_on=2025-06-30"))
        == []
    )
    rows = reviewer.get("/areas/list?q=02301&level=commune&on=2025-07-01&map_on=2025-07-01").rows
    assert [row[-1] for row in rows] == ["2"], "the merged commune has the teams of both"


def test_the_list_is_of_the_province_served_alone(visit: Visit, world: World) -> None:
    shown = codes(visit("reviewer").get("/areas/list"))
    assert world.commune.code in shown
    assert world.far.code not in shown


def test_an_old_map_lists_and_offers_the_areas_of_all_that_became_today_s_province(
    visit: Visit, world: World, make: Callable[..., Any]
) -> None:
    make(set_map_day, REFORM)
    page = visit("reviewer").get("/areas/list?map_on=2025-06-30")
    assert {world.commune.code, world.far.code} <= set(codes(page))
    assert page.visitor.get(f"/areas/list?under={world.far.code}&map_on=2025-06-30").rows


def test_an_area_of_another_commune_gives_a_message_and_not_its_rows(visit: Visit) -> None:
    page = visit("own").get("/areas/list?under=02303")
    assert page.field_errors.keys() == {"under"}
    assert "Nà Kim Tước" not in page.text


def test_nonsense_filters_are_said_and_left_aside(visit: Visit) -> None:
    page = visit("reviewer").get("/areas/list?level=x&team=x&map_on=x&on=x&page=x&size=-1")
    assert {"level", "team", "map_on"} <= page.field_errors.keys()


def test_the_file_holds_exactly_the_rows_of_the_list(visit: Visit) -> None:
    reviewer = visit("reviewer", language="en")
    page = reviewer.get("/areas/list?level=commune&team=with")
    exported = reviewer.download(page.links["Excel file"], XLSX)
    rows = CalamineWorkbook.from_filelike(BytesIO(exported)).get_sheet_by_index(0).to_python()
    head = next(index for index, row in enumerate(rows) if "Area code" in row)
    assert [row[1] for row in rows[head + 1 :]] == codes(page)
    assert urlsplit(page.links["Excel file"]).query == "level=commune&team=with"
