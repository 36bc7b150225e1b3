"""The list of pairs, two persons side by side, joining and telling apart."""

from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from typing import Any

import pytest
from flask import Flask

from tcns.database import db
from tcns.duplicates.models import DistinctPair
from tcns.teams.models import Person
from tests.duplicates.conftest import Make, member_of, twins
from tests.factories import make_activity, make_membership, make_training, make_user
from tests.page import Page, Visitor
from tests.world import CANARIES, World

Visit = Callable[..., Visitor]
LIST = "/duplicates"


@pytest.fixture
def official(visit: Visit) -> Visitor:
    """The official in front of a browser; the other tests here have them in a context."""
    return visit("own", language="en")


def page_of(pair: tuple[int, int]) -> str:
    return f"{LIST}/{pair[0]}/{pair[1]}"


def with_account(world: World, person_id: int) -> None:
    db.session.get_one(Person, person_id).user_id = make_user(
        world.commune.id, user_name=f"ma.van.doi{person_id}", password_hash="x"
    )


def test_the_list_says_who_and_why_and_leads_to_the_comparison(
    official: Visitor, make: Make, world: World
) -> None:
    pair = make(twins, world)
    page = official.get("/persons").click("On file twice")
    assert "1 pair" in page.text
    (row,) = page.rows
    assert row[0].startswith("Ma Văn Đôi 0912 345 678 · 1990 Member, Thôn Đồng Tâm, Xã Hòa An")
    assert row[2] == (
        "Same name and phoneSame name, year of birth and communeSimilar names in one commune"
    )
    compared = page.click("Compare: Ma Văn Đôi, Ma Văn Đôi")
    assert compared.url == page_of(pair)
    assert "the same" in compared.text


def test_the_list_is_filtered_by_area_and_reason(
    official: Visitor, make: Make, world: World
) -> None:
    make(twins, world)
    alike = {"full_name": "Bế Văn Ánh", "phone": None, "birth_year": None}
    for team in ("village", "commune"):
        make(member_of, world.teams[team], **alike)
    assert len(official.get(LIST).rows) == 2
    assert len(official.get(f"{LIST}?reason=name-and-phone").rows) == 1
    assert len(official.get(f"{LIST}?under={world.hamlet.code}").rows) == 1
    nothing = official.get(f"{LIST}?under={world.quiet_village.code}")
    assert "No pair matches these filters." in nothing.text


@pytest.mark.parametrize(
    "query",
    [
        "reason=x",
        "verdict=x",
        "under=1",
        "map_on=1-1-1",
        "page=99",
        "size=x",
        "verdict=apart&page=0",
    ],
)
def test_nonsense_in_the_address_is_answered_with_the_list(
    official: Visitor, make: Make, world: World, query: str
) -> None:
    make(twins, world)
    official.get(f"{LIST}?{query}")


def test_nobody_meets_a_person_of_the_neighbours(visit: Visit, make: Make, world: World) -> None:
    facts = {"full_name": "Kim Tước Văn An", "phone": "+84999123456"}
    here = make(member_of, world.teams["village"], **facts | {"full_name": "Kim Van An"})
    there = world.persons["neighbour_member"]
    make(member_of, world.teams["neighbour"], **facts)
    page = visit("own").get(LIST)
    assert not any(word in page.body.decode() for word in CANARIES)
    visit("own").get(page_of((here, there)), HTTPStatus.NOT_FOUND)
    assert len(visit("neighbour").get(LIST).rows) == 1
    assert len(visit("administrator").get(LIST).rows) == 1


def test_a_history_names_nobody_of_the_neighbours(visit: Visit, make: Make, world: World) -> None:
    here = make(member_of, world.teams["village"])
    there = world.persons["neighbour_member"]
    url = page_of(tuple(sorted((here, there))))
    visit("administrator").get(url).post(f"{url}/tell-apart")
    told = visit("own", language="en").get(f"/persons/{here}/history")
    assert "somebody in another area" in told.text
    assert not any(word in told.body.decode() for word in CANARIES)
    assert "Kim Tước Văn An" in visit("administrator").get(f"/persons/{here}/history").text


@pytest.mark.parametrize("other", ["0", "999999", "99999999999"])
def test_a_pair_that_is_none_is_not_found(official: Visitor, world: World, other: str) -> None:
    one = world.persons["member"]
    official.get(f"{LIST}/{one}/{other}", HTTPStatus.NOT_FOUND)
    official.get(f"{LIST}/{one}/{one}", HTTPStatus.NOT_FOUND)


