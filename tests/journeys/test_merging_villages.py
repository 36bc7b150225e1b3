"""Two villages become one; their teams are shown for action, and one of them is dissolved."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from tcns.clock import today
from tests.journeys.reading import fill
from tests.journeys.traveller import PHONE, Traveller

pytestmark = pytest.mark.journey

# Villages whose teams no other journey touches.
MERGED = ("Soi Nhội", "Thẳm Mạ")
CLOSED = "Tổ của thôn, tổ dân phố không còn"


def test_merged_villages_leave_teams_to_be_worked_through(
    open_window: Callable[..., Traveller],
) -> None:
    traveller = open_window(PHONE)
    traveller.sign_in("xa.02335")
    traveller.go("/areas/02335")
    traveller.look("commune-before-merger")
    traveller.main("a[href*='/villages/merge']").click()
    for village in MERGED:
        traveller.page.get_by_label(village).check()
    name = f"Hợp Nhất {traveller.width}"
    fill(traveller, "name", name)
    fill(traveller, "first_day", "2024-06-01")
    fill(traveller, "decree", "15/NQ-HĐND")
    traveller.look("merge-villages")
    traveller.main(".form-actions button").click()
    traveller.page.wait_for_url(re.compile(r"/areas/[\d.]+\?on="))
    assert name in traveller.page.locator("h1").inner_text()
    traveller.look("village-merged")
    traveller.go("/")
    traveller.follow(traveller.main("a").filter(has_text=CLOSED))
    rows = traveller.main("tbody tr")
    before = rows.count()
    assert before >= 2, "the teams of both villages"
    traveller.look("teams-of-closed-villages")
    rows.filter(has_text=MERGED[0]).locator("a[href$='/dissolve']").click()
    fill(traveller, "number", f"{traveller.width}/QĐ-UBND")
    fill(traveller, "issued_on", "2024-06-03")
    fill(traveller, "summary", "Giải thể tổ của thôn đã sáp nhập")
    fill(traveller, "last_day", f"{today() - timedelta(days=1)}")
    traveller.main(".form-actions button").click()
    traveller.page.wait_for_url(re.compile(r"/teams/\d+$"))
    traveller.go("/checks/teams-of-closed-villages")
    assert traveller.main("tbody tr").count() == before - 1
