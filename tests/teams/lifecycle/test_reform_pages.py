"""The pages on which an official re-forms a team, merges, reopens, or moves a member."""

from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from typing import Any

import pytest
from flask import Flask

from tcns.teams.models import Membership, Person, Team
from tests.databases import fingerprint
from tests.factories import make_membership, make_person, make_team
from tests.page import Page, Visitor
from tests.teams.conftest import Visit
from tests.teams.lifecycle.forms import HEAD, row, rows_of
from tests.world import World

SUMMER = date(2025, 7, 1)
Make = Callable[..., Any]


def page_of(world: World, what: str, team: str = "village") -> str:
    return f"/teams/{world.teams[team]}/{what}"


# Re-forming


def test_a_team_is_re_formed_by_a_new_decision(app: Flask, world: World, official: Visitor) -> None:
    page = official.get(f"/teams/{world.teams['village']}").click("Re-form")
    typed = {
        **HEAD,
        row(world, "deputy", "stays"): None,
        row(world, "member", "role"): "deputy",
        "new_0_full_name": "Sằm Văn Mới",
        "new_0_phone": "0912 000 009",
        "new_0_birth_year": "1990",
        "new_0_body": "police",
    }
    done = page.post(typed=typed)
    assert "is re-formed from 01/07/2025 on" in done.text
    assert [found[:2] for found in done.rows[:3]] == [
        ["Hoàng Văn Sính", "Leader"],
        ["Lý Thị Mẩy", "Deputy leader"],
        ["Sằm Văn Mới", "Member"],
    ]
    assert "99/QĐ-UBND" in done.text
    (person,) = rows_of(app, Person, Person.full_name == "Sằm Văn Mới")
    assert (person.phone, person.birth_year) == ("+84912000009", 1990)


@pytest.mark.long_on_postgresql
def test_before_and_after_are_shown_and_nothing_is_saved(
    app: Flask, world: World, official: Visitor
) -> None:
    before = fingerprint(app)
    page = official.get(page_of(world, "reform"))
    shown = page.post(
        typed={
            "compare": "1",
            row(world, "deputy", "stays"): None,
            row(world, "member", "role"): "deputy",
            "new_0_full_name": "Sằm Văn Mới",
        },
        status=HTTPStatus.OK,
    )
    assert sorted(shown.rows) == sorted(
        [
            ["Hoàng Văn Sính", "Leader", "Leader"],
            ["Nông Thị Hòa", "Deputy leader", "is no member any more"],
            ["Lý Thị Mẩy", "Member", "Deputy leader"],
            ["Sằm Văn Mới", "–", "Member"],
        ]
    )
    assert fingerprint(app) == before


def test_it_is_undone_from_the_page_it_leads_to(
    app: Flask, world: World, official: Visitor
) -> None:
    before = ends_of(app)
    done = official.get(page_of(world, "reform")).post(
        typed={**HEAD, row(world, "leader", "stays"): None}
    )
    assert "has no leader now" in done.text
    undone = done.click("Undo").post()
    assert "Undone: Team re-formed" in undone.text
    assert ends_of(app) == before


def ends_of(app: Flask) -> dict[int, date | None]:
    return {each.id: each.valid_to for each in rows_of(app, Membership)}


def test_a_decision_on_file_gives_its_day(
    app: Flask, world: World, official: Visitor, make: Make
) -> None:
    team = make(make_team, world.quiet_village.id, valid_from=date(2022, 1, 1))
    member = make(make_membership, team, valid_from=date(2022, 1, 1))
    page = official.get(f"/teams/{team}/reform")
    page.post(
        typed={"decision": str(world.decisions["commune"]), f"member_{member}_role": "leader"}
    )
    leads = rows_of(app, Membership, Membership.team_id == team, Membership.role == "leader")
    assert [str(each.valid_from) for each in leads] == ["2022-04-21"]


@pytest.mark.long_on_postgresql
def test_more_rows_keep_what_was_typed_and_write_nothing(
    app: Flask, world: World, official: Visitor
) -> None:
    before = fingerprint(app)
    typed = {
        "number": "5/QĐ",
        "new_0_full_name": "Sằm Văn Mới",
        row(world, "deputy", "stays"): None,
        "more": "1",
    }
    again = official.get(page_of(world, "reform")).post(typed=typed, status=HTTPStatus.OK)
    text = again.body.decode()
    assert 'value="5/QĐ"' in text
    assert 'value="Sằm Văn Mới"' in text
    assert "new_7_full_name" in text
    assert "new_8_full_name" not in text
    assert is_ticked(again, row(world, "member", "stays"))
    assert not is_ticked(again, row(world, "deputy", "stays"))
    assert not again.field_errors
    assert fingerprint(app) == before


