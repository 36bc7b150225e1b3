"""The frame of every page: whose site it is, where one may go, whether the figures are real."""

from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from typing import Any

import pytest
from flask import Flask

from tcns.areas.agencies.models import Agency
from tcns.areas.models import Deployment
from tcns.areas.tree_operations import rebuild_tree
from tcns.areas.vocabulary import Level
from tcns.database import db
from tests.factories import make_area, make_sign_in, make_user, save
from tests.inspection import text_of
from tests.page import Page, Visitor
from tests.world import World

Visit = Callable[..., Visitor]
BANNER = "Demonstration figures."


def band(page: Page) -> str:
    """What the red band says."""
    return text_of(next(page.tree.iter("header")))


def menu(page: Page) -> list[str]:
    """The words of the main menu."""
    lists = [
        each for nav in page.tree.iter("nav") if nav.get("id") == "menu" for each in nav.iter("ul")
    ]
    return [text_of(link) for link in lists[0].iter("a")] if lists else []


def test_the_band_names_the_product_and_the_area_one_is_in(visit: Visit) -> None:
    assert "Tổ công nghệ số cộng đồng" in band(visit("own").get("/"))
    assert "Xã Hòa An" in band(visit("own").get("/"))
    assert "Community digital-technology team" in band(visit("own", language="en").get("/"))


def test_whose_commune_is_gone_has_its_name_and_its_helper_still(
    app: Flask, visit: Visit, make: Callable[..., Any], world: World
) -> None:
    def make_visitor() -> str:
        gone = make_area(Level.COMMUNE, world.province.id, name="Đã Mất", valid_to=date(2024, 1, 1))
        rebuild_tree()
        said = {"name": "UBND", "place": "Đã Mất", "sign": "UBND", "authority": "CHỦ TỊCH"}
        save(Agency(area_id=gone, helper_name="Nông Quốc Khánh", helper_phone="0912345678", **said))
        return make_sign_in(make_user(gone))

    visitor = Visitor(app, make(make_visitor))
    page = visitor.get("/")
    assert "Xã Đã Mất" in band(page)
    assert "Nông Quốc Khánh" in page.content
    assert "Nông Quốc Khánh" not in visit("own").get("/").content


def test_the_menu_leads_nowhere_one_may_not_go(visit: Visit) -> None:
    seen = {persona: menu(visit(persona, language="en").get("/")) for persona in ("member", "own")}
    assert "Coverage" in seen["own"]
    assert not {"Coverage", "Accounts", "Audit trail"} & set(seen["member"])
    for text in seen["member"]:
        visit("member", language="en").get("/").click(text)


def test_what_is_not_used_every_day_stands_behind_the_last_word(visit: Visit) -> None:
    """One such entry alone stands in the row."""

    def behind(persona: str) -> list[str]:
        page = visit(persona, language="en").get("/")
        found = [each for each in page.tree.iter("ul") if each.get("id") == "menu-more"]
        openers = [e for e in page.tree.iter("button") if e.get("popovertarget") == "menu-more"]
        assert [text_of(each) for each in openers] == ["More"] * len(found)
        return [text_of(link) for each in found for link in each.iter("a")]

    rare = ["Periods", "Areas", "Indicators", "Accounts", "Imports", "Audit trail"]
    assert behind("administrator") == rare
    assert behind("own") == [word for word in rare if word not in ("Indicators", "Audit trail")]
    assert behind("member") == []
    assert "Areas" in menu(visit("member", language="en").get("/"))


@pytest.mark.parametrize(
    ("address", "entry"),
    [
        ("/areas/02301", "Areas"),
        ("/areas/02301/history", "Areas"),
        ("/teams/{team}/history", "Teams"),
        ("/memberships/{membership}/role", "Persons"),
        ("/accounts/add", "Accounts"),
    ],
)
def test_a_page_below_an_entry_of_the_menu_marks_it(
    visit: Visit, world: World, address: str, entry: str
) -> None:
    ids = {"team": world.teams["village"], "membership": world.memberships["deputy"]}
    page = visit("own", language="en").get(address.format(**ids))
    marked = [text_of(a) for a in page.tree.iter("a") if a.get("aria-current") in ("page", "true")]
    assert marked == [entry]


def test_a_visitor_finds_the_way_to_sign_in_and_no_menu(visit: Visit) -> None:
    page = visit(language="en").get("/nowhere", status=HTTPStatus.NOT_FOUND)
    assert menu(page) == []
    assert page.click("Sign in").heading == "Sign in"


@pytest.mark.parametrize("persona", ["anonymous", "member", "administrator"])
def test_invented_figures_are_said_to_be_on_every_page(
    visit: Visit, app: Flask, persona: str
) -> None:
    path = "/sign-in" if persona == "anonymous" else "/"
    assert BANNER not in visit(persona, language="en").get(path).text
    with app.app_context():
        db.session.get_one(Deployment, 1).is_demonstration = True
        db.session.commit()
    assert BANNER in visit(persona, language="en").get(path).text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_unknown_address_gets_a_page_that_says_what_to_do(visit: Visit, language: str) -> None:
    for persona in ("anonymous", "own"):
        page = visit(persona, language=language).get("/nowhere", status=HTTPStatus.NOT_FOUND)
        assert "/" in page.links.values()
        assert page.tree.get("lang") == language


def test_an_address_of_a_form_that_is_opened_says_what_it_takes(visit: Visit) -> None:
    page = visit("own").get("/sign-out", status=HTTPStatus.METHOD_NOT_ALLOWED)
    assert "POST" in page.response.headers["Allow"]


def test_a_form_without_its_token_is_refused_with_a_page(visit: Visit) -> None:
    answer = visit(language="en").send("POST", "/language", data={"language": "en"})
    assert answer.expect(HTTPStatus.BAD_REQUEST).heading == "This form is too old"


def test_a_fault_gets_a_page_with_its_code_even_when_the_database_is_down(
    visit: Visit, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    visitor = visit("own", language="en")

    def fail(*_given: Any, **_named: Any) -> None:
        raise ConnectionError("the database does not answer")

    for question in ("scalar", "scalars", "execute", "get"):
        monkeypatch.setattr(db.session, question, fail)
    page = visitor.get("/", status=HTTPStatus.INTERNAL_SERVER_ERROR)
    assert page.heading == "Something went wrong on our side"
    assert len(text_of(next(page.tree.iter("strong")))) == len("0a1b2c3d")


def test_the_summary_of_errors_names_each_field_and_leads_to_it(visit: Visit) -> None:
    empty = visit("own", language="en").get("/accounts/add")
    page = empty.post(typed={"full_name": ""}, status=HTTPStatus.OK)
    assert page.links["Enter the full name."] == "#full_name"


def test_that_there_is_no_such_file_is_kept_in_no_cache(visit: Visit) -> None:
    """The page that says so names the visitor; its headers are inspected as those of any page."""
    page = visit("own").get("/static/nothing.css", HTTPStatus.NOT_FOUND)
    assert page.response.headers["Cache-Control"] == "no-store"
