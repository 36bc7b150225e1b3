"""One's own account."""

from collections.abc import Callable
from http import HTTPStatus

from flask import Flask
from sqlalchemy import select

from tcns.accounts.credentials import passwords
from tcns.accounts.models import SignIn, User
from tcns.accounts.sign_in.throttling import PER_NAME_AT_ADDRESS
from tcns.database import db
from tests.accounts.conftest import PASSWORD, Change, Visit
from tests.factories import make_sign_in
from tests.page import REDIRECTS
from tests.world import World

NEXT = "bảy quả thị trên mái đình"
Make = Callable[..., object]


def kept_hash(app: Flask, user_id: int) -> str | None:
    with app.app_context():
        return db.session.get_one(User, user_id).password_hash


def device_of(app: Flask, user_id: int) -> int:
    """The newest sign-in of a user."""
    with app.app_context():
        mine = select(SignIn.id).where(SignIn.user_id == user_id)
        return db.session.scalars(mine.order_by(SignIn.id.desc())).first() or 0


def test_the_page_says_who_i_am_what_i_may_where_and_on_which_devices(visit: Visit) -> None:
    text = visit("own").get("/account").text
    for words in ("Cán Bộ Hòa An", "xa.02301", "Xã Hòa An", "Firefox"):
        assert words in text


def test_a_new_password_needs_the_present_one(
    visit: Visit, with_password: Change, app: Flask, world: World
) -> None:
    with_password("own")
    page = visit("own").get("/account/password")
    answer = page.post(typed={"old_password": "wrong", "password": NEXT}, status=HTTPStatus.OK)
    assert "old_password" in answer.field_errors
    assert passwords.matches(kept_hash(app, world.users["own"]), PASSWORD)


def test_the_password_is_changed_and_the_other_devices_are_signed_out(
    visit: Visit,
    with_password: Change,
    app: Flask,
    world: World,
    make: Make,
    events: Callable[[], list[str]],
) -> None:
    with_password("own")
    other = visit("own")
    other.sign_in(str(make(make_sign_in, world.users["own"])))
    mine = visit("own")
    answer = mine.get("/account/password").post(typed={"old_password": PASSWORD, "password": NEXT})
    assert answer.url == "/account"
    assert passwords.matches(kept_hash(app, world.users["own"]), NEXT)
    assert other.send("GET", "/account").status in REDIRECTS
    assert events() == ["password:changed", "sign-in:revoked"]


def test_pressed_twice_it_is_changed_once_and_answered_the_same(
    visit: Visit, with_password: Change, events: Callable[[], list[str]]
) -> None:
    with_password("own")
    page = visit("own").get("/account/password")
    typed = {"old_password": PASSWORD, "password": NEXT}
    assert page.post(typed=typed).url == page.post(typed=typed).url == "/account"
    assert events().count("password:changed") == 1


def test_the_new_password_obeys_the_rules_of_the_account(
    visit: Visit, with_password: Change
) -> None:
    with_password("own", "member")
    typed = {"old_password": PASSWORD, "password": "vịt bơi qua"}
    page = visit("own").get("/account/password").post(typed=typed, status=HTTPStatus.OK)
    assert "15" in page.field_errors["password"]
    assert visit("member").get("/account/password").post(typed=typed).url == "/account"


def test_the_present_password_is_no_new_one(visit: Visit, with_password: Change) -> None:
    with_password("own")
    typed = {"old_password": PASSWORD, "password": PASSWORD}
    page = visit("own").get("/account/password").post(typed=typed, status=HTTPStatus.OK)
    assert list(page.field_errors) == ["password"]


def test_the_page_asks_for_as_many_characters_as_the_account_needs(visit: Visit) -> None:
    assert "15 ký tự" in visit("own").get("/account/password").text
    assert "8 ký tự" in visit("member").get("/account/password").text


def test_the_present_password_cannot_be_tried_out(visit: Visit, with_password: Change) -> None:
    with_password("own")
    visitor = visit("own")
    for number in range(PER_NAME_AT_ADDRESS[0].most + 1):
        fields = {"old_password": f"wrong {number}", "password": NEXT}
        page = visitor.post_bare("/account/password", fields)
    assert "old_password" not in page.field_errors
    right = {"old_password": PASSWORD, "password": NEXT}
    assert visitor.post_bare("/account/password", right).status is HTTPStatus.OK


def test_one_of_my_devices_is_signed_out(
    visit: Visit, make: Make, app: Flask, world: World
) -> None:
    other = visit("member")
    other.sign_in(str(make(make_sign_in, world.users["member"])))
    mine = visit("member")
    page = mine.get("/account").post("/account/devices/end")
    assert page.url == "/account"
    assert other.send("GET", "/account").status in REDIRECTS
    mine.get("/account")


def test_all_my_other_devices_are_signed_out(visit: Visit, make: Make, world: World) -> None:
    others = [visit("member") for _number in range(2)]
    for other in others:
        other.sign_in(str(make(make_sign_in, world.users["member"])))
    mine = visit("member")
    mine.get("/account").post("/account/devices/end-others")
    assert all(other.send("GET", "/account").status in REDIRECTS for other in others)
    mine.get("/account")


def test_nobody_signs_out_somebody_elses_device(visit: Visit, app: Flask, world: World) -> None:
    foreign = device_of(app, world.users["own"])
    for device in (str(foreign), "0", "9" * 30, "-1", "x", ""):
        page = visit("member").post_bare("/account/devices/end", {"device": device})
        assert page.status is HTTPStatus.NOT_FOUND
    visit("own").get("/account")
