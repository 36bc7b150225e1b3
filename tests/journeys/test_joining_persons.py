"""An official enters somebody a second time, finds the pair, joins it, and undoes that."""

import re

import pytest

from tests.journeys.traveller import ON_A_PHONE, Traveller

pytestmark = pytest.mark.journey

OFFICIAL = "xa.02335"


def enter(official: Traveller, form: str, name: str) -> None:
    """Fill the form of a new member and send it."""
    official.page.goto(form)
    official.main("input[name=full_name]").fill(name)
    official.main("input[name=birth_year]").fill("1988")
    official.main("select[name=role]").select_option("member")
    official.main("form button:not([name=another])").last.click()


def enter_twice(official: Traveller, name: str) -> None:
    """Enter somebody in the commune's first team, and once more as if they were somebody else."""
    official.go("/teams")
    official.main("table a[href^='/teams/']").first.click()
    official.main("a[href$='/members/add']").first.click()
    official.page.wait_for_url("**/members/add")
    form = official.page.url
    enter(official, form, name)
    official.page.wait_for_url(re.compile(r"/teams/\d+$"))
    enter(official, form, name)
    official.main("input[name=known][value=new]").check()
    official.main("form button:not([name=another])").last.click()
    official.page.wait_for_url(re.compile(r"/teams/\d+$"))


@ON_A_PHONE
def test_a_person_on_file_twice_becomes_one_and_two_again(traveller: Traveller) -> None:
    name = f"Âu Văn Đôi {'Một' if traveller.width < 500 else 'Hai'}"
    traveller.sign_in(OFFICIAL)
    enter_twice(traveller, name)
    traveller.go("/persons")
    traveller.main("a[href='/duplicates']").click()
    traveller.page.wait_for_url("**/duplicates")
    traveller.look("duplicates")
    row = traveller.main("tr").filter(has_text=name)
    row.locator("a[href^='/duplicates/']").click()
    traveller.page.wait_for_url(re.compile(r"/duplicates/\d+/\d+$"))
    traveller.look("duplicates-compare")
    comparison = traveller.path
    traveller.main("button.btn-primary").click()
    traveller.page.wait_for_url(re.compile(r"/persons/\d+$"))
    traveller.look("duplicates-joined")
    assert traveller.heading == name
    traveller.main("a[href^='/undo/']").click()
    traveller.page.wait_for_url("**/undo/*")
    traveller.main("button.btn-danger").click()
    traveller.page.wait_for_url(f"{traveller.site}/")
    traveller.go(comparison)
    assert traveller.path == comparison, "they are two again"
