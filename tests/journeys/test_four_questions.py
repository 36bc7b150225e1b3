"""Four questions of the province, each answered from its first page in at most six clicks.

* Which communes fell silent, the ten that have been so longest: the overview; how many there are.
  Two clicks.
* How this quarter stands against the last: the figures; the quarter; beside the period before.
  Three clicks.
* How many digital signatures were made in Chiêm Hóa this year, and against which plan: the
  overview; the district; its target. Three clicks.
* What the same looks like on today's map: from there the figures of the district; today's map.
  Five clicks in all.

On a phone the menu takes one more.
"""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator

from tests.journeys.reading import number_in
from tests.journeys.traveller import AT_A_DESK, DESK, Traveller

pytestmark = pytest.mark.journey

MOST_CLICKS = 6
DISTRICT = "Huyện Chiêm Hóa"


@dataclass
class Stranger:
    """Somebody who presses what pages show, and counts it."""

    traveller: Traveller
    clicks: int = 0

    def press(self, what: Locator) -> None:
        """Press what leads to another page."""
        self.clicks += 1
        self.traveller.follow(what)

    def press_in_menu(self, word: str) -> None:
        """Press a word of the menu, which a phone hides behind a button."""
        page = self.traveller.page
        if self.traveller.width < DESK:
            self.clicks += 1
            page.locator(".menu-button").click()
        self.press(page.locator("#menu").get_by_role("link", name=word, exact=True))

    def main(self, selector: str) -> Locator:
        """Something in the main part of the page."""
        return self.traveller.main(selector)

    def text(self, selector: str) -> str:
        """What a part of the page says, in one line."""
        return " ".join(self.main(selector).first.inner_text().split())


@pytest.fixture
def stranger(traveller: Traveller) -> Stranger:
    """Somebody on the first page of the province."""
    traveller.sign_in("tinh")
    return Stranger(traveller)


@AT_A_DESK
def test_which_communes_fell_silent(stranger: Stranger) -> None:
    stranger.press_in_menu("Tổng quan")
    link = stranger.main(".notable a")
    count = number_in(link.inner_text())
    stranger.press(link)
    stranger.traveller.look("road-silent")
    rows = stranger.main("table tbody tr")
    assert rows.count() == count > 0
    assert re.search(r"Tháng \d+/\d{4}|không có trong 24 tháng", stranger.text("table tbody tr"))
    assert stranger.clicks <= MOST_CLICKS


@AT_A_DESK
def test_how_this_quarter_stands_against_the_last(stranger: Stranger) -> None:
    stranger.press_in_menu("Tình hình bao phủ")
    stranger.press(stranger.main(".links-line").get_by_role("link", name="quý", exact=True))
    stranger.press(stranger.main(".links-line").get_by_role("link", name="kỳ trước", exact=True))
    stranger.traveller.look("road-quarter")
    assert "buổi hoạt động của quý" in stranger.text(".lead-note")
    assert "So sánh với kỳ trước" in stranger.text(".lead-note")
    assert re.search(r"[▲▼] [+−]\d", stranger.text(".key-figures"))
    assert stranger.clicks <= MOST_CLICKS


@AT_A_DESK
def test_how_many_signatures_were_made_in_a_district_against_which_plan_and_on_today_s_map(
    stranger: Stranger,
) -> None:
    stranger.press_in_menu("Tổng quan")
    ranking = stranger.main("[aria-labelledby=ranking-card-heading]")
    stranger.press(ranking.get_by_role("link", name=DISTRICT, exact=True))
    target = stranger.main(".targets li").filter(has_text="Chữ ký số cá nhân đã cấp")
    stranger.press(target.locator("a"))
    stranger.traveller.look("road-target")
    made = number_in(stranger.main("table tbody td a").first.inner_text())
    assert "Kế hoạch số" in stranger.text("nav .breadcrumb")
    assert "phải đạt" in stranger.text(".lead-note")
    assert stranger.clicks <= MOST_CLICKS
    stranger.press(stranger.main("table").get_by_role("link", name=DISTRICT))
    total = stranger.main("table tfoot td a").first
    assert number_in(total.inner_text()) == made, "the communes of the district add up to it"
    stranger.press(stranger.main(".lead-note").get_by_role("link", name="hôm nay"))
    stranger.traveller.look("road-today")
    assert "Chữ ký số cá nhân đã cấp" in stranger.text("table thead")
    assert stranger.main("table tbody tr").count() > 1
    assert stranger.clicks <= MOST_CLICKS
