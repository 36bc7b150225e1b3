"""Putting an account right: its full name, the area it belongs to, also after a reorganisation."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tcns.accounts import operations
from tcns.accounts.models import User
from tcns.areas.models import Area
from tcns.audit.models import AuditEvent
from tcns.audit.vocabulary import Event
from tcns.database import db
from tcns.errors import RuleViolation
from tcns.permissions.vocabulary import Permission, Role
from tests.accounts.conftest import Change, Visit
from tests.factories import make_membership, make_role, make_user
from tests.inspection import text_of
from tests.page import Page
from tests.places import REFORM
from tests.world import World, set_map_day

Make = Callable[..., Any]
UserOf = Callable[[str], User]


@pytest.fixture
def clerk(make: Make, world: World) -> int:
    """An account of Hòa An that no member holds."""
    user_id: int = make(make_user, world.commune.id, full_name="Bàn Thị Mai", user_name="mai1")
    return user_id


@pytest.fixture
def merged(make: Make, world: World) -> World:
    """The world after the reorganisation: `neighbour` is the official of the merged Hòa An."""
    make(set_map_day, REFORM)
    make(make_role, world.users["neighbour"], Role.COMMUNE_OFFICIAL, world.merged.id)
    return world


def address(user_id: int) -> str:
    return f"/accounts/{user_id}/correct"


def chosen_area(page: Page) -> str:
    """The label of the area the form shows; empty where one has still to be chosen."""
    options = next(page.tree.iter("select")).iter("option")
    chosen = [option for option in options if option.get("selected") is not None]
    return text_of(chosen[0]) if chosen and chosen[0].get("value") else ""


# Name and area


def test_an_official_puts_a_name_right_and_it_goes_on_record(visit: Visit, clerk: int) -> None:
    page = visit("own").get(address(clerk)).post(typed={"full_name": "Bàn Thị Mãi"})
    assert page.heading == "Bàn Thị Mãi"
    history = visit("own").get(f"/accounts/{clerk}/history").text
    assert "Sửa thông tin tài khoản" in history
    assert "Bàn Thị Mai" in history
    assert "Bàn Thị Mãi" in history
    found = visit("own").get("/accounts?q=mãi").rows
    assert [row[0] for row in found] == ["Bàn Thị Mãi"]


def test_an_administrator_moves_an_account_to_another_commune(visit: Visit, clerk: int) -> None:
    visit("administrator").get(address(clerk)).post(typed={"area": "02303"})
    assert visit("neighbour").get(f"/accounts/{clerk}").heading == "Bàn Thị Mai"
    visit("own").get(f"/accounts/{clerk}", status=HTTPStatus.NOT_FOUND)
    history = visit("administrator").get(f"/accounts/{clerk}/history").text
    assert "Xã Hòa An" in history
    assert "Xã Kim Tước" in history


def test_an_official_is_offered_the_own_commune_alone(visit: Visit, clerk: int) -> None:
    page = visit("own").get(address(clerk))
    assert [option.get("value") for option in page.tree.iter("option")] == ["02301"]
    answer = page.visitor.post_bare(address(clerk), {"area": "02303", "full_name": "Lý A"})
    assert "area" in answer.expect(HTTPStatus.OK).field_errors


def test_an_account_with_a_role_is_put_right_by_the_province_alone(
    visit: Visit, world: World
) -> None:
    own = world.users["own"]
    visit("own").get(address(own), status=HTTPStatus.FORBIDDEN)
    assert address(own) not in visit("own").get(f"/accounts/{own}").links.values()
    visit("administrator").get(address(own)).post(typed={"full_name": "Cán Bộ Mới"})
    assert visit("own").get("/account").text.count("Cán Bộ Mới") == 1


def test_what_somebody_else_saved_meanwhile_is_shown_and_not_lost(visit: Visit, clerk: int) -> None:
    first, second = (visit("own").get(address(clerk)) for _time in range(2))
    first.post(typed={"full_name": "Bàn Thị Một"})
    stale = second.post(typed={"full_name": "Bàn Thị Hai"}, status=HTTPStatus.OK)
    assert "Bàn Thị Một" in stale.text
    stale.post(typed={"full_name": "Bàn Thị Hai"})
    assert visit("own").get(f"/accounts/{clerk}").heading == "Bàn Thị Hai"


@pytest.mark.parametrize("name", ["", " ", "\x00", "x" * 121])
def test_a_name_that_is_none_is_refused(visit: Visit, clerk: int, name: str) -> None:
    page = visit("own").get(address(clerk)).post(typed={"full_name": name}, status=HTTPStatus.OK)
    assert "full_name" in page.field_errors


@pytest.mark.parametrize(("place", "is_kept"), [("village", False), ("merged", False)])
def test_an_account_belongs_to_a_commune_of_the_map_or_above(
    user_of: UserOf, world: World, place: str, *, is_kept: bool
) -> None:
    area = db.session.get_one(Area, world.places[place].id)
    with pytest.raises(RuleViolation) as refused:
        operations.correct_account(user_of("member"), full_name="Lý", home_area=area, by=None)
    assert refused.value.field == "area"
    assert (user_of("member").home_area_id == area.id) is is_kept


# Accounts of members


def test_a_member_s_account_is_called_like_the_person(visit: Visit, world: World) -> None:
    member, person = world.users["member"], world.persons["member"]
    page = visit("own").get(address(member))
    assert "full_name" not in {control.get("name") for control in page.tree.iter("input")}
    page.click("Sửa họ tên của người này").post(typed={"full_name": "Lý Thị Mây"})
    account = visit("own").get(f"/accounts/{member}")
    assert account.heading == "Lý Thị Mây"
    assert account.links["Lý Thị Mây"] == f"/persons/{person}"
    assert "Sửa thông tin tài khoản" in visit("own").get(f"/accounts/{member}/history").text


def test_a_name_sent_by_hand_changes_no_member_s_account(visit: Visit, world: World) -> None:
    visitor, member = visit("own"), world.users["member"]
    version = next(
        control.get("value")
        for control in visitor.get(address(member)).tree.iter("input")
        if control.get("name") == "version"
    )
    typed = {"full_name": "Ai Khác", "area": "02301", "version": version}
    visitor.post_bare(address(member), typed).expect(HTTPStatus.FOUND)
    assert visitor.get(f"/accounts/{member}").heading == "Lý Thị Mẩy"


def test_a_phone_put_right_puts_nothing_on_record_of_the_account(
    app: Flask, visit: Visit, world: World
) -> None:
    page = visit("own").get(f"/persons/{world.persons['member']}/correct")
    page.post(typed={"phone": "0912 000 009"})
    corrected = select(AuditEvent).where(AuditEvent.event == Event.ACCOUNT_CORRECTED)
    with app.app_context():
        assert db.session.scalars(corrected).all() == []


# After a reorganisation


def test_the_merged_commune_resets_the_code_of_a_member_of_the_old_one(
    visit: Visit, merged: World
) -> None:
    member = merged.users["member"]
    page = visit("neighbour").get(f"/accounts/{member}")
    slip = page.post(f"/accounts/{member}/code")
    assert "ly.thi.may1" in slip.text


def test_saving_moves_the_account_to_the_commune_that_took_the_old_one_over(
    app: Flask, visit: Visit, merged: World
) -> None:
    member = merged.users["member"]
    page = visit("neighbour").get(address(member))
    assert page.text.count("Xã Hòa An (02301)") == 1
    page.post()
    with app.app_context():
        assert db.session.get_one(User, member).home_area_id == merged.merged.id


def test_the_list_of_a_commune_holds_the_accounts_of_those_it_took_over(
    visit: Visit, merged: World
) -> None:
    names = {row[1] for row in visit("administrator").get("/accounts?area=02301").rows}
    assert {"ly.thi.may1", "hoang.van.sinh1", "xa.02301"} == names


def test_of_a_divided_commune_somebody_says_where_the_account_belongs_now(
    visit: Visit, make: Make, merged: World
) -> None:
    user_id = make(make_user, merged.split.id, full_name="Hà Văn Hai")
    visit("neighbour").get(address(user_id), status=HTTPStatus.NOT_FOUND)
    page = visit("administrator").get(address(user_id))
    assert chosen_area(page) == ""
    assert "area" in page.post(typed={}, status=HTTPStatus.OK).field_errors
    page.post(typed={"area": "02402"})
    assert chosen_area(visit("administrator").get(address(user_id))) == "Xã Đức Xuân (02402)"


def test_a_role_over_a_commune_that_is_gone_is_said_to_have_no_effect(
    visit: Visit, merged: World
) -> None:
    page = visit("administrator").get(f"/accounts/{merged.users['own']}")
    assert "vai trò không còn hiệu lực" in page.text
    mine = visit("administrator").get(f"/accounts/{merged.users['administrator']}")
    assert "vai trò không còn hiệu lực" not in mine.text
    visit("own").get("/teams/establish", status=HTTPStatus.FORBIDDEN)


def test_rights_over_accounts_reach_back_and_those_over_teams_do_not(
    merged: World, user_of: UserOf
) -> None:
    official = user_of("neighbour")
    gone = {merged.commune.id, merged.partner.id}
    assert official.scope_for(Permission.ACCOUNT_WRITE).areas >= gone
    assert not official.scope_for(Permission.TEAM_WRITE).areas & gone
    assert not official.scope_for(Permission.PERSON_WRITE).areas & gone


def test_accounts_for_the_team_of_an_old_commune_belong_to_the_new_one(
    app: Flask, visit: Visit, make: Make, merged: World, change: Change
) -> None:
    make(make_membership, merged.teams["partner"])
    before = visit("neighbour").get(f"/teams/{merged.teams['partner']}/accounts")
    before.post()
    with app.app_context():
        newest = db.session.scalars(select(User).order_by(User.id.desc())).first()
        assert newest is not None
        assert newest.home_area_id == merged.merged.id
