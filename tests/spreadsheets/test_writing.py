"""A list as an XLSX file: what it is on top, real values, ready to print."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tcns.spreadsheets import writing
from tcns.spreadsheets.cells import cell
from tcns.spreadsheets.sending import attachment
from tcns.spreadsheets.writing import CellKind, Column, Sheet, write_list

pytestmark = [pytest.mark.usefixtures("app_context"), pytest.mark.one_engine]

COLUMNS = [
    Column("Name", 20, CellKind.TEXT, lambda row: row[0]),
    Column("Count", 10, CellKind.NUMBER, lambda row: row[1]),
    Column("Day", 12, CellKind.DAY, lambda row: row[2]),
]


@pytest.fixture
def app_context(app: Any) -> Iterator[None]:
    """Messages need the application."""
    with app.test_request_context():
        yield


def file_of(rows: list[Any], columns: list[Column] = COLUMNS) -> bytes:
    """The file of some rows under one line on top."""
    file, count = write_list(Sheet(["What it is"], columns), iter(rows))
    assert count == len(rows)
    with file:
        return file.read()


def tables(file: bytes) -> list[list[list[Any]]]:
    """The rows of each sheet, the lines on top included."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(file))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def part(file: bytes, name: str = "xl/worksheets/sheet1.xml") -> str:
    """One part of the file, as its text."""
    return zipfile.ZipFile(io.BytesIO(file)).read(name).decode()


def test_a_total_stands_below_the_rows_without_a_number_and_is_not_filtered() -> None:
    sheet = Sheet(["What it is"], COLUMNS, total=("Cộng", 3, None))
    file, count = write_list(sheet, iter([("Ánh", 1, None), ("Bé", 2, None)]))
    with file:
        content = file.read()
    assert count == 2, "a total is no row of the list"
    assert [row[:3] for row in tables(content)[0][3:]] == [
        [1, "Ánh", 1], [2, "Bé", 2], ["", "Cộng", 3]
    ]  # fmt: skip
    assert '<autoFilter ref="A3:D5"/>' in part(content)


def test_values_are_what_they_are_behind_a_running_number() -> None:
    rows = tables(file_of([("Ánh", 1871, date(2024, 6, 30)), ("Bé", Decimal("2.5"), None)]))[0]
    assert rows[0][0] == "What it is"
    assert rows[2][1:] == ["Name", "Count", "Day"]
    assert rows[3:] == [[1, "Ánh", 1871, date(2024, 6, 30)], [2, "Bé", 2.5, ""]]


@pytest.mark.parametrize(
    "text", ["=1+1", "+84912345678", "-1", "@x", "\t=1", "007", "1E9", "http://x"]
)
def test_text_stays_text(text: str) -> None:
    file = file_of([(text, None, None)])
    assert tables(file)[0][3][1] == text
    assert "<f>" not in part(file)
    assert "hyperlink" not in part(file)


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=40))
def test_any_text_is_read_as_it_was_written(text: str) -> None:
    """As Excel reads it: XML cannot hold some characters, which are written _xHHHH_."""
    cell_read = ElementTree.fromstring(cell("B7", 1, text or "x"))
    (read,) = cell_read.itertext()
    assert unescaped(read) == (text or "x").replace("\r\n", "\n").replace("\r", "\n")


def unescaped(text: str) -> str:
    """What Excel makes of a text of a sheet."""
    return re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), text)


@pytest.mark.parametrize(
    ("value", "content"),
    [
        (date(1900, 3, 1), "<v>61</v>"),
        (date(2024, 6, 30), "<v>45473</v>"),
        (Decimal("2.5"), "<v>2.5</v>"),
        (0, "<v>0</v>"),
        (" x ", '<t xml:space="preserve"> x </t>'),
    ],
)
def test_a_value_is_written_as_what_it_is(value: Any, content: str) -> None:
    assert content in cell("B7", 1, value)


def test_the_sheet_knows_its_extent() -> None:
    assert '<dimension ref="A1:D8"/>' in part(file_of([("x", 1, None)] * 5))


def test_a_day_older_than_the_calendar_of_spreadsheets_is_written_as_text() -> None:
    assert tables(file_of([("x", None, date(1899, 12, 31))]))[0][3][3] == "31/12/1899"


def test_an_empty_list_is_a_file_with_titles() -> None:
    assert tables(file_of([]))[0][2][1:] == ["Name", "Count", "Day"]


def test_the_sheet_is_ready_to_print() -> None:
    sheet = part(file_of([("x", 1, None)] * 5))
    assert 'orientation="landscape"' in sheet
    assert 'paperSize="9"' in sheet
    assert "<oddFooter>&amp;R" in sheet
    assert "&amp;P" in sheet
    assert "&amp;N" in sheet
    assert 'state="frozen"' in sheet
    assert '<autoFilter ref="A3:D8"/>' in sheet
    assert "Print_Titles" in part(file_of([("x", 1, None)]), "xl/workbook.xml")


def test_a_list_longer_than_a_sheet_goes_on_on_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "ROWS_A_SHEET", 4)
    for count in (3, 4, 5, 8, 9):
        sheets = tables(file_of([(f"x{number}", number, None) for number in range(count)]))
        assert len(sheets) == -(-count // 4)
        numbers = [row[0] for sheet in sheets for row in sheet[3:]]
        assert numbers == list(range(1, count + 1))


def test_rows_are_taken_one_by_one_and_not_kept() -> None:
    class SheetRow:
        """Counts how many of it are alive."""

        alive = most = 0

        def __init__(self) -> None:
            SheetRow.alive += 1
            SheetRow.most = max(SheetRow.most, SheetRow.alive)

        def __del__(self) -> None:
            SheetRow.alive -= 1

    column = Column("x", 5, CellKind.TEXT, lambda row: "x")
    file, _count = write_list(Sheet(["x"], [column]), (SheetRow() for _number in range(5000)))
    file.close()
    assert SheetRow.most <= 3


def test_a_name_is_given_in_ascii_and_as_it_is_written() -> None:
    assert attachment("Danh sách tổ ngày 30/06/2024", "xlsx") == (
        'attachment; filename="danh-sach-to-ngay-30-06-2024.xlsx"; '
        "filename*=UTF-8''Danh%20s%C3%A1ch%20t%E1%BB%95%20ng%C3%A0y%2030-06-2024.xlsx"
    )


@given(st.text())
def test_no_title_breaks_out_of_the_header(title: str) -> None:
    header = attachment(title, "csv")
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2
