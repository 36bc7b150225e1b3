"""The choice of language."""

from collections.abc import Callable
from http import HTTPStatus

import pytest
from flask import Flask

from tests.databases import fingerprint
from tests.page import Visitor
from tests.world import World

Visit = Callable[..., Visitor]


def test_the_switch_leads_back_to_the_same_page_in_the_other_language(visit: Visit) -> None:
    visitor = visit("reviewer")
    page = visitor.get("/areas?on=2025-07-01").post("/language", {"language": None})
    assert page.url == "/areas?on=2025-07-01"
    chosen = visitor.post_bare("/language", {"language": "en", "back": "/areas"})
    assert "language=en" in chosen.response.headers["Set-Cookie"]
    assert visitor.get("/areas").tree.get("lang") == "en"


def test_a_language_we_do_not_speak_changes_nothing(visit: Visit) -> None:
    visitor = visit("reviewer", language="en")
    answer = visitor.post_bare("/language", {"language": "fr", "back": "/areas"})
    assert "language=" not in answer.response.headers.get("Set-Cookie", "")
    assert visitor.get("/areas").tree.get("lang") == "en"


def test_what_was_typed_into_a_form_that_is_shown_again_comes_along_and_is_not_sent(
    visit: Visit, app: Flask
) -> None:
    wrong = {"participant_count": "many", "note": 'Dòng "2" <b>'}
    page = visit("member").get("/activities/log").post(typed=wrong, status=HTTPStatus.OK)
    before = fingerprint(app)
    for _twice in range(2):
        page.visitor.client.set_cookie("language", "vi")
        page = page.post("/language", {"language": "en"}, status=HTTPStatus.OK)
        assert page.tree.get("lang") == "en"
        assert 'value="many"' in page.body.decode()
        assert "Dòng &#34;2&#34; &lt;b&gt;" in page.body.decode()
        assert page.field_errors == {}
    assert fingerprint(app) == before


def test_a_password_does_not_come_along(visit: Visit) -> None:
    page = (
        visit()
        .get("/sign-in")
        .post(typed={"user_name": "ai.do", "password": "bí mật lắm"}, status=HTTPStatus.OK)
    )
    assert "bí mật lắm" not in page.body.decode()
    switched = page.post("/language", {"language": "en"}, status=HTTPStatus.OK)
    assert 'value="ai.do"' in switched.body.decode()


@pytest.mark.parametrize(
    "back", ["", "//evil.example", "/\\evil.example", "https://evil.example/", "areas", "/a\n/b"]
)
def test_an_address_that_is_not_ours_leads_home(visit: Visit, back: str) -> None:
    answer = visit().post_bare("/language", {"language": "en", "back": back})
    assert answer.status is HTTPStatus.FOUND
    assert answer.location == "/"


def test_a_page_at_an_address_that_only_takes_forms_leads_back_to_where_the_form_stood(
    visit: Visit, world: World
) -> None:
    account = f"/accounts/{world.users['leader']}"
    page = visit("administrator").get(account)
    again = page.post(f"{account}/roles", {"role": ""}, status=HTTPStatus.OK)
    assert again.url == f"{account}/roles"
    (switch,) = [f for f in again.tree.iter("form") if f.get("action") == "/language"]
    (back,) = [c.get("value") for c in switch.iter("input") if c.get("name") == "back"]
    assert back == account
