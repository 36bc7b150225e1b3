"""The way to an area, on top of every list and figure of one."""

from collections.abc import Callable

import pytest

from tests.page import Visitor
from tests.world import World

PAGES = (
    "/teams?on=2024-06-30",
    "/persons?role=leader",
    "/memberships?role=leader",
    "/activities?status=all",
    "/decisions",
    "/silence?days=60",
    "/checks",
    "/checks/teams-without-leader",
    "/areas/list?level=village",
    "/initiatives?lasting=lasting",
    "/coverage?on=2024-06-30&compare=previous",
    "/coverage/changes?from=2024-01-01",
    "/cockpit?on=2024-06-30",
    "/cockpit/silent?on=2024-06-30",
)


@pytest.mark.one_engine
@pytest.mark.parametrize("address", PAGES)
def test_each_area_above_leads_to_the_same_page_of_it_with_the_other_filters_kept(
    visit: Callable[..., Visitor], world: World, address: str
) -> None:
    assert world.commune.code == "02301"
    path, _mark, filters = address.partition("?")
    query = f"{filters}&under=02301&map_on=2024-06-30&page=2"
    page = visit("reviewer", language="en").get(f"{path}?{query}")
    (trail,) = page.tree.xpath("//nav[@aria-label='Area shown']")
    steps = [" ".join(step.text_content().split()) for step in trail.iter("li")]
    assert steps == ["Tỉnh Sơn Thủy", "Huyện Thượng Lâm", "Xã Hòa An"]
    (_province, district) = trail.xpath(".//a/@href")
    where, _mark, asked = district.partition("?")
    assert where == path
    assert set(asked.split("&")) == {
        *filter(None, filters.split("&")),
        "under=071",
        "map_on=2024-06-30",
    }


@pytest.mark.one_engine
def test_of_the_areas_above_the_own_none_is_offered(visit: Callable[..., Visitor]) -> None:
    page = visit("own", language="en").get("/teams?under=02301")
    (trail,) = page.tree.xpath("//nav[@aria-label='Area shown']")
    assert [" ".join(step.text_content().split()) for step in trail.iter("li")] == ["Xã Hòa An"]


@pytest.mark.one_engine
@pytest.mark.parametrize("path", ["/coverage", "/cockpit", "/cockpit/silent"])
def test_another_area_is_found_by_its_name_without_a_script_and_the_day_is_kept(
    visit: Callable[..., Visitor], path: str
) -> None:
    reviewer = visit("reviewer", language="en")
    (form,) = reviewer.get(f"{path}?on=2024-06-30").tree.xpath("//form[@class='area-switch']")
    hidden = form.xpath(".//input[@type='hidden']")
    assert {field.get("name"): field.get("value") for field in hidden} == {"on": "2024-06-30"}
    found = reviewer.get(f"{path}?on=2024-06-30&under=Xã Hòa An")
    assert "Xã Hòa An" in found.tree.xpath("//nav[@aria-label='Area shown']")[0].text_content()


@pytest.mark.one_engine
def test_from_the_page_of_an_area_another_is_reached_by_its_name_on_the_same_day(
    visit: Callable[..., Visitor],
) -> None:
    reviewer = visit("reviewer", language="en")
    (form,) = reviewer.get("/areas/02301?on=2024-06-30").tree.xpath("//form[@class='area-switch']")
    assert (form.get("action"), form.xpath("./input/@value")) == ("/areas", ["2024-06-30"])
    answer = reviewer.send("GET", "/areas?on=2024-06-30&under=Thôn Khuôn Trú")
    page = reviewer.get(answer.location)
    assert page.heading == "Thôn Khuôn Trú"
    assert page.url.endswith("?on=2024-06-30")
    unknown = reviewer.get("/areas?under=Nowhere")
    assert "No area is called so." in unknown.text
    assert unknown.tree.xpath("//input[@name='under'][@aria-invalid='true']")