def is_ticked(page: Page, name: str) -> bool:
    boxes = [each for each in page.tree.iter("input") if each.get("type") == "checkbox"]
    box = next(each for each in boxes if each.get("name") == name)
    return box.get("checked") is not None


@pytest.mark.long_on_postgresql
def test_everything_wrong_is_said_at_once_beside_its_field(
    app: Flask, world: World, official: Visitor
) -> None:
    before = fingerprint(app)
    typed = {
        "first_day": "2025-06-10",
        row(world, "member", "stays"): None,
        row(world, "deputy", "role"): "leader",
        "new_0_phone": "0912 000 009",
        "new_1_full_name": "Sằm 1",
        "new_2_full_name": "Sằm Văn Hai",
        "new_2_role": "leader",
    }
    page = official.get(page_of(world, "reform")).post(typed=typed, status=HTTPStatus.OK)
    assert set(page.field_errors) == {
        "number",
        "issued_on",
        "summary",
        row(world, "member", "stays"),
        row(world, "deputy", "role"),
        "new_0_full_name",
        "new_1_full_name",
        "new_2_role",
    }
    assert fingerprint(app) == before


def test_somebody_on_file_is_offered_and_joins_as_the_same_person(
    app: Flask, world: World, official: Visitor
) -> None:
    known = {"new_0_full_name": "Lò Kim Tước", "new_0_phone": "0999 123 456"}
    page = official.get(page_of(world, "reform"))
    asked = page.post(typed={**HEAD, **known}, status=HTTPStatus.OK)
    assert "new_0_known-0" in str(asked.body)
    persons = len(rows_of(app, Person))
    done = asked.post(typed={"new_0_known": str(world.persons["neighbour"])})
    assert "is re-formed" in done.text
    assert len(rows_of(app, Person)) == persons


def test_it_is_asked_of_whoever_of_the_team_may_be_meant(
    app: Flask, world: World, official: Visitor
) -> None:
    before = fingerprint(app)
    typed = {**HEAD, "new_0_full_name": "LY THI MAY", "new_1_full_name": "Sằm Văn Mới"}
    page = official.get(page_of(world, "reform")).post(typed=typed, status=HTTPStatus.OK)
    assert "Say whether it is the same person or a new one." in page.text
    assert "The same: Lý Thị Mẩy, in this team already" in page.text
    assert fingerprint(app) == before
    assert "is re-formed" in page.post(typed={"new_0_known": "new"}).text


def test_one_who_joins_is_entered_once(app: Flask, world: World, official: Visitor) -> None:
    before = fingerprint(app)
    typed = {**HEAD, "new_0_full_name": "Sằm Văn Mới", "new_1_full_name": "SẰM VĂN MỚI"}
    page = official.get(page_of(world, "reform")).post(typed=typed, status=HTTPStatus.OK)
    assert set(page.field_errors) == {"new_1_full_name"}
    assert fingerprint(app) == before
    page.post(typed={"new_0_birth_year": "1980", "new_1_birth_year": "1990"})


def test_who_joined_in_between_is_shown_and_not_silently_left_out(
    app: Flask, world: World, official: Visitor, make: Make
) -> None:
    page = official.get(page_of(world, "reform"))
    person = make(make_person, full_name="Nông Văn Chen")
    late = make(make_membership, world.teams["village"], person)
    before = fingerprint(app)
    again = page.post(typed={**HEAD}, status=HTTPStatus.OK)
    assert "The members were changed in the meantime" in again.text
    assert is_ticked(again, f"member_{late}_stays")
    assert fingerprint(app) == before
    assert "is re-formed" in again.post().text


def test_a_dissolved_team_is_not_re_formed(world: World, official: Visitor) -> None:
    page = official.get(page_of(world, "reform", "dissolved"))
    again = page.post(typed={**HEAD}, status=HTTPStatus.OK)
    assert "was dissolved after" in again.text


# Merging and opening again


def test_a_team_is_merged_into_another_of_the_commune_and_opened_again(
    app: Flask, world: World, official: Visitor
) -> None:
    page = official.get(f"/teams/{world.teams['village']}").click("Merge into another team")
    assert str(world.teams["neighbour"]) not in options(page, "into")
    assert str(world.teams["partner"]) not in options(page, "into")
    assert str(world.teams["dissolved"]) not in options(page, "into")
    typed = {
        **HEAD,
        "into": str(world.teams["hamlet"]),
        "first_day": "2025-07-01",
        row(world, "deputy", "stays"): None,
    }
    done = page.post(typed=typed)
    assert done.heading == "Tổ công nghệ số cộng đồng Nà Đình"
    assert "Another team merged into it: Tổ công nghệ số cộng đồng Đồng Tâm" in done.text
    old = official.get(f"/teams/{world.teams['village']}")
    assert "The team was merged into another after 30/06/2025." in old.text
    assert "Team merged" in old.text
    again = old.click("Open again")
    assert "3 memberships that ended with it hold again" in again.text
    opened = again.post()
    assert "exists again" in opened.text
    assert "Members on" in opened.text
    (team,) = rows_of(app, Team, Team.id == world.teams["village"])
    assert (team.valid_to, team.merged_into_id) == (None, None)


