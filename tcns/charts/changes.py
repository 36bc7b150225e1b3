"""Figures in words beside pictures: how much changed, how much is missing to a target."""

from dataclasses import dataclass
from enum import StrEnum

from tcns.charts.marks import Mark, line, mark, percent
from tcns.charts.scales import Axis
from tcns.i18n import format_number
from tcns.i18n import gettext as _

BULLET = 18


class Measured(StrEnum):
    """In what a change is told."""

    PERCENT = "percent"
    POINTS = "points"
    COUNT = "count"


@dataclass(frozen=True)
class Change:
    """How a figure has changed since `basis`, a phrase as "so với kỳ trước".

    `amount` is None where there is nothing to compare with; `is_good` says whether more is better.
    """

    amount: float | None
    measured: Measured = Measured.PERCENT
    basis: str = ""
    unit: str = ""
    more_is_good: bool = True

    @property
    def words(self) -> str:
        """The amount without its sign."""
        if self.amount is None:
            return _("nothing to compare with yet")
        size = abs(self.amount)
        if self.measured is Measured.PERCENT:
            return f"{format_number(size, 1)}%"
        if self.measured is Measured.POINTS:
            return _("%(number)s points", number=format_number(size, 1))
        return f"{format_number(size)} {self.unit}".strip()

    @property
    def is_none(self) -> bool:
        """Whether the figure stayed as it was, as far as is written."""
        decimals = 0 if self.measured is Measured.COUNT else 1
        return self.amount is not None and round(self.amount, decimals) == 0

    @property
    def is_up(self) -> bool:
        """Whether the figure rose."""
        return (self.amount or 0) > 0

    @property
    def tone(self) -> str:
        """good, bad, or same where nothing changed or nothing can be compared."""
        if self.amount is None or self.is_none:
            return "same"
        return "good" if self.is_up == self.more_is_good else "bad"


@dataclass(frozen=True)
class Aim:
    """A target for a count: how many at least, in words until when and what it says."""

    value: float
    words: str = ""

    def gap(self, value: float) -> float:
        """How many are missing; below zero how many there are beyond it."""
        return self.value - value


def bullet(value: float, whole: float, aim: float | None, *, is_low: bool = False) -> Mark:
    """A bar on its ground, with a line where the target stands; beyond the ground nothing is cut
    off: everything then gets smaller."""
    axis = Axis(max(value, whole, aim or 0) or 1, 1)
    marks = [
        mark("rect", css="chart-track", width=percent(axis.share(whole)), y=4, height=10),
        mark(
            "rect",
            css="chart-attention" if is_low else "chart-fill",
            width=percent(axis.share(value)),
            y=4,
            height=10,
            data_value=value,
        ),
    ]
    if aim is not None:
        at = percent(axis.share(aim))
        drawn = line(at, 0, at, BULLET, "chart-target")
        is_end = axis.share(aim) > 99
        marks.append(mark("g", drawn, transform="translate(-1.5 0)") if is_end else drawn)
    return mark(
        "svg", *marks, css="chart chart-bullet", width="100%", height=BULLET, aria_hidden="true"
    )
