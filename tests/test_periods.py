"""The reporting calendar: its months run from the 15th to the 14th, and all else of months."""

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from tcns.config import Settings
from tcns.periods import (
    YEARS,
    NamedPeriod,
    Period,
    PeriodKind,
    compared_day,
    compared_period,
    name_of,
    period_holding,
    period_named,
    reporting_month,
)

SETTINGS = Settings(database_url="sqlite://", secret_key="k" * 32, plain_http=True)
DAYS = st.dates(date(1901, 1, 1), date(2099, 12, 31))
CLOSING_DAYS = st.integers(1, 31)


@st.composite
def named_periods(draw: st.DrawFn) -> NamedPeriod:
    """Any period of the calendar."""
    kind = draw(st.sampled_from(PeriodKind))
    years = st.integers(YEARS.start + 1, YEARS.stop - 2)
    return NamedPeriod(kind, draw(years), draw(st.integers(1, kind.in_a_year)))


@contextmanager
def closing(day: int) -> Iterator[None]:
    """A deployment whose periods close on a day."""
    app = Flask("tests")
    app.config["TCNS"] = dataclasses.replace(SETTINGS, closing_day=day)
    with app.app_context():
        yield


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("2026-10", date(2026, 9, 15), date(2026, 10, 14)),
        ("2026-01", date(2025, 12, 15), date(2026, 1, 14)),
        ("2026-Q4", date(2026, 9, 15), date(2026, 12, 14)),
        ("2026-H1", date(2025, 12, 15), date(2026, 6, 14)),
        ("2026-h2", date(2026, 6, 15), date(2026, 12, 14)),
        ("2026-9M", date(2025, 12, 15), date(2026, 9, 14)),
        (" 2026 ", date(2025, 12, 15), date(2026, 12, 14)),
    ],
)
def test_a_named_period_closes_on_the_closing_day_of_its_last_month(
    name: str, first: date, last: date
) -> None:
    named = period_named(name)
    assert named is not None
    assert named.days == (first, last)
    assert named.name == name.strip().upper()


@pytest.mark.parametrize("name", ["", "2026-13", "2026-0", "2026-Q5", "2026-3M", "26-10", "3000"])
def test_nothing_else_is_a_name(name: str) -> None:
    assert period_named(name) is None


def test_where_the_closing_day_is_the_31st_the_months_are_those_of_the_calendar() -> None:
    with closing(31):
        assert reporting_month(date(2024, 2, 29)) == (date(2024, 2, 1), date(2024, 2, 29))
        assert NamedPeriod(PeriodKind.YEAR, 2026).days == (date(2026, 1, 1), date(2026, 12, 31))


@given(named=named_periods(), day=CLOSING_DAYS)
def test_a_period_is_found_again_by_its_name_and_by_its_days(named: NamedPeriod, day: int) -> None:
    with closing(day):
        assert period_named(named.name) == named
        assert name_of(named.days) == named
        longer = Period(named.days.first, named.days.last + timedelta(days=1))
        assert name_of(longer) is None


@given(named=named_periods(), day=CLOSING_DAYS)
def test_the_periods_of_a_kind_follow_one_another_without_a_gap(
    named: NamedPeriod, day: int
) -> None:
    with closing(day):
        following = named.step(1)
        assert following.step(-1) == named
        if named.kind is not PeriodKind.NINE_MONTHS:
            assert following.days.first - named.days.last == timedelta(days=1)


@given(kind=st.sampled_from(PeriodKind), on=DAYS, day=CLOSING_DAYS)
def test_the_period_that_holds_a_day_holds_it(kind: PeriodKind, on: date, day: int) -> None:
    with closing(day):
        days, month = period_holding(kind, on).days, reporting_month(on)
        assert month.first <= on <= month.last
        if kind is not PeriodKind.NINE_MONTHS:
            assert days.first <= month.first
            assert month.last <= days.last


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2024, 6, 14), date(2024, 5, 15), date(2024, 6, 14)),
        (date(2024, 6, 15), date(2024, 6, 15), date(2024, 7, 14)),
        (date(2024, 12, 31), date(2024, 12, 15), date(2025, 1, 14)),
        (date(2024, 3, 1), date(2024, 2, 15), date(2024, 3, 14)),
        (date(2023, 1, 31), date(2023, 1, 15), date(2023, 2, 14)),
    ],
)
def test_a_day_lies_in_the_month_that_closes_on_the_next_14th(
    day: date, first: date, last: date
) -> None:
    assert reporting_month(day) == (first, last)


@pytest.mark.parametrize(
    ("period", "now", "years", "first", "last"),
    [
        # over: a whole month with a whole month, however many days these have
        ("2026-10", date(2026, 10, 20), 0, date(2026, 8, 15), date(2026, 9, 14)),
        # running for ten days: with ten days
        ("2026-10", date(2026, 9, 24), 0, date(2026, 8, 15), date(2026, 8, 24)),
        ("2026-Q1", date(2026, 3, 14), 0, date(2025, 9, 15), date(2025, 12, 14)),
        ("2026-Q1", date(2026, 3, 14), 1, date(2024, 12, 15), date(2025, 3, 14)),
        ("2026-Q1", date(2025, 12, 15), 1, date(2024, 12, 15), date(2024, 12, 15)),
        ("2026-9M", date(2027, 1, 1), 0, date(2024, 12, 15), date(2025, 9, 14)),
    ],
)
def test_a_period_is_compared_with_the_one_before_or_that_of_the_year_before(
    period: str, now: date, years: int, first: date, last: date
) -> None:
    named = period_named(period)
    assert named is not None
    assert compared_period(named.days, now, years=years) == (first, last)


def test_days_are_compared_with_as_many_days_just_before() -> None:
    leap = Period(date(2024, 2, 20), date(2024, 2, 29))
    assert compared_period(leap, date(2026, 1, 1)) == (date(2024, 2, 10), date(2024, 2, 19))
    year_before = (date(2023, 2, 20), date(2023, 2, 28))
    assert compared_period(leap, date(2026, 1, 1), years=1) == year_before


@given(named=named_periods(), days=st.integers(-400, 400), years=st.integers(0, 1))
def test_the_last_day_is_compared_with_the_last_and_no_day_within_with_one_outside(
    named: NamedPeriod, days: int, years: int
) -> None:
    period = named.days
    other = compared_period(period, date.max, years=years)
    assert compared_day(period.last, period, other) == other.last
    day = period.last + timedelta(days=days)
    is_within = period.first <= day <= period.last
    assert is_within == (other.first <= compared_day(day, period, other) <= other.last)
