"""The lists of persons and of memberships, and the page of one person."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest

from tcns.teams.vocabulary import MemberRole
from tests.factories import make_membership, make_person
from tests.page import Visitor
from tests.places import REFORM
from tests.world import World

Visit = Callable[..., Visitor]


@pytest.fixture
def names(visit: Visit) -> Callable[..., list[str]]:
    """`names("/persons?q=duc", "own")` is the first column of the list."""
    return lambda url, persona="own": [row[0] for row in visit(persona).get(url).rows]


Names = Callable[..., list[str]]


def test_persons_stand_in_order_of_given_names_then_of_family_names(names: Names) -> None:
    assert names("/persons") == [
        "Trần Thị Ánh",
        "Đặng Văn Ba",
        "Chu Thị Bé",
        "Ma Văn Đức",
        "Nông Thị Hòa",
        "Lý Thị Mẩy",
        "Hoàng Văn Sính",
    ]


def test_who_is_in_two_teams_is_one_person_with_two_memberships(visit: Visit) -> None:
    persons = visit("own", language="en").get("/persons?q=sinh").rows
    assert [row[:3] for row in persons] == [["Hoàng Văn Sính", "0912 000 001", "LeaderMember"]]
    assert len(visit("own").get("/memberships?q=sinh").rows) == 2
    assert len(visit("own").get("/memberships").rows) == 8


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("duc", ["Ma Văn Đức"]),
        ("thi be", ["Chu Thị Bé"]),
        ("0912 000 002", ["Lý Thị Mẩy"]),
        ("+84 912-000-002", ["Lý Thị Mẩy"]),
        ("12", []),
        ("%", []),
    ],
)
def test_a_person_is_found_without_marks_by_name_or_by_phone(
    names: Names, text: str, found: list[str]
) -> None:
    quoted = text.replace("%", "%25").replace("+", "%2B")
    assert names(f"/persons?q={quoted}") == found
    assert names(f"/memberships?q={quoted}") == found


def test_a_filter_on_role_or_body_looks_at_the_same_membership(names: Names) -> None:
    assert names("/persons?role=leader") == ["Đặng Văn Ba", "Ma Văn Đức", "Hoàng Văn Sính"]
    assert names("/persons?role=member&body=village_head") == ["Hoàng Văn Sính"]
    assert names("/persons?role=leader&body=teachers") == []


def test_only_who_is_a_member_on_the_day_in_a_team_of_the_day_is_listed(names: Names) -> None:
    assert "Triệu Văn Cũ" in names("/persons?on=2023-06-30")
    assert "Triệu Văn Cũ" not in names("/persons?on=2023-07-01")
    assert "Chu Thị Bé" not in names("/memberships?on=2024-02-29")
    assert names("/persons?on=2022-04-30") == []


def test_the_lists_keep_to_the_scope_and_to_the_place(names: Names) -> None:
    assert names("/persons", "member") == ["Nông Thị Hòa", "Lý Thị Mẩy", "Hoàng Văn Sính"]
    assert "Lò Kim Tước" not in names("/persons?q=kim")
    north = f"/memberships?under=08&unallocated=commune&map_on={REFORM}"
    assert names(north, "reviewer") == ["Bàn Văn Đức Xuân"]
    assert len(names(f"/persons?under=02301&map_on={REFORM}", "reviewer")) == 9


def test_another_communes_membership_of_a_person_is_not_shown(
    visit: Visit, make: Callable[..., Any], world: World
) -> None:
    person = make(make_person, full_name="Bế Hai Nơi")
    make(make_membership, world.teams["hamlet"], person)
    make(make_membership, world.teams["neighbour"], person, role=MemberRole.DEPUTY)
    (row,) = visit("own").get("/persons?q=be hai noi").rows
    assert "Kim Tước" not in " ".join(row)
    page = visit("own").get(f"/persons/{person}")
    assert len(page.rows) == 1
    assert "Kim Tước" not in page.text
    assert len(visit("reviewer").get(f"/persons/{person}").rows) == 2


def test_a_person_of_another_commune_is_not_found(visit: Visit, world: World) -> None:
    visit("own").get(f"/persons/{world.persons['neighbour']}", HTTPStatus.NOT_FOUND)


def test_the_page_of_a_person_shows_past_memberships_and_sessions_helped_at(
    visit: Visit, world: World
) -> None:
    deputy = visit("own", language="en").get(f"/persons/{world.persons['deputy']}")
    assert [(row[0].split()[-1], row[5:7]) for row in deputy.rows[:2]] == [
        ("cũ", ["01/05/2022", "31/12/2022"]),
        ("Tâm", ["01/05/2022", "today"]),
    ]
    member = visit("own", language="en").get(f"/persons/{world.persons['member']}")
    assert "Sessions helped at" in member.text
    assert "13/06/2025" in member.text


@pytest.mark.parametrize("url", ["/persons", "/memberships"])
@pytest.mark.parametrize(
    "query", ["on=x", "role=king", "body=%00", "under=1", "map_on=1-1-1", "q=%F0%9F%98%80"]
)
def test_nonsense_in_the_address_is_answered_with_the_list(
    visit: Visit, url: str, query: str
) -> None:
    visit("own").get(f"{url}?{query}")
