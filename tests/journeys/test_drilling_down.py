"""The province drills from its coverage to one team, and comes back."""

import re
from collections.abc import Callable

import pytest

from tests.journeys.reading import number_in
from tests.journeys.traveller import DESK, Traveller

pytestmark = pytest.mark.journey

DAY = "2024-06-30"
# A4 between the margins of the style sheet, at 96 pixels an inch.
UPRIGHT, ACROSS = 661, 1009


def test_the_province_drills_from_district_to_team_and_back(traveller: Traveller) -> None:
    traveller.sign_in("tinh")
    traveller.go(f"/coverage?by=district&on={DAY}")
    traveller.look("coverage-districts")
    steps = [traveller.path]
    for name, place in (("communes", "Huyện Chiêm Hóa"), ("villages", "Xã Hòa Phú")):
        traveller.follow(traveller.main("table").get_by_role("link", name=place, exact=True))
        traveller.look(f"coverage-{name}")
        assert "under=" in traveller.path
        steps.append(traveller.path)
    traveller.follow(traveller.main("table a[href^='/areas/'], table a[href^='/teams']").first)
    traveller.look("coverage-to-list")
    traveller.main("table a[href^='/teams/']").first.click()
    traveller.page.wait_for_url(re.compile(r"/teams/\d+(\?on=[\d-]+)?$"))
    traveller.look("team")
    for step in reversed(steps):
        while traveller.path != step:
            traveller.page.go_back()
    assert traveller.path == steps[0]


def test_no_column_is_cut_off_on_paper(open_window: Callable[..., Traveller]) -> None:
    traveller = open_window(DESK)
    traveller.sign_in("tinh")
    for path, width in (
        (f"/coverage?by=district&on={DAY}", ACROSS),
        ("/teams", UPRIGHT),
        ("/persons", UPRIGHT),
        ("/activities", UPRIGHT),
    ):
        traveller.go(path)
        traveller.fit_paper(width)


def test_a_number_leads_to_a_list_with_as_many_rows(traveller: Traveller) -> None:
    traveller.sign_in("tinh")
    # The two figures that a phone shows are those that were chosen.
    traveller.go(f"/coverage?by=district&on={DAY}&measure=team_count&measure=active_team_count")
    link = traveller.main(
        "table tfoot a[href^='/teams'], table tr:last-child a[href^='/teams']"
    ).last
    expected = number_in(link.inner_text())
    link.click()
    traveller.page.wait_for_url("**/teams?*")
    assert str(expected) in traveller.page.locator("main").inner_text().replace(".", "")
