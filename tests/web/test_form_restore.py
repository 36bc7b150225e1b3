"""A sign-in that ended leads back to the filled form, and nothing secret is carried."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from flask import Flask
from wtforms import PasswordField

from tcns.accounts.credentials.passwords import hash_password
from tcns.accounts.models import User
from tcns.database import db
from tcns.web import form_restore, forms
from tests.databases import fingerprint
from tests.page import REDIRECTS, Page, Visitor
from tests.world import ACCOUNTS, World

Visit = Callable[..., Visitor]
PASSWORD = "bốn con vịt bơi qua suối"
LOG = "/activities/log"
TYPED = {"participant_count": "77", "note": 'Dòng 1\nDòng "2" <b>', "topics": ["safety", "payment"]}
ENDED = HTTPStatus.UNAUTHORIZED


@pytest.fixture
def with_password(make: Callable[..., Any], world: World) -> None:
    """Member and neighbour have a password."""
    hashed = hash_password(PASSWORD)

    def give() -> None:
        for persona in ("member", "neighbour"):
            db.session.get_one(User, world.users[persona]).password_hash = hashed

    make(give)


def ended(page: Page) -> Page:
    """The same page after the sign-in ended."""
    page.visitor.session.pop("sign_in")
    page.visitor._keep_session()
    return page


def sign_in_again(page: Page, persona: str = "member") -> Page:
    """The answer after signing in on a page."""
    action = next(
        form.get("action", "")
        for form in page.tree.iter("form")
        if "sign-in" in form.get("action", "")
    )
    fields = {"user_name": ACCOUNTS[persona][1], "password": PASSWORD}
    return page.post(action, typed=fields, status=HTTPStatus.OK)


@pytest.mark.usefixtures("with_password")
def test_what_was_typed_comes_back_after_signing_in_and_is_not_sent_yet(
    visit: Visit, app: Flask
) -> None:
    page = ended(visit("member").get(LOG))
    asked = page.post(typed=TYPED, status=ENDED)
    assert asked.heading == "Đăng nhập"
    signed_in = sign_in_again(asked)
    before = fingerprint(app)
    form = signed_in.post(LOG, status=HTTPStatus.OK)
    assert fingerprint(app) == before
    source = form.body.decode().replace("\r\n", "\n")
    assert 'value="77"' in source
    assert "Dòng 1\nDòng &#34;2&#34; &lt;b&gt;" in source
    assert source.count("checked") >= 2
    assert form.post(LOG).url.startswith("/activities/")


@pytest.mark.usefixtures("with_password")
def test_a_wrong_password_does_not_lose_it_either(visit: Visit) -> None:
    asked = ended(visit("member").get(LOG)).post(typed=TYPED, status=ENDED)
    wrong = {"user_name": "ly.thi.may1", "password": "wrong"}
    again = asked.post(f"/sign-in?back={LOG}", typed=wrong, status=HTTPStatus.OK)
    assert "77" in again.body.decode()


@pytest.mark.usefixtures("with_password")
def test_somebody_else_who_signs_in_gets_the_form_only_where_the_guard_lets_them(
    visit: Visit, world: World
) -> None:
    address = f"/activities/{world.activities['draft']}/edit"
    asked = ended(visit("member").get(address)).post(typed={"note": "x"}, status=ENDED)
    signed_in = sign_in_again(asked, "neighbour")
    signed_in.post(address, status=HTTPStatus.NOT_FOUND)


def test_a_form_of_another_site_is_not_carried(visit: Visit) -> None:
    foreign = visit().send("POST", LOG, data=TYPED, headers={"Origin": "https://evil.example"})
    assert "Dòng 1" not in foreign.expect(HTTPStatus.FORBIDDEN).body.decode()
    for headers in ({"Referer": "https://localhost.evil.example/"}, {}):
        page = visit().send("POST", LOG, data=TYPED, headers=headers)
        assert page.status in REDIRECTS
        assert page.location.startswith("/sign-in")


def test_neither_passwords_nor_tokens_are_carried(visit: Visit) -> None:
    page = ended(visit("own").get("/account/password"))
    typed = {"old_password": "mật khẩu cũ", "password": "mật khẩu mới"}
    answer = page.visitor.send(
        "POST", "/account/password", data=typed, headers={"Referer": "https://localhost/"}
    )
    assert answer.status in REDIRECTS, "nothing was left to carry"
    typed_on_log = ended(visit("member").get(LOG)).post(typed=TYPED, status=ENDED).body.decode()
    assert "csrf_token&#34;" not in typed_on_log


def subclasses(kind: type[Any]) -> set[type[Any]]:
    """All classes below one."""
    return {kind} | {below for one in kind.__subclasses__() for below in subclasses(one)}


def test_every_password_field_is_named_so_that_it_is_left_out() -> None:
    for form in subclasses(forms.BaseForm):
        for name in dir(form):
            if getattr(getattr(form, name), "field_class", None) is PasswordField:
                assert form_restore.SECRET in name, f"{form.__name__}.{name}"


def test_what_is_too_large_is_not_carried(visit: Visit) -> None:
    page = ended(visit("member").get(LOG))
    fields = {**TYPED, "note": "x" * form_restore.LONGEST_TEXT}
    answer = page.visitor.send("POST", LOG, data=fields, headers={"Referer": "https://localhost/"})
    assert answer.status in REDIRECTS


@pytest.mark.usefixtures("with_password")
@pytest.mark.parametrize(
    "typed", ["", "[", "{}", "[1]", '[["a"]]', "null", '"ab"', "\x00", "9" * 200_000]
)
def test_a_damaged_carrier_is_ignored(visit: Visit, typed: str) -> None:
    fields = {"user_name": "ly.thi.may1", "password": PASSWORD, "typed": typed}
    answer = visit().post_bare("/sign-in?back=/teams", fields)
    assert answer.location == "/teams"


@pytest.mark.usefixtures("with_password")
def test_the_way_back_stays_on_this_site(visit: Visit) -> None:
    fields = {"user_name": "ly.thi.may1", "password": PASSWORD, "typed": '[["a", "b"]]'}
    answer = visit().post_bare("/sign-in?back=//evil.example/", fields)
    carrier = next(form for form in answer.tree.iter("form") if form.get("class") == "panel narrow")
    assert carrier.get("action") == "/"


def test_a_form_of_an_older_session_comes_back_filled_under_a_new_token(visit: Visit) -> None:
    page = visit("member").get(LOG)
    page.visitor.session["csrf_token"] = "of another window"
    page.visitor._keep_session()
    stale = page.post(typed=TYPED, status=HTTPStatus.BAD_REQUEST)
    form = stale.post(LOG, status=HTTPStatus.OK)
    assert 'value="77"' in form.body.decode()
    assert form.post(LOG).url.startswith("/activities/")
