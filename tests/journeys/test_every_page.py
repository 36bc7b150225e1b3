"""Every page on which teams and sessions are written is sound, and so is what it says is wrong."""

import re
from collections.abc import Callable, Iterator

import pytest

from tests.demonstration import PASSWORD
from tests.journeys.reading import fill
from tests.journeys.traveller import DESK, ON_A_PHONE, PHONE, Traveller

pytestmark = pytest.mark.journey

OpenWindow = Callable[..., Traveller]
OFFICIAL, LEADER = "xa.02335", "totruong.02335"


def official(open_window: OpenWindow, width: int = PHONE) -> Traveller:
    """The commune's official."""
    traveller = open_window(width)
    traveller.sign_in(OFFICIAL)
    return traveller


def first(traveller: Traveller, page: str, link: str) -> str:
    """Where the first such link of a page leads."""
    traveller.go(page)
    return traveller.main(f"a[href*='{link}']").first.get_attribute("href") or ""


def addresses(traveller: Traveller) -> dict[str, str]:
    """A page of each kind, found as the official finds it."""
    team = first(traveller, "/teams?q=Pù Mò", "/teams/6")
    member = first(traveller, team, "/role").removesuffix("/role")
    person = first(traveller, team, "/persons/")
    decision = first(traveller, team, "/decisions/")
    session = first(traveller, "/activities?status=submitted", "/activities/8")
    return {
        "teams": "/teams",
        "persons": "/persons",
        "memberships": "/memberships",
        "sessions": "/activities?status=all",
        "establish": "/teams/establish",
        "team": team,
        "team-history": f"{team}/history",
        "team-correct": f"{team}/correct",
        "team-dissolve": f"{team}/dissolve",
        "team-withdraw": f"{team}/withdraw",
        "team-accounts": f"{team}/accounts",
        "member-add": f"{team}/members/add",
        "member-role": f"{member}/role",
        "member-end": f"{member}/end",
        "member-correct": f"{member}/correct",
        "member-withdraw": f"{member}/withdraw",
        "person": person,
        "person-history": f"{person}/history",
        "person-correct": f"{person}/correct",
        "decision": decision,
        "decision-history": f"{decision}/history",
        "decision-correct": f"{decision}/correct",
        "session": session,
        "session-history": f"{session}/history",
        "session-return": f"{session}/return",
        "session-log": "/activities/log",
    }


# What is wrong, by page; whatever is typed elsewhere is left as it stands.
WRONG = {
    "establish": {"number": "", "summary": "", "issued_on": "2099-01-01"},
    "team-correct": {"name": "", "first_day": "2099-01-01"},
    "team-dissolve": {"number": "", "last_day": "2099-01-01"},
    "member-add": {"full_name": " ", "phone": "091234567", "birth_year": "99"},
    "member-role": {"first_day": "2099-01-01"},
    "member-end": {"last_day": "2099-01-01"},
    "member-correct": {"first_day": "2099-01-01"},
    "person-correct": {"full_name": "", "phone": "12"},
    "decision-correct": {"number": "", "issuer": "", "summary": ""},
    "session-return": {"reason": ""},
    "team-withdraw": {},
}


@ON_A_PHONE
def test_every_page_is_sound(open_window: OpenWindow, width: int) -> None:
    traveller = official(open_window, width)
    for name, address in addresses(traveller).items():
        traveller.go(address)
        traveller.look(f"page-{name}")


def test_every_form_that_is_wrong_says_so_soundly(open_window: OpenWindow) -> None:
    traveller = official(open_window)
    pages = addresses(traveller)
    for name, typed in WRONG.items():
        traveller.go(pages[name])
        for field, text in typed.items():
            fill(traveller, field, text)
        traveller.main("form[method=post] button:visible").last.click()
        traveller.main(".error-summary:focus").wait_for()
        assert traveller.page.title().startswith("Lỗi")
        for link in traveller.main(".error-summary a").all():
            traveller.main(link.get_attribute("href") or "").first.wait_for(state="attached")
        traveller.look(f"wrong-{name}")


