"""What the clock of a phone says is a claim: kept, marked where it is off, deciding nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from tcns.activities.clock_rules import is_clock_off
from tcns.clock import today
from tests.activities.entering import LOG, Visit, newest, row_of

pytestmark = pytest.mark.one_engine
NOON = datetime(2026, 11, 29, 5, 0, tzinfo=UTC)
MOMENTS = st.floats(-20_000, 20_000).map(lambda days: NOON + timedelta(days=days))
HOURS = st.floats(0, 24).map(lambda hours: timedelta(hours=hours))
SPANS = st.floats(0, 700).map(lambda days: timedelta(days=days))
REACHED = {"participant_count": "12", "kind": "guidance", "form": "in_person"}
MARK = "Giờ máy sai"


@given(waited=SPANS, slow=HOURS, is_slow=st.booleans())
def test_whatever_it_waited_in_the_queue_a_clock_right_within_a_day_is_not_off(
    waited: timedelta, slow: timedelta, *, is_slow: bool
) -> None:
    sent = NOON - slow if is_slow else NOON + slow
    logged = sent - waited
    assert not is_clock_off(logged.date(), logged, sent, received_at=NOON)


@given(sent=MOMENTS, logged=MOMENTS)
def test_a_moment_of_sending_more_than_a_day_from_that_of_receiving_is_off(
    sent: datetime, logged: datetime
) -> None:
    if abs(sent - NOON) > timedelta(days=1):
        assert is_clock_off(NOON.date(), logged, sent, received_at=NOON)


def test_what_is_written_before_its_day_or_after_it_was_sent_is_off_and_silence_is_not() -> None:
    epoch, days = datetime(1970, 1, 1, tzinfo=UTC), timedelta(days=3)
    assert is_clock_off(NOON.date(), epoch, NOON, received_at=NOON)
    assert is_clock_off(NOON.date(), NOON + days, NOON, received_at=NOON)
    assert not is_clock_off(NOON.date(), None, None, received_at=NOON)


def test_a_phone_set_to_1970_sends_its_session_which_bears_the_mark(
    visit: Visit, app: Flask
) -> None:
    device = {"device_logged_at": "1970-01-01T00:00:05Z", "device_sent_at": "1970-01-01T00:01:00Z"}
    typed = {**REACHED, "held_on": today().isoformat()}
    answer = visit("member").post_bare(LOG, {**typed, **device})
    row = row_of(app, newest(app))
    assert (row["held_on"], row["device_sent_at"].year) == (today(), 1970)
    assert MARK in visit("member").get(answer.location).text


@pytest.mark.parametrize("claim", ["", "x", "9" * 400, "2026-11-29T05:00:00", "\x00"])
def test_what_cannot_be_read_as_a_moment_is_not_known_and_refuses_nothing(
    visit: Visit, app: Flask, claim: str
) -> None:
    typed = {**REACHED, "held_on": today().isoformat(), "device_sent_at": claim}
    answer = visit("member").post_bare(LOG, typed)
    assert row_of(app, newest(app))["device_sent_at"] is None
    assert MARK not in visit("member").get(answer.location).text
