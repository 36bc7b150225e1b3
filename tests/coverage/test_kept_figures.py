"""Figures are kept by the records they are counted from, and by no fewer."""

import re

import pytest
from flask import Flask

from tcns.coverage.catalogue import all_measures
from tcns.coverage.queries import KINDS, Kind
from tcns.coverage.statement import statement
from tcns.coverage.vocabulary import Source
from tcns.database import db
from tcns.database.reaching_back import PAST
from tcns.database.versions import SUBJECTS_OF
from tcns.permissions.scope import EVERYTHING

PERIOD = re.compile(r":(?:first|last|known_by)\b")
WORD = re.compile(r"\w+")


def sql_of(kind: Kind) -> str:
    """The statement of every measure that is counted from a kind of records."""
    measures = tuple(each for each in all_measures() if each.source in kind.sources)
    return str(statement(EVERYTHING, measures))


def test_every_record_that_measures_are_counted_from_is_of_one_kind() -> None:
    assert sorted(source for kind in KINDS for source in kind.sources) == sorted(Source)


@pytest.mark.one_engine
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.sources[0])
def test_figures_are_kept_by_the_subject_of_every_table_they_are_counted_from(
    kind: Kind, app: Flask
) -> None:
    with app.app_context():
        tables = set(WORD.findall(sql_of(kind))) & set(db.metadata.tables)
    subjects = frozenset().union(*(SUBJECTS_OF[table] for table in tables))
    assert subjects - {PAST} == set(kind.subjects), "figures of any day, not of the past alone"


@pytest.mark.one_engine
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.sources[0])
def test_only_figures_of_the_day_are_kept_for_any_period(kind: Kind, app: Flask) -> None:
    with app.app_context():
        text = sql_of(kind)
    assert bool(PERIOD.search(text)) is kind.is_in_time