def test_a_change_of_leader_and_a_known_person_are_asked_for_soundly(
    open_window: OpenWindow,
) -> None:
    traveller = official(open_window)
    pages = addresses(traveller)
    traveller.go(pages["member-add"])
    fill(traveller, "full_name", "Sằm Văn Hỏi")
    traveller.main("select[name=role]").select_option("leader")
    traveller.main(".form-actions button").nth(1).click()
    traveller.main("[name=replaces_leader]").wait_for()
    traveller.look("ask-leader")
    traveller.go(pages["person"])
    name = traveller.heading
    phone = traveller.main("a[href^='tel:']").first.inner_text()
    traveller.go(first(traveller, "/teams?q=Bó Mu", "/teams/6") + "/members/add")
    fill(traveller, "full_name", name)
    fill(traveller, "phone", phone)
    traveller.main(".form-actions button").nth(1).click()
    traveller.main("[name=known]").first.wait_for()
    traveller.look("ask-known")


def test_two_windows_on_one_record_show_both_versions_soundly(open_window: OpenWindow) -> None:
    one, other = official(open_window), official(open_window)
    page = addresses(one)["person-correct"]
    one.go(page)
    other.go(page)
    for traveller, year in ((one, "1971"), (other, "1972")):
        fill(traveller, "birth_year", year)
        traveller.main(".form-actions button").click()
    one.page.wait_for_url(re.compile(r"/persons/\d+$"))
    other.main(".saved-now").filter(has_text="1971").wait_for()
    assert other.main("[name=birth_year]").input_value() == "1972"
    other.look("stale-person")


def test_a_sign_in_that_ended_leads_back_to_the_filled_form(open_window: OpenWindow) -> None:
    traveller = open_window(PHONE)
    traveller.sign_in(LEADER)
    traveller.go("/activities/log")
    fill(traveller, "participant_count", "23")
    traveller.main("label[for=topics-0]").click()
    ticked = traveller.main("[name=topics]:checked").count()
    traveller.page.context.clear_cookies(name="session")
    traveller.main("button[value=review]:visible").click()
    traveller.main("input[name=password]").wait_for()
    traveller.complaints.clear()  # the browser notes the 401
    traveller.look("ended-sign-in")
    traveller.send_sign_in(LEADER, PASSWORD)
    traveller.main("button").filter(has_text="Tiếp tục").click()
    assert traveller.main("[name=participant_count]").input_value() == "23"
    assert traveller.main("[name=topics]:checked").count() == ticked
    traveller.look("ended-form")


def test_going_back_after_submitting_shows_no_form_that_would_be_sent_again(
    open_window: OpenWindow, leaders: Iterator[str]
) -> None:
    traveller = open_window(PHONE)
    traveller.sign_in(next(leaders))
    traveller.go("/activities/log")
    key = traveller.main("[name=client_key]").get_attribute("value")
    fill(traveller, "participant_count", "23")
    traveller.main("button[value=review]:visible").click()
    traveller.main("button[value=send]").click()
    traveller.page.wait_for_url(re.compile(r"/activities/\d+$|/phone#item="))
    traveller.page.go_back()
    assert traveller.main("[name=client_key]").get_attribute("value") != key
    assert traveller.main("[name=participant_count]").input_value() == ""


def test_a_day_is_said_in_the_order_of_the_page_whatever_the_browser_shows(
    open_window: OpenWindow,
) -> None:
    traveller = official(open_window, DESK)
    traveller.go("/teams/establish")
    value = traveller.main(".day-said[for=issued_on]")
    assert value.inner_text() == ""
    fill(traveller, "issued_on", "2024-06-03")
    assert value.inner_text() == "Thứ Hai, 03/06/2024"
    fill(traveller, "issued_on", "")
    assert value.inner_text() == ""
    traveller.look("day-said")
