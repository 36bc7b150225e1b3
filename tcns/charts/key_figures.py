"""Key figures: a number with what it is a part of, its target, its course and its change."""

import math
from dataclasses import dataclass

from tcns.charts.changes import Aim, Change, bullet
from tcns.charts.marks import Mark, curve, line, mark, percent, stretched
from tcns.charts.scales import axis_for, runs
from tcns.i18n import format_number, format_percent
from tcns.i18n import gettext as _

SPARK = 30


@dataclass(frozen=True)
class KeyFigure:
    """A figure that leads to its list.

    `whole` is what it is a part of, None where it is not known or there is no such thing: then
    `whole_words` says so, or gives the unit. `fault` says what is wrong where it is more than the
    whole, or a share cannot be computed; `history` are the figures of the periods that have ended.
    """

    label: str
    value: int | None
    url: str | None = None
    unit: str = ""
    whole: int | None = None
    whole_words: str = ""
    aim: Aim | None = None
    change: Change | None = None
    gap_url: str | None = None
    fault: str = ""
    history: tuple[float | None, ...] = ()

    @property
    def share(self) -> str:
        """The share of the whole; empty where there is no whole."""
        if self.whole is None or self.value is None:
            return ""
        return format_percent(self.value / self.whole if self.whole else None)

    @property
    def of(self) -> str:
        """What it is a part of, in words."""
        if self.whole is None:
            return self.whole_words or self.unit
        return _("of %(whole)s", whole=f"{format_number(self.whole)} {self.unit}".strip())

    @property
    def gap(self) -> str:
        """What is missing to the target as an absolute number, or that it is met."""
        if self.aim is None or self.value is None:
            return ""
        missing = math.ceil(self.aim.gap(self.value))
        if missing <= 0:
            return _("target met")
        return _("%(missing)s short", missing=f"{format_number(missing)} {self.unit}".strip())

    @property
    def is_met(self) -> bool:
        """Whether the target is met."""
        return self.aim is not None and self.value is not None and self.aim.gap(self.value) <= 0

    def bullet(self) -> Mark | None:
        """The figure as a bar of the whole, where there is one."""
        if self.value is None or self.whole is None:
            return None
        return bullet(self.value, self.whole, self.aim.value if self.aim else None)

    def spark(self) -> Mark | None:
        """The course of the periods that have ended, from zero; None is a gap in it."""
        if sum(value is not None for value in self.history) < 2:
            return None
        axis, step = axis_for(self.history, is_whole=False), 92 / (len(self.history) - 1)
        curves = [
            curve(
                [(2 + step * place, axis.height(v, 4, SPARK - 2.5)) for place, v in run],
                "chart-spark",
                [value for _place, value in run],
            )
            for run in runs(self.history)
            if len(run) > 1
        ]
        place, last = runs(self.history)[-1][-1]
        return mark(
            "svg",
            line("0", SPARK - 2.5, "100%", SPARK - 2.5, "chart-zero"),
            stretched(SPARK, *curves),
            mark(
                "circle",
                css="chart-dot",
                cx=percent(2 + step * place),
                cy=axis.height(last, 4, SPARK - 2.5),
                r=3.5,
                data_value=last,
            ),
            css="chart chart-sparkline",
            width="100%",
            height=SPARK,
            aria_hidden="true",
        )
