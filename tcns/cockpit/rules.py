"""The rule of the day on which a month is looked at."""

from datetime import date

from tcns.clock import today
from tcns.periods import NamedPeriod


def last_day(month: NamedPeriod) -> date:
    """The last day of a month, of one that still runs today."""
    return min(month.days.last, today())
