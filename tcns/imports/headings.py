"""Finding the row of headings in a sheet, and the field that each heading means."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from tcns.i18n import gettext as _
from tcns.imports.heading_words import FAMILY_WORDS, GIVEN_WORDS, NOTE_WORDS, says_only
from tcns.imports.rows.fields import FileKind, folded_heading, known_headings
from tcns.spreadsheets.reading import ReadSheet, SheetRow

# The rows above a list: names of offices, title, day, a line on how it was made.
MOST_TITLE_ROWS = 30
REASON_HEADINGS = ("ly do loi", "reason for the error", "da hieu la", "understood as")
# What lists carry without meaning anything to the register.
IGNORED = frozenset({"stt", "so tt", "no", "tt", "ghi chu", "note", *REASON_HEADINGS})
# What no list of ours keeps, whatever it is called: it is never even asked for.
NEVER_KEPT = re.compile(
    r"\b(cccd|cmnd|cmtnd|can cuoc|dinh danh|so the|dan toc|ton giao|dang vien|vao dang|"
    r"ngay cap|noi cap|so tai khoan|ngan hang)\b"
)
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

    @property
    def note_place(self) -> int | None:
        """The column of notes; None where there is none."""
        headings = enumerate(map(folded_heading, self.headings))
        found = [place for place, heading in headings if NOTE_WORDS.fullmatch(heading)]
        return next((place for place in found if place not in self.matching.values()), None)


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
    """Where each sheet of a file that has rows has its list, in the order of the sheets."""
    return [layout_of(kind, sheet, chosen) for sheet in sheets if sheet.rows]


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
    row, below = sheet.rows[place], sheet.rows[place + 1 :]
    matching = match(kind, row.cells, chosen, below)
    layout = Layout(sheet.name, row.number, row.cells, below, matching, sheet.merged)
    return with_full_names(layout, kind)


def layout_at(
    kind: FileKind, sheets: Sequence[ReadSheet], name: str, heading_row: int, matching: Matching
) -> Layout | None:
    """The list below a row of a sheet, its columns matched; None where the file has none there."""
    for sheet in sheets:
        for place, row in enumerate(sheet.rows[:MOST_TITLE_ROWS]):
            if (sheet.name, row.number) == (name, heading_row):
                below = sheet.rows[place + 1 :]
                layout = Layout(name, row.number, row.cells, below, matching, sheet.merged)
                return with_full_names(layout, kind)
    return None


def with_full_names(layout: Layout, kind: FileKind) -> Layout:
    """The layout with names joined that stand in two columns, and what is said of columns taken
    because another one of their field is empty."""
    remarks = {}
    for name, place in layout.matching.items():
        rivals = [at for at in places_of(kind, layout.headings, name) if at < place]
        if rivals and not any(map(str.strip, column(layout.rows, rivals[0]))):
            remarks[name] = _(
                "Taken from the column “%(taken)s”: “%(empty)s” is empty.",
                taken=layout.headings[place],
                empty=layout.headings[rivals[0]],
            )
    family, given = layout.matching.get("name"), given_place(layout)
    joins = {"name": (family, given)} if family is not None and given is not None else {}
    return layout._replace(joins=joins, remarks=remarks)


def given_place(layout: Layout) -> int | None:
    """The column of given names beside one of family names; None where names are in one."""
    family = layout.matching.get("name")
    if family is None:
        return None
    headings = [folded_heading(heading) for heading in layout.headings]
    taken = set(layout.matching.values())
    if FAMILY_WORDS.fullmatch(headings[family]):
        found = (at for at, text in enumerate(headings) if GIVEN_WORDS.fullmatch(text))
        return next((at for at in found if at not in taken), None)
    behind = family + 1
    is_nameless = behind >= len(headings) or not headings[behind]
    names = [cell for cell in column(layout.rows, behind) if cell.strip()]
    holds_names = len(names) * 2 > len(layout.rows) and all(map(is_given_name, names))
    return behind if is_nameless and behind not in taken and holds_names else None


def is_given_name(text: str) -> bool:
    """Whether a cell can be a given name, or its last syllables."""
    words = text.split()
    return 0 < len(words) <= 2 and all(map(str.isalpha, words))


def column(rows: Sequence[SheetRow], place: int) -> list[str]:
    """What stands in a column, row by row."""
    return [row.cells[place] for row in rows if place < len(row.cells)]


def likeliest_headings(rows: Sequence[SheetRow]) -> int:
    """The place of the row that looks most like headings: most short texts without figures."""

    def texts(row: SheetRow) -> int:
        cells = [cell.strip() for cell in row.cells]
        return sum(1 for cell in cells if 0 < len(cell) <= 40 and not any(map(str.isdigit, cell)))

    return max(range(len(rows)), key=lambda place: (texts(rows[place]), -place))


def is_next(sheet: ReadSheet, place: int) -> bool:
    """Whether the row below a row is the very next one in the file."""
    return sheet.rows[place + 1].number == sheet.rows[place].number + 1


def match(
    kind: FileKind,
    headings: Sequence[str],
    chosen: Mapping[str, str],
    rows: Sequence[SheetRow] = (),
) -> Matching:
    """The column of each field: the one somebody chose before, else the first that is known by its
    heading, of several the first with values."""
    found: Matching = {}
    for place, heading in enumerate(headings):
        name = chosen.get(folded_heading(heading))
        if name and name not in found:
            found[name] = place
    for field in kind.fields:
        free = [p for p in places_of(kind, headings, field.name) if p not in found.values()]
        filled = [place for place in free if any(map(str.strip, column(rows, place)))]
        if free and field.name not in found:
            found[field.name] = (filled or free)[0]
    return found


def places_of(kind: FileKind, headings: Sequence[str], name: str) -> list[int]:
    """The columns that are a field's by their headings: the known ones before those that only say
    its words."""
    known = [place for place, heading in enumerate(headings) if _field_of(kind, heading) == name]
    alike = [
        place
        for place, heading in enumerate(headings)
        if _field_of(kind, heading) is None and _says(kind, name, heading)
    ]
    return sorted(known) or alike if name != "phone" else sorted([*known, *alike])


def _says(kind: FileKind, name: str, heading: str) -> bool:
    """Whether a heading says the words of a field, and of no field before it."""
    folded = folded_heading(heading)
    if not folded or folded in IGNORED or NEVER_KEPT.search(folded):
        return False
    if name == "name" and FAMILY_WORDS.fullmatch(folded):
        return True
    names = [field.name for field in kind.fields if says_only(field.name, folded)]
    return names[:1] == [name]


def _field_of(kind: FileKind, heading: str) -> str | None:
    folded = folded_heading(heading)
    if not folded:
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
