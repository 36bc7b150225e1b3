"""Columns over time, and bars of one table: one figure each."""

from dataclasses import dataclass, field, replace
from functools import cached_property

from tcns.charts.drawing import Cell, Drawing, Sheet, Table, Writing, placed, rows_shown, with_rest
from tcns.charts.labels import NARROW, WIDE, cut, width_of
from tcns.charts.lines import axis_labels
from tcns.charts.marks import TAB_STOPS, Mark, line, link, mark, percent, text
from tcns.charts.scales import Axis, axis_for
from tcns.i18n import format_number
from tcns.i18n import gettext as _

TOP, BELOW = 18, 22
FILL = 0.76  # how much of its place a column takes
WIDEST = 12.0  # per cent, however few columns there are
ROW = 33
NAME_SHARE = 38.0


@dataclass(frozen=True)
class Column:
    """A period and its figure, None where there is none."""

    label: str
    value: float | None
    url: str | None = None


@dataclass(frozen=True)
class ColumnChart:
    """Columns over time; the last still runs where `is_running` says so, and is hollow.

    `is_attention` draws what is not wanted, such as silent communes.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    measure: str
    is_running: bool = False
    is_attention: bool = False
    height: float = 142
    write: Writing = field(default=format_number)

    @property
    def axis(self) -> Axis:
        """The axis of all columns."""
        return axis_for(column.value for column in self.columns)

    def drawing(self) -> Drawing:
        """The chart on a page."""
        bottom = self.height - BELOW
        marks = (
            line("0", bottom, "100%", bottom, "chart-zero"),
            *axis_labels(
                tuple(column.label for column in self.columns),
                [self._middle(place) for place in range(len(self.columns))],
                self.height - 6,
            ),
            *(part for place in range(len(self.columns)) for part in self._column(place, bottom)),
        )
        return Drawing(self.key, self.title, self.description(), self.height, marks)

    def sheet(self, width: float, height: float) -> Sheet:
        """The chart for a slide, as high as there is room for."""
        return replace(self, height=height).drawing().sheet(width)

    def description(self) -> str:
        """The greatest and the last figure, in words."""
        known = [(c.value, c.label) for c in self.columns if c.value is not None]
        if not known:
            return _("no figures")
        greatest, last = max(known, key=lambda each: each[0]), known[-1]
        return _(
            "Most: %(most)s (%(when)s); last: %(last)s (%(then)s).",
            most=self.write(greatest[0]),
            when=greatest[1],
            last=self.write(last[0]),
            then=last[1],
        )

    def table(self) -> Table:
        """Each period with its figure."""
        return Table(
            (_("Period"), self.measure),
            tuple(
                (
                    Cell(c.label, is_number=False),
                    Cell(self.write(c.value), c.url, value=c.value),
                )
                for c in self.columns
            ),
        )

    def _middle(self, place: int) -> float:
        return (place + 0.5) * 100 / len(self.columns)

    @cached_property
    def _greatest(self) -> int:
        """The place of the first column that none stands above."""
        values = [-1 if column.value is None else column.value for column in self.columns]
        return values.index(max(values))

    def _has_room(self, width: float) -> bool:
        """Whether the figures over all columns fit side by side on a drawing of that width."""
        written = (self.write(c.value) for c in self.columns if c.value is not None)
        return max(map(width_of, written), default=0) + 2 <= width / len(self.columns)

    def _figure(self, place: int, y: float) -> list[Mark]:
        """The figure over a column; where there is no room for all, over the greatest alone."""
        is_kept = place == self._greatest
        if not (is_kept or self._has_room(WIDE)):
            return []
        at = self._middle(place)
        side = "chart-middle"
        if not self._has_room(WIDE):
            side = "" if at < 20 else "chart-end" if at > 80 else side
        css = f"chart-tick {side}".strip()
        if not (is_kept or self._has_room(NARROW)):
            css += " chart-wide"
        return [text(self.write(self.columns[place].value), percent(at), y, css)]

    def _column(self, place: int, bottom: float) -> list[Mark]:
        column, middle = self.columns[place], percent(self._middle(place))
        if column.value is None:
            return [text("–", middle, bottom - 5, "chart-tick chart-middle")]
        wide, top = 100 / len(self.columns), self.axis.height(column.value, TOP, bottom)
        drawn_wide = min(wide * FILL, WIDEST)
        is_hollow = self.is_running and place == len(self.columns) - 1
        tone = "chart-attention" if self.is_attention else "chart-fill"
        drawn = mark(
            "rect",
            css=tone + (" chart-hollow-bar" if is_hollow else ""),
            x=percent(self._middle(place) - drawn_wide / 2),
            width=percent(drawn_wide),
            y=top,
            height=bottom - top,
            data_value=column.value,
        )
        hit = mark(
            "rect",
            css="chart-hit",
            x=percent(place * wide),
            width=percent(wide),
            y=0,
            height=self.height - 4,
        )
        said = f"{column.label}: {self.write(column.value)}"
        is_stop = len(self.columns) <= TAB_STOPS
        return [
            link(column.url, said, hit, drawn, is_stop=is_stop),
            *self._figure(place, top - 4),
        ]


@dataclass(frozen=True)
class Bar:
    """An area or team and its figure; `place` says where it lies."""

    label: str
    value: float | None
    url: str | None = None
    place: str = ""


@dataclass(frozen=True)
class BarChart:
    """Bars in a table, the longest first; a threshold is a thin line through all of them."""

    key: str
    title: str
    bars: tuple[Bar, ...]
    measure: str
    threshold: float | None = None
    is_attention: bool = False
    write: Writing = field(default=format_number)

    @property
    def axis(self) -> Axis:
        """The axis of all bars and of the threshold."""
        return axis_for([*(bar.value for bar in self.bars), self.threshold])

    def bar(self, place: int) -> Mark:
        """The drawn cell of a row."""
        marks, bar = [line(0.5, 0, 0.5, ROW, "chart-zero")], self.bars[place]
        if bar.value is not None:
            marks.append(
                mark(
                    "rect",
                    css="chart-attention" if self.is_attention else "chart-fill",
                    y=7,
                    height=ROW - 14,
                    width=percent(self.axis.share(bar.value)),
                    data_value=bar.value,
                )
            )
        if self.threshold is not None:
            at = percent(self.axis.share(self.threshold))
            marks.append(line(at, 0, at, ROW, "chart-average"))
        return mark("svg", *marks, css="chart", width="100%", height=ROW, aria_hidden="true")

    def table(self) -> Table:
        """Each bar with its figure."""
        return Table(
            (_("Area"), self.measure),
            tuple(
                (
                    Cell(f"{bar.label} {bar.place}".strip(), is_number=False),
                    Cell(self.write(bar.value), bar.url, value=bar.value),
                )
                for bar in self.bars
            ),
        )

    def sheet(self, width: float, height: float) -> Sheet:
        """The table with its bars, drawn."""
        return rows_sheet(
            width,
            height,
            ROW,
            [(b.label, self.bar(i), self.write(b.value)) for i, b in enumerate(self.bars)],
        )


def rows_sheet(width: float, height: float, row: float, rows: list[tuple[str, Mark, str]]) -> Sheet:
    """Rows of a name, a drawn cell and a figure, one under the other, as many as can be read."""
    shown = rows_shown(len(rows), row, height)
    names, figures = width * NAME_SHARE / 100, 130
    between = width - names - figures
    marks: list[Mark] = []
    for place, (name, drawn, words) in enumerate(rows[:shown]):
        y = place * row
        high = float(drawn.attributes["height"] or 0)
        cell = Drawing("", "", "", row, tuple(p for p in drawn.content if isinstance(p, Mark)))
        marks += [
            text(cut(name, names - 12, 14), 0, y + row / 2 + 5, "chart-row"),
            placed(cell.sheet(between), names, y + (row - high) / 2),
            text(words, width, y + row / 2 + 5, "chart-row chart-end"),
        ]
    return with_rest(Sheet(width, max(shown, 1) * row, tuple(marks)), len(rows) - shown)
