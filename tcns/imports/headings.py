"""Finding the row of headings in a sheet, and the field that each heading means."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tcns.errors import RuleViolation
from tcns.i18n import gettext as _
from tcns.imports.rows.fields import FileKind, folded_heading, known_headings
from tcns.spreadsheets.reading import ReadSheet, SheetRow

# The rows above a list: names of offices, title, day, a line on how it was made.
MOST_TITLE_ROWS = 30
REASON_HEADINGS = ("ly do loi", "reason for the error")
# What lists carry without meaning anything to the register.
IGNORED = frozenset({"stt", "so tt", "no", "tt", "ghi chu", "note", *REASON_HEADINGS})
Matching = dict[str, int]


class Layout(NamedTuple):
    """Where a sheet has its list: the row of headings, the headings, the rows below."""

    sheet: str
    heading_row: int
    headings: list[str]
    rows: list[SheetRow]
    matching: Matching


def find_layout(kind: FileKind, sheets: Sequence[ReadSheet], chosen: Mapping[str, str]) -> Layout:
    """The list of a file: in the sheet, under the row, that names most of the kind's fields.

    `chosen` are fields that somebody meant by headings before. Raises RuleViolation when no row
    names at least two, or the kind's only one.
    """
    best, most = None, 0
    for sheet in sheets:
        for place, row in enumerate(sheet.rows[:MOST_TITLE_ROWS]):
            count = len(match(kind, row.cells, chosen))
            # Of two rows of headings, one above the other, the lower one is the finer.
            if count > most or (count == most and best and is_below(best, sheet, row)):
                most, best = count, (sheet, place)
    if best is None or most < min(2, len(kind.fields)):
        raise RuleViolation(
            _("No row of headings was found. Is it the file of this kind? Take the template."),
            "file",
        )
    sheet, place = best
    row = sheet.rows[place]
    matching = match(kind, row.cells, chosen)
    return Layout(sheet.name, row.number, row.cells, sheet.rows[place + 1 :], matching)


def is_below(best: tuple[ReadSheet, int], sheet: ReadSheet, row: SheetRow) -> bool:
    """Whether a row stands right below the best one so far."""
    return best[0] is sheet and best[0].rows[best[1]].number + 1 == row.number


def match(kind: FileKind, headings: Sequence[str], chosen: Mapping[str, str]) -> Matching:
    """The column of each field: the one somebody chose before, else the first it is known by."""
    found: Matching = {}
    for place, heading in enumerate(headings):
        name = chosen.get(folded_heading(heading)) or _field_of(kind, heading)
        if name and name not in found:
            found[name] = place
    return found


def _field_of(kind: FileKind, heading: str) -> str | None:
    """The field known by a heading."""
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
