"""Finding the row of headings in a sheet, and the field that each heading means."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from tcns.imports.rows.fields import FileKind, folded_heading, known_headings
from tcns.spreadsheets.reading import ReadSheet, SheetRow

# The rows above a list: names of offices, title, day, a line on how it was made.
MOST_TITLE_ROWS = 30
REASON_HEADINGS = ("ly do loi", "reason for the error", "da hieu la", "understood as")
# What lists carry without meaning anything to the register.
IGNORED = frozenset({"stt", "so tt", "no", "tt", "ghi chu", "note", *REASON_HEADINGS})
Matching = dict[str, int]


class Layout(NamedTuple):
    """Where a sheet has its list: the row of headings, the headings, the rows below.

    `fills` are columns whose cells stand in where that of a field is blank, `joins` those that
    hold a field together; `remarks` is what is said of each row of a field.
    """

    sheet: str
    heading_row: int
    headings: list[str]
    rows: list[SheetRow]
    matching: Matching
    merged: frozenset[tuple[int, int]] = frozenset()
    fills: Mapping[str, int] = MappingProxyType({})
    joins: Mapping[str, tuple[int, ...]] = MappingProxyType({})
    remarks: Mapping[str, str] = MappingProxyType({})


def find_layout(kind: FileKind, sheets: Sequence[ReadSheet], chosen: Mapping[str, str]) -> Layout:
    """The list of a file: in the sheet that names most of the kind's fields.

    `chosen` are fields that somebody meant by headings before. Where no heading is known, the
    likeliest row of headings is taken, to be matched by hand.
    """
    layouts = layouts_of(kind, sheets, chosen)
    return max(layouts, key=lambda layout: len(layout.matching))


def layouts_of(
    kind: FileKind, sheets: Sequence[ReadSheet], chosen: Mapping[str, str]
) -> list[Layout]:
    """Where each sheet of a file has its list, in the order of the sheets."""
    return [layout_of(kind, sheet, chosen) for sheet in sheets]


def layout_of(kind: FileKind, sheet: ReadSheet, chosen: Mapping[str, str]) -> Layout:
    """Where a sheet has its list: under the row that names most of the kind's fields."""
    counts = [len(match(kind, row.cells, chosen)) for row in sheet.rows[:MOST_TITLE_ROWS]]
    most = max(counts)
    if most < min(2, len(kind.fields)):
        place = likeliest_headings(sheet.rows[:MOST_TITLE_ROWS])
    else:
        # Of two rows of headings, one right below the other, the lower one is the finer.
        place = counts.index(most)
        while counts[place + 1 : place + 2] == [most] and is_next(sheet, place):
            place += 1
    row = sheet.rows[place]
    return Layout(
        sheet.name,
        row.number,
        row.cells,
        sheet.rows[place + 1 :],
        match(kind, row.cells, chosen),
        sheet.merged,
    )


def layout_at(
    sheets: Sequence[ReadSheet], name: str, heading_row: int, matching: Matching
) -> Layout | None:
    """The list below a row of a sheet, its columns matched; None where the file has none there."""
    for sheet in sheets:
        for place, row in enumerate(sheet.rows[:MOST_TITLE_ROWS]):
            if (sheet.name, row.number) == (name, heading_row):
                below = sheet.rows[place + 1 :]
                return Layout(name, row.number, row.cells, below, matching, sheet.merged)
    return None


def likeliest_headings(rows: Sequence[SheetRow]) -> int:
    """The place of the row that looks most like headings: most short texts without figures."""

    def texts(row: SheetRow) -> int:
        cells = [cell.strip() for cell in row.cells]
        return sum(1 for cell in cells if 0 < len(cell) <= 40 and not any(map(str.isdigit, cell)))

    return max(range(len(rows)), key=lambda place: (texts(rows[place]), -place))


def is_next(sheet: ReadSheet, place: int) -> bool:
    """Whether the row below a row is the very next one in the file."""
    return sheet.rows[place + 1].number == sheet.rows[place].number + 1


def match(kind: FileKind, headings: Sequence[str], chosen: Mapping[str, str]) -> Matching:
    """The column of each field: the one somebody chose before, else the first it is known by."""
    found: Matching = {}
    for place, heading in enumerate(headings):
        name = chosen.get(folded_heading(heading)) or _field_of(kind, heading)
        if name and name not in found:
            found[name] = place
    return found


def _field_of(kind: FileKind, heading: str) -> str | None:
    folded = folded_heading(heading)
    if not folded or folded in IGNORED:
        return None
    return next((field.name for field in kind.fields if folded in known_headings(field)), None)


def unused(headings: Sequence[str], matching: Matching) -> list[str]:
    """The headings of columns that no field is taken from, but for those that mean nothing."""
    used = set(matching.values())
    left = [heading for place, heading in enumerate(headings) if place not in used]
    return [heading for heading in left if folded_heading(heading) not in {"", *IGNORED}]


def is_reason(heading: str) -> bool:
    """Whether a column holds the reasons that an earlier check gave."""
    return folded_heading(heading) in REASON_HEADINGS
