"""The sessions of the demonstration keep the rules of the field, and are uneven on purpose."""

from collections import Counter, defaultdict
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import Row

from tcns.clock import ZONE
from tcns.periods import reporting_month
from tests.demo.loaded import DAY, World, on

# That PostgreSQL holds the same world, test_loading says.
pytestmark = pytest.mark.long_on_postgresql

COUNTED = ("submitted", "approved")
JUNE = date(2024, 6, 30)
START = date(2022, 6, 1)  # the first teams are there


def by_activity(world: World, table: str) -> dict[int, list[Row[Any]]]:
    """The rows of a table by their session."""
    found = defaultdict(list)
    for row in getattr(world, table):
        found[row.activity_id].append(row)
    return found


def test_there_are_twenty_to_thirty_thousand_from_the_first_teams_up_to_yesterday(
    demonstration: World,
) -> None:
    days = [row.held_on for row in demonstration.activity]
    assert 20_000 <= len(days) <= 30_000
    assert (min(days), max(days)) == (START, DAY - timedelta(days=1))
    months = Counter((day.year, day.month) for day in days)
    assert len(months) == 51, "every month from June 2022 to August 2026"


def test_the_published_day_has_sessions_and_they_grow_with_the_teams(
    demonstration: World,
) -> None:
    years = Counter(row.held_on.year for row in demonstration.activity)
    assert years[2022] < years[2023] < years[2024] < years[2025] < years[2026]
    june = [row for row in demonstration.activity if date(2024, 6, 1) <= row.held_on <= JUNE]
    assert len(june) > 100


def test_the_lunar_new_year_and_the_harvests_are_quieter_than_the_months_around(
    demonstration: World,
) -> None:
    months = Counter((row.held_on.year, row.held_on.month) for row in demonstration.activity)
    assert months[2026, 1] < months[2025, 12]
    assert months[2025, 10] < months[2025, 11]


def test_no_session_was_held_before_its_team_was_there(demonstration: World) -> None:
    teams = demonstration.by_id("team")
    assert all(teams[row.team_id].valid_from <= row.held_on for row in demonstration.activity)


def test_some_communes_fell_silent(demonstration: World) -> None:
    parents, levels = demonstration.parents(date(2024, 8, 31)), demonstration.levels
    teams = demonstration.by_id("team")

    def commune(team_id: int) -> int:
        area: int = teams[team_id].area_id
        return parents[area] if levels[area] == "village" else area

    since = DAY - timedelta(days=90)
    heard = {commune(row.team_id) for row in demonstration.activity if row.held_on > since}
    silent = {commune(team_id) for team_id in teams} - heard
    assert 5 <= len(silent) <= 15
    assert {commune(row.team_id) for row in demonstration.activity} >= silent, "they had sessions"


def test_a_part_is_not_more_than_the_whole(demonstration: World) -> None:
    for row in demonstration.activity:
        parts = (row.women_count, row.minority_count, row.elderly_count)
        recorded = [part for part in parts if part is not None]
        assert all(0 <= part <= row.participant_count for part in recorded)
        if row.new_household_count is not None:
            assert 0 <= row.new_household_count <= row.household_count


def test_in_a_year_a_village_team_meets_no_more_new_households_than_there_are(
    demonstration: World,
) -> None:
    teams = demonstration.by_id("team")
    there = {row.area_id: row.household_count for row in on(DAY, demonstration.area_households)}
    new: Counter[tuple[int, int]] = Counter()
    for row in demonstration.activity:
        new[teams[row.team_id].area_id, row.held_on.year] += row.new_household_count or 0
    counted = [(there[area], count) for (area, _), count in new.items() if area in there]
    assert all(count <= most for most, count in counted)
    assert any(count > most / 2 for most, count in counted)


def test_helpers_were_members_of_the_team_that_day(demonstration: World) -> None:
    memberships, attendances = (
        demonstration.by_id("membership"),
        by_activity(demonstration, "attendance"),
    )
    for activity in demonstration.activity:
        helpers = [memberships[row.membership_id] for row in attendances[activity.id]]
        assert helpers
        assert {row.team_id for row in helpers} == {activity.team_id}
        assert len(on(activity.held_on, helpers)) == len(helpers)


