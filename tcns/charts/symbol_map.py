"""Areas as symbols at their coordinates: what is shown where no boundaries are known."""

from dataclasses import dataclass
from functools import cached_property

from tcns.charts.drawing import Drawing
from tcns.charts.labels import width_of
from tcns.charts.maps import NAME, AreaMap, LegendLine, MapArea
from tcns.charts.marks import Mark, mark, text
from tcns.charts.projection import Outline
from tcns.charts.scales import round_step
from tcns.i18n import gettext as _

LARGEST = 34.0  # the radius of the largest symbol


@dataclass(frozen=True)
class SymbolMap(AreaMap):
    """A circle for each area, its surface as large as its figure; a diamond where it is silent.

    An area without a figure is a small hollow circle. The largest lie below the others.
    """

    borders: tuple[tuple[Outline, ...], ...] = ()

    @cached_property
    def greatest(self) -> float:
        """The figure of the largest circle: a round one that holds all."""
        return round_step(max((area.value or 0 for area in self.areas), default=1) or 1)

    def radius(self, value: float) -> float:
        """The radius of a figure's circle."""
        return float(LARGEST * (value / self.greatest) ** 0.5)

    def drawing(self) -> Drawing:
        """The map on a page."""
        ordered = sorted(self.known, key=lambda area: (area.is_silent, -(area.value or 0)))
        marks = [
            mark("path", css="chart-land", d=self.plane.path(outlines)) for outlines in self.borders
        ]
        marks += [self._link(area, self._symbol(area)) for area in ordered]
        return self._drawing([*marks, *self._names(), *self._scale()], 3 * LARGEST)

    @property
    def legend(self) -> list[LegendLine]:
        """What circles and diamonds mean."""
        unknown = sum(area.value is None and not area.is_silent for area in self.areas)
        counted = len(self.areas) - self.silent_count - unknown
        lines = [LegendLine("chart-symbol", self.measure, counted)]
        if self.silent_count:
            lines.append(LegendLine("chart-diamond", self.silent_words, self.silent_count))
        if unknown:
            lines.append(LegendLine("chart-missing", _("no figures"), unknown))
        return lines

    def _symbol(self, area: MapArea) -> Mark:
        x, y = self.plane.at(area.middle or (0, 0))
        if area.is_silent:
            path = f"M{x} {y - 16}l14 16-14 16-14-16z"
            return mark("path", css="chart-diamond", d=path, data_value=area.value)
        if area.value is None:
            return mark("circle", css="chart-missing", cx=x, cy=y, r=7)
        radius = self.radius(area.value)
        return mark("circle", css="chart-symbol", cx=x, cy=y, r=radius, data_value=area.value)

    def _scale_values(self) -> list[float]:
        """The greatest, its half and its quarter, as far as they are whole."""
        parts = (self.greatest / 4, self.greatest / 2, self.greatest)
        return [part for part in parts if part % 1 == 0]

    def _scale(self) -> list[Mark]:
        """Circles of the scale with their figures."""
        bottom = self.plane.height + 2 * LARGEST
        marks, x = [], LARGEST
        for value in self._scale_values():
            radius = self.radius(value)
            words = self.write(value)
            marks += [
                mark("circle", css="chart-symbol-key", cx=x, cy=bottom, r=radius),
                text(words, x + radius + 8, bottom + 9, "chart-place chart-place-key"),
            ]
            x += 2 * LARGEST + width_of(words, NAME) + 40
        return marks