def test_both_are_joined_with_the_values_chosen_and_it_can_be_undone(
    official: Visitor, make: Make, app: Flask, world: World
) -> None:
    one = make(member_of, world.teams["village"], birth_year=1991)
    other = make(member_of, world.teams["hamlet"], full_name="Ma Văn Đội", birth_year=None)
    make(make_training, other)
    page = official.get(page_of((one, other)))
    done = page.post(typed={"full_name": "other"})
    assert done.url == f"/persons/{one}"
    assert done.heading == "Ma Văn Đội"
    assert "Both are one person now" in done.text
    assert "1991" in done.text
    assert "Kỹ năng số cơ bản" in done.text
    assert len([row for row in done.rows if "Tổ công nghệ" in row[0]]) == 2
    assert [row[0] for row in official.get("/persons?q=ma van doi").rows] == ["Ma Văn Đội"]
    assert "joined into one person" in official.get(f"/persons/{one}/history").text
    assert "Nobody seems to be on file twice." in official.get(LIST).text
    assert official.get(f"/persons/{other}", follow=True).url == f"/persons/{one}"
    undone = done.click("Undo").post()
    assert "Undone: Persons joined into one." in undone.text
    assert official.get(f"/persons/{one}").heading == "Ma Văn Đôi"
    assert official.get(f"/persons/{other}").heading == "Ma Văn Đội"
    assert "Undo" not in official.get(f"/persons/{one}").links


def test_pressed_twice_both_are_joined_once(official: Visitor, make: Make, world: World) -> None:
    pair = make(twins, world)
    page = official.get(page_of(pair))
    first, second = page.post(), page.post()
    assert first.url == second.url == f"/persons/{pair[0]}"
    again = official.get(page_of(pair), follow=True)
    assert again.url == f"/persons/{pair[0]}"
    assert "Both are one person already." in again.text


def test_of_two_accounts_one_is_chosen_and_the_page_says_that_the_other_is_closed(
    official: Visitor, make: Make, world: World
) -> None:
    one, other = make(twins, world)
    for person_id in (one, other):
        make(with_account, world, person_id)
    page = official.get(page_of((one, other)))
    assert "the one chosen stays, the other is closed" in page.text
    done = page.post(typed={"account": "other"})
    assert done.url == f"/persons/{other}"


def test_what_was_saved_meanwhile_is_shown_before_it_is_joined(
    official: Visitor, visit: Visit, make: Make, world: World
) -> None:
    pair = make(twins, world)
    page = official.get(page_of(pair))
    form = visit("administrator").get(f"/persons/{pair[1]}/correct")
    form.post(typed={"full_name": "Ma Văn Đợi"})
    stale = page.post(status=HTTPStatus.OK)
    assert "Somebody else saved this in the meantime" in stale.text
    assert "Ma Văn Đợi" in stale.text
    assert stale.post(typed={"full_name": "other"}).heading == "Ma Văn Đợi"


def test_two_who_are_told_apart_are_listed_as_such_and_can_be_doubted_again(
    official: Visitor, make: Make, app: Flask, world: World
) -> None:
    pair = make(twins, world)
    told = official.get(page_of(pair)).post(f"{page_of(pair)}/tell-apart")
    assert "are two persons: remembered" in told.text
    assert told.rows == []
    apart: Page = official.get(f"{LIST}?verdict=apart")
    assert apart.rows[0][2].startswith("Cán Bộ Hòa An")
    page = apart.click("Compare: Ma Văn Đôi, Ma Văn Đôi")
    assert "found that they are two persons" in page.text
    assert official.get(f"/persons/{pair[1]}/history").text.count("not the same person") == 1
    page.post(f"{page_of(pair)}/doubt-again")
    assert len(official.get(LIST).rows) == 1
    with app.app_context():
        assert db.session.get(DistinctPair, pair) is None


def test_whoever_keeps_only_one_of_them_is_told_who_decides(
    visit: Visit, make: Make, world: World
) -> None:
    one, other = make(twins, world)
    make(make_membership, world.teams["neighbour"], other)
    page = visit("own", language="en").get(page_of((one, other)))
    assert "the province" in page.text
    assert "1 more elsewhere" in page.text
    assert "Kim Tước" not in page.text
    answer: Any = visit("own", language="en").post_bare(f"{page_of((one, other))}/tell-apart")
    assert answer.location == page_of((one, other))


def test_a_session_still_names_who_helped_after_parts_were_joined(
    official: Visitor, make: Make, app: Flask, world: World
) -> None:
    team = world.teams["hamlet"]
    one = make(member_of, team, full_name="Ma Văn Một")
    other = make(member_of, team, full_name="Ma Văn Hai", valid_from=date(2023, 1, 1))
    with app.app_context():
        part = db.session.get_one(Person, other).memberships[0].id
    activity = make(make_activity, team, world.users["own"], status="draft")
    form = official.get(f"/activities/{activity}/edit")
    form.post(typed={"helpers": [str(part)], "action": "draft"})
    official.get(page_of((one, other))).post(typed={"full_name": "one"})
    for page in (f"/activities/{activity}", f"/activities/{activity}/history"):
        assert "Ma Văn Một" in official.get(page).text