def test_a_session_has_one_to_three_topics(demonstration: World) -> None:
    topics = by_activity(demonstration, "activity_topic")
    counts = Counter(len(topics[row.id]) for row in demonstration.activity)
    assert set(counts) == {1, 2, 3}


def test_indicators_are_of_the_topics_and_the_time_and_within_the_counts(
    demonstration: World,
) -> None:
    activities, indicators = demonstration.by_id("activity"), demonstration.by_id("indicator")
    topics = by_activity(demonstration, "activity_topic")
    for row in demonstration.indicator_value:
        activity, indicator = activities[row.activity_id], indicators[row.indicator_id]
        assert indicator.topic in {topic.topic for topic in topics[activity.id]}
        assert indicator.valid_from <= activity.held_on
        households = indicator.unit_vi == "hộ"
        whole = activity.household_count if households else activity.participant_count
        assert 0 < row.amount <= whole
    assert {row.indicator_id for row in demonstration.indicator_value} == indicators.keys()


def test_the_course_of_a_session_is_whole(demonstration: World) -> None:
    midnight = datetime.combine(DAY, time(), ZONE)
    for row in demonstration.activity:
        assert (row.submitted_at is None) == (row.status == "draft")
        assert (row.reviewed_at is None) == (row.status in ("draft", "submitted"))
        assert (row.reviewed_by_id is None) == (row.reviewed_at is None)
        assert (row.return_reason is None) == (row.status != "returned")
        moments = [row.entered_at, row.submitted_at, row.reviewed_at]
        known = [moment for moment in moments if moment]
        assert known == sorted(known)
        assert known[0].astimezone(ZONE).date() >= row.held_on
        assert known[-1] < midnight


def test_a_session_is_entered_by_the_leader_of_the_day_or_the_communes_official(
    demonstration: World,
) -> None:
    teams, levels = demonstration.by_id("team"), demonstration.levels
    parents = demonstration.parents(date(2024, 8, 31))
    names = demonstration.names(date(2024, 8, 31))
    officials = {row.user_name: row.id for row in demonstration.user}
    accounts = {row.user_id: row.id for row in demonstration.person if row.user_id}
    leaders = defaultdict(list)
    for row in demonstration.membership:
        if row.role == "leader":
            leaders[row.team_id].append(row)
    for row in demonstration.activity:
        area = teams[row.team_id].area_id
        commune = parents[area] if levels[area] == "village" else area
        official = officials[f"xa.{names[commune].code}"]
        leading = {leader.person_id for leader in on(row.held_on, leaders[row.team_id])}
        assert row.entered_by_id == official or accounts[row.entered_by_id] in leading
        assert row.reviewed_by_id in (None, official)


def test_some_teams_are_silent_and_most_held_one_or_two(demonstration: World) -> None:
    month = reporting_month(DAY.replace(day=1))
    held = Counter(
        row.team_id
        for row in demonstration.activity
        if month.first <= row.held_on <= month.last and row.status in COUNTED
    )
    teams = len(demonstration.team)
    assert 0.05 < (teams - len(held)) / teams < 0.12
    assert sum(count <= 2 for count in held.values()) / len(held) > 0.9


def test_there_are_late_entries_drafts_and_returned_ones(demonstration: World) -> None:
    activities = demonstration.activity
    statuses = Counter(row.status for row in activities)
    assert set(statuses) == {"draft", "submitted", "approved", "returned"}
    assert statuses["approved"] > len(activities) / 2
    late = [
        row for row in activities if (row.entered_at.astimezone(ZONE).date() - row.held_on).days > 7
    ]
    assert 0.05 < len(late) / len(activities) < 0.2
    assert any(row.household_count is None for row in activities), "not recorded"
    assert any(row.elderly_count == 0 for row in activities), "recorded as none"
