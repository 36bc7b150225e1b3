"""Another area by part of its name, with a script or without."""

import json
from collections.abc import Callable

import pytest

from tests.page import Visitor

Visit = Callable[..., Visitor]
pytestmark = pytest.mark.one_engine


def test_a_name_that_means_one_area_leads_to_it_and_keeps_the_rest(visit: Visit) -> None:
    reviewer = visit("reviewer", language="en")
    page = reviewer.get("/coverage?on=2024-06-30&compare=previous&under=Kim+Tước")
    assert page.heading == "Coverage: Xã Kim Tước"
    assert reviewer.get("/coverage?under=Xã+Hòa+An+(02301)").heading == "Coverage: Xã Hòa An"
    kept = page.tree.xpath("//form[@class='area-switch']//input[@type='hidden']/@name")
    assert kept == ["on", "compare"]


def test_a_name_that_several_bear_is_asked_back_with_these_as_links(visit: Visit) -> None:
    reviewer = visit("reviewer", language="en")
    page = reviewer.get("/coverage?on=2024-06-30&under=xã+Hòa")
    assert page.field_errors["under"] == "Several areas are called so."
    assert not page.tree.xpath("//main//table")
    chosen = page.click("Xã Hòa An, Huyện Thượng Lâm")
    assert chosen.heading == "Coverage: Xã Hòa An"
    assert "on=2024-06-30" in chosen.url
    nowhere = reviewer.get("/coverage?under=Nowhere")
    assert nowhere.field_errors["under"] == "No area is called so."


def test_the_areas_offered_are_those_one_may_see(visit: Visit) -> None:
    found = json.loads(visit("reviewer").get("/search/areas.json?q=hòa an").body)
    assert found[0] == {"name": "Xã Hòa An", "code": "02301", "place": "Huyện Thượng Lâm"}
    assert json.loads(visit("own").get("/search/areas.json?q=kim tước").body) == []
    assert json.loads(visit("own").get("/search/areas.json").body) == []
