"""Everybody signs in and lands where their work is."""

from collections.abc import Callable

import pytest

from tests.journeys.traveller import AT_A_DESK, DESK, ON_A_PHONE, PHONE, Traveller

pytestmark = pytest.mark.journey

ROLES = {
    "tinh": "administrator",
    "xemxet": "reviewer",
    "huyen.chiemhoa": "district",
    "xa.02335": "official",
    "totruong.02335": "leader",
    "thanhvien.02335": "member",
    "kiemtra": "auditor",
}


def test_the_sign_in_page_is_sound(traveller: Traveller) -> None:
    traveller.go("/sign-in")
    traveller.look("sign-in")


@pytest.mark.parametrize("user_name", ROLES)
def test_a_role_signs_in_and_sees_its_own_first_page(traveller: Traveller, user_name: str) -> None:
    traveller.sign_in_by_form(user_name)
    traveller.look(f"home-{ROLES[user_name]}")


@pytest.mark.parametrize(
    ("user_name", "width"),
    [
        ("tinh", PHONE),
        pytest.param("tinh", DESK, marks=pytest.mark.long),
        pytest.param("xa.02335", PHONE, marks=pytest.mark.long),
        pytest.param("thanhvien.02335", PHONE, marks=pytest.mark.long),
    ],
)
def test_every_word_of_the_menu_leads_to_a_sound_page(
    open_window: Callable[..., Traveller], user_name: str, width: int
) -> None:
    """The menu that has most; what the official and the member see is looked at elsewhere too."""
    traveller = open_window(width)
    traveller.sign_in(user_name)
    entries = traveller.page.locator("nav.menu a").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    assert len(entries) > 1
    for entry in entries:
        traveller.go(entry)
        name = entry.strip("/").replace("/", "-") or "home"
        traveller.look(f"menu-{ROLES[user_name]}-{name}")


# From where the menu is a row, to where it is drawn as wide as on any desk.
MIDDLING = (992, 1024, 1239, 1240, 1280, 1366, DESK)


@pytest.mark.parametrize("width", [DESK])
def test_the_menu_is_one_row_whose_last_word_opens_the_rest(traveller: Traveller) -> None:
    traveller.sign_in("tinh")
    words = traveller.page.locator("#menu > div > ul > li > :is(a, button, form):visible")
    for width in MIDDLING:
        traveller.page.set_viewport_size({"width": width, "height": 800})
        tops = words.evaluate_all("found => found.map(each => each.getBoundingClientRect().top)")
        assert len(tops) > 8
        assert max(tops) - min(tops) < 10, width
    traveller.page.get_by_role("button", name="Mục khác").click()
    traveller.look("menu-more")
    traveller.follow(traveller.page.locator("#menu-more").get_by_role("link", name="Nhật ký"))
    assert traveller.path == "/audit"


@pytest.mark.parametrize("width", [PHONE])
def test_the_audit_trail_does_not_scroll_sideways_on_a_phone(traveller: Traveller) -> None:
    traveller.sign_in("tinh")
    traveller.go("/audit")
    beyond = traveller.main(".table-responsive").evaluate(
        "box => box.scrollWidth - box.clientWidth"
    )
    assert beyond == 0
    traveller.look("audit-cards")


@ON_A_PHONE
def test_a_wrong_password_is_said_beside_the_form(traveller: Traveller) -> None:
    traveller.go("/sign-in")
    traveller.send_sign_in("tinh", "không phải mật khẩu này")
    traveller.page.get_by_role("alert").wait_for()
    traveller.look("sign-in-wrong")


@AT_A_DESK
def test_the_language_can_be_switched_on_every_page(traveller: Traveller) -> None:
    traveller.sign_in("tinh")
    traveller.go("/teams")
    traveller.follow(traveller.page.get_by_role("button", name="English"))
    assert traveller.path == "/teams"
    assert traveller.page.locator("html").get_attribute("lang") == "en"
    traveller.look("teams-english")


def test_everything_works_without_javascript(open_window: Callable[..., Traveller]) -> None:
    traveller = open_window(DESK, scripts=False)
    traveller.sign_in_by_form("tinh")
    traveller.go("/coverage?by=district&on=2024-06-30")
    traveller.follow(traveller.main("table a").first)
    assert traveller.page.locator("html").get_attribute("lang") == "vi"
