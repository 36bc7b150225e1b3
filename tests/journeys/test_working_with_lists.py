"""The province works with its lists: from the keyboard, sorted, many rows at once, by one box."""

import re
from collections.abc import Callable

import pytest

from tests.journeys.traveller import DESK, PHONE, Traveller

pytestmark = pytest.mark.journey

OpenWindow = Callable[..., Traveller]


def focused(traveller: Traveller) -> str:
    """The text of what has the focus, or the name of a field."""
    script = "document.activeElement.name || document.activeElement.innerText"
    return str(traveller.page.evaluate(script))


def test_a_list_is_worked_through_from_the_keyboard(open_window: OpenWindow) -> None:
    traveller = open_window(DESK)
    traveller.sign_in("xa.02335")
    traveller.go("/memberships?size=25")
    keyboard, names = traveller.page.keyboard, traveller.main("tbody th a").all_inner_texts()
    keyboard.press("/")
    assert focused(traveller) == "q"
    keyboard.type("j?")
    assert traveller.main("input[name=q]").input_value() == "j?"
    keyboard.press("Escape")
    for key, place in (("j", 0), ("ArrowDown", 1), ("j", 2), ("k", 1), ("ArrowUp", 0)):
        keyboard.press(key)
        assert focused(traveller) == names[place], key
    keyboard.press("x")
    keyboard.press("ArrowDown")
    keyboard.press("x")
    assert traveller.main("#ticked-count").inner_text() == "2"
    traveller.look("list-keyboard")
    keyboard.press("?")
    traveller.page.locator("dialog[open]").wait_for()
    traveller.look("list-keys")
    keyboard.press("Escape")
    keyboard.press("Enter")
    traveller.page.wait_for_url(re.compile(r"/persons/\d+"))
    assert traveller.heading == names[1]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_ticked_memberships_end_and_come_back(open_window: OpenWindow, *, scripts: bool) -> None:
    official = open_window(PHONE if scripts else DESK, scripts=scripts)
    official.sign_in("xa.02335")
    official.go("/memberships?role=member")
    before = official.main(".list-count").inner_text()
    for place in (0, 1):
        official.main("input.tick").nth(place).check()
    official.main("#bulk button").click()
    official.page.wait_for_url("**/memberships/end?*")
    official.main("text=2 thành viên sẽ thôi tham gia tổ").wait_for()
    official.main("input[name=reason]").fill("Chuyển công tác")
    if scripts:
        official.look("bulk-stated")
    official.main("button[name=do]").click()
    official.page.wait_for_url("**/memberships?*")
    if scripts:
        official.look("bulk-done")
    official.main(".alert a").click()
    official.main("form button.btn-danger").click()
    official.page.wait_for_url(f"{official.site}/")
    official.go("/memberships?role=member")
    assert official.main(".list-count").inner_text() == before


def test_one_box_finds_everything(traveller: Traveller) -> None:
    traveller.sign_in("tinh")
    if traveller.width == DESK:
        traveller.page.locator("header input[name=q]").fill("hoa phu")
        traveller.page.keyboard.press("Enter")
    else:
        traveller.page.locator("header a[href='/search']").click()
        traveller.main("input[name=q]").fill("hoa phu")
        traveller.page.keyboard.press("Enter")
    traveller.page.wait_for_url("**/search?q=hoa*")
    traveller.look("search")
    traveller.main(".found a").first.click()
    traveller.page.wait_for_url(re.compile(r"/(teams|persons|areas|decisions)"))


def test_lists_are_sorted_by_their_headings(traveller: Traveller) -> None:
    traveller.sign_in("tinh")
    traveller.go("/teams")
    traveller.main("thead a").filter(has_text="Thành viên").click()
    traveller.page.wait_for_url("**/teams?sort=members")
    traveller.look("list-sorted")
    traveller.go("/decisions")
    traveller.look("list-decisions")
