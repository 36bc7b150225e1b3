"""A course over time beside another: this year's months and last year's."""

from dataclasses import dataclass, field, replace
from functools import cached_property

from tcns.charts.drawing import Cell, Drawing, Sheet, Table, Writing
from tcns.charts.labels import NARROW, WIDE, labels_kept, width_of
from tcns.charts.marks import TAB_STOPS, Mark, curve, line, link, mark, percent, stretched, text
from tcns.charts.scales import Axis, axis_for, runs
from tcns.i18n import format_number
from tcns.i18n import gettext as _

# Where the first and the last figure stand, in per cent; figures of the axis push the first on.
FIRST, LAST, FARTHEST = 12.0, 84.0, 30.0
BELOW, TOP = 26, 26
APART = 16  # pixels between the names of two courses
NAME = 14  # the size of names
NOTES = 40  # below the labels, for two lines on a period that still runs
UNDER = 8  # a name above or below a course keeps clear of so many of its last figures


@dataclass(frozen=True)
class Partial:
    """A period that still runs: its place, its figure so far, and that of the same number of days
    of the period it is compared with; `note` says how many days these are."""

    place: int
    now: float
    then: float | None
    note: str


@dataclass(frozen=True)
class LineChart:
    """Courses of one measure: `current` and, lighter, `reference`, each named at its end.

    One figure for each label; None is a gap. `partial` is a period of `current` that still runs: it
    has None there. `urls` lead to what a label's figures count.
    """

    key: str
    title: str
    labels: tuple[str, ...]
    current: tuple[float | None, ...]
    name: str
    reference: tuple[float | None, ...] = ()
    reference_name: str = ""
    partial: Partial | None = None
    unit: str = ""
    urls: tuple[str | None, ...] = ()
    height: float = 220
    write: Writing = field(default=format_number)

    @property
    def axis(self) -> Axis:
        """The axis of both courses and of the period that still runs."""
        running = [self.partial.now, self.partial.then] if self.partial else []
        return axis_for([*self.current, *self.reference, *running])

    @property
    def bottom(self) -> float:
        """Where zero stands, in pixels from the top."""
        return self.height - BELOW - (NOTES if self.partial else 0)

    def x(self, place: int) -> float:
        """Where the figure of a label stands, in per cent."""
        steps = max(len(self.labels) - 1, 1)
        if len(self.labels) == 1:
            return (self._first + LAST) / 2
        return self._first + (LAST - self._first) * place / steps

    @cached_property
    def _first(self) -> float:
        widest = max(width_of(self.write(tick)) for tick in self.axis.ticks)
        return min(max(FIRST, 100 * widest / NARROW + 2), FARTHEST)

    def y(self, value: float) -> float:
        """Where a figure stands, in pixels from the top."""
        return self.axis.height(value, TOP, self.bottom)

    def drawing(self) -> Drawing:
        """The chart on a page."""
        curves = (
            *self._course(self.reference, "chart-line-then"),
            *self._course(self.current, "chart-line"),
        )
        marks = (
            *grid_lines(self.axis, TOP, self.bottom, self.write, self.unit),
            *self._labels(),
            stretched(self.height, *curves),
            *self._lone_points(),
            *self._names(),
            *self._running(),
            *self._links(),
        )
        return Drawing(self.key, self.title, self.description(), self.height, marks)

    def sheet(self, width: float, height: float) -> Sheet:
        """The chart for a slide, as high as there is room for."""
        return replace(self, height=height).drawing().sheet(width)

    def description(self) -> str:
        """From where to where the courses go, in words."""
        parts = [
            _("%(name)s: from %(first)s (%(from)s) to %(last)s (%(to)s).", **ends)
            for ends in (
                self._ends(self.name, self.current),
                self._ends(self.reference_name, self.reference),
            )
            if ends
        ]
        return " ".join(parts) or _("no figures")

    def _ends(self, name: str, values: tuple[float | None, ...]) -> dict[str, str]:
        known = [(place, value) for place, value in enumerate(values) if value is not None]
        if not known:
            return {}
        (first, begun), (last, ended) = known[0], known[-1]
        return {
            "name": name,
            "first": self.write(begun),
            "from": self.labels[first],
            "last": self.write(ended),
            "to": self.labels[last],
        }

    def table(self) -> Table:
        """Each label with its figures."""
        headings = (_("Period"), self.name, *([self.reference_name] if self.reference else []))
        return Table(headings, tuple(self._row(place) for place in range(len(self.labels))))

    def _row(self, place: int) -> tuple[Cell, ...]:
        now = self.current[place]
        words = self.write(now)
        if self.partial and self.partial.place == place:
            now = self.partial.now
            words = f"{self.write(now)} ({self.partial.note})"
        cells = [
            Cell(self.labels[place], is_number=False),
            Cell(words, self._url(place), value=now),
        ]
        if self.reference:
            then = self.reference[place]
            cells.append(Cell(self.write(then), value=then))
        return tuple(cells)

    def _url(self, place: int) -> str | None:
        return self.urls[place] if self.urls else None

    def _course(self, values: tuple[float | None, ...], css: str) -> list[Mark]:
        return [
            curve(
                [(self.x(place), self.y(value)) for place, value in run],
                css,
                [value for _place, value in run],
            )
            for run in runs(values)
            if len(run) > 1
        ]

    def _lone_points(self) -> list[Mark]:
        """Figures between two gaps, and the last of each course."""
        found = []
        for values, css in ((self.reference, "chart-dot-then"), (self.current, "chart-dot")):
            known = runs(values)
            ends = [run[-1] for run in known if len(run) == 1 or run is known[-1]]
            found += [self._dot(place, value, css) for place, value in ends]
        return found

    def _dot(self, place: int, value: float, css: str, radius: float = 4) -> Mark:
        return mark(
            "circle",
            css=css,
            cx=percent(self.x(place)),
            cy=self.y(value),
            r=radius,
            data_value=value,
        )

    def _labels(self) -> list[Mark]:
        return axis_labels(
            self.labels, [self.x(i) for i in range(len(self.labels))], self.bottom + BELOW - 8
        )

    def _names(self) -> list[Mark]:
        """The name of each course at its last figure; two that would touch stand apart."""
        (then_place, then), (place, now) = self._last(self.reference), self._last(self.current)
        is_above = now is not None and (then is None or now >= then)
        marks = []
        if then is not None:
            css = "chart-name-then"
            marks.append(self._name(self.reference_name, self.reference, css, not is_above))
        if now is not None:
            moved = 0
            if then is not None and then_place == place and abs(self.y(then) - self.y(now)) < APART:
                moved = -APART if is_above else APART
            marks.append(self._name(self.name, self.current, "chart-name", is_above, moved))
        return marks

    def _name(
        self,
        name: str,
        values: tuple[float | None, ...],
        css: str,
        is_above: bool,
        moved: float = 0,
    ) -> Mark:
        """A name beside the last figure of all, if there is room up to the edge; else above or
        below the last figures, clear of the line and of a period that still runs."""
        place, value = self._last(values)
        room = (100 - self.x(place)) * NARROW / 100 - 9
        is_last = place == len(self.labels) - 1
        if is_last and width_of(name, NAME) <= room:
            return text(name, percent(self.x(place)), self.y(value or 0) + 5 + moved, css, dx=9)
        heights = [self.y(one) for one in values[: place + 1][-UNDER:] if one is not None]
        y = max(min(heights) - 12, NAME) if is_above else min(max(heights) + 20, self.bottom - 5)
        aside = -12 if is_last and self.partial else 4
        return text(name, percent(self.x(place)), y, f"{css} chart-end", dx=aside)

    @staticmethod
    def _last(values: tuple[float | None, ...]) -> tuple[int, float | None]:
        known = [(place, value) for place, value in enumerate(values) if value is not None]
        return known[-1] if known else (-1, None)

    def _running(self) -> list[Mark]:
        """The period that still runs: hollow, apart from the line, beside as many days of then; its
        figures stand below the labels, where no course comes."""
        if self.partial is None:
            return []
        place, now, then = self.partial.place, self.partial.now, self.partial.then
        at = percent(self.x(place))
        hollow = [self._dot(place, now, "chart-dot chart-hollow", 5)]
        if then is not None:
            hollow.insert(0, self._dot(place, then, "chart-dot-then chart-hollow", 4.5))
            hollow.insert(0, line(at, self.y(now), at, self.y(then), "chart-tie"))
        below = self.bottom + BELOW + 10
        words = f"{self.write(now)} {self.partial.note}"
        hollow.append(text(words, "100%", below, "chart-name chart-end"))
        if then is not None:
            note = _(
                "same days of %(name)s: %(then)s", name=self.reference_name, then=self.write(then)
            )
            hollow.append(text(note, "100%", below + 17, "chart-note chart-end"))
        return hollow

    def _links(self) -> list[Mark]:
        if not self.urls:
            return []
        wide = (LAST - self._first) / max(len(self.labels) - 1, 1)
        is_stop = len(self.labels) <= TAB_STOPS
        return [
            link(
                self._url(place),
                self._said(place),
                mark(
                    "rect",
                    css="chart-hit",
                    x=percent(self.x(place) - wide / 2),
                    width=percent(wide),
                    y=TOP - 10,
                    height=self.bottom + BELOW - TOP + 10,
                ),
                is_stop=is_stop,
            )
            for place in range(len(self.labels))
            if self._url(place)
        ]

    def _said(self, place: int) -> str:
        name, now, *then = (cell.words for cell in self._row(place))
        beside = f"; {self.reference_name}: {then[0]}" if then else ""
        return f"{name}: {now}{' ' + self.unit if self.unit else ''}{beside}"


def grid_lines(axis: Axis, top: float, bottom: float, write: Writing, unit: str = "") -> list[Mark]:
    """The ticks of an axis: a line over the whole width, its figure standing on it."""
    marks = []
    for tick in axis.ticks:
        y = axis.height(tick, top, bottom)
        words = f"{write(tick)} {unit}".strip() if tick == axis.end else write(tick)
        marks.append(line("0", y, "100%", y, "chart-grid-line" if tick else "chart-zero"))
        marks.append(text(words, "0", y - 5, "chart-tick", data_value=tick))
    return marks


def axis_labels(labels: tuple[str, ...], places: list[float], y: float) -> list[Mark]:
    """The labels under an axis there is room for; some of them on wider drawings alone."""
    always, wide = (labels_kept(labels, places, width) for width in (NARROW, WIDE))
    return [
        text(
            labels[place],
            percent(places[place]),
            y,
            "chart-tick chart-middle" + ("" if place in always else " chart-wide"),
        )
        for place in sorted(wide)
    ]
