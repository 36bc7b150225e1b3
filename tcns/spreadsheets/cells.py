"""The rows of a list as the XML of an XLSX sheet.

XLSX libraries take 5 to 10 µs for a cell; a national list has five million. A row is written as
text at once here, and everything around the rows is left to the library.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from xlsxwriter.utility import xl_col_to_name

from tcns.i18n import format_day

# The calendar of spreadsheets counts from here; before March 1900 it is wrong by a day.
DAY_ZERO, FIRST_DAY = date(1899, 12, 30), date(1900, 3, 1)
LONGEST_TEXT = 32_767  # more in one cell, and Excel calls the file broken

SPECIAL = re.compile(r"[&<>\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}

# A column's value in a row, and the number of its format in the workbook.
CellPlan: TypeAlias = tuple[Callable[[Any], Any], int]


class RowWriter:
    """Makes the XML of rows: a running number, then each column's value."""

    def __init__(self, number_style: int, plans: Sequence[CellPlan]) -> None:
        self.number_style = number_style
        self.plans = [
            (xl_col_to_name(place), value_of, style)
            for place, (value_of, style) in enumerate(plans, start=1)
        ]

    def row(self, line: int, number: int | None, row: Any) -> str:
        """One row, standing in `line` of the sheet counted from 1; a total has no number."""
        cells = "".join(
            [
                cell(f"{letter}{line}", style, value_of(row))
                for letter, value_of, style in self.plans
            ]
        )
        return f'<row r="{line}">{cell(f"A{line}", self.number_style, number)}{cells}</row>'


def cell(place: str, style: int, value: Any) -> str:
    """A value as what it is. Text is written as text: no cell can become a formula."""
    if value is None or value == "":
        return f'<c r="{place}" s="{style}"/>'
    if isinstance(value, int | float | Decimal):
        return f'<c r="{place}" s="{style}"><v>{value}</v></c>'
    if isinstance(value, date):
        if value >= FIRST_DAY:
            return f'<c r="{place}" s="{style}"><v>{(value - DAY_ZERO).days}</v></c>'
        value = format_day(value)
    text = escaped(str(value)[:LONGEST_TEXT])
    keep = ' xml:space="preserve"' if text != text.strip() else ""
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t{keep}>{text}</t></is></c>'


def escaped(text: str) -> str:
    """Text as a sheet holds it; what XML cannot hold is written _xHHHH_."""
    return SPECIAL.sub(_escape, text) if SPECIAL.search(text) else text


def _escape(found: re.Match[str]) -> str:
    """One special character, or a text that looks like the escape of one."""
    text = found[0]
    if len(text) > 1:
        return f"_x005F{text}"
    return ENTITIES.get(text) or f"_x{ord(text):04X}_"
