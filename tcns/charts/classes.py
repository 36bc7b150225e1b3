"""The five classes of a map, and the words of their limits."""

from collections.abc import Iterable
from dataclasses import dataclass

from tcns.charts.scales import round_step
from tcns.i18n import format_number
from tcns.i18n import gettext as _

COUNT = 5


@dataclass(frozen=True)
class Classes:
    """Five equal steps from zero: a figure belongs to the last class whose lower limit it reaches.

    The highest is open above, so that nothing lies outside; shares step by 20 %, unless all of them
    lie so low that smaller round steps hold them.
    """

    step: float
    is_share: bool = False

    @classmethod
    def of_values(cls, values: Iterable[float | None], *, is_share: bool = False) -> "Classes":
        """The classes by the stated rule: the smallest round step whose five hold every figure."""
        greatest = max((value for value in values if value is not None), default=0)
        if is_share:
            hundredth = round_step(max(greatest * 100 / COUNT, 1))
            return cls(min(hundredth, 20) / 100, is_share=True)
        return cls(round_step(max(greatest / COUNT, 1)))

    def class_of(self, value: float) -> int:
        """The class of a figure, 0 to 4."""
        reached = sum(value >= limit - 1e-9 for limit in self.limits)
        return max(reached, 1) - 1

    @property
    def limits(self) -> list[float]:
        """The lower limits in ascending order."""
        return [round(self.step * place, 9) for place in range(COUNT)]

    def words(self, place: int) -> str:
        """What a class holds: below 20%; 20% to below 40%; 80% or more."""
        limit = self.limits[place]
        if place == COUNT - 1:
            return _("%(limit)s or more", limit=self._written(limit))
        below = self._written(self.limits[place + 1])
        if place == 0:
            return _("below %(limit)s", limit=below)
        return _("%(limit)s to below %(next)s", limit=self._written(limit), next=below)

    def _written(self, limit: float) -> str:
        if self.is_share:
            return f"{format_number(limit * 100, 0 if limit * 100 % 1 < 1e-9 else 1)}%"
        return format_number(limit)
