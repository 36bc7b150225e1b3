"""Setting a password by a one-time code."""

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from threading import Thread

import pytest
from flask import Flask

from tcns.accounts.credentials import passwords
from tcns.accounts.credentials.one_time_codes import code_digest
from tcns.accounts.models import User
from tcns.accounts.queries import sign_ins_of
from tcns.accounts.sign_in.throttling import PER_NAME_AT_ADDRESS
from tcns.clock import now
from tcns.database import db
from tests.accounts.conftest import PASSWORD, Change, Visit, name_of
from tests.databases import SECRET_KEY
from tests.page import REDIRECTS, Page, Visitor
from tests.world import World

CODE = "ABCDE-23456"
GiveCode = Callable[..., None]


@pytest.fixture
def with_code(change: Change, world: World) -> GiveCode:
    """`with_code("member")` gives that persona's account the one-time code CODE, for a day."""

    def give(persona: str, *, hours: int = 24) -> None:
        digest = code_digest(SECRET_KEY, world.users[persona], CODE)
        change(persona, code_hash=digest, code_expires_at=now() + timedelta(hours=hours))

    return give


def activate(visitor: Visitor, user_name: str, code: str = CODE, password: str = PASSWORD) -> Page:
    fields = {"user_name": user_name, "code": code, "password": password}
    return visitor.post_bare("/activate", fields)


def device_count(app: Flask, user_id: int) -> int:
    with app.app_context():
        return len(sign_ins_of(db.session.get_one(User, user_id)))


def test_a_code_sets_the_password_and_signs_this_device_in_and_all_others_out(
    visit: Visit, with_code: GiveCode, app: Flask, world: World, events: Callable[[], list[str]]
) -> None:
    with_code("member")
    visitor, elsewhere = visit(), visit("member")
    page = visitor.get("/activate?user_name=ly.thi.may1")
    page.post("/activate?user_name=ly.thi.may1", {"code": "abcde 23456", "password": PASSWORD})
    assert "ly.thi.may1" in visitor.get("/account").text
    assert elsewhere.send("GET", "/account").status in REDIRECTS
    assert device_count(app, world.users["member"]) == 1
    assert events() == ["password:changed", "sign-in:revoked", "sign-in:created"]


def test_a_code_is_used_once(visit: Visit, with_code: GiveCode) -> None:
    with_code("member")
    assert activate(visit(), name_of("member")).status in REDIRECTS
    again = activate(visit(), name_of("member"), password="một mật khẩu khác hẳn")
    assert again.status is HTTPStatus.OK


def test_the_form_sent_twice_lets_in_twice(visit: Visit, with_code: GiveCode) -> None:
    """The browser may show only the second answer."""
    with_code("member")
    visitor = visit()
    assert activate(visitor, name_of("member")).status in REDIRECTS
    assert activate(visitor, name_of("member")).status in REDIRECTS
    assert "ly.thi.may1" in visitor.get("/account").text


@pytest.mark.parametrize(
    ("user_name", "code"),
    [("ly.thi.may1", "ABCDE-23457"), ("ly.thi.may1", ""), ("xa.02301", CODE), ("nobody", CODE)],
)
def test_a_wrong_code_sets_nothing_and_says_nothing(
    visit: Visit, with_code: GiveCode, app: Flask, world: World, user_name: str, code: str
) -> None:
    with_code("member")
    page = activate(visit(), user_name, code)
    assert page.status is HTTPStatus.OK
    with app.app_context():
        assert db.session.get_one(User, world.users["member"]).password_hash is None


def test_wrong_codes_are_answered_in_the_same_words(visit: Visit, with_code: GiveCode) -> None:
    with_code("member")
    tried = (("ly.thi.may1", "WRONG-23456"), ("xa.02301", CODE), ("nobody", CODE))
    assert len({activate(visit(), user_name, code).text for user_name, code in tried}) == 1


def test_a_code_that_has_run_out_is_refused(visit: Visit, with_code: GiveCode) -> None:
    with_code("member", hours=0)
    assert activate(visit(), name_of("member")).status is HTTPStatus.OK


def test_a_code_of_a_closed_account_is_refused(
    visit: Visit, with_code: GiveCode, change: Change
) -> None:
    with_code("member")
    change("member", disabled_at=now())
    assert activate(visit(), name_of("member")).status is HTTPStatus.OK


def test_a_weak_password_is_refused_beside_the_field_and_the_code_stays(
    visit: Visit, with_code: GiveCode
) -> None:
    with_code("own")
    page = activate(visit(), name_of("own"), password="mười bốn chữ ạ")
    assert "15" in page.field_errors["password"]
    assert activate(visit(), name_of("own")).status in REDIRECTS


def test_a_weak_password_with_the_right_code_is_no_guess(visit: Visit, with_code: GiveCode) -> None:
    with_code("member")
    for _time in range(PER_NAME_AT_ADDRESS[0].most + 1):
        page = activate(visit(), name_of("member"), password="12345678")
    assert page.status is HTTPStatus.OK
    assert "password" in page.field_errors


def test_codes_cannot_be_tried_out(visit: Visit, with_code: GiveCode) -> None:
    with_code("member")
    for number in range(PER_NAME_AT_ADDRESS[0].most):
        activate(visit(), name_of("member"), f"WRONG-2345{number}")
    page = activate(visit(), name_of("member"))
    assert page.status is HTTPStatus.TOO_MANY_REQUESTS
    assert page.response.headers["Retry-After"]


def test_two_who_use_the_code_at_the_same_instant_set_one_password(
    visit: Visit, with_code: GiveCode, app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_code("member")
    hash_password = passwords.hash_password
    other = "người kia nhanh tay hơn"

    def be_overtaken(password: str) -> str:
        monkeypatch.setattr(passwords, "hash_password", hash_password)
        faster = Thread(target=activate, args=(visit(), name_of("member"), CODE, other))
        faster.start()
        faster.join()
        return hash_password(password)

    monkeypatch.setattr(passwords, "hash_password", be_overtaken)
    assert activate(visit(), name_of("member")).status is HTTPStatus.OK
    with app.app_context():
        kept = db.session.get_one(User, world.users["member"]).password_hash
    assert passwords.matches(kept, other)
