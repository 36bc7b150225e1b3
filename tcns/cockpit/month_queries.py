"""The months that the cockpit shows, with the sessions and the teams of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from operator import add

from tcns.clock import today
from tcns.cockpit.rules import last_day
from tcns.coverage.month_queries import Courses, sessions_by_period, teams_by_day
from tcns.coverage.queries import Question
from tcns.periods import (
    YEARS,
    NamedPeriod,
    Period,
    PeriodKind,
    compared_period,
    period_holding,
)
from tcns.permissions.scope import Scope

SHOWN, YEAR = 24, 12


@dataclass(frozen=True)
class Months:
    """The reporting months up to that of a day, none where the calendar has not so many.

    `sessions` are those of the months shown and, before them, of the year that they are compared
    with. Where the last month still runs, `so_far_then` says how many there were in the same days
    of the year before.
    """

    question: Question
    shown: tuple[NamedPeriod, ...] = ()
    is_running: bool = False
    sessions: Courses = field(default_factory=dict)
    so_far_then: int = 0

    @property
    def ended(self) -> tuple[NamedPeriod, ...]:
        """The months shown that are over."""
        return self.shown[:-1] if self.is_running else self.shown

    @property
    def total(self) -> tuple[int, ...]:
        """The sessions of all areas together, in the months of `sessions`."""
        nothing = (0,) * (len(self.shown) + YEAR if self.shown else 0)
        return tuple(map(sum, zip(nothing, *self.sessions.values(), strict=True)))

    def of(self, area_id: int | None) -> tuple[int, ...]:
        """The sessions of an area in the months of `sessions`."""
        return self.sessions.get(area_id, (0,) * (len(self.shown) + YEAR))

    def last_with_sessions(self, area_id: int | None) -> NamedPeriod | None:
        """The last of the months shown in which an area had a session; None where it had none."""
        counts = self.of(area_id)[-len(self.shown) :]
        held = [month for month, count in zip(self.shown, counts, strict=True) if count]
        return held[-1] if held else None

    def added_up(self, question: Question, wider: Mapping[int, int]) -> "Months":
        """The same of the wider areas that hold these, by the ids of both."""
        found: dict[int | None, tuple[int, ...]] = {}
        for area_id, counts in self.sessions.items():
            above = wider[area_id or 0]
            sums = found.get(above, (0,) * len(counts))
            found[above] = tuple(map(add, sums, counts))
        return replace(self, question=question, sessions=found)


def months_of(scope: Scope, question: Question) -> Months:
    """The months up to that of the question's day."""
    last = period_holding(PeriodKind.MONTH, question.on)
    months = [last.step(place + 1 - SHOWN - YEAR) for place in range(SHOWN + YEAR)]
    if months[0].year - 1 not in YEARS or last.year not in YEARS:
        return Months(question)
    days = [month.days for month in months]
    is_running = last.days.first <= today() < last.days.last
    then = len(months) - 1 - YEAR
    if is_running:
        so_far = compared_period(last.days, today(), years=1)
        rest = Period(so_far.last + timedelta(days=1), days[then].last)
        days[then : then + 1] = [so_far, rest]
    found = sessions_by_period(scope, question, days)
    months_shown = Months(question, tuple(months[YEAR:]), is_running, found)
    if not is_running:
        return months_shown
    joined = {
        area_id: (*counts[:then], counts[then] + counts[then + 1], *counts[then + 2 :])
        for area_id, counts in found.items()
    }
    return replace(
        months_shown, sessions=joined, so_far_then=sum(counts[then] for counts in found.values())
    )


def teams_in(scope: Scope, months: Months) -> Courses:
    """How many teams there were on the last day of each of the last twelve months."""
    days = [last_day(month) for month in months.shown[-YEAR:]]
    return teams_by_day(scope, months.question, days)
