"""Writing a list as an XLSX file: what it is on top, real dates and numbers, ready to print."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, islice
from tempfile import TemporaryFile
from typing import IO, Any, TypeAlias

from flask_babel.speaklater import LazyString
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from tcns.i18n import gettext as _
from tcns.spreadsheets.cells import RowWriter

A4 = 9
# A sheet ends at 1,048,576 rows: a longer list goes on on the next sheet, it is never cut.
ROWS_A_SHEET = 1_000_000
ROWS_AT_ONCE = 200
NUMBER_COLUMN_WIDTH = 6

Text: TypeAlias = str | LazyString


class CellKind(StrEnum):
    """What a column's cells hold. Codes and phones are text: leading zeros stay."""

    TEXT = "text"
    NUMBER = "number"
    DECIMAL = "decimal"
    DAY = "day"


FORMATS: dict[CellKind, dict[str, Any]] = {
    CellKind.TEXT: {"text_wrap": True},
    CellKind.NUMBER: {"num_format": "#,##0"},
    CellKind.DECIMAL: {"num_format": "#,##0.0"},
    CellKind.DAY: {"num_format": "dd/mm/yyyy"},
}


@dataclass(frozen=True)
class Column:
    """A column: its title, its width in characters, what it holds, and its value in a row.

    What is personal leaves the system with those alone who may export personal data.
    """

    title: Text
    width: float
    kind: CellKind
    value: Callable[[Any], Any]
    is_personal: bool = False


def words_of(vocabulary: type[StrEnum]) -> dict[str, str]:
    """The labels of a vocabulary by its values, translated once and not for every row."""
    return {word.value: str(word.label) for word in vocabulary}  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Sheet:
    """A list to be written: the lines on top (what it is first), its columns, the row of totals
    below it, if it has one: without a number, and left alone by sorting and filtering.

    `mark` says who took it out of the system and when, where it holds personal data. What
    `is_passed_on` without its page says the lines on top in a CSV file as well.
    """

    lines: Sequence[Text]
    columns: Sequence[Column]
    total: Any = None
    mark: str = ""
    is_passed_on: bool = False


def write_list(sheet: Sheet, rows: Iterable[Any]) -> tuple[IO[bytes], int]:
    """Write the rows, taken one by one, to a temporary file; the file, rewound, and their number.

    Memory stays the same however many rows there are. The file is gone once it is closed.
    """
    file = TemporaryFile()  # noqa: SIM115 - the answer closes it when it is sent
    with Workbook(file, {"constant_memory": True}) as book:
        count = SheetWriter(book, sheet).write(rows)
    file.seek(0)
    return file, count


class ListSheet(Worksheet):
    """A sheet to which whole rows are written as XML, below those written by cells."""

    def append_rows(self, first: int, rows: str, count: int, columns: int) -> None:
        """Append `count` rows of `columns` cells; `first` is the place of the first, from 0."""
        self._write_single_row(first)  # the row of titles, which waits for its last cell
        self.row_data_fh.write(rows)
        self.previous_row = self.dim_rowmax = first + count - 1
        self.dim_colmax = columns - 1


class SheetWriter:
    """Writes the sheets of one list into a workbook, in its formats."""

    def __init__(self, book: Workbook, sheet: Sheet) -> None:
        self.book, self.sheet = book, sheet
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.heading = book.add_format(
            {"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter", "align": "center"}
        )
        self.rows, self.totals = self._row_writer(), self._row_writer(bold=True)

    def _row_writer(self, **look: Any) -> RowWriter:
        """What writes rows of the columns that look so."""
        styles = {kind: self._style(**format, **look) for kind, format in FORMATS.items()}
        plans = [(column.value, styles[column.kind]) for column in self.sheet.columns]
        return RowWriter(styles[CellKind.NUMBER], plans)

    def _style(self, **format: Any) -> int:
        """The number of a format of cells in the workbook."""
        number: int = self.book.add_format({"border": 1, "valign": "top", **format})._get_xf_index()
        return number

    @property
    def heading_row(self) -> int:
        """The row of the column titles: one empty row below the lines on top."""
        return len(self.sheet.lines) + 1

    def write(self, rows: Iterable[Any]) -> int:
        """Write the rows, a further sheet begun wherever one is full; how many rows there were."""
        numbered, total = enumerate(rows, start=1), 0
        while True:
            page = self._begin_sheet()
            count = self._write_rows(page, islice(numbered, ROWS_A_SHEET))
            self._end_sheet(page, count)
            total += count
            following = next(numbered, None) if count == ROWS_A_SHEET else None
            if following is None:
                self._write_total(page, count)
                return total
            numbered = chain([following], numbered)  # type: ignore[assignment]

    def _write_rows(self, page: ListSheet, numbered: Iterator[tuple[int, Any]]) -> int:
        """Write the rows of one sheet, some at a time; how many there were."""
        count, first = 0, self.heading_row + 1
        written = (
            self.rows.row(line, number, row)
            for line, (number, row) in enumerate(numbered, start=first + 1)
        )
        while some := list(islice(written, ROWS_AT_ONCE)):
            page.append_rows(first + count, "".join(some), len(some), len(self.sheet.columns) + 1)
            count += len(some)
        return count

    def _write_total(self, page: ListSheet, count: int) -> None:
        """The row of totals, if there is one, below the rows of the last sheet."""
        if self.sheet.total is not None:
            place = self.heading_row + 1 + count
            text = self.totals.row(place + 1, None, self.sheet.total)
            page.append_rows(place, text, 1, len(self.sheet.columns) + 1)

    def _begin_sheet(self) -> ListSheet:
        """A new sheet with its print set-up, its lines on top and its column titles."""
        number = len(self.book.worksheets()) + 1
        name = _("List") if number == 1 else f"{_('List')} {number}"
        page: ListSheet = self.book.add_worksheet(name, worksheet_class=ListSheet)
        self._set_up(page)
        self._write_top(page)
        return page

    def _end_sheet(self, page: ListSheet, count: int) -> None:
        """Filter buttons over the titles and the rows below them."""
        first = self.heading_row
        page.autofilter(first, 0, first + count, len(self.sheet.columns))

    def _set_up(self, page: ListSheet) -> None:
        """A4 across, as wide as the paper, titles and page numbers on every page."""
        page.set_landscape()
        page.set_paper(A4)
        page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        page.fit_to_pages(1, 0)
        page.repeat_rows(self.heading_row)
        mark = self.sheet.mark.replace("&", "&&")
        page.set_footer(
            (f"&L{mark}" if mark else "")
            + "&R"
            + _("Page %(page)s of %(pages)s", page="&P", pages="&N")
        )
        page.freeze_panes(self.heading_row + 1, 2)
        page.set_column(0, 0, NUMBER_COLUMN_WIDTH)
        for index, column in enumerate(self.sheet.columns, start=1):
            page.set_column(index, index, column.width)

    def _write_top(self, page: ListSheet) -> None:
        """The lines on top and the titles of the columns."""
        for index, line in enumerate(self.sheet.lines):
            page.write_string(index, 0, str(line), self.title if index == 0 else None)
        titles = (_("No."), *(column.title for column in self.sheet.columns))
        for index, title in enumerate(titles):
            page.write_string(self.heading_row, index, str(title), self.heading)
