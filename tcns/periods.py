"""The reporting calendar: the periods that figures are told for, their days and their names.

Every period that has a name closes on the closing day of its last month: where that is the 14th,
`2026-10` is 15/09/2026–14/10/2026 and the year `2026` is 15/12/2025–14/12/2026. In a month that is
shorter than that it closes on its last day.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from flask import current_app

from tcns.config import Settings
from tcns.i18n import LabelledEnum
from tcns.i18n import gettext as _
from tcns.i18n import lazy_gettext as _l

# The calendar itself ends; months at its ends are those just within.
EARLIEST, LATEST = date(1, 2, 28), date(9999, 11, 1)
# A period outside these years is a slip of the hand.
YEARS = range(1900, 2101)
NAME = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]|Q[1-4]|H[12]|9M))?", re.ASCII)
ROMAN = ("I", "II", "III", "IV")


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


class PeriodKind(LabelledEnum):
    """How long a period is that has a name."""

    MONTH = "month", _l("Months")
    QUARTER = "quarter", _l("Quarters")
    HALF = "half", _l("6 months")
    NINE_MONTHS = "nine_months", _l("9 months")
    YEAR = "year", _l("Years")

    @property
    def months(self) -> int:
        """How many months it has."""
        return MONTHS[self]

    @property
    def in_a_year(self) -> int:
        """How many of the kind a year has."""
        return 12 // self.months


MONTHS = dict(zip(PeriodKind, (1, 3, 6, 9, 12), strict=True))


class NamedPeriod(NamedTuple):
    """A period of the reporting calendar: the which of its kind in the year, from 1."""

    kind: PeriodKind
    year: int
    number: int = 1

    @property
    def days(self) -> Period:
        """The days it has: to the closing day of its last month, from the day after that of the
        month before it."""
        last_month = self.number * self.kind.months
        before = last_month - self.kind.months
        opened = closing_on(self.year, before) if before else closing_on(self.year - 1, 12)
        return Period(opened + timedelta(days=1), closing_on(self.year, last_month))

    @property
    def name(self) -> str:
        """What addresses, files and commands call it: 2026-10, 2026-Q4, 2026-H1, 2026-9M, 2026."""
        ends = {
            PeriodKind.MONTH: f"-{self.number:02}",
            PeriodKind.QUARTER: f"-Q{self.number}",
            PeriodKind.HALF: f"-H{self.number}",
            PeriodKind.NINE_MONTHS: "-9M",
            PeriodKind.YEAR: "",
        }
        return f"{self.year}{ends[self.kind]}"

    @property
    def label(self) -> str:
        """What pages call it, in the language of the request."""
        match self.kind:
            case PeriodKind.MONTH:
                return _("Month %(month)s/%(year)s", month=self.number, year=self.year)
            case PeriodKind.QUARTER:
                roman = ROMAN[self.number - 1]
                return _("Quarter %(quarter)s/%(year)s", quarter=roman, year=self.year)
            case PeriodKind.HALF if self.number == 1:
                return _("First 6 months of %(year)s", year=self.year)
            case PeriodKind.HALF:
                return _("Last 6 months of %(year)s", year=self.year)
            case PeriodKind.NINE_MONTHS:
                return _("First 9 months of %(year)s", year=self.year)
            case _other:
                return _("Year %(year)s", year=self.year)

    def step(self, by: int) -> "NamedPeriod":
        """The period so many of its kind later, or earlier; of nine months there is one a year."""
        place = self.year * self.kind.in_a_year + self.number - 1 + by
        year, number = divmod(place, self.kind.in_a_year)
        return NamedPeriod(self.kind, year, number + 1)

    def a_year_before(self) -> "NamedPeriod":
        """The same period of the year before."""
        return self._replace(year=self.year - 1)


def closing_day() -> int:
    """The day of the month on which periods close: a setting of the deployment."""
    return int(current_app.config["TCNS"].closing_day if current_app else Settings.closing_day)


def closing_on(year: int, month: int) -> date:
    """The day on which a month closes."""
    return _closes_on(year, month, closing_day())


def _closes_on(year: int, month: int, closing: int) -> date:
    return date(year, month, min(closing, monthrange(year, month)[1]))


def reporting_month(day: date) -> Period:
    """The first and last day of the reporting month that holds `day`.

    It runs from the day after the closing day of one calendar month to that of the next.
    """
    return _month_holding(min(max(day, EARLIEST), LATEST), closing_day())


@lru_cache(maxsize=4_000)  # a page asks for the same one with every link
def _month_holding(day: date, closing: int) -> Period:
    last = _closes_on(day.year, day.month, closing)
    if day > last:
        last = _closing_of_next(last, closing)
    before = last.replace(day=1) - timedelta(days=1)
    return Period(_closes_on(before.year, before.month, closing) + timedelta(days=1), last)


def _closing_of_next(day: date, closing: int) -> date:
    """The day on which the month after that of a day closes."""
    following = day.replace(day=28) + timedelta(days=4)
    return _closes_on(following.year, following.month, closing)


def period_holding(kind: PeriodKind, day: date) -> NamedPeriod:
    """The period of a kind that holds a day; of nine months that of the day's year."""
    last = reporting_month(day).last
    number = min(-(-last.month // kind.months), kind.in_a_year)
    return NamedPeriod(kind, last.year, number)


def period_named(name: str) -> NamedPeriod | None:
    """The period that bears a name; None where none does."""
    found = NAME.fullmatch(name.strip().upper())
    if found is None or int(found[1]) not in YEARS:
        return None
    year, rest = int(found[1]), found[2]
    if rest is None:
        return NamedPeriod(PeriodKind.YEAR, year)
    if rest == "9M":
        return NamedPeriod(PeriodKind.NINE_MONTHS, year)
    kind = {"Q": PeriodKind.QUARTER, "H": PeriodKind.HALF}.get(rest[0], PeriodKind.MONTH)
    return NamedPeriod(kind, year, int(rest.lstrip("QH")))


def name_of(period: Period) -> NamedPeriod | None:
    """The period of the calendar that has exactly these days; None where none has."""
    if period.last.year not in YEARS:
        return None
    named = (period_holding(kind, period.last) for kind in PeriodKind)
    return next((one for one in named if one.days == period), None)


def compared_period(period: Period, now: date, *, years: int = 0) -> Period:
    """The period that one is compared with: the one before it, or the same so many years before.

    A period of the calendar is compared with one of the calendar, days with as many days just
    before. Of a period that is running `now` it is the same number of days from its beginning.
    """
    named = name_of(period)
    if named:
        other = (named.step(-named.kind.in_a_year * years) if years else named.step(-1)).days
    elif years:
        other = Period(_years_before(period.first, years), _years_before(period.last, years))
    else:
        length = period.last - period.first + timedelta(days=1)
        other = Period(period.first - length, period.last - length)
    if period.first <= now < period.last:
        return Period(other.first, min(other.last, other.first + (now - period.first)))
    return other


def compared_day(day: date, period: Period, other: Period) -> date:
    """The day of another period that a day is compared with.

    The last day is compared with the last, one within by how many days have gone since the
    beginning, one outside by how far it lies from the nearer end.
    """
    if day < period.first:
        return other.first - (period.first - day)
    if day >= period.last:
        return other.last + (day - period.last)
    return min(other.last, other.first + (day - period.first))


def _years_before(day: date, years: int) -> date:
    """The same day so many years before; of 29 February the 28th where there is none."""
    year = day.year - years
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))


def not_a_period() -> str:
    """That something is not the name of a period."""
    return _("Not a period. Write it like 2026-10, 2026-Q4, 2026-H1, 2026-9M or 2026.")
