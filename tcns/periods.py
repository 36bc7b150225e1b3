"""The periods that figures are told for: which days they hold."""

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

# Months close on the 14th where the province decides nothing else: the closing day of periodic
# reports that Decree 09/2019/NĐ-CP is understood to set (not confirmed; a report prints its days).
CLOSING_DAY = 14


# The calendar itself ends; months at its ends are those just within.
EARLIEST, LATEST = date(1, 2, 28), date(9999, 11, 1)


class Period(NamedTuple):
    """The first and last day, inclusive."""

    first: date
    last: date

    def between(self, first: date | None, last: date | None) -> "Period":
        """The period between two days. One that is not given is that of this period, or the
        other one where that lies beyond it."""
        return Period(
            first or min(self.first, last or self.first), last or max(self.last, first or self.last)
        )


def reporting_month(day: date) -> Period:
    """The first and last day of the reporting month that holds `day`.

    It runs from the day after the closing day of one calendar month to that of the next.
    """
    day = min(max(day, EARLIEST), LATEST)
    last = day.replace(day=CLOSING_DAY)
    if day > last:
        last = (last + timedelta(days=31)).replace(day=CLOSING_DAY)
    before = (last - timedelta(days=31)).replace(day=CLOSING_DAY)
    return Period(before + timedelta(days=1), last)


def quarter_of(day: date) -> Period:
    """The first and last day of the quarter of the calendar that holds `day`."""
    first = date(day.year, day.month - (day.month - 1) % 3, 1)
    last_month = first.replace(month=first.month + 2)
    return Period(first, last_month.replace(day=monthrange(day.year, last_month.month)[1]))
