"""The choice of language."""

from collections.abc import Callable
from http import HTTPStatus

import pytest

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
