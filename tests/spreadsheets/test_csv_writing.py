"""A list as CSV: safe to open in a spreadsheet program, and read again as it was written."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcns.spreadsheets.csv_writing import guarded, unguarded, write_csv
from tcns.spreadsheets.writing import CellKind, Column, Sheet

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


@given(st.text() | st.text(alphabet="'=+-@\t\r\n a1"))
def test_what_was_written_is_what_is_read(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(st.text(alphabet="'=+-@\t\r\n a1"))
def test_no_cell_begins_like_a_formula_behind_blanks_either(text: str) -> None:
    assert not guarded(text).lstrip(" \t\r\n").startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("text", ["Ánh", "0912 345 678", "O'Brien", "5 - 7", ""])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text
    assert unguarded(text) == text


def test_an_apostrophe_of_ones_own_stays() -> None:
    assert unguarded("'tis") == "'tis"
    assert unguarded(guarded("'tis")) == "'tis"
