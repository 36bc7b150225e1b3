"""Writing a list as CSV for other programs: UTF-8 with its mark, a line of titles, the rows.

A text that a spreadsheet program would take for a formula gets an apostrophe in front of the sign
that makes it one (`guarded`). Nobody knows at which signs the program splits the file, so this
holds for every place at which a cell may begin. Reading takes the apostrophes off again
(`unguarded`), so that what was written is what is read.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO, Any

from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.spreadsheets.writing import Sheet

APOSTROPHE = "'"
# How the line begins that says who took a file of personal data out of the system.
MARK_SIGN = "#tcns: "
# How the lines begin that say what figures are which are passed on without their page.
NOTE_SIGN = "# "
# Where a cell may begin, what may stand before its first sign and be dropped, what makes a formula.
BEGINNING, DROPPED, SIGN = r"(?:^|[,;|\t\r\n])", r"[\s\"']*", r"[=+\-@]"
FORMULA = re.compile(f"({BEGINNING}{DROPPED})(?={SIGN})")
GUARDED_FORMULA = re.compile(f"({BEGINNING}{DROPPED}){APOSTROPHE}(?={SIGN})")
# What some programs drop at the beginning of a cell; an apostrophe of one's own is told apart.
BLANK = re.compile(rf"(?={APOSTROPHE}*[\t\r\n])")
GUARDED_BLANK = re.compile(rf"{APOSTROPHE}(?={APOSTROPHE}*[\t\r\n])")


def write_csv(sheet: Sheet, rows: Iterable[Any]) -> tuple[IO[bytes], int]:
    """Write the rows, taken one by one, to a temporary file; the file, rewound, and their number.

    The lines on top are left out: a program reads the titles in the first line. Only a list of
    personal data has a line above them, which says what it is and who took it out when; it begins
    with a sign by which the importer knows it. And figures that are passed on have theirs, each
    beginning with the sign of a remark.
    """
    file, number = TemporaryFile(), 0  # noqa: SIM115 - the answer closes it when it is sent
    text = io.TextIOWrapper(file, "utf-8-sig", newline="", write_through=True)
    table = csv.writer(text)
    if sheet.mark:
        table.writerow([guarded(MARK_SIGN + " · ".join(map(str, sheet.lines)))])
    for line in sheet.lines if sheet.is_passed_on else ():
        table.writerow([guarded(f"{NOTE_SIGN}{line}")])
    table.writerow([_("No."), *(str(column.title) for column in sheet.columns)])
    values = [column.value for column in sheet.columns]
    for number, row in enumerate(rows, start=1):
        table.writerow([number, *(as_text(value(row)) for value in values)])
    if sheet.total is not None:
        table.writerow([None, *(as_text(value(sheet.total)) for value in values)])
    text.detach()
    file.seek(0)
    return file, number


def is_mark(cells: Sequence[str]) -> bool:
    """Whether a row is the line that says who took the file out: it is none of the list."""
    first, *others = cells or [""]
    return first.startswith(MARK_SIGN) and not any(others)


def as_text(value: Any) -> Any:
    """A value as CSV holds it: a day like 30/06/2024, a number with a point, text guarded."""
    if value is None or isinstance(value, int | float | Decimal):
        return value
    return format_day(value) if isinstance(value, date) else guarded(str(value))


def guarded(text: str) -> str:
    """Text of which no program makes a formula, at whichever signs it splits the file."""
    if BLANK.match(text):
        text = APOSTROPHE + text
    return FORMULA.sub(rf"\1{APOSTROPHE}", text)


def unguarded(text: str) -> str:
    """What `guarded` was given: its apostrophes are taken off, any other stays."""
    text = GUARDED_FORMULA.sub(r"\1", text)
    return text[1:] if GUARDED_BLANK.match(text) else text
