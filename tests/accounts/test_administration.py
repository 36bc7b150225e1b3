"""The accounts one administers."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tcns.accounts.models import RoleAssignment, User
from tcns.clock import now
from tcns.database import db
from tests.accounts.conftest import PASSWORD, Change, Visit, name_of
from tests.factories import make_role, make_user
from tests.inspection import text_of
from tests.page import REDIRECTS, Page
from tests.places import REFORM
from tests.world import World, set_map_day

Make = Callable[..., int]


def names_on(page: Page) -> list[str]:
    """The user names of the listed accounts."""
    return [row[1] for row in page.rows]


def code_on(page: Page) -> str:
    """The one-time code a slip shows, the only thing on it in large letters; empty without one."""
    return next((text_of(dd) for dd in page.tree.iter("dd") if "fs-4" in dd.get("class", "")), "")


def assignment_of(app: Flask, user_id: int) -> int:
    with app.app_context():
        mine = select(RoleAssignment.id).where(RoleAssignment.user_id == user_id)
        return db.session.scalars(mine).one()


# The list


def test_an_official_sees_the_accounts_of_the_own_commune(visit: Visit) -> None:
    names = names_on(visit("own").get("/accounts"))
    assert names == ["xa.02301", "ly.thi.may1", "hoang.van.sinh1"]


def test_administrator_and_auditor_see_all_accounts_by_given_name(visit: Visit) -> None:
    """An, Kim Tước … by the last word of the name, in Vietnamese order."""
    for persona in ("administrator", "auditor"):
        page = visit(persona).get("/accounts")
        given = [row[0].rpartition(" ")[2] for row in page.rows]
        assert given == ["An", "Lâm", "Mẩy", "Sính", "Tỉnh", "Tỉnh", "Tước", "Viên"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=sinh", {"hoang.van.sinh1"}),
        ("q=SÍNH+hoang", {"hoang.van.sinh1"}),
        ("q=xa.0230", {"xa.02301", "xa.02303"}),
        ("q=%25", set()),
        ("q=_", set()),
        ("role=commune_official", {"xa.02301", "xa.02303"}),
        ("role=none", {"ly.thi.may1", "hoang.van.sinh1"}),
        ("area=02303", {"xa.02303"}),
        ("area=071&role=commune_official&q=hoa", {"xa.02301"}),
        ("state=closed", set()),
        ("state=in_use", {"xa.02301"}),
    ],
)
def test_the_list_is_narrowed_by_its_filters(
    visit: Visit, with_password: Change, query: str, found: set[str]
) -> None:
    with_password("own")
    assert set(names_on(visit("administrator").get(f"/accounts?{query}"))) == found


@pytest.mark.parametrize(
    "query",
    [
        "role=emperor",
        "area=99999",
        "state=x",
        "page=-1",
        "page=9999999999999999999",
        "size=7",
        "q=" + "x" * 500,
        "q=%00",
        "area=%F0%9F%8C%BE",
    ],
)
def test_nonsense_in_a_filter_is_answered_with_a_page(visit: Visit, query: str) -> None:
    assert "filters" in visit("administrator").get(f"/accounts?{query}").body.decode()


def test_an_official_cannot_filter_by_an_area_out_of_reach(visit: Visit) -> None:
    page = visit("own").get("/accounts?area=02303")
    assert "area" in page.field_errors


# Adding


def test_an_official_adds_an_account_for_a_member_who_sets_a_password_by_its_code(
    visit: Visit, events: Callable[[], list[str]]
) -> None:
    slip = visit("own").get("/accounts/add").post(typed={"full_name": "Bàn Thị Mai"})
    assert "mai1" in slip.text
    assert events() == ["account:created", "password:reset"]
    visitor = visit()
    visitor.get("/activate").post(
        typed={"user_name": "mai1", "code": code_on(slip), "password": PASSWORD}
    )
    assert "Bàn Thị Mai" in visitor.get("/account").text


def test_pressed_twice_it_adds_one_account_and_shows_the_same_code(
    visit: Visit, app: Flask
) -> None:
    page = visit("own").get("/accounts/add")
    first, second = (page.post(typed={"full_name": "Bàn Thị Mai"}) for _time in range(2))
    assert code_on(first) == code_on(second)
    with app.app_context():
        assert db.session.query(User).filter(User.full_name == "Bàn Thị Mai").count() == 1


def test_an_administrator_adds_an_official_with_the_role_over_the_commune(visit: Visit) -> None:
    visitor = visit("administrator")
    typed = {
        "full_name": "Nông Văn Tài",
        "user_name": "xa.02401",
        "area": "02401",
        "role": "commune_official",
    }
    visitor.get("/accounts/add").post(typed=typed)
    assert names_on(visitor.get("/accounts?role=commune_official&area=02401")) == ["xa.02401"]


def test_a_communes_first_official_is_named_after_it_and_the_next_by_given_name(
    visit: Visit,
) -> None:
    visitor = visit("administrator")
    for full_name in ("Nông Văn Tài", "Lý Thị Tươi"):
        typed = {"full_name": full_name, "area": "02401", "role": "commune_official"}
        visitor.get("/accounts/add").post(typed=typed)
    listed = visitor.get("/accounts?role=commune_official&area=02401")
    assert set(names_on(listed)) == {"xa.02401", "tuoi1"}


def test_a_closed_account_gets_no_role(visit: Visit, world: World) -> None:
    account = f"/accounts/{world.users['leader']}"
    page = visit("administrator").get(account)
    page.post(f"{account}/close")
    typed = {"role": "commune_official", "area": "02301"}
    answer = page.post(f"{account}/roles", typed, status=HTTPStatus.OK)
    assert "Tài khoản đang bị khóa. Vui lòng mở khóa trước." in answer.text
    assert "Tài khoản này không được giao vai trò" in answer.text


def test_a_role_over_an_area_that_is_gone_is_said_to_have_no_effect_wherever_it_is_named(
    visit: Visit, make: Callable[..., Any], world: World
) -> None:
    pages = ("/accounts?role=commune_official", f"/accounts/{world.users['own']}")
    words, visitor = "vai trò không còn hiệu lực", visit("administrator")
    assert not any(words in visitor.get(page).text for page in pages)
    make(set_map_day, REFORM)
    assert all(words in visitor.get(page).text for page in pages)
    assert words in visit("own").get("/account").text
    assert words not in visitor.get("/account").text, "one over the province goes on"


def test_a_role_that_does_not_fit_the_area_adds_nothing(visit: Visit) -> None:
    visitor = visit("administrator")
    typed = {"full_name": "Nông Văn Tài", "area": "02401", "role": "province_reviewer"}
    page = visitor.get("/accounts/add").post(typed=typed, status=HTTPStatus.OK)
    assert "Tỉnh" in page.field_errors["area"], "the level that fits"
    assert names_on(visitor.get("/accounts?q=tai")) == []


def test_an_official_is_offered_no_roles_and_no_foreign_area(visit: Visit) -> None:
    visitor = visit("own")
    page = visitor.get("/accounts/add")
    controls = {control.get("name") for control in page.tree.iter("select")}
    assert controls == {"area"}
    fields = {
        "full_name": "Lý A",
        "area": "02303",
        "role": "commune_official",
        "idempotency_key": "k",
    }
    assert "area" in visitor.post_bare("/accounts/add", fields).field_errors
    fields["area"] = "02301"
    visitor.post_bare("/accounts/add", fields)
    assert "a1" not in names_on(visit("administrator").get("/accounts?role=commune_official"))


def test_columns_that_are_not_asked_for_cannot_be_set(
    visit: Visit, app: Flask, world: World
) -> None:
    fields = {
        "full_name": "Lý Văn Lén",
        "area": "02301",
        "idempotency_key": "k",
        "id": "1",
        "password_hash": "x",
        "home_area_id": str(world.province.id),
        "disabled_at": "2020-01-01",
        "version": "9",
    }
    visit("own").post_bare("/accounts/add", fields)
    with app.app_context():
        added = db.session.query(User).filter(User.user_name == "len1").one()
        assert added.home_area_id == world.commune.id
        assert (added.password_hash, added.disabled_at) == (None, None)
        assert added.version < 9


def test_the_form_can_come_filled_in(visit: Visit) -> None:
    page = visit("own").get("/accounts/add?full_name=B%C3%A0n+Th%E1%BB%8B+Mai&area=02301")
    assert "Bàn Thị Mai" in page.body.decode()


@pytest.mark.parametrize("area", ["99999", "", "%00"])
def test_nonsense_in_the_filled_in_form_is_no_fault(visit: Visit, area: str) -> None:
    visit("administrator").get(f"/accounts/add?area={area}&full_name=%00")


# Codes


def test_pressed_twice_the_button_gives_the_same_code(visit: Visit, world: World) -> None:
    member = world.users["member"]
    page = visit("own").get(f"/accounts/{member}")
    first, second = (page.post(f"/accounts/{member}/code") for _time in range(2))
    assert code_on(first) == code_on(second)


def test_a_code_is_shown_until_a_newer_one_is_issued_or_it_is_used(
    visit: Visit, world: World
) -> None:
    member, visitor = world.users["member"], visit("own")
    first = visitor.get(f"/accounts/{member}").post(f"/accounts/{member}/code")
    second = visitor.get(f"/accounts/{member}").post(f"/accounts/{member}/code")
    assert code_on(first) != code_on(second)
    assert code_on(first) not in visitor.get(first.url).text
    assert code_on(second) in visitor.get(second.url).text
    visit().get("/activate").post(
        typed={"user_name": "ly.thi.may1", "code": code_on(second), "password": PASSWORD}
    )
    assert code_on(second) not in visitor.get(second.url).text


def test_a_made_up_key_shows_no_code(visit: Visit, world: World) -> None:
    member, visitor = world.users["member"], visit("own")
    visitor.get(f"/accounts/{member}").post(f"/accounts/{member}/code")
    for key in ("", "?key=", "?key=made-up", "?key=%00%FF"):
        page = visitor.get(f"/accounts/{member}/code{key}")
        assert code_on(page) == ""


def test_an_official_reads_no_code_of_an_account_with_a_role(
    visit: Visit, make: Make, world: World
) -> None:
    colleague = make(make_user, world.commune.id)
    make(make_role, colleague, "commune_official", world.commune.id)
    administrator = visit("administrator")
    slip = administrator.get(f"/accounts/{colleague}").post(f"/accounts/{colleague}/code")
    assert code_on(slip)
    visit("own").get(slip.url, HTTPStatus.FORBIDDEN)
    visit("auditor").get(slip.url, HTTPStatus.FORBIDDEN)
    visit("neighbour").get(slip.url, HTTPStatus.NOT_FOUND)


# Closing, opening, signing out


def test_a_closed_account_is_out_at_its_next_page_and_comes_back_when_opened(
    visit: Visit, with_password: Change, world: World
) -> None:
    with_password("member")
    member, victim, administrator = world.users["member"], visit("member"), visit("administrator")
    page = administrator.get(f"/accounts/{member}")
    page = page.post(f"/accounts/{member}/close")
    assert victim.send("GET", "/account").status in REDIRECTS
    page.post(f"/accounts/{member}/open")
    fields = {"user_name": name_of("member"), "password": PASSWORD}
    assert visit().post_bare("/sign-in", fields).status in REDIRECTS


def test_all_devices_of_an_account_are_signed_out(visit: Visit, world: World) -> None:
    member, victim = world.users["member"], visit("member")
    visit("own").get(f"/accounts/{member}").post(f"/accounts/{member}/sign-ins/end")
    assert victim.send("GET", "/account").status in REDIRECTS


@pytest.mark.parametrize("button", ["code", "close", "open", "sign-ins/end"])
def test_an_official_is_told_why_an_account_with_a_role_cannot_be_changed(
    visit: Visit, make: Make, world: World, events: Callable[[], list[str]], button: str
) -> None:
    colleague = make(make_user, world.commune.id, disabled_at=now() if button == "open" else None)
    make(make_role, colleague, "commune_official", world.commune.id)
    visitor = visit("own")
    page = visitor.get(f"/accounts/{colleague}")
    assert not [
        f for f in page.tree.iter("form") if f"/accounts/{colleague}" in f.get("action", "")
    ]
    answer = visitor.post_bare(f"/accounts/{colleague}/{button}", {"idempotency_key": "k"})
    assert "alert-danger" in visitor.get(answer.location).body.decode()
    assert events() == []


def test_an_official_changes_no_account_of_another_commune(visit: Visit, world: World) -> None:
    foreign = world.users["neighbour"]
    for button in ("code", "close", "open", "sign-ins/end", "roles"):
        page = visit("own").post_bare(f"/accounts/{foreign}/{button}", {"idempotency_key": "k"})
        assert page.status is HTTPStatus.NOT_FOUND


def test_an_auditor_reads_and_changes_nothing(visit: Visit, world: World) -> None:
    member, auditor = world.users["member"], visit("auditor")
    page = auditor.get(f"/accounts/{member}")
    assert not [f for f in page.tree.iter("form") if "/accounts/" in f.get("action", "")]
    for button in ("code", "close", "open", "sign-ins/end", "roles"):
        answer = auditor.post_bare(f"/accounts/{member}/{button}")
        assert answer.status is HTTPStatus.FORBIDDEN


# Roles


def test_an_administrator_grants_and_revokes_a_role(
    visit: Visit, world: World, app: Flask, events: Callable[[], list[str]]
) -> None:
    member, visitor = world.users["member"], visit("administrator")
    page = visitor.get(f"/accounts/{member}").post(
        f"/accounts/{member}/roles", {"role": "commune_official", "area": "02401"}
    )
    assert "Thị trấn Na Sầm" in page.rows[0]
    revoke = f"/accounts/roles/{assignment_of(app, member)}/revoke"
    page = page.post(revoke)
    assert page.url == f"/accounts/{member}"
    assert events() == ["sign-in:revoked", "role:granted", "role:revoked"]


def test_a_role_that_does_not_fit_is_refused_beside_the_field(visit: Visit, world: World) -> None:
    member = world.users["member"]
    page = visit("administrator").get(f"/accounts/{member}")
    answer = page.post(
        f"/accounts/{member}/roles",
        {"role": "auditor", "area": "02301"},
        status=HTTPStatus.OK,
    )
    assert "area" in answer.field_errors


def test_an_official_grants_and_revokes_no_role(visit: Visit, world: World, app: Flask) -> None:
    own, role = visit("own"), assignment_of(app, world.users["own"])
    assert own.post_bare(f"/accounts/{world.users['member']}/roles").status is HTTPStatus.FORBIDDEN
    assert own.post_bare(f"/accounts/roles/{role}/revoke").status is HTTPStatus.FORBIDDEN
    foreign = assignment_of(app, world.users["neighbour"])
    assert own.post_bare(f"/accounts/roles/{foreign}/revoke").status is HTTPStatus.NOT_FOUND


def test_an_administrator_cannot_change_the_own_account(
    visit: Visit, world: World, app: Flask, events: Callable[[], list[str]]
) -> None:
    me, visitor = world.users["administrator"], visit("administrator")
    page = visitor.get(f"/accounts/{me}")
    assert not [f for f in page.tree.iter("form") if "/accounts/" in f.get("action", "")]
    for button in ("close", "code"):
        visitor.post_bare(f"/accounts/{me}/{button}", {"idempotency_key": "k"})
    visitor.post_bare(f"/accounts/roles/{assignment_of(app, me)}/revoke", {"idempotency_key": "r"})
    fields = {"role": "auditor", "area": "08", "idempotency_key": "g"}
    visitor.post_bare(f"/accounts/{me}/roles", fields)
    assert events() == []


@pytest.mark.parametrize("number", ["0", "999999", "99999999999", "9" * 30])
def test_an_account_that_does_not_exist_is_not_found(visit: Visit, number: str) -> None:
    visit("administrator").get(f"/accounts/{number}", HTTPStatus.NOT_FOUND)