def options(page: Page, name: str) -> set[str]:
    select = next(each for each in page.tree.iter("select") if each.get("name") == name)
    return {option.get("value", "") for option in select.iter("option")}


def test_a_merger_is_undone_as_a_whole(world: World, official: Visitor, app: Flask) -> None:
    typed = {**HEAD, "into": str(world.teams["hamlet"]), "first_day": "2025-07-01"}
    done = official.get(page_of(world, "merge")).post(typed=typed)
    assert "Undone: Teams merged" in done.click("Undo").post().text
    (team,) = rows_of(app, Team, Team.id == world.teams["village"])
    assert team.valid_to is None


@pytest.mark.long_on_postgresql
def test_a_merger_says_everything_wrong_at_once(
    app: Flask, world: World, official: Visitor
) -> None:
    before = fingerprint(app)
    typed = {
        "into": str(world.teams["hamlet"]),
        "first_day": "2025-06-01",
        row(world, "leader", "role"): "leader",
    }
    page = official.get(page_of(world, "merge")).post(typed=typed, status=HTTPStatus.OK)
    assert {"number", "issued_on", "first_day", row(world, "leader", "role")} <= set(
        page.field_errors
    )
    nothing = official.get(page_of(world, "merge")).post(typed={}, status=HTTPStatus.OK)
    assert "into" in nothing.field_errors
    assert fingerprint(app) == before


def test_a_team_of_another_commune_is_not_offered_nor_taken(
    app: Flask, world: World, official: Visitor
) -> None:
    before = fingerprint(app)
    page = official.get(page_of(world, "merge"))
    typed = {**HEAD, "into": str(world.teams["neighbour"]), "first_day": "2025-07-01"}
    assert "into" in page.post(typed=typed, status=HTTPStatus.OK).field_errors
    assert fingerprint(app) == before


def test_a_team_that_exists_cannot_be_opened_again(world: World, official: Visitor) -> None:
    page = official.get(page_of(world, "reopen"))
    assert "nothing to open again" in page.text


# Moving a member


def test_a_member_moves_to_another_team(app: Flask, world: World, official: Visitor) -> None:
    page = official.get(f"/memberships/{world.memberships['deputy']}/transfer")
    assert str(world.teams["neighbour"]) not in options(page, "team")
    typed = {"team": str(world.teams["hamlet"]), "first_day": "2025-07-01", "role": "member"}
    done = page.post(typed=typed)
    assert done.heading == "Tổ công nghệ số cộng đồng Nà Đình"
    assert "Nông Thị Hòa is in Tổ công nghệ số cộng đồng Nà Đình as member from" in done.text
    old = official.get(f"/teams/{world.teams['village']}")
    assert "Moved to another team: Nông Thị Hòa (deputy leader)" in old.text
    parts = rows_of(app, Membership, Membership.person_id == world.persons["deputy"])
    assert len(parts) == 3


def test_a_leader_in_office_there_is_offered_to_make_way(
    app: Flask, world: World, official: Visitor
) -> None:
    page = official.get(f"/memberships/{world.memberships['leader']}/transfer")
    typed = {"team": str(world.teams["hamlet"]), "first_day": "2025-07-01", "role": "leader"}
    offered = page.post(typed=typed, status=HTTPStatus.OK)
    assert "Đặng Văn Ba leads the team at that time" in offered.text
    done = offered.post(typed={"replaces_leader": "y"})
    assert done.rows[0][:2] == ["Hoàng Văn Sính", "Leader"]
    assert "Tổ công nghệ số cộng đồng Đồng Tâm has no leader now" in done.text


@pytest.mark.long_on_postgresql
def test_a_move_says_everything_wrong_at_once(app: Flask, world: World, official: Visitor) -> None:
    before = fingerprint(app)
    url = f"/memberships/{world.memberships['deputy']}/transfer"
    nothing = official.get(url).post(typed={}, status=HTTPStatus.OK)
    assert {"team", "first_day"} <= set(nothing.field_errors)
    typed = {"team": str(world.teams["hamlet"]), "first_day": "2022-05-01"}
    early = official.get(url).post(typed=typed, status=HTTPStatus.OK)
    assert "first_day" in early.field_errors
    assert fingerprint(app) == before


def test_the_province_chooses_the_commune_first(visit: Visit, world: World) -> None:
    url = f"/memberships/{world.memberships['deputy']}/transfer"
    page = visit("administrator").get(f"{url}?commune={world.neighbour.code}")
    assert str(world.teams["neighbour"]) in options(page, "team")
    assert str(world.teams["hamlet"]) not in options(page, "team")
