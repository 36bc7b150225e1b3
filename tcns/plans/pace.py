"""How a figure stands against its target, and against the pace on the way there.

The way leads in a straight line from the figure with which the plan began to the target on its due
day: at the end of each day so much of it should be done as time has gone. Of what stands on a day
(teams, members) the beginning is the figure of the day before the plan; of what happens in a period
(sessions, results) it is zero, and the figure is counted from the plan's first day.

Where fewer is better (teams without a leader, silent teams) the target is the most there may be,
and the way leads down to it: of what happens in a period from all there are, and where nobody knows
how many these are the target holds from the first day on.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from tcns.plans.vocabulary import Standing


@dataclass(frozen=True)
class Portion:
    """A figure as a part of a whole; a count is a part of one."""

    part: int
    whole: int = 1

    @property
    def value(self) -> Fraction | None:
        """What it comes to; None where there is nothing to divide by."""
        return Fraction(self.part, self.whole) if self.whole else None


@dataclass(frozen=True)
class Goal:
    """What is to be reached, from the first day of work on it to the day it is due; with
    `is_most` it is the most there may be."""

    amount: Decimal
    is_share: bool
    starts_on: date
    due_on: date
    is_most: bool = False

    @property
    def value(self) -> Fraction:
        """The value to be reached; a share of 90 % is nine tenths."""
        return Fraction(self.amount) / (100 if self.is_share else 1)

    def count_of(self, whole: int) -> int:
        """How many that is of so many, in whole numbers."""
        exact = self.value * whole
        return floor(exact) if self.is_most else ceil(exact)

    def gap(self, now: Portion) -> int:
        """How many are missing, or too many."""
        missing = self.count_of(now.whole) - now.part
        return max(0, -missing if self.is_most else missing)

    def is_kept(self, value: Fraction, pace: Fraction) -> bool:
        """Whether a value has come as far as the pace asks."""
        return value <= pace if self.is_most else value >= pace

    def time_gone(self, day: date) -> Fraction:
        """Which part of the time is over at the end of a day."""
        days = (self.due_on - self.starts_on).days + 1
        gone = (day - self.starts_on).days + 1
        return Fraction(min(max(gone, 0), days), days)


@dataclass(frozen=True)
class Judgement:
    """How a figure stands at the end of a day: its value, what it should be by then, how it stands,
    and how many are missing to the target, or too many, in whole numbers of what the part
    counts."""

    value: Fraction | None
    pace: Fraction | None
    standing: Standing
    gap: int


def judge(goal: Goal, now: Portion, begun: Portion | None, day: date) -> Judgement:
    """How a figure stands against its target at the end of a day.

    It is met where nothing is missing, whenever that is; else on track where it has come as far as
    time has, and behind where it has not. Without a beginning the target holds all the time.
    """
    if now.value is None:
        return Judgement(None, None, Standing.UNKNOWN, 0)
    gap = goal.gap(now)
    start = (begun.value or Fraction(0)) if begun else goal.value
    pace = start + (goal.value - start) * goal.time_gone(day)
    if not gap:
        return Judgement(now.value, pace, Standing.MET, 0)
    standing = Standing.ON_TRACK if goal.is_kept(now.value, pace) else Standing.BEHIND
    if day >= goal.due_on:
        standing = Standing.BEHIND
    return Judgement(now.value, pace, standing, gap)
