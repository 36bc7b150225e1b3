"""Areas in their boundaries, in five classes."""

from dataclasses import dataclass
from functools import cached_property

from tcns.charts.classes import COUNT, Classes
from tcns.charts.drawing import Drawing, Sheet
from tcns.charts.labels import width_of
from tcns.charts.maps import NAME, AreaMap, LegendLine, MapArea
from tcns.charts.marks import Mark, mark, text
from tcns.charts.projection import Outline
from tcns.i18n import format_number
from tcns.i18n import gettext as _

HATCH = 14
LINE = 34


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

    def sheet(self, width: float, height: float = 0) -> Sheet:
        """The map for a slide, its legend beside it in letters that can be read there."""
        sheet = self.drawing().sheet(width)
        size = max(sheet.height / height, 1) * 14 / NAME if height else 1
        rows = [self._legend_row(each, place) for place, each in enumerate(self.legend)]
        legend = mark(
            "g",
            *(part for row in rows for part in row),
            transform=f"translate({sheet.width + 40:.1f} 0) scale({size:.3f})",
        )
        widest = 85 + max(width_of(self._said(each), NAME) for each in self.legend)
        return Sheet(sheet.width + 40 + widest * size, sheet.height, (*sheet.marks, legend))

    @staticmethod
    def _said(line: LegendLine) -> str:
        return f"{line.words} ({format_number(line.count)})"

    def _legend_row(self, each: LegendLine, place: int) -> list[Mark]:
        fill = f"url(#{self.key}-hatch)" if each.css == "chart-hatched" else None
        y = LINE * place * 1.4
        box = mark("rect", css=each.css, fill=fill, x=0, y=y, width=70, height=LINE - 6)
        return [box, text(self._said(each), 85, y + 24, "chart-place chart-place-key")]

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
