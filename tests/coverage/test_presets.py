"""Questions to coverage that somebody has saved, and the one their page opens with."""

from collections.abc import Callable
from http import HTTPStatus

import pytest

from tests.page import Visitor
from tests.world import World

Visit = Callable[..., Visitor]
pytestmark = pytest.mark.one_engine


def test_a_saved_view_is_opened_by_its_name_and_as_the_default_without_a_question(
    visit: Visit,
) -> None:
    reviewer = visit("reviewer", language="en")
    page = reviewer.get("/coverage?by=commune&on=2024-06-30&sort=-team_count&page=2")
    shown = page.click("Save this view").post(typed={"name": "Xã nhiều tổ", "opens_page": "y"})
    assert shown.url == "/coverage?by=commune&on=2024-06-30&sort=-team_count", (
        "the page is left out"
    )
    assert shown.click("Xã nhiều tổ").url == shown.url
    opened = reviewer.get("/coverage", follow=True)
    assert opened.heading == shown.heading
    assert opened.tree.xpath("//th[@aria-sort='descending']")
    assert "Xã nhiều tổ" not in visit("district", language="en").get("/coverage").links
    renamed = opened.click("Manage").click("Rename").post(typed={"name": "Của tôi"})
    assert "Của tôi" in renamed.links
    renamed.click("Delete").post()
    assert "Của tôi" not in reviewer.get("/coverage").links


def test_a_second_default_takes_the_place_of_the_first_and_names_differ(
    visit: Visit, world: World
) -> None:
    administrator = visit("administrator", language="en")
    url = "/coverage/presets/add?query=by%3Dvillage%26evil%3D1"
    taken = administrator.get(url).post(typed={"name": "Các xã"}, status=HTTPStatus.OK)
    assert "This name is given already." in taken.field_errors["name"]
    saved = taken.post(typed={"name": "Các thôn", "opens_page": "y"})
    assert saved.url == "/coverage?by=village"
    administrator.get(f"/coverage/presets/{world.preset}/correct").post(typed={"opens_page": "y"})
    assert administrator.send("GET", "/coverage").location == "/coverage?by=commune"
    visit("reviewer").get(f"/coverage/presets/{world.preset}/correct", HTTPStatus.NOT_FOUND)
