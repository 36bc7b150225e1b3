"""A ranking: a table with a drawn column, worst first."""

from dataclasses import dataclass
from functools import cached_property

from tcns.charts.changes import Change, Measured
from tcns.charts.columns import rows_sheet
from tcns.charts.drawing import Cell, Sheet, Table
from tcns.charts.marks import Mark, line, mark, percent
from tcns.charts.scales import Axis, axis_for
from tcns.i18n import format_number, format_percent
from tcns.i18n import gettext as _

ROW = 40
# A share below this part of the average is far below it, and drawn so.
FAR_BELOW = 0.7


@dataclass(frozen=True)
class Ranked:
    """An area's share: the numerator leads to `count_url`, the area to `url`; `previous` is the
    share of the period before."""

    label: str
    numerator: int
    denominator: int
    previous: float | None = None
    url: str | None = None
    count_url: str | None = None

    @property
    def share(self) -> float | None:
        """The share; None where there is nothing to divide by."""
        return self.numerator / self.denominator if self.denominator else None

    @property
    def points(self) -> float | None:
        """By how many percentage points the share has changed."""
        if self.share is None or self.previous is None:
            return None
        return (self.share - self.previous) * 100

    @property
    def change(self) -> Change:
        """How the share has changed."""
        return Change(self.points, Measured.POINTS)


@dataclass(frozen=True)
class Ranking:
    """Shares of areas with the average of all of them (dashed) and their own before (a notch)."""

    key: str
    title: str
    entries: tuple[Ranked, ...]
    measure: str
    average: float | None = None
    average_name: str = ""
    previous_name: str = ""

    @cached_property
    def rows(self) -> tuple[Ranked, ...]:
        """The entries, worst first; those without a share last."""
        return tuple(
            sorted(
                self.entries,
                key=lambda each: (each.share is None, each.share or 0, -each.denominator),
            )
        )

    @cached_property
    def axis(self) -> Axis:
        """The axis of all shares, present and previous; one above 1 is not cut off."""
        shares = [each for row in self.entries for each in (row.share, row.previous)]
        return axis_for([*shares, self.average], is_whole=False)

    def is_low(self, row: Ranked) -> bool:
        """Whether a share is far below the average."""
        return (
            row.share is not None
            and self.average is not None
            and row.share < self.average * FAR_BELOW
        )

    @property
    def low_count(self) -> int:
        """How many shares are far below the average."""
        return sum(map(self.is_low, self.entries))

    def bar(self, row: Ranked) -> Mark:
        """The drawn cell of a row."""
        marks = [line(0.5, 0, 0.5, ROW, "chart-zero")]
        if row.share is not None:
            marks.append(
                mark(
                    "rect",
                    css="chart-attention" if self.is_low(row) else "chart-fill",
                    y=11,
                    height=ROW - 22,
                    width=percent(self.axis.share(row.share)),
                    data_value=row.share,
                )
            )
        if row.previous is not None:
            marks += self._notch(row.previous)
        if self.average is not None:
            at = percent(self.axis.share(self.average))
            marks.append(line(at, 0, at, ROW, "chart-average"))
        return mark("svg", *marks, css="chart", width="100%", height=ROW, aria_hidden="true")

    def _notch(self, previous: float) -> list[Mark]:
        """The share of before: a line over the bar, with a halo, so that it is seen on it too."""
        at = percent(self.axis.share(previous))
        notch = mark(
            "line",
            css="chart-previous",
            x1=at,
            x2=at,
            y1=4,
            y2=ROW - 4,
            data_value=previous,
        )
        return [line(at, 10, at, ROW - 10, "chart-previous-halo"), notch]

    def table(self) -> Table:
        """Each area with its share."""
        headings = (_("Area"), self.measure, _("Of how many"), _("Share"))
        before = (
            (_("Share in %(period)s", period=self.previous_name),) if self.previous_name else ()
        )
        return Table((*headings, *before), tuple(map(self._row, self.rows)))

    def _row(self, row: Ranked) -> tuple[Cell, ...]:
        cells = (
            Cell(row.label, row.url, is_number=False),
            Cell(format_number(row.numerator), value=row.numerator),
            Cell(format_number(row.denominator), value=row.denominator),
            Cell(format_percent(row.share), value=row.share),
        )
        before = Cell(format_percent(row.previous), value=row.previous)
        return (*cells, before) if self.previous_name else cells

    def sheet(self, width: float, height: float) -> Sheet:
        """The table with its bars, drawn."""
        rows = [
            (
                row.label,
                self.bar(row),
                f"{format_number(row.numerator)}/{format_number(row.denominator)}"
                f"  {format_percent(row.share)}",
            )
            for row in self.rows
        ]
        return rows_sheet(width, height, ROW, rows)
