"""Figures of many months in one statement are those of a question for each month."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tcns.coverage.catalogue import measures_named
from tcns.coverage.month_queries import sessions_by_period, teams_by_day
from tcns.coverage.queries import coverage
from tcns.database import db
from tcns.periods import PeriodKind, period_holding
from tcns.permissions.scope import EVERYTHING
from tests.coverage.agreement import question_about, store
from tests.coverage.land import countries
from tests.torture import examples


@pytest.fixture
def session(empty_app):
    with empty_app.app_context():
        yield db.session
        db.session.rollback()


@settings(
    max_examples=examples(12),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(country=countries(), data=st.data(), count=st.integers(1, 30))
def test_each_month_is_what_coverage_says_of_it(session, country, data, count):
    session.rollback()
    _under, question = question_about(data.draw, country, store(country))
    last = period_holding(PeriodKind.MONTH, question.on)
    months = [last.step(place - count + 1).days for place in range(count)]

    sessions = sessions_by_period(EVERYTHING, question, months)
    teams = teams_by_day(EVERYTHING, question, [month.last for month in months])

    measures = measures_named(["activity_count", "team_count"])
    for place, month in enumerate(months):
        asked = replace(question, on=month.last, period=month, measures=measures)
        answer = coverage(EVERYTHING, asked)
        for row in answer.rows + ([answer.unallocated] if answer.unallocated else []):
            none = (0,) * count
            assert sessions.get(row.area_id, none)[place] == row.figures["activity_count"]
            assert teams.get(row.area_id, none)[place] == row.figures["team_count"]
        assert (
            sum(held[place] for held in sessions.values()) == answer.total.figures["activity_count"]
        )
