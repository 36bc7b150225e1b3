"""Maps: areas as symbols at their coordinates, or in their boundaries."""

from abc import ABC, abstractmethod
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from tcns.charts.drawing import Cell, Drawing, Sheet, Table, Writing
from tcns.charts.labels import width_of
from tcns.charts.marks import TAB_STOPS, Mark, link, mark, text
from tcns.charts.projection import Outline, Plane, Point
from tcns.i18n import format_number, ngettext
from tcns.i18n import gettext as _

NAME = 28  # the size of names on the map
LINE, SMALL, NAMED = 24, 14, 9  # beside a map on a slide: lines, letters, silent areas by name


@dataclass(frozen=True)
class MapArea:
    """An area on a map: its figure, what is said of it, and whether it is silent.

    It lies at `point`, or within `outlines`; `group` is the district it belongs to.
    """

    code: str
    label: str
    value: float | None
    words: str = ""
    point: Point | None = None
    outlines: tuple[Outline, ...] = ()
    group: str = ""
    is_silent: bool = False
    url: str | None = None

    @property
    def points(self) -> list[Point]:
        """Every point of it."""
        border = [point for outline in self.outlines for point in outline[0]]
        return border or ([self.point] if self.point else [])

    @property
    def middle(self) -> Point | None:
        """Where its name would stand."""
        if self.point or not self.points:
            return self.point
        return _mean(self.points)


def _mean(points: list[Point]) -> Point:
    return sum(x for x, _y in points) / len(points), sum(y for _x, y in points) / len(points)


@dataclass(frozen=True)
class LegendLine:
    """A line of the legend: how it is drawn, what it means, how many areas it holds."""

    css: str
    words: str
    count: int


@dataclass(frozen=True)
class AreaMap(ABC):
    """What both kinds of map share: their areas, their plane, names of groups, table and legend."""

    key: str
    title: str
    areas: tuple[MapArea, ...]
    measure: str
    write: Writing = field(default=format_number)
    silent_words: str = ""

    @abstractmethod
    def drawing(self) -> Drawing:
        """The map on a page."""

    @property
    @abstractmethod
    def legend(self) -> list[LegendLine]:
        """What its marks mean, and how many areas each stands for."""

    def sheet(self, width: float, height: float = 0) -> Sheet:
        """The map for a slide; beside it its legend and the silent areas by name, in letters that
        can be read however small the map gets to fit into the height."""
        sheet = self.drawing().sheet(width)
        size = max(sheet.height / height, 1) if height else 1
        beside = [part for place, each in enumerate(self.legend) for part in self._row(each, place)]
        wide = 80 + max(width_of(f"{each.words} (000)", SMALL) for each in self.legend)
        names = self._silent_names()
        for place, words in enumerate(names):
            beside.append(text(words, wide, LINE * place + 12, "chart-row"))
        moved = f"translate({sheet.width + 50:.1f} 0) scale({size:.3f})"
        wide += max((width_of(words, SMALL) for words in names), default=0)
        marks = (*sheet.marks, mark("g", *beside, transform=moved))
        return Sheet(sheet.width + 50 + wide * size, sheet.height, marks)

    def _row(self, line: LegendLine, place: int) -> list[Mark]:
        sample = mark("g", *self.sample(line).content, transform=f"translate(0 {LINE * place})")
        words = f"{line.words} ({format_number(line.count)})"
        return [sample, text(words, 46, LINE * place + 12, "chart-row")]

    def _silent_names(self) -> list[str]:
        """The first silent areas, and how many more there are."""
        silent = [area for area in self.areas if area.is_silent]
        named = [f"{a.label}, {a.group}" if a.group else a.label for a in silent[:NAMED]]
        if not named:
            return []
        more = len(silent) - NAMED
        rest = [ngettext("and %(num)s more", "and %(num)s more", more)] if more > 0 else []
        return [f"{self.silent_words}:", *named, *rest]

    @cached_property
    def plane(self) -> Plane:
        """The plane that holds all areas."""
        return Plane.around(point for area in self.areas for point in area.points)

    @property
    def known(self) -> list[MapArea]:
        """The areas that lie somewhere."""
        return [area for area in self.areas if area.points]

    @property
    def has_long_way(self) -> bool:
        """Whether the map has so many links that a way past them is offered."""
        return sum(area.url is not None for area in self.known) > TAB_STOPS

    @property
    def silent_count(self) -> int:
        """How many areas are silent."""
        return sum(area.is_silent for area in self.areas)

    def table(self) -> Table:
        """Each area with its figure."""
        return Table(
            (_("Area"), _("Lies in"), self.measure, _("State")),
            tuple(
                (
                    Cell(area.label, is_number=False),
                    Cell(area.group, is_number=False),
                    Cell(self.write(area.value), area.url, value=area.value),
                    Cell(self.silent_words if area.is_silent else "", is_number=False),
                )
                for area in self.areas
            ),
        )

    def description(self) -> str:
        """How many areas are drawn, and how many of them are silent."""
        words = ngettext("%(num)s area.", "%(num)s areas.", len(self.areas))
        if self.silent_count:
            silent = ngettext("%(num)s silent area.", "%(num)s silent areas.", self.silent_count)
            words = f"{words} {silent}"
        missing = len(self.areas) - len(self.known)
        if missing:
            lost = ngettext(
                "%(num)s area has no place on the map.",
                "%(num)s areas have no place on the map.",
                missing,
            )
            words = f"{words} {lost}"
        return words

    def sample(self, line: LegendLine) -> Mark:
        """How a line of the legend is drawn."""
        fill = f"url(#{self.key}-hatch)" if line.css == "chart-hatched" else None
        drawn = mark("rect", css=line.css, x=1, y=1, width=34, height=12, fill=fill)
        if line.css == "chart-symbol":
            drawn = mark("circle", css=line.css, cx=17, cy=7, r=6)
        elif line.css == "chart-diamond":
            drawn = mark("path", css=line.css, d="M17 0l6 7-6 7-6-7z")
        return mark("svg", drawn, css="chart", width=36, height=14, aria_hidden="true")

    def _drawing(self, marks: list[Mark], height: float = 0) -> Drawing:
        box = (0, 0, self.plane.width, self.plane.height + height)
        return Drawing(
            self.key, self.title, self.description(), 0, tuple(marks), box, css="chart-map"
        )

    def _names(self) -> list[Mark]:
        """The names of groups over their middles; one that would lie on another is left out."""
        groups: defaultdict[str, list[Point]] = defaultdict(list)
        for area in self.known:
            if area.group and area.middle:
                groups[area.group].append(area.middle)
        marks: list[Mark] = []
        taken: list[tuple[float, float, float]] = []
        for name, points in sorted(groups.items(), key=lambda each: -len(each[1])):
            x, y = self.plane.at(_mean(points))
            half = width_of(name, NAME) / 2
            x = round(min(max(x, half), max(self.plane.width - half, half)))
            space = (x - half, x + half, y)
            if all(_is_apart(space, other) for other in taken):
                taken.append(space)
                marks.append(text(name, x, y + 9, "chart-place chart-middle"))
        return marks

    def _link(self, area: MapArea, drawn: Mark) -> Mark:
        said = area.words or f"{area.label}: {self.write(area.value)}"
        return link(area.url, said, drawn)


def _is_apart(one: tuple[float, float, float], other: tuple[float, float, float]) -> bool:
    return one[1] < other[0] or other[1] < one[0] or abs(one[2] - other[2]) > NAME
