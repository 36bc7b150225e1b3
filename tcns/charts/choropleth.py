"""Areas in their boundaries, in five classes."""

from dataclasses import dataclass
from functools import cached_property

from tcns.charts.classes import COUNT, Classes
from tcns.charts.drawing import Drawing
from tcns.charts.maps import AreaMap, LegendLine, MapArea
from tcns.charts.marks import Mark, mark
from tcns.charts.projection import Outline
from tcns.i18n import gettext as _

HATCH = 14


@dataclass(frozen=True)
class Choropleth(AreaMap):
    """Areas in their boundaries, in five classes, the darker the more; hatched where silent, white
    with a dashed border where there is no figure. `borders` are drawn over them."""

    borders: tuple[tuple[Outline, ...], ...] = ()
    is_share: bool = True

    @cached_property
    def classes(self) -> Classes:
        """The classes of all figures."""
        return Classes.of_values((area.value for area in self.areas), is_share=self.is_share)

    def css_of(self, area: MapArea) -> str:
        """How an area is drawn."""
        if area.is_silent:
            return "chart-hatched"
        return (
            "chart-missing" if area.value is None else f"chart-q{self.classes.class_of(area.value)}"
        )

    def drawing(self) -> Drawing:
        """The map on a page."""
        marks = [mark("defs", self._pattern())]
        marks += [self._link(area, self._shape(area)) for area in self.known]
        marks += [
            mark("path", css="chart-border", d=self.plane.path(outlines))
            for outlines in self.borders
        ]
        return self._drawing([*marks, *self._names()])

    @property
    def legend(self) -> list[LegendLine]:
        """The classes with their limits, and the other ways an area is drawn, if it is."""
        drawn = [self.css_of(area) for area in self.areas]
        lines = [
            LegendLine(f"chart-q{i}", self.classes.words(i), drawn.count(f"chart-q{i}"))
            for i in range(COUNT)
        ]
        if "chart-hatched" in drawn:
            lines.append(
                LegendLine("chart-hatched", self.silent_words, drawn.count("chart-hatched"))
            )
        if "chart-missing" in drawn:
            missing = drawn.count("chart-missing")
            lines.append(LegendLine("chart-missing", _("no figures"), missing))
        return lines

    def _shape(self, area: MapArea) -> Mark:
        css = self.css_of(area)
        fill = f"url(#{self.key}-hatch)" if css == "chart-hatched" else None
        attributes = {"fill": fill, "data_value": area.value}
        if not area.outlines:
            x, y = self.plane.at(area.middle or (0, 0))
            return mark("circle", css=css, cx=x, cy=y, r=10, **attributes)
        return mark("path", css=css, d=self.plane.path(area.outlines), **attributes)

    def _pattern(self) -> Mark:
        """The hatch of silence; it is an attribute, for a url in a style sheet means the sheet."""
        half = HATCH / 2
        return Mark(
            "pattern",
            {
                "id": f"{self.key}-hatch",
                "width": HATCH,
                "height": HATCH,
                "patternUnits": "userSpaceOnUse",
                "patternTransform": "rotate(45)",
            },
            (
                mark("rect", css="chart-silent-pale", width=HATCH, height=HATCH),
                mark("rect", css="chart-silent", width=half, height=HATCH),
            ),
        )
