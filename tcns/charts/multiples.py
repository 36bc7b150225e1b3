"""Small multiples: the same small chart for each area, on one scale."""

from dataclasses import dataclass, field
from functools import cached_property

from tcns.charts.changes import Change
from tcns.charts.drawing import Cell, Drawing, Sheet, Table, Writing, placed, rows_shown, with_rest
from tcns.charts.lines import grid_lines
from tcns.charts.marks import Mark, curve, mark, percent, stretched, text
from tcns.charts.scales import Axis, axis_for, runs
from tcns.i18n import format_number
from tcns.i18n import gettext as _

HEIGHT, TOP, BOTTOM = 138, 26, 112
FIRST, LAST = 17.0, 78.0
COLUMNS, GAP, HEAD = 4, 32, 26


@dataclass(frozen=True)
class Course:
    """An area's figures, one for each period; None is a gap."""

    label: str
    values: tuple[float | None, ...]
    url: str | None = None
    change: Change | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is no figure at all."""
        return all(value is None for value in self.values)


@dataclass(frozen=True)
class Multiples:
    """A small chart for each course, beside that of the whole, which is the last chart as well."""

    key: str
    title: str
    courses: tuple[Course, ...]
    periods: tuple[str, ...]
    whole: Course | None = None
    write: Writing = field(default=format_number)

    @property
    def everything(self) -> tuple[Course, ...]:
        """The courses, the whole last."""
        return (*self.courses, *([self.whole] if self.whole else []))

    @cached_property
    def axis(self) -> Axis:
        """The one axis of all of them."""
        return axis_for((v for course in self.everything for v in course.values), most=2)

    def drawing(self, place: int) -> Drawing:
        """The small chart of a course."""
        course = self.everything[place]
        beside = [self.whole] if self.whole and course is not self.whole else []
        curves = [
            *(
                part
                for whole in beside
                for part in self._curves(whole, "chart-line-then chart-thin")
            ),
            *self._curves(course, "chart-line"),
        ]
        marks = (
            *grid_lines(self.axis, TOP, BOTTOM, self.write),
            *self._ends_of_axis(),
            stretched(HEIGHT, *curves),
            *self._last(course),
        )
        title = f"{self.title}: {course.label}"
        return Drawing(f"{self.key}-{place + 1}", title, self._description(course), HEIGHT, marks)

    def _description(self, course: Course) -> str:
        known = [(p, v) for p, v in zip(self.periods, course.values, strict=True) if v is not None]
        if not known:
            return _("no figures")
        (begun_on, begun), (ended_on, ended) = known[0], known[-1]
        return _(
            "%(name)s: from %(first)s (%(from)s) to %(last)s (%(to)s).",
            **{
                "name": course.label,
                "first": self.write(begun),
                "from": begun_on,
                "last": self.write(ended),
                "to": ended_on,
            },
        )

    def table(self) -> Table:
        """A row for each course, a column for each period."""
        return Table(
            (_("Area"), *self.periods),
            tuple(
                (
                    Cell(course.label, course.url, is_number=False),
                    *(Cell(self.write(value), value=value) for value in course.values),
                )
                for course in self.everything
            ),
        )

    def sheet(self, width: float, height: float) -> Sheet:
        """All of them, four in a row, or the first that can be read; the whole is the last."""
        wide = (width - GAP * (COLUMNS - 1)) / COLUMNS
        high = HEIGHT + HEAD
        places = list(range(len(self.everything)))
        rows = rows_shown(-(-len(places) // COLUMNS), high, height)
        shown = places[: COLUMNS * rows]
        if self.whole:
            shown[-1:] = places[-1:]
        marks: list[Mark] = []
        for at, place in enumerate(shown):
            course = self.everything[place]
            row, column = divmod(at, COLUMNS)
            x, y = column * (wide + GAP), row * high
            marks.append(text(course.label, x, y + 16, "chart-row chart-strong"))
            marks.append(placed(self.drawing(place).sheet(wide), x, y + HEAD))
        drawn = Sheet(width, max(rows, 1) * high, tuple(marks))
        return with_rest(drawn, len(places) - len(shown))

    def _x(self, place: int) -> float:
        return FIRST + (LAST - FIRST) * place / max(len(self.periods) - 1, 1)

    def _y(self, value: float) -> float:
        return self.axis.height(value, TOP, BOTTOM)

    def _curves(self, course: Course, css: str) -> list[Mark]:
        return [
            curve([(self._x(p), self._y(v)) for p, v in run], css, [v for _place, v in run])
            for run in runs(course.values)
            if len(run) > 1
        ]

    def _last(self, course: Course) -> list[Mark]:
        known = runs(course.values)
        lone = [run[0] for run in known[:-1] if len(run) == 1]
        dots = [*lone, *([known[-1][-1]] if known else [])]
        marks = [
            mark(
                "circle",
                css="chart-dot",
                cx=percent(self._x(place)),
                cy=self._y(value),
                r=4,
                data_value=value,
            )
            for place, value in dots
        ]
        if dots:
            place, value = dots[-1]
            at, beside = percent(self._x(place)), self._y(value) + 5
            marks.append(text(self.write(value), at, beside, "chart-name", dx=9))
        return marks

    def _ends_of_axis(self) -> list[Mark]:
        if not self.periods:
            return []
        return [
            text(self.periods[0], "0", HEIGHT - 8),
            text(self.periods[-1], "100%", HEIGHT - 8, "chart-tick chart-end"),
        ]
