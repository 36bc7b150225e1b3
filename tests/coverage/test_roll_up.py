"""The roll-up against a plain-Python oracle, on random countries, days and maps, on each engine."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tcns.areas.models import Area
from tcns.areas.vocabulary import Level
from tcns.coverage.queries import Question, coverage
from tcns.database import db
from tcns.permissions.scope import EVERYTHING
from tests.coverage.agreement import agree_on_a_question, question_about, store
from tests.coverage.land import LEVELS, countries
from tests.torture import examples, worlds


@pytest.fixture
def session(empty_app):
    """The session of an empty database; what a test stores in it is rolled back."""
    with empty_app.app_context():
        yield db.session
        db.session.rollback()


@settings(
    max_examples=worlds(40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(country=countries(), data=st.data())
def test_every_measure_agrees_with_the_oracle_on_any_day_and_map(session, country, data):
    session.rollback()
    agree_on_a_question(data.draw, country, store(country))


@settings(
    max_examples=examples(20),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(country=countries(), data=st.data())
def test_what_is_additive_adds_up_and_each_row_is_the_total_of_its_own_page(session, country, data):
    session.rollback()
    areas = store(country)
    _under, question = question_about(data.draw, country, areas)

    answer = coverage(EVERYTHING, question)

    parts = [*answer.rows, *([answer.unallocated] if answer.unallocated else [])]
    for measure in question.counted:
        if measure.additive:
            assert sum(p.figures[measure.key] for p in parts) == answer.total.figures[measure.key]
    for row in answer.rows:
        if question.by != Level.VILLAGE:
            deeper = Level(LEVELS[question.by.rank + 1])
            below = Question(
                session.get(Area, row.area_id),
                deeper,
                question.on,
                question.period,
                question.map_on,
                question.measures,
            )
            assert coverage(EVERYTHING, below).total.figures == row.figures
