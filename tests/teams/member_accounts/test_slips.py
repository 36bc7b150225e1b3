"""Accounts for members: who gets a slip, how long it is printed, and whose never appears."""

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tcns.accounts.credentials.passwords import hash_password
from tcns.accounts.models import User
from tcns.clock import now
from tcns.database import db
from tcns.teams.models import Person
from tests.databases import fingerprint
from tests.factories import make_membership, make_user
from tests.page import Page
from tests.paper import PrintedSlip, read_sheets
from tests.teams.conftest import LATER, Visit
from tests.world import World

Make = Callable[..., Any]
NEW = "Nông Thị Hòa"
WAITING = ("Hoàng Văn Sính", "Lý Thị Mẩy")  # they have an account and no password yet


def accounts_of(world: World, team: str = "village") -> str:
    return f"/teams/{world.teams[team]}/accounts"


@pytest.fixture
def prepared(visit: Visit, world: World) -> Page:
    """The page of the slips that the official of Hòa An has prepared for Đồng Tâm."""
    return visit("own").get(accounts_of(world)).post()


def printed(page: Page) -> list[PrintedSlip]:
    """What is printed from the page of slips."""
    pdf = page.visitor.send("GET", page.url.replace("/slips?", "/slips/print?"))
    assert pdf.expect(HTTPStatus.OK).content_type == "application/pdf"
    return [slip for sheet in read_sheets(pdf.body) for slip in sheet]


def codes_on(page: Page) -> list[str]:
    """The one-time codes that the page shows."""
    shown = [e.text or "" for e in page.tree.iter("dd") if "fs-4" in e.get("class", "")]
    assert len(set(shown)) == len(shown)
    return shown


def account_of(person: str) -> User | None:
    """The account of somebody, in the open context."""
    return db.session.scalars(select(Person).filter_by(full_name=person)).one().user


def test_each_chosen_member_gets_an_account_and_a_slip(
    app: Flask, world: World, prepared: Page
) -> None:
    slips = printed(prepared)
    assert len(slips) == 3
    for name, code, slip in zip(
        (WAITING[0], NEW, WAITING[1]), codes_on(prepared), slips, strict=True
    ):
        assert name in slip.text
        assert code in slip.text
        with app.app_context():
            user = account_of(name)
            assert user is not None
            assert f"Tên đăng nhập {user.user_name} " in slip.text
            assert slip.code == f"https://localhost/activate?user_name={user.user_name}"
            assert user.home_area_id == world.commune.id


def test_who_is_not_ticked_gets_neither(visit: Visit, app: Flask, world: World) -> None:
    ticked = str(world.memberships["deputy"])
    page = visit("own").get(accounts_of(world)).post(typed={"members": [ticked]})
    (slip,) = printed(page)
    assert NEW in slip.text
    with app.app_context():
        waiting = account_of(WAITING[0])
        assert waiting is not None
        assert waiting.code_hash is None


def test_pressed_twice_it_gives_the_same_codes(visit: Visit, world: World) -> None:
    form = visit("own").get(accounts_of(world))
    first, second = form.post(), form.post()
    assert first.url == second.url
    assert codes_on(first) == codes_on(second)
    assert [s.text for s in printed(first)] == [s.text for s in printed(second)]


def test_prepared_anew_the_codes_before_are_void(
    visit: Visit, world: World, prepared: Page
) -> None:
    everybody = [str(world.memberships[who]) for who in ("leader", "deputy", "member")]
    again = visit("own").get(accounts_of(world)).post(typed={"members": everybody})
    assert not set(codes_on(again)) & set(codes_on(prepared))
    old = visit("own").get(prepared.url)
    assert not codes_on(old)
    visit("own").get(old.url.replace("/slips?", "/slips/print?"), HTTPStatus.NOT_FOUND)


def test_who_holds_a_slip_is_not_ticked_when_others_need_one(
    visit: Visit, make: Make, world: World, prepared: Page
) -> None:
    """A slip on its way to its holder must not become void because somebody joined."""
    make(make_membership, world.teams["village"], valid_from=LATER)
    form = visit("own").get(accounts_of(world))
    assert form.text.count("(đã có phiếu, hạn đến ") == 3
    (slip,) = printed(form.post())
    assert slip.text
    assert len(printed(visit("own").get(prepared.url))) == 3


@pytest.mark.parametrize(
    "after",
    [
        {"code_expires_at": now() - timedelta(seconds=1)},
        {"code_hash": None},
        {"password_hash": "set", "code_hash": None, "code_expires_at": None},
    ],
    ids=["run out", "void", "used"],
)
def test_a_code_that_serves_no_more_gives_no_slip(
    visit: Visit, make: Make, prepared: Page, after: dict[str, Any]
) -> None:
    def change() -> None:
        for name in (NEW, *WAITING):
            for column, value in after.items():
                setattr(account_of(name), column, value)

    make(change)
    page = visit("own", language="en").get(prepared.url)
    assert "These codes can no longer be used" in page.text
    assert "Print (PDF)" not in page.links
    visit("own").get(prepared.url.replace("/slips?", "/slips/print?"), HTTPStatus.NOT_FOUND)


def test_an_account_in_use_gets_no_code(visit: Visit, make: Make, app: Flask, world: World) -> None:
    make(lambda: setattr(account_of(WAITING[0]), "password_hash", hash_password("một hai ba bốn")))
    page = visit("own").get(accounts_of(world))
    ticks = [box.get("value") for box in page.tree.iter("input") if box.get("name") == "members"]
    assert str(world.memberships["leader"]) not in ticks
    before = fingerprint(app)
    forced = {"members": str(world.memberships["leader"]), "idempotency_key": "k"}
    visit("own").post_bare(accounts_of(world), forced).expect(HTTPStatus.OK)
    assert fingerprint(app) == before


@pytest.mark.parametrize("has_account", [True, False])
def test_whoever_belongs_to_another_commune_as_well_gets_no_slip_of_this_one(
    visit: Visit, make: Make, app: Flask, world: World, has_account: bool
) -> None:
    """With the code an official could act in the neighbour's team."""

    def join() -> int:
        person = db.session.get_one(Person, world.persons["neighbour_member"])
        if has_account:
            person.user_id = make_user(world.neighbour.id)
        membership: int = make_membership(world.teams["village"], person.id)
        return membership

    membership = make(join)
    page = visit("own", language="en").get(accounts_of(world))
    assert "Members of another commune as well" in page.text
    before = fingerprint(app)
    forced = {"members": str(membership), "idempotency_key": "k"}
    visit("own").post_bare(accounts_of(world), forced).expect(HTTPStatus.OK)
    assert fingerprint(app) == before
    done = page.post()
    assert "Kim Tước" not in done.text
    assert len(printed(done)) == 3
    (slip,) = printed(visit("administrator").get(accounts_of(world)).post())
    assert slip.text, "the province gives the one that is missing"


def test_a_key_shows_nothing_of_another_team(visit: Visit, world: World, prepared: Page) -> None:
    key = prepared.url.rpartition("key=")[2]
    other = visit("own", language="en").get(f"/teams/{world.teams['hamlet']}/slips?key={key}")
    assert "These codes can no longer be used" in other.text
    visit("neighbour").get(prepared.url, HTTPStatus.NOT_FOUND)


@pytest.mark.parametrize("key", ["", "x", "%00", "9" * 5000, "á"])
def test_a_made_up_key_shows_nothing(visit: Visit, world: World, key: str, prepared: Page) -> None:
    assert codes_on(prepared)
    page = visit("own").get(f"/teams/{world.teams['village']}/slips?key={key}")
    assert not codes_on(page)
