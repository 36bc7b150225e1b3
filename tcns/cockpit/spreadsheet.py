"""The figures of a chart as columns of a file: numbers as numbers, shares in per cent."""

from collections.abc import Callable
from typing import Any

from tcns.charts.drawing import Cell, Table
from tcns.spreadsheets.writing import CellKind, Column

NAMES, FIGURES, HUNDRED = 36, 14, 100
Row = tuple[Cell, ...]


def chart_columns(table: Table) -> list[Column]:
    """A column for each of the table beside a chart; a figure that is missing is an empty cell."""
    return [_column(table, place) for place in range(len(table.headings))]


def _column(table: Table, place: int) -> Column:
    cells, heading = [row[place] for row in table.rows], table.headings[place]
    if not any(cell.is_number for cell in cells):
        return Column(heading, NAMES, CellKind.TEXT, lambda row: row[place].words)
    if any(cell.words.endswith("%") for cell in cells):
        return Column(f"{heading} (%)", FIGURES, CellKind.DECIMAL, _times(place, HUNDRED))
    is_whole = all(float(cell.value or 0).is_integer() for cell in cells)
    kind = CellKind.NUMBER if is_whole else CellKind.DECIMAL
    return Column(heading, FIGURES, kind, _times(place, 1))


def _times(place: int, factor: int) -> Callable[[Row], Any]:
    """The figure of a cell as many times."""

    def value(row: Row) -> float | None:
        found = row[place].value
        return None if found is None else found * factor

    return value
