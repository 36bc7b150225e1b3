"""What a list's file holds, read back."""

import io
from typing import Any

from python_calamine import CalamineWorkbook

from tcns.spreadsheets.sending import XLSX
from tests.page import Visitor


def exported(visitor: Visitor, url: str) -> list[list[Any]]:
    """The rows of the file of a list."""
    path, _mark, query = url.partition("?")
    return table_of(visitor.download(f"{path}/export?{query}", XLSX))


def table_of(file: bytes) -> list[list[Any]]:
    """The rows of the file below its column titles."""
    rows = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(0).to_python()
    titles = next(index for index, row in enumerate(rows) if row[0] in ("No.", "STT"))
    return rows[titles + 1 :]
