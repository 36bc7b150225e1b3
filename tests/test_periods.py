"""The reporting month runs from the 15th to the 14th, the quarter as the calendar has it."""

from datetime import date

import pytest

from tcns.periods import quarter_of, reporting_month


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
    ("day", "first", "last"),
    [
        (date(2024, 1, 1), date(2024, 1, 1), date(2024, 3, 31)),
        (date(2024, 6, 30), date(2024, 4, 1), date(2024, 6, 30)),
        (date(2024, 8, 15), date(2024, 7, 1), date(2024, 9, 30)),
        (date(9999, 12, 31), date(9999, 10, 1), date(9999, 12, 31)),
    ],
)
def test_a_day_lies_in_its_quarter(day: date, first: date, last: date) -> None:
    assert quarter_of(day) == (first, last)
