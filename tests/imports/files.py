"""Files for tests: workbooks and texts as people make them."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from xlsxwriter import Workbook

from tcns.database import db

Cells = Sequence[Any]
TEAMS = (
    "Tên tổ",
    "Thôn",
    "Xã",
    "Ngày thành lập",
    "Số quyết định",
    "Ngày quyết định",
    "Cơ quan ban hành",
)
DECISION = ("12/QĐ", "01/02/2024", "UBND xã Hòa An")
VILLAGES = ("Mã", "Thôn", "Xã", "Từ ngày")
HOUSEHOLDS = ("Mã", "Thôn", "Số hộ", "Ngày thống kê")
STATISTICS = (
    *("Mã", "Thôn", "Có sóng di động", "Hộ có điện thoại thông minh"),
    *("Số hộ được thống kê về điện thoại thông minh", "Ngày thống kê"),
)
# The tables that record that something happened; they are not put back.
OF_RECORDS = {
    *("audit_event", "audit_value", "reversible", "reversible_step", "import", "import_row"),
    "data_version",  # drawn anew by every write
}


def workbook(*rows: Cells, sheet: str = "Danh sách", merged: Sequence[str] = ()) -> bytes:
    """An XLSX file with these rows; numbers and days are what they are, None is nothing.

    `merged` are ranges like A1:C1, which keep what stands in their first cell.
    """
    file = io.BytesIO()
    with Workbook(file) as book:
        page = book.add_worksheet(sheet)
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for index, row in enumerate(rows):
            for place, value in enumerate(row):
                write(page, index, place, value, day)
        for cells in merged:
            page.merge_range(cells, rows[int(cells[1 : cells.index(":")]) - 1][ord(cells[0]) - 65])
    return file.getvalue()


def write(page: Any, index: int, place: int, value: Any, day: Any) -> None:
    """Write one cell as a person would: numbers as numbers, texts as texts."""
    if isinstance(value, date):
        page.write_datetime(index, place, value, day)
    elif isinstance(value, int | float):
        page.write_number(index, place, value)
    elif isinstance(value, str) and value.startswith("="):
        page.write_formula(index, place, value)
    elif value is not None:
        page.write_string(index, place, value)


def everything() -> dict[str, list[Any]]:
    """Every row of the register, without versions, which rise."""
    return {
        table.name: sorted(
            map(tuple, db.session.execute(select(*(c for c in table.c if c.key != "version")))),
            key=repr,
        )
        for table in db.metadata.sorted_tables
        if table.name not in OF_RECORDS
    }
