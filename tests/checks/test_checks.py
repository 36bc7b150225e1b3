"""What needs attention: each check finds what its rule says, counts it, and leads to mending it."""

import dataclasses
from collections.abc import Callable
from datetime import date, timedelta
from http import HTTPStatus
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook

from tcns.accounts.models import User
from tcns.areas.models import Area
from tcns.areas.villages.operations import close_village, merge_villages
from tcns.areas.villages.rules import Closure, Merger, VillageText
from tcns.areas.vocabulary import AreaKind
from tcns.checks.catalogue import CHECKS
from tcns.clock import today
from tcns.database import db
from tcns.teams.models import Membership, Person
from tests.databases import counted
from tests.factories import (
    make_activity,
    make_membership,
    make_person,
    make_sign_in,
    make_team,
    make_user,
)
from tests.page import Page, Visitor
from tests.places import REFORM
from tests.world import CANARIES, World, set_map_day

Visit = Callable[..., Visitor]
Make = Callable[..., Any]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What has its list here, and not on a page of its own.
KEYS = [check.key for check in CHECKS if check.listing.part]


def found(visitor: Visitor, key: str, **filters: str) -> list[str]:
    """What the list of a check shows: the first cell of each row."""
    query = "&".join(f"{name}={value}" for name, value in filters.items())
    return [row[0] for row in visitor.get(f"/checks/{key}?{query}").rows]


def counts(page: Page) -> dict[str, str]:
    """The address of each check's list, with what the page counts of it."""
    links = {}
    for row in page.tree.iter("tr"):
        link = next(row.iter("a"), None)
        cell = row.find("td")
        if link is not None and cell is not None:
            links[link.get("href", "")] = "".join(cell.itertext()).strip()
    return links


def short(names: list[str]) -> list[str]:
    """The names of teams without what all of them begin with."""
    return sorted(name.removeprefix("Tổ công nghệ số cộng đồng ") for name in names)


def test_every_number_leads_to_a_list_of_as_many_rows(visit: Visit) -> None:
    for persona in ("own", "district", "reviewer", "administrator"):
        page = visit(persona, language="en").get("/checks")
        assert len(counts(page)) >= len(KEYS) - 1
        for url, number in counts(page).items():
            expected = int(number)
            assert len(visit(persona).get(url).rows) == expected, f"{persona}: {url}"


def test_an_area_narrows_the_counts_and_the_lists_alike(visit: Visit) -> None:
    reviewer = visit("reviewer", language="en")
    page = reviewer.get("/checks?under=072")
    assert all("under=072" in url for url in counts(page))
    for url, number in counts(page).items():
        assert len(reviewer.get(url).rows) == int(number), url


def test_a_team_is_without_a_leader_on_the_days_nobody_leads_it(
    official: Visitor, make: Make, world: World
) -> None:
    assert found(official, "teams-without-leader") == []

    def end(membership_id: int) -> None:
        db.session.get_one(Membership, membership_id).valid_to = date(2025, 1, 1)

    make(end, world.memberships["leader"])
    assert short(found(official, "teams-without-leader")) == ["Đồng Tâm"]


def test_teams_are_too_small_or_too_large_by_their_level(
    official: Visitor, make: Make, world: World
) -> None:
    assert short(found(official, "teams-too-small")) == ["Nà Đình"]
    assert found(official, "teams-too-large") == []
    for _more in range(3):
        make(make_membership, world.teams["village"])
        make(make_membership, world.teams["commune"])
    assert short(found(official, "teams-too-large")) == ["Đồng Tâm"], "a commune's may have ten"


def test_the_sizes_are_the_provinces_own(app: Flask, official: Visitor) -> None:
    usual = app.config["TCNS"]
    app.config["TCNS"] = dataclasses.replace(usual, village_team_least=2, commune_team_size=2)
    try:
        assert found(official, "teams-too-small") == []
        assert short(found(official, "teams-too-large")) == ["Hòa An"]
    finally:
        app.config["TCNS"] = usual


def test_members_without_a_phone_are_those_of_present_teams(
    official: Visitor, make: Make, world: World
) -> None:
    before = found(official, "members-without-phone")
    assert "Nông Thị Hòa" in before
    assert "Hoàng Văn Sính" not in before
    assert "Triệu Văn Cũ" not in before, "no member any more"

    def give_phone(person_id: int) -> None:
        db.session.get_one(Person, person_id).phone = "+84912000099"

    make(give_phone, world.persons["deputy"])
    assert set(before) - set(found(official, "members-without-phone")) == {"Nông Thị Hòa"}


def test_villages_without_a_team(official: Visitor, make: Make, world: World) -> None:
    assert found(official, "villages-without-team") == ["Thôn Khuôn Trú"]
    make(make_team, world.quiet_village.id)
    assert found(official, "villages-without-team") == []


def merge(world: World) -> None:
    """Đồng Tâm and Nà Đình become one."""
    commune, village, hamlet = (
        db.session.get_one(Area, world.places[key].id) for key in ("commune", "village", "hamlet")
    )
    by = db.session.get_one(User, world.users["own"])
    text = VillageText("Hợp Nhất", AreaKind.THON, date(2024, 3, 1))
    merge_villages(commune, Merger([village, hamlet], text), by=by)


def test_the_teams_of_merged_villages_are_shown_to_their_official_for_action(
    app: Flask, official: Visitor, world: World
) -> None:
    assert found(official, "teams-of-closed-villages") == []
    with app.test_request_context():
        merge(world)
        db.session.commit()
    assert short(found(official, "teams-of-closed-villages")) == ["Nà Đình", "Đồng Tâm"]
    page = official.get("/checks/teams-of-closed-villages")
    dissolve = next(url for text, url in page.links.items() if text.startswith("Dissolve"))
    assert official.get(dissolve).heading == "Dissolve the team"
    assert found(official, "villages-without-team") == ["Thôn Khuôn Trú"], "the new one has two"


