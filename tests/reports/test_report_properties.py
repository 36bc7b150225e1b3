"""What holds of reports whatever was held, sent and corrected: figures, copies, sums."""

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tcns.activities.vocabulary import Status
from tcns.areas.vocabulary import Level
from tcns.coverage.catalogue import all_measures
from tcns.coverage.queries import Coverage, coverage
from tcns.coverage.questions import Wish, ask
from tcns.database import db
from tcns.permissions.scope import EVERYTHING
from tcns.reports import operations
from tcns.reports.document_queries import current_copy, current_letter
from tcns.reports.figures import Copy, copy_of_values
from tcns.reports.queries import Subject
from tests.factories import make_membership
from tests.reports.subjects import hold, province, send, subject, user
from tests.world import World

pytestmark = pytest.mark.one_engine

OFFICIALS = {"commune": "own", "neighbour": "neighbour"}
PLACES = ["commune", "village", "hamlet", "partner_village", "neighbour", "town_village"]
Session = tuple[str, int, Status]
SESSIONS = st.lists(
    st.tuples(
        st.sampled_from(PLACES),
        st.integers(0, 300),
        st.sampled_from([Status.APPROVED, Status.SUBMITTED, Status.DRAFT, Status.RETURNED]),
    ),
    max_size=5,
)
quickly = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))


def hold_all(world: World, sessions: list[Session]) -> None:
    """Sessions of the period, by teams of several communes, in several states."""
    for team, people, status in sessions:
        hold(world, team, people, status)


def counted(one: Subject, code: str, keys: tuple[str, ...], by: Level) -> Coverage:
    """What coverage answers to the question of a report."""
    wish = Wish(period=one.period, under=code, by=by, measures=keys, map_on=one.map_on)
    return coverage(EVERYTHING, ask(EVERYTHING, wish))


def values(copy: Copy) -> dict[str, int]:
    """The figures of a copy by their keys."""
    return {figure.key: figure.value for figure in copy.figures}


@quickly
@given(before=SESSIONS, after=SESSIONS)
def test_what_is_sent_is_what_coverage_counts_at_that_moment_and_stays_so(
    app: Flask,
    world: World,
    before: list[Session],
    after: list[Session],
) -> None:
    with app.test_request_context():
        one = subject(world.commune_report)
        hold_all(world, before)
        report = send(world, one, "own")
        sending = report.last_sending
        assert sending is not None and sending.frozen is not None
        sent, letter = copy_of_values(sending.frozen), current_letter(one)
        keys = tuple(values(sent))
        now = counted(one, world.commune.code, keys, Level.VILLAGE).total.figures
        assert values(sent) == {key: now[key] for key in keys}
        hold_all(world, after)
        operations.accept(one, by=user(world, "reviewer"))
        assert current_copy(one) == sent
        assert current_letter(one) == letter
        db.session.rollback()


@quickly
@given(
    before=SESSIONS,
    after=SESSIONS,
    senders=st.sets(st.sampled_from(sorted(OFFICIALS))),
    joins=st.booleans(),
)
def test_the_province_adds_copies_and_records_and_counts_anew_what_may_not_be_added(
    app: Flask,
    world: World,
    before: list[Session],
    after: list[Session],
    senders: set[str],
    joins: bool,
) -> None:
    with app.test_request_context():
        additive = {measure.key for measure in all_measures() if measure.additive}
        hold_all(world, before)
        frozen = {}
        for place in senders:
            one = subject(f"area-{world.places[place].id}")
            send(world, one, OFFICIALS[place])
            frozen[one.area.id] = values(current_copy(one))
        hold_all(world, after)
        if joins:  # somebody who is a member elsewhere already: one person more in no count
            make_membership(world.teams["hamlet"], world.persons["deputy"])
        whole = province(world)
        copy = current_copy(whole)
        keys = tuple(values(copy))
        now = counted(whole, world.province.code, keys, Level.COMMUNE)
        for key, figure in copy.by_key.items():
            assert figure.counted == now.total.figures[key]
            if key not in additive:
                assert figure.value == figure.counted, key
                continue
            parts = [{**row.figures, **frozen.get(row.area_id, {})}[key] for row in now.rows]
            assert figure.value == sum(parts), key
            causes = [one for one in copy.differences if one.label == figure.label]
            told = sum(one.counted - one.reported for one in causes)
            assert figure.value + told == figure.counted, f"{key}: each difference has its cause"
        db.session.rollback()
