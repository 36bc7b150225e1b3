"""A list as CSV: safe to open in a spreadsheet program, and read again as it was written."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcns.spreadsheets.csv_writing import guarded, unguarded, write_csv
from tcns.spreadsheets.reading import read_sheets
from tcns.spreadsheets.writing import CellKind, Column, Sheet
from tests.conventions.routes import bare_app

# What hides a formula from whoever looks at the first sign of a cell alone.
HOSTILE = st.text(alphabet="=+-@,;|\t\r\n '\"a1")
BARE = bare_app()
MARK = b"\xef\xbb\xbf"
COLUMNS = [
    Column("Name", 20, CellKind.TEXT, lambda row: row[0]),
    Column("Hours", 10, CellKind.DECIMAL, lambda row: row[1]),
    Column("Day", 12, CellKind.DAY, lambda row: row[2]),
]


@pytest.fixture
def app_context(app: Any) -> Iterator[None]:
    """Messages need the application."""
    with app.test_request_context():
        yield


@pytest.mark.one_engine
@pytest.mark.usefixtures("app_context")
def test_the_file_bears_its_mark_a_line_of_titles_and_plain_values() -> None:
    rows = [("Ánh, “Bé”", Decimal("2.5"), date(2024, 6, 30)), ("=1+1", None, None)]
    file, count = write_csv(Sheet(["What it is"], COLUMNS), iter(rows))
    with file:
        content = file.read()
    assert count == 2
    assert content.startswith(MARK)
    table = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert table[0][1:] == ["Name", "Hours", "Day"]
    assert table[1:] == [["1", "Ánh, “Bé”", "2.5", "30/06/2024"], ["2", "'=1+1", "", ""]]


@given(HOSTILE | st.text())
def test_what_was_written_is_what_is_read(text: str) -> None:
    assert unguarded(guarded(text)) == text


@settings(max_examples=500)
@given(st.lists(st.tuples(HOSTILE, HOSTILE), min_size=1, max_size=4))
def test_no_cell_begins_like_a_formula_at_whatever_signs_the_file_is_split(
    rows: list[tuple[str, str]],
) -> None:
    """A program reads commas, semicolons, tabs, bars or several of them, with quotes or without."""
    content = file_of(rows)
    for separators in (",", ";", "\t", "|", ",;", ",;\t|"):
        for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
            for cell in cells_of(content, separators, quoting):
                first = cell.lstrip().lstrip('"').lstrip()[:1]
                assert first not in ("=", "+", "-", "@"), (cell, separators, quoting)


def cells_of(content: str, separators: str, quoting: int) -> Iterator[str]:
    """The cells of a file as a program reads it that splits it at some signs."""
    text = content
    for sign in separators[1:]:
        text = text.replace(sign, separators[0])
    lines = io.StringIO(text, newline="")
    for row in csv.reader(lines, delimiter=separators[0], quoting=quoting):
        yield from row


def file_of(rows: list[tuple[str, str]]) -> str:
    """The rows as the file holds them, one text beside the other."""
    columns = [Column("A", 9, CellKind.TEXT, itemgetter(n)) for n in range(2)]
    with BARE.test_request_context():
        file, _count = write_csv(Sheet([], columns), iter(rows))
    with file:
        return file.read().decode("utf-8-sig")


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "x;=1+1",
        "x,=1+1",
        "x\t+1",
        "x\n@SUM(1)",
        "x\r-1",
        "x|=1",
        'x;"=1+1',
        'x; "" =1',
        "\t1",
        "\r1",
        "\t =1",
        "x;'=1",
    ],
)
def test_each_way_to_hide_a_formula_is_guarded_and_read_back(text: str) -> None:
    assert guarded(text) != text
    (sheet,) = read_sheets(file_of([("Ánh", text)]).encode("utf-8-sig"), "ds.csv")
    assert sheet.rows[1].cells == ["1", "Ánh", text]


@pytest.mark.parametrize("text", ["Ánh", "0912 345 678", "O'Brien", "5 - 7", ""])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text
    assert unguarded(text) == text


def test_an_apostrophe_of_ones_own_stays() -> None:
    assert unguarded("'tis") == "'tis"
    assert unguarded(guarded("'tis")) == "'tis"
