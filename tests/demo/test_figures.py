"""The published figures hold in the demonstration, counted from its rows in plain Python."""

import json
from collections import Counter
from datetime import date, timedelta

import pytest
from flask import Flask

from tests.demo.loaded import DAY, World, on

# That PostgreSQL holds the same world, test_loading says.
pytestmark = pytest.mark.long_on_postgresql

PIONEERS_COUNTED_ON = date(2022, 5, 31)
MAP_DAY = date(2024, 8, 31)
COMMUNES = {"070": 15, "071": 10, "072": 12, "073": 24, "074": 18, "075": 28, "076": 31}


def team_counts(world: World, day: date) -> Counter[str]:
    """The number of teams by the level of their area."""
    return Counter(world.levels[team.area_id] for team in on(day, world.team))


@pytest.mark.parametrize(
    "day", [date(2024, 1, 1), date(2024, 6, 30), MAP_DAY, date(2025, 7, 1), DAY]
)
def test_from_2024_on_there_are_1871_teams_and_10257_memberships(
    demonstration: World, day: date
) -> None:
    assert team_counts(demonstration, day) == {"commune": 138, "village": 1733}
    assert len(on(day, demonstration.membership)) == 10257


def test_on_31_may_2022_only_lam_binh_and_chiem_hoa_have_teams(demonstration: World) -> None:
    day = PIONEERS_COUNTED_ON
    counts = team_counts(demonstration, day)
    assert counts["commune"] == 34
    assert 390 <= counts["village"] <= 399
    assert 2001 <= len(on(day, demonstration.membership)) <= 2100
    districts = demonstration.districts(day)
    assert {districts[team.area_id] for team in on(day, demonstration.team)} == {"071", "073"}


def test_before_april_2022_there_is_no_team(demonstration: World) -> None:
    assert not on(date(2022, 3, 31), demonstration.team)
    assert not on(date(2022, 3, 31), demonstration.membership)


def test_teams_and_memberships_only_grow_until_2024(demonstration: World) -> None:
    days = [date(2022, 5, 31) + timedelta(days=30 * n) for n in range(20)]
    teams = [len(on(day, demonstration.team)) for day in days]
    memberships = [len(on(day, demonstration.membership)) for day in days]
    assert teams == sorted(teams)
    assert memberships == sorted(memberships)
    assert teams[6] < 1000 < teams[12]  # half-way in the middle of the time


def test_all_communes_and_all_villages_but_twelve_have_one_team(demonstration: World) -> None:
    districts, levels = demonstration.districts(MAP_DAY), demonstration.levels
    own = {area_id for area_id, district in districts.items() if district in COMMUNES}
    covered = Counter(team.area_id for team in on(MAP_DAY, demonstration.team))
    assert set(covered.values()) == {1}
    assert covered.keys() <= own
    communes = Counter(districts[a] for a in covered if levels[a] == "commune")
    assert communes == COMMUNES
    villages = {area_id for area_id in own if levels[area_id] == "village"}
    assert len(villages) == 1745
    assert len(villages - covered.keys()) == 12


def test_about_two_in_a_hundred_memberships_are_somebodys_second(demonstration: World) -> None:
    memberships = on(date(2024, 6, 30), demonstration.membership)
    persons = {membership.person_id for membership in memberships}
    assert 0.975 < len(persons) / len(memberships) < 0.99


def test_some_teams_exceed_the_caps_and_few_have_no_leader(demonstration: World) -> None:
    sizes = Counter(row.team_id for row in on(MAP_DAY, demonstration.membership))
    caps = {"commune": 10, "village": 5}
    teams = on(MAP_DAY, demonstration.team)
    levels = demonstration.levels
    above = [team for team in teams if sizes[team.id] > caps[levels[team.area_id]]]
    assert 0.1 < len(above) / len(teams) < 0.25
    led = {row.team_id for row in on(MAP_DAY, demonstration.membership) if row.role == "leader"}
    assert 5 < len(teams) - len(led) < 40


def test_coverage_shows_the_published_total(demonstration_app: Flask) -> None:
    words = ["coverage", "show", "--by", "district", "--on", "2024-06-30", "--format", "json"]
    answer = demonstration_app.test_cli_runner().invoke(args=words)
    *districts, total = json.loads(answer.stdout)
    assert (total["area_code"], total["team_count"]) == ("08", 1871)
    assert total["membership_count"] == 10257
    assert {row["area_code"]: row["commune_count"] for row in districts} == COMMUNES
