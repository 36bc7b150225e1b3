"""What every chart gives: a drawing for a page, its figures as a table, a sheet for a slide."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from tcns.charts.marks import Mark, as_svg, at_width, mark, text, written
from tcns.i18n import format_number
from tcns.i18n import gettext as _

# A sheet may be so many times as high as the room it is made for: it is drawn smaller then, and its
# words can still be read. REST is the height of the line for the rows it leaves out.
HIGHEST, REST = 2.1, 24
# How a figure is written: format_number, format_percent of tcns.i18n.
Writing = Callable[[float | None], str]


@dataclass(frozen=True)
class Picture:
    """A drawing as it is written on a page."""

    svg: str

    def __html__(self) -> str:
        return self.svg


@dataclass(frozen=True)
class Drawing:
    """A picture on a page: as wide as its place, `height` pixels high; with a `box` (x, y, width,
    height) it is scaled as a whole. `key` names it on its page."""

    key: str
    title: str
    description: str
    height: float
    marks: tuple[Mark, ...]
    box: tuple[float, float, float, float] | None = None
    css: str = ""

    def __html__(self) -> str:
        return as_svg(self.as_mark())

    def picture(self) -> Picture:
        """The same, written."""
        return Picture(as_svg(self.as_mark()))

    def as_mark(self) -> Mark:
        """The whole as one mark, named and described for who does not see it."""
        names = {"title": f"{self.key}-title", "desc": f"{self.key}-desc"}
        has_links = any(each.name == "a" for drawn in self.marks for each in drawn.walk())
        size: dict[str, str | float | None] = {"width": "100%", "height": self.height}
        if self.box:
            size = {"viewBox": " ".join(map(written, self.box))}
        attributes = {
            "class": f"chart {self.css}".strip(),
            "role": "group" if has_links else "img",
            "aria-labelledby": names["title"],
            "aria-describedby": names["desc"],
        }
        return Mark(
            "svg",
            {**attributes, **size},
            (
                mark("title", self.title, id=names["title"]),
                mark("desc", self.description, id=names["desc"]),
                *self.marks,
            ),
        )

    def sheet(self, width: float) -> "Sheet":
        """The same at a width, nothing in per cent."""
        marks = tuple(at_width(each, width) for each in self.marks)
        if self.box:
            x, y, box_width, box_height = self.box
            moved = mark("g", *marks, css=self.css, transform=f"translate({-x:.2f} {-y:.2f})")
            return Sheet(box_width, box_height, (moved,))
        return Sheet(width, self.height, marks)


@dataclass(frozen=True)
class Cell:
    """A cell of the table beside a chart; `value` is its figure as a number, where it has one."""

    words: str
    url: str | None = None
    is_number: bool = True
    value: float | None = None


@dataclass(frozen=True)
class Table:
    """The figures of a chart in words: the first cell of a row names it."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Sheet:
    """A picture of a size in pixels, which can be put anywhere."""

    width: float
    height: float
    marks: tuple[Mark, ...]


class Chart(Protocol):
    """What a slide can be made of."""

    @property
    def key(self) -> str:
        """What names the chart on its page and in the names of its files."""

    @property
    def title(self) -> str:
        """What it tells."""

    def table(self) -> Table:
        """Its figures in words."""

    def sheet(self, width: float, height: float, /) -> Sheet:
        """The whole picture, words included, for about that room."""


def placed(sheet: Sheet, x: float, y: float) -> Mark:
    """A sheet put at a point of another."""
    return mark("g", *sheet.marks, transform=f"translate({written(x)} {written(y)})")


def rows_shown(count: int, row: float, height: float, head: float = 0) -> int:
    """How many of so many rows a sheet for a room of that height shows: all of them, or the first
    that can still be read with a line for the rest below them."""
    room = height * HIGHEST - head
    return count if count * row <= room else max(int((room - REST) / row), 1)


def with_rest(sheet: Sheet, left: int) -> Sheet:
    """The sheet, with a line below it for how many rows of its chart it leaves out, if any."""
    if not left:
        return sheet
    words = _("and %(num)s more in the table of figures", num=format_number(left))
    rest = text(words, 0, sheet.height + REST - 6, "chart-row")
    return Sheet(sheet.width, sheet.height + REST, (*sheet.marks, rest))
