"""Statistics of villages and digital models give the published figures; the plan has targets."""

from collections import Counter

import pytest
from flask import Flask

from tcns.coverage.catalogue import all_measures
from tests.demo.loaded import DAY, World, on

pytestmark = pytest.mark.long_on_postgresql


def test_the_statistics_are_near_the_published_ones(demonstration: World) -> None:
    sums: Counter[str] = Counter()
    wholes: Counter[str] = Counter()
    for row in demonstration.area_statistic:
        sums[row.statistic] += row.value
        wholes[row.statistic] += 1 if row.out_of is None else row.out_of
    assert sums["mobile_signal"] == wholes["mobile_signal"] == 1745
    assert 0.53 < sums["broadband_households"] / wholes["broadband_households"] < 0.57
    assert 0.6 < sums["smartphone_adults"] / wholes["smartphone_adults"] < 0.7


def test_nineteen_markets_are_each_in_a_commune_of_its_own(demonstration: World) -> None:
    markets = [row for row in demonstration.initiative if row.kind == "market"]
    assert len({row.area_id for row in markets}) == len(markets) == 19
    assert {demonstration.levels[row.area_id] for row in markets} == {"commune"}


def test_the_plan_sets_each_target_once_and_by_measures_that_there_are(
    demonstration: World, demonstration_app: Flask
) -> None:
    (plan,) = demonstration.plan
    targets = demonstration.plan_target
    assert len({(row.measure, row.level, row.area_id) for row in targets}) == len(targets)
    assert all(row.due_on > plan.starts_on for row in targets)
    levels = demonstration.levels
    assert all(row.area_id is None or levels[row.area_id] == row.level for row in targets)
    with demonstration_app.test_request_context():
        assert {row.measure for row in targets} <= {measure.key for measure in all_measures()}


def test_nine_in_ten_members_of_today_are_trained_by_a_course_that_was_over(
    demonstration: World,
) -> None:
    courses = {row.id: row for row in demonstration.course}
    parts = [row for row in demonstration.training if row.course_id]
    assert len({row.person_id for row in parts}) == len(parts)
    trained = {row.person_id for row in parts if row.finished_on}
    assert all(row.finished_on in (None, courses[row.course_id].ended_on) for row in parts)
    assert all(bool(row.finished_on) == bool(row.verified_by_id) for row in parts)
    present = {row.person_id for row in on(DAY, demonstration.membership)}
    assert 0.85 < len(trained & present) / len(present) < 0.95
