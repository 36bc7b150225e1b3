"""Coverage stays right on any day and map after villages were merged, closed or taken back."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tcns.accounts.models import User
from tcns.areas.models import AreaAllocation, AreaPath
from tcns.areas.tree_operations import rebuild_tree
from tcns.areas.villages.operations import close_village, merge_villages
from tcns.areas.villages.rules import Closure, Merger, VillageText
from tcns.areas.vocabulary import AreaKind
from tcns.database import db
from tcns.undo.models import Reversible
from tcns.undo.operations import reverse
from tests.coverage.agreement import agree_on_a_question, store
from tests.coverage.land import REFORM, START, STATISTICS, Land, countries
from tests.torture import examples

UNHURRIED = settings(
    max_examples=examples(20),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def session(empty_app):
    """The session of an empty database, messages wanted; what is stored in it is rolled back."""
    with empty_app.test_request_context():
        yield db.session
        db.session.rollback()


def change_villages(draw, country, areas):
    """Merge some villages of a commune, or close one, on the map and by the operation; or skip.

    A village is closed after the reform: where its commune is split later on, its plots would
    lie in one of the parts, but no record says in which.
    """
    day = START + timedelta(days=draw(st.integers(1, 300)))
    communes = {
        land.parent_on(day)
        for land in country.lands
        if land.level == "village" and land.starts < day and land.ends is None
    }
    commune = draw(st.sampled_from([land for land in country.lands if land in communes]))
    begun_late = {id(crew.land) for crew in country.crews if crew.starts >= day}
    villages = [
        land
        for land in country.lands
        if land.level == "village"
        and land.starts < day
        and land.ends is None
        and land.parent_on(day) is commune
        and id(land) not in begun_late
    ]
    assume(villages and commune.starts <= day)
    if len(villages) == 1 or draw(st.booleans()):
        return close(draw, country, areas, commune, villages, day)
    return merge(draw, country, areas, commune, villages, day)


def close(draw, country, areas, commune, villages, day):
    """Close a village."""
    assume(day >= REFORM)
    village = draw(st.sampled_from(villages))
    closure = Closure(day - timedelta(days=1))
    close_village(areas[commune], areas[village], closure, by=someone())
    end(country, village, day)


def merge(draw, country, areas, commune, villages, day):
    """Merge villages that stay in one commune."""
    after = draw(st.sampled_from(villages)).parent_on(REFORM)
    alike = [land for land in villages if land.parent_on(max(day, REFORM)) is after]
    assume(len(alike) > 1)
    chosen = draw(st.lists(st.sampled_from(alike), min_size=2, max_size=3, unique_by=id))
    text = VillageText("Hợp Nhất", AreaKind.THON, day)
    merged = merge_villages(
        areas[commune], Merger([areas[land] for land in chosen], text), by=someone()
    )
    parents = [(day, commune), *[p for p in chosen[0].parents if p[0] > day]]
    plots = frozenset().union(*(land.plots for land in chosen))
    new = Land("village", plots, day, None, parents)
    country.lands.append(new)
    areas[new] = merged
    for land in chosen:
        end(country, land, day)
    known = [country.households.get(land, []) for land in chosen]
    if all(known):
        country.households[new] = [(day, sum(counts[-1][1] for counts in known))]


def end(country, village, day):
    """What is left of a village that ends: nothing that was counted on that day or later."""
    village.ends = day
    counts = country.households.get(village, [])
    country.households[village] = [each for each in counts if each[0] < day]
    for statistic in STATISTICS:
        figures = country.statistics.get((village, statistic), [])
        country.statistics[village, statistic] = [each for each in figures if each[0] < day]


def someone():
    """Whoever may do it."""
    return db.session.scalars(select(User).limit(1)).one()


def derived():
    """All paths and seats."""
    tables = (AreaPath.__table__, AreaAllocation.__table__)
    return [sorted(map(repr, db.session.execute(select(table)))) for table in tables]


@UNHURRIED
@given(country=countries(), data=st.data())
def test_every_measure_agrees_with_the_oracle_after_a_change(session, country, data):
    session.rollback()
    areas = store(country)
    change_villages(data.draw, country, areas)
    agree_on_a_question(data.draw, country, areas)


@pytest.mark.long_on_postgresql
@UNHURRIED
@given(country=countries(), data=st.data())
def test_the_tree_is_what_a_whole_rebuild_gives_and_as_before_when_taken_back(
    session, country, data
):
    session.rollback()
    areas = store(country)
    before = derived()
    change_villages(data.draw, country, areas)
    around = derived()
    rebuild_tree()
    assert around == derived()
    done = session.scalars(select(Reversible).order_by(Reversible.id.desc())).first()
    reverse(done, by=someone())
    assert derived() == before