def test_the_team_of_a_village_that_just_ended_as_well(
    app: Flask, official: Visitor, world: World
) -> None:
    with app.test_request_context():
        commune, village = (
            db.session.get_one(Area, world.places[key].id) for key in ("commune", "village")
        )
        by = db.session.get_one(User, world.users["own"])
        close_village(commune, village, Closure(date(2024, 3, 1)), by=by)
        db.session.commit()
    assert short(found(official, "teams-of-closed-villages")) == ["Đồng Tâm"]
    assert short(found(official, "teams-of-closed-villages", under="02301")) == ["Đồng Tâm"]


def test_the_teams_of_communes_that_were_reorganised(visit: Visit, app: Flask) -> None:
    reviewer = visit("reviewer")
    assert found(reviewer, "teams-of-closed-communes") == []
    with app.app_context():
        set_map_day(REFORM)
        db.session.commit()
    assert short(found(reviewer, "teams-of-closed-communes")) == [
        "Hòa An",
        "Hòa Bình",
        "Đức Xuân",
    ]


def test_a_leader_without_an_account_or_who_never_signed_in(
    official: Visitor, make: Make, world: World
) -> None:
    assert set(found(official, "leaders-without-account")) == {"Ma Văn Đức", "Đặng Văn Ba"}

    def give_account(person_id: int) -> int:
        user = make_user(world.commune.id)
        db.session.get_one(Person, person_id).user_id = user
        return user

    user = make(give_account, world.persons["hamlet_leader"])
    assert "Đặng Văn Ba" in found(official, "leaders-without-account"), "never signed in"
    make(make_sign_in, user)
    assert found(official, "leaders-without-account") == ["Ma Văn Đức"]


def test_a_leader_leads_not_where_only_a_member(official: Visitor, world: World) -> None:
    """Trần Thị Ánh has no account either, but leads nothing."""
    assert "Trần Thị Ánh" not in found(official, "leaders-without-account")


@pytest.mark.parametrize("key", KEYS)
def test_a_list_shows_nothing_of_the_neighbours(official: Visitor, key: str) -> None:
    page = official.get(f"/checks/{key}")
    assert not any(canary in page.text for canary in CANARIES)
    assert not any(canary in official.get("/checks").text for canary in CANARIES)


@pytest.mark.parametrize("key", KEYS)
def test_the_file_holds_the_rows_of_the_list(visit: Visit, key: str) -> None:
    administrator = visit("administrator")
    names = found(administrator, key, under="071")
    exported = administrator.download(f"/checks/{key}/export?under=071", XLSX)
    rows = CalamineWorkbook.from_filelike(BytesIO(exported)).get_sheet_by_index(0).to_python()
    head = next(index for index, row in enumerate(rows) if row[0] == "STT")
    cells = [row[2 if key == "villages-without-team" else 1] for row in rows[head + 1 :]]
    assert cells == names


def test_a_name_narrows_the_list(official: Visitor) -> None:
    assert found(official, "members-without-phone", q="nong thi") == ["Nông Thị Hòa"]


@pytest.mark.parametrize("key", ["", "nothing-like-it", "TEAMS-TOO-SMALL", "likely-duplicates"])
def test_a_check_that_is_none_is_not_there(official: Visitor, key: str) -> None:
    official.get(f"/checks/{key}", HTTPStatus.NOT_FOUND)


def test_the_first_page_counts_what_needs_attention(official: Visitor, visit: Visit) -> None:
    page = official.get("/")
    assert page.links["Teams with too few members"] == "/checks/teams-too-small"
    assert "Teams without a leader" not in page.links, "only what is found"
    assert "Needs attention" in visit("reviewer", language="en").get("/").text
    assert "Needs attention" not in visit("member", language="en").get("/").text


@pytest.mark.one_engine
def test_only_checks_whose_data_have_changed_are_counted_anew(
    app: Flask, visit: Visit, make: Make, world: World
) -> None:
    visitor = visit("administrator")
    assert counting(app, visitor)
    assert counting(app, visitor) == []
    for days_ago, parts in ((0, 1), (90, 2)):  # those of the past stay with a session of today
        held_on = today() - timedelta(days=days_ago)
        make(make_activity, world.teams["village"], world.users["member"], held_on=held_on)
        anew = counting(app, visitor)
        assert len(anew) == parts
        assert all("FROM activity" in statement for statement in anew)
    make(make_sign_in, world.users["member"])
    (last,) = counting(app, visitor)
    assert "FROM sign_in" in last


def counting(app: Flask, visitor: Visitor) -> list[str]:
    """What is asked to count what the checks find."""
    with counted(app) as statements:
        visitor.get("/checks")
    return [statement for statement in statements if "count(*)" in statement.lower()]


def test_persons_who_may_be_on_file_twice_are_counted_and_lead_to_their_pairs(
    official: Visitor, make: Make, world: World
) -> None:
    assert counts(official.get("/checks"))["/duplicates"] == "0"
    for team in ("village", "hamlet"):
        person = make(make_person, full_name="Sầm Văn Lặp", phone="+84912000077")
        make(make_membership, world.teams[team], person)
    assert counts(official.get("/checks"))["/duplicates"] == "1"
    assert len(official.get("/checks").click("Persons who may be on file twice").rows) == 1
    assert "Persons who may be on file twice" in official.get("/").text
