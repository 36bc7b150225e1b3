"""A commune's year: a team is re-formed, undone, loses a member, is merged, and opened again."""

import re
from collections.abc import Callable

import pytest

from tests.journeys.reading import fill
from tests.journeys.traveller import PHONE, Traveller

pytestmark = pytest.mark.journey

VILLAGES = "Nà Đời Một", "Nà Đời Hai"
MEMBERS = "Hoàng Thị Đời", "Nông Văn Đời", "Ma Thị Đời"
A_TEAM = re.compile(r"/teams/\d+$")
OpenWindow = Callable[..., Traveller]


def test_a_team_lives_through_everything(open_window: OpenWindow) -> None:
    official = open_window(PHONE)
    official.sign_in("xa.02335")
    first, second = establish_two(official)
    re_form_and_undo(official, first)
    move_a_member(official, first)
    merge_and_open_again(official, first, second)


def establish_two(official: Traveller) -> tuple[str, str]:
    """Two teams by one decision, the first with three members; their paths."""
    official.go("/teams/establish")
    official.main("button[name=more]").click()
    official.main("[name=village_1_name]").wait_for()
    decide(official, "901/QĐ-UBND", "2024-06-03")
    for number, village in enumerate(VILLAGES):
        fill(official, f"village_{number}_name", village)
    official.main(".form-actions button").click()
    official.page.wait_for_url(re.compile(r"/decisions/\d+"))
    paths = [
        str(official.main("th a").filter(has_text=village).get_attribute("href"))
        for village in VILLAGES
    ]
    for place, name in enumerate(MEMBERS):
        official.go(f"{paths[0]}/members/add")
        fill(official, "full_name", name)
        official.main("select[name=role]").select_option("member" if place else "leader")
        fill(official, "first_day", "2024-06-03")
        official.main("form button:not([name=another])").last.click()
        official.page.wait_for_url(A_TEAM)
    return paths[0], paths[1]


def decide(official: Traveller, number: str, day: str) -> None:
    """The head of a new decision."""
    fill(official, "number", number)
    fill(official, "issued_on", day)
    fill(official, "summary", "Sắp xếp tổ công nghệ số cộng đồng")


def box(official: Traveller, name: str) -> None:
    """Untick the box of a member."""
    official.main("li").filter(has_text=name).locator("input[type=checkbox]").uncheck()


def re_form_and_undo(official: Traveller, team: str) -> None:
    """One goes, one joins; then all of it is undone."""
    official.go(team)
    official.main(".actions a[href$='/reform']").click()
    decide(official, "902/QĐ-UBND", "2024-09-02")
    box(official, MEMBERS[2])
    fill(official, "new_0_phone", "0912 345 670")
    official.main(".form-actions button").click()
    official.main(".error-summary").wait_for()
    official.look("life-reform-wrong")
    fill(official, "new_0_full_name", "Lò Văn Đời")
    official.main(".form-actions button").click()
    official.page.wait_for_url(A_TEAM)
    official.main(".timeline >> text=Kiện toàn tổ").wait_for()
    official.look("life-reformed")
    official.follow(official.main(".alert a[href^='/undo/']"))
    official.look("life-undo")
    official.main("form button.btn-danger").click()
    official.page.wait_for_url(f"{official.site}/")
    official.go(team)
    assert official.main(".timeline >> text=Kiện toàn tổ").count() == 0


def move_a_member(official: Traveller, team: str) -> None:
    """The last member moves to the second team."""
    row = official.main("tr").filter(has_text=MEMBERS[2])
    row.locator("a[href$='/transfer']").click()
    official.main("select[name=team]").select_option(label=team_called(official, VILLAGES[1]))
    fill(official, "first_day", "2024-10-01")
    official.look("life-transfer")
    official.main(".form-actions button").click()
    official.page.wait_for_url(A_TEAM)
    assert official.main("th").filter(has_text=MEMBERS[2]).count() == 1
    official.go(team)


def team_called(official: Traveller, village: str) -> str:
    """The name under which a select offers the team of a village."""
    return official.main("select option").filter(has_text=village).inner_text()


def merge_and_open_again(official: Traveller, team: str, into: str) -> None:
    """The first team goes into the second, and is opened again: it was a mistake."""
    official.main(".actions a[href$='/merge']").click()
    official.main("select[name=into]").select_option(label=team_called(official, VILLAGES[1]))
    fill(official, "first_day", "2025-01-01")
    decide(official, "903/QĐ-UBND", "2024-12-20")
    box(official, MEMBERS[1])
    official.look("life-merge")
    official.main(".form-actions button").click()
    official.page.wait_for_url(f"{official.site}{into}")
    official.look("life-merged")
    official.go(team)
    official.follow(official.main(".actions a[href$='/reopen']"))
    official.look("life-reopen")
    official.main(".form-actions button").click()
    official.page.wait_for_url(A_TEAM)
    assert official.main("th").filter(has_text=MEMBERS[1]).count() == 1
    official.look("life-reopened")
