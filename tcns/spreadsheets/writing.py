"""Writing a list as an XLSX file: what it is on top, real dates and numbers, ready to print."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from tempfile import TemporaryFile
from typing import IO, Any, TypeAlias

from flask_babel.speaklater import LazyString
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tcns.i18n import format_day
from tcns.i18n import gettext as _

A4 = 9
# A sheet ends at 1,048,576 rows: a longer list goes on on the next sheet, it is never cut.
ROWS_A_SHEET = 1_000_000
FIRST_YEAR = 1900  # the calendar of spreadsheets begins here
NUMBER_COLUMN_WIDTH = 6

Text: TypeAlias = str | LazyString


class Kind(StrEnum):
    """What a column's cells hold. Codes and phones are text: leading zeros stay."""

    TEXT = "text"
    NUMBER = "number"
    DECIMAL = "decimal"
    DAY = "day"


@dataclass(frozen=True)
class Column:
    """A column: its title, its width in characters, what it holds, and its value in a row."""

    title: Text
    width: float
    kind: Kind
    value: Callable[[Any], Any]


def words_of(vocabulary: type[StrEnum]) -> dict[str, str]:
    """The labels of a vocabulary by its values, translated once and not for every row."""
    return {word.value: str(word.label) for word in vocabulary}  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Sheet:
    """A list to be written: the lines on top (what it is first), its columns."""

    lines: Sequence[Text]
    columns: Sequence[Column]


def write_list(sheet: Sheet, rows: Iterable[Any]) -> tuple[IO[bytes], int]:
    """Write the rows, taken one by one, to a temporary file; the file, rewound, and their number.

    Memory stays the same however many rows there are. The file is gone once it is closed.
    """
    file = TemporaryFile()  # noqa: SIM115 - the answer closes it when it is sent
    with Workbook(file, {"constant_memory": True}) as book:
        count = SheetWriter(book, sheet).write(rows)
    file.seek(0)
    return file, count


class SheetWriter:
    """Writes the sheets of one list into a workbook, in its formats."""

    def __init__(self, book: Workbook, sheet: Sheet) -> None:
        self.book, self.sheet = book, sheet
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.heading = book.add_format(
            {"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter", "align": "center"}
        )
        self.cells = {
            Kind.TEXT: book.add_format({"border": 1, "valign": "top", "text_wrap": True}),
            Kind.NUMBER: book.add_format({"border": 1, "valign": "top", "num_format": "#,##0"}),
            Kind.DECIMAL: book.add_format({"border": 1, "valign": "top", "num_format": "#,##0.0"}),
            Kind.DAY: book.add_format({"border": 1, "valign": "top", "num_format": "dd/mm/yyyy"}),
        }

    @property
    def heading_row(self) -> int:
        """The row of the column titles: one empty row below the lines on top."""
        return len(self.sheet.lines) + 1

    def write(self, rows: Iterable[Any]) -> int:
        """Write the rows, a further sheet begun wherever one is full; how many rows there were."""
        page, number = self._begin_sheet(), 0
        for number, row in enumerate(rows, start=1):
            index = (number - 1) % ROWS_A_SHEET
            if index == 0 and number > 1:
                self._end_sheet(page, ROWS_A_SHEET)
                page = self._begin_sheet()
            self._write_row(page, self.heading_row + 1 + index, number, row)
        self._end_sheet(page, (number - 1) % ROWS_A_SHEET + 1)
        return number

    def _begin_sheet(self) -> Worksheet:
        """A new sheet with its print set-up, its lines on top and its column titles."""
        page = self.book.add_worksheet()
        self._set_up(page)
        self._write_top(page)
        return page

    def _end_sheet(self, page: Worksheet, count: int) -> None:
        """Filter buttons over the titles and the rows below them."""
        first = self.heading_row
        page.autofilter(first, 0, first + count, len(self.sheet.columns))

    def _set_up(self, page: Worksheet) -> None:
        """A4 across, as wide as the paper, titles and page numbers on every page."""
        page.set_landscape()
        page.set_paper(A4)
        page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        page.fit_to_pages(1, 0)
        page.repeat_rows(self.heading_row)
        page.set_footer("&R" + _("Page %(page)s of %(pages)s", page="&P", pages="&N"))
        page.freeze_panes(self.heading_row + 1, 2)
        page.set_column(0, 0, NUMBER_COLUMN_WIDTH)
        for index, column in enumerate(self.sheet.columns, start=1):
            page.set_column(index, index, column.width)

    def _write_top(self, page: Worksheet) -> None:
        """The lines on top and the titles of the columns."""
        for index, line in enumerate(self.sheet.lines):
            page.write_string(index, 0, str(line), self.title if index == 0 else None)
        titles = (_("No."), *(column.title for column in self.sheet.columns))
        for index, title in enumerate(titles):
            page.write_string(self.heading_row, index, str(title), self.heading)

    def _write_row(self, page: Worksheet, index: int, number: int, row: Any) -> None:
        """One row behind its number."""
        page.write_number(index, 0, number, self.cells[Kind.NUMBER])
        for place, column in enumerate(self.sheet.columns, start=1):
            write_cell(page, (index, place), column.value(row), self.cells[column.kind])


def write_cell(page: Worksheet, place: tuple[int, int], value: Any, cell: Format) -> None:
    """Write a value as what it is. Text is written as text: no cell can become a formula."""
    if value is None or value == "":
        page.write_blank(*place, None, cell)
    elif isinstance(value, date) and value.year >= FIRST_YEAR:
        page.write_datetime(*place, value, cell)
    elif isinstance(value, date):
        page.write_string(*place, format_day(value), cell)
    elif isinstance(value, int | float | Decimal):
        page.write_number(*place, value, cell)
    else:
        page.write_string(*place, str(value), cell)
