"""Figures are kept by the records they are counted from, and by no fewer."""

import re

import pytest
from flask import Flask
from sqlalchemy import Compiled

from tcns.areas.vocabulary import Level
from tcns.clock import today
from tcns.coverage.catalogue import all_measures
from tcns.coverage.placing_queries import Placing, placed
from tcns.coverage.queries import KINDS, Kind
from tcns.coverage.statement import statement
from tcns.coverage.vocabulary import Source
from tcns.database import db
from tcns.database.reaching_back import PAST
from tcns.database.versions import SUBJECTS_OF
from tcns.permissions.scope import EVERYTHING
from tests.databases import counted

PERIOD = {"first", "last", "known_by"}
WORD = re.compile(r"\w+")


def statement_of(kind: Kind) -> Compiled:
    """The statement of every measure that is counted from a kind of records."""
    measures = tuple(each for each in all_measures() if each.source in kind.sources)
    return statement(EVERYTHING, measures).compile(db.engine)


def subjects_read_by(text: str) -> set[str]:
    """The subjects of the tables that a statement reads, of any day."""
    tables = set(WORD.findall(text)) & set(db.metadata.tables)
    return set().union(*(SUBJECTS_OF[table] for table in tables)) - {PAST}


def test_every_record_that_measures_are_counted_from_is_of_one_kind() -> None:
    assert sorted(source for kind in KINDS for source in kind.sources) == sorted(Source)


@pytest.mark.one_engine
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.sources[0])
def test_figures_are_kept_by_the_subject_of_every_table_they_are_counted_from(
    kind: Kind, app: Flask
) -> None:
    with app.app_context():
        asked = statement_of(kind)
        subjects = subjects_read_by(str(asked))
    if "placed" in asked.params:
        subjects |= set(placed.kept_by)  # type: ignore[attr-defined]
    assert subjects == set(kind.subjects)


@pytest.mark.one_engine
def test_teams_stay_placed_by_the_subject_of_every_table_they_are_found_by(app: Flask) -> None:
    with app.app_context(), counted(app) as statements:
        placed(EVERYTHING, Placing(1, Level.COMMUNE.value, today()))
        subjects = subjects_read_by(" ".join(statements))
    assert subjects == set(placed.kept_by)  # type: ignore[attr-defined]


@pytest.mark.one_engine
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.sources[0])
def test_only_figures_of_the_day_are_kept_for_any_period(kind: Kind, app: Flask) -> None:
    with app.app_context():
        told = set(statement_of(kind).params)
    assert bool(told & PERIOD) is kind.is_in_time
