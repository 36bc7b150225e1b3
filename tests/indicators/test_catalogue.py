"""The catalogue of indicators an installation begins with."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select

from tcns.activities.vocabulary import Topic
from tcns.database import db
from tcns.indicators.catalogue import CATALOGUE
from tcns.indicators.models import Indicator
from tcns.indicators.operations import load_indicators
from tcns.indicators.vocabulary import Stage


@pytest.fixture
def empty(empty_app: Flask) -> Iterator[None]:
    """An open context on a database without rows; what a test stores is rolled back."""
    with empty_app.app_context():
        yield
        db.session.rollback()


def test_every_topic_has_indicators_and_every_indicator_a_topic_of_sessions() -> None:
    assert {entry.topic for entry in CATALOGUE} == set(Topic)


def test_a_code_names_one_indicator() -> None:
    assert len({entry.code for entry in CATALOGUE}) == len(CATALOGUE)


def test_what_is_guided_is_counted_apart_from_what_is_done() -> None:
    for topic in Topic:
        stages = [entry.stage for entry in CATALOGUE if entry.topic == topic]
        assert Stage.GUIDED in stages
    assert {entry.stage for entry in CATALOGUE} == set(Stage)


@pytest.mark.usefixtures("empty")
def test_loading_adds_what_is_missing_once() -> None:
    assert load_indicators(by=None) == len(CATALOGUE)
    db.session.delete(db.session.scalars(select(Indicator)).first())
    assert load_indicators(by=None) == 1
    assert load_indicators(by=None) == 0
    assert db.session.scalar(select(func.count()).select_from(Indicator)) == len(CATALOGUE)


@pytest.mark.usefixtures("empty")
def test_loading_leaves_alone_what_the_province_changed() -> None:
    load_indicators(by=None)
    changed = db.session.scalars(select(Indicator)).first()
    changed.name_vi = "Tên của tỉnh"
    load_indicators(by=None)
    db.session.expire_all()
    assert changed.name_vi == "Tên của tỉnh"
