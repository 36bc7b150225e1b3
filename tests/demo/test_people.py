"""The persons, memberships and decisions of the demonstration keep the rules of the field."""

import re
from collections import defaultdict
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import Row

from tcns.accounts.models import User
from tcns.areas.models import AreaName
from tcns.teams.models import Person, Team
from tcns.teams.vocabulary import Body
from tests.demo.loaded import DAY, World

# That PostgreSQL holds the same world, test_loading says.
pytestmark = pytest.mark.long_on_postgresql


def overlaps(memberships: list[Row[Any]]) -> bool:
    """Whether two of the memberships hold on the same day."""
    ordered = sorted(memberships, key=lambda row: row.valid_from)
    return any(
        earlier.valid_to is None or earlier.valid_to > later.valid_from
        for earlier, later in pairwise(ordered)
    )


def grouped(world: World, *columns: str) -> dict[tuple[Any, ...], list[Row[Any]]]:
    """The memberships by some of their columns."""
    groups = defaultdict(list)
    for row in world.membership:
        groups[tuple(getattr(row, column) for column in columns)].append(row)
    return groups


def test_a_team_has_one_leader_at_a_time(demonstration: World) -> None:
    for (_, role), memberships in grouped(demonstration, "team_id", "role").items():
        assert role != "leader" or not overlaps(memberships)


def test_nobody_is_twice_in_a_team_on_one_day(demonstration: World) -> None:
    groups = grouped(demonstration, "team_id", "person_id").values()
    assert not any(overlaps(memberships) for memberships in groups)


def test_everybody_is_or_was_in_a_team(demonstration: World) -> None:
    members = {row.person_id for row in demonstration.membership}
    assert members == {row.id for row in demonstration.person}


def test_who_leaves_is_replaced_the_same_day(demonstration: World) -> None:
    for (_,), memberships in grouped(demonstration, "team_id").items():
        left = sorted(row.valid_to for row in memberships if row.valid_to)
        joined = sorted(row.valid_from for row in memberships if row.valid_from.year >= 2024)
        assert left == joined


def test_people_came_and_went_every_year_and_some_deputies_rose(demonstration: World) -> None:
    years = {row.valid_to.year for row in demonstration.membership if row.valid_to}
    assert years == {2024, 2025, 2026}
    ended = {
        (row.person_id, row.team_id, row.valid_to)
        for row in demonstration.membership
        if row.role == "deputy"
    }
    rose = [
        row
        for row in demonstration.membership
        if row.role == "leader" and (row.person_id, row.team_id, row.valid_from) in ended
    ]
    assert rose


def test_a_membership_lies_within_its_team_and_before_tomorrow(demonstration: World) -> None:
    teams = demonstration.by_id("team")
    for row in demonstration.membership:
        assert teams[row.team_id].valid_from <= row.valid_from <= DAY
        assert row.valid_to is None or row.valid_to <= DAY


def test_a_team_begins_on_the_day_of_the_decision_of_its_commune(demonstration: World) -> None:
    decisions, teams = demonstration.by_id("establishing_decision"), demonstration.by_id("team")
    parents, levels = demonstration.parents(date(2024, 8, 31)), demonstration.levels
    established = set()
    for link in demonstration.team_decision:
        team, decision = teams[link.team_id], decisions[link.decision_id]
        commune = team.area_id if levels[team.area_id] == "commune" else parents[team.area_id]
        assert decision.area_id == commune
        if link.purpose == "establish":
            assert decision.issued_on == team.valid_from
            established.add(team.id)
    assert established == teams.keys()


def test_one_decision_covers_many_teams(demonstration: World) -> None:
    covered = len(demonstration.team_decision) / len(demonstration.establishing_decision)
    assert covered > 4
    for row in demonstration.establishing_decision:
        assert re.fullmatch(r"\d+/QĐ-UBND", row.number)
        assert row.issuer.startswith(("UBND xã ", "UBND phường ", "UBND thị trấn "))
        assert row.issued_on.weekday() < 5


def test_members_join_by_a_decision_of_that_day(demonstration: World) -> None:
    decisions = demonstration.by_id("establishing_decision")
    for row in demonstration.membership:
        if row.valid_from.year < 2024:
            assert decisions[row.decision_id].issued_on == row.valid_from


def test_phones_look_like_phones_and_most_have_one(demonstration: World) -> None:
    phones = [row.phone for row in demonstration.person]
    known = [phone for phone in phones if phone]
    assert 0.9 < len(known) / len(phones) < 0.94
    assert all(re.fullmatch(r"\+84[57]\d{8}", phone) for phone in known)
    assert len(set(known)) < len(known)  # families share one


def test_bodies_are_words_of_the_vocabulary_and_sometimes_missing(demonstration: World) -> None:
    bodies = [row.body for row in demonstration.membership]
    assert set(bodies) - {None} == set(Body)
    assert 0.02 < bodies.count(None) / len(bodies) < 0.08


@pytest.mark.parametrize(
    ("table", "model", "field"),
    [
        ("person", Person, "full_name"),
        ("user", User, "full_name"),
        ("team", Team, "name"),
        ("area_name", AreaName, "name"),
    ],
)
@pytest.mark.one_engine
def test_what_is_loaded_in_bulk_is_found_and_sorted_as_what_is_typed(
    demonstration: World, table: str, model: Any, field: str
) -> None:
    for row in getattr(demonstration, table)[::20]:
        typed = model(**{field: getattr(row, field)})
        assert (row.search_key, row.sort_key) == (typed.search_key, typed.sort_key)
