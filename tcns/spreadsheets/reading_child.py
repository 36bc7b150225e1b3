"""The process that opens an uploaded file, alone and within limits: what it crashes of is lost.

Started by `tcns.spreadsheets.reading`, it knows nothing of the application. The file comes on
standard input, its ending as the argument. A line of JSON goes out for each sheet, each
row that is not blank, and at the end; or one that names a fault. Macros and formulas are text to
it: nothing of a file is ever run.
"""

import csv
import io
import json
import resource
import sys
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple
from xml.etree import ElementTree

from tcns.spreadsheets.separated_values import rows_of_text
from tcns.spreadsheets.workbook_xml import (
    Merged,
    Place,
    merged_in_tables,
    paths_of_sheets,
    valueless_cells,
)

MEGABYTE = 1024 * 1024
MOST_MEMORY = 256 * MEGABYTE
MOST_SECONDS = 10
MOST_SHEETS, MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 10, 30_000, 60, 500_000
# A cell of CSV may bear an apostrophe for every second of its 500 letters.
LONGEST_CELL, LONGEST_TEXT = 751, 20_000_000
# What a compressed file may hold: a list of people is some megabytes of XML.
MOST_ENTRIES, LARGEST_ENTRY, LARGEST_CONTENT, HIGHEST_RATIO = 2000, 100, 200, 150
OLE, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK"
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
Rows = Sequence[Sequence[Any]]


class Sheet(NamedTuple):
    """A sheet: its name, its rows, and the cells that say what a merged cell above them says.

    Of a hidden sheet nothing is read.
    """

    name: str
    rows: Rows
    merged: Sequence[Place] = ()
    is_hidden: bool = False


class Refused(Exception):
    """The file is not read; the message is the fault's name."""


def limit() -> None:
    """Let the system end this process when it takes too much memory or time."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def sheets_of(content: bytes, ending: str) -> Iterator[Sheet]:
    """The sheets of a file, told by what it holds and not by what it is called."""
    if content.startswith(ZIP):
        check_archive(content)
        return sheets_of_workbook(content)
    if content.startswith(OLE):
        check_compound(content)
        return sheets_of_workbook(content)
    try:
        return iter([Sheet("CSV", rows_of_text(decoded(content, ending)))])
    except csv.Error as error:
        raise Refused("damaged") from error


def check_archive(content: bytes) -> None:
    """Refuse an archive that is no workbook, or would open up too large."""
    entries = zipfile.ZipFile(io.BytesIO(content)).infolist()  # else it ends here, as damaged
    names = {entry.filename for entry in entries}
    is_workbook = any(name.lower().startswith("xl/workbook.") for name in names)
    if not is_workbook and OPEN_DOCUMENT not in content[:200]:
        raise Refused("type")
    sizes = [entry.file_size for entry in entries]
    is_inflated = sum(sizes) > HIGHEST_RATIO * len(content) and sum(sizes) > 20 * MEGABYTE
    too_much = max(sizes) > LARGEST_ENTRY * MEGABYTE or sum(sizes) > LARGEST_CONTENT * MEGABYTE
    if len(entries) > MOST_ENTRIES or too_much or is_inflated:
        raise Refused("extent")


def check_compound(content: bytes) -> None:
    """Refuse what is locked by a password, and what is no workbook, among Microsoft's old files."""
    if named(content, "EncryptedPackage"):
        raise Refused("password")
    if not named(content, "Workbook") and not named(content, "Book"):
        raise Refused("type")


def named(content: bytes, stream: str) -> bool:
    """Whether a compound file has a stream of this name."""
    return stream.encode("utf-16-le") in content


def sheets_of_workbook(content: bytes) -> Iterator[Sheet]:
    """The sheets of a workbook."""
    import python_calamine as calamine  # noqa: PLC0415 - within the limits

    merged = merged_in_document(content) if OPEN_DOCUMENT in content[:200] else {}
    lost = cells_without_value(content)
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        for meta in workbook.sheets_metadata[:MOST_SHEETS]:
            if meta.typ != calamine.SheetTypeEnum.WorkSheet:
                continue  # a chart
            if meta.visible != calamine.SheetVisibleEnum.Visible:
                yield Sheet(meta.name, [], is_hidden=True)
                continue
            sheet = workbook.get_sheet_by_name(meta.name)
            yield filled_down(sheet, merged.get(meta.name, ()), lost.get(meta.name, {}))
    except calamine.PasswordError as error:
        raise Refused("password") from error
    except (calamine.CalamineError, calamine.XmlError, calamine.ZipError) as error:
        raise Refused("password" if "assword" in str(error) else "damaged") from error


def merged_in_document(content: bytes) -> dict[str, list[Merged]]:
    """The merged cells of the sheets of an OpenDocument file, of which calamine says nothing."""
    try:
        with (
            zipfile.ZipFile(io.BytesIO(content)) as archive,
            archive.open("content.xml") as document,
        ):
            return dict(merged_in_tables(document))
    except (KeyError, ValueError, OSError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        raise Refused("damaged") from error
    except ElementTree.ParseError as error:
        raise Refused("damaged") from error


def cells_without_value(content: bytes) -> dict[str, dict[Place, str]]:
    """The cells of an XLSX file that hold an error, or a formula without a result, as they show:
    calamine says nothing of them."""
    if not content.startswith(ZIP) or OPEN_DOCUMENT in content[:200]:
        return {}
    found: dict[str, dict[Place, str]] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name, path in paths_of_sheets(archive).items():
                found[name] = dict(valueless_cells(archive.read(path)))
    except (KeyError, ValueError, OSError, RuntimeError, zipfile.BadZipFile, zlib.error):
        return found  # what is damaged, calamine says
    except ElementTree.ParseError:
        return found
    return found


def filled_down(sheet: Any, merged: Sequence[Merged], lost: Mapping[Place, str]) -> Sheet:
    """The rows of a sheet from its first; a cell merged downwards says the same in each row.

    A cell merged sideways stays where it begins: it is a title. `lost` are cells without a value.
    """
    if (sheet.total_height or 0) * (sheet.total_width or 0) > 8 * MOST_CELLS:
        raise Refused("extent")
    rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    for (row_place, column), shown in lost.items():
        if row_place < len(rows) and column < len(rows[row_place]):
            rows[row_place][column] = shown
    reached = []
    for (top, left), (bottom, _right) in merged or sheet.merged_cell_ranges or ():
        for place, row in enumerate(rows[top + 1 : bottom + 1], start=top + 1):
            if left < len(row) and left < len(rows[top]) and row[left] == "":
                row[left] = rows[top][left]
                reached += [(place + 1, left)] if rows[top][left] != "" else []
    return Sheet(sheet.name, rows, reached)


def decoded(content: bytes, ending: str) -> str:
    """The text of a file without a format of its own: UTF-8, or UTF-16 that says so."""
    is_marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\0" in content and not is_marked:
        raise Refused("type")
    try:
        text = content.decode("utf-16" if is_marked else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("encoding" if ending in ("csv", "txt") else "type") from error
    is_text = all(character.isprintable() or character in "\t\r\n" for character in text[:5000])
    if not is_text or text.lstrip().startswith(("<", "{", "%PDF")):
        raise Refused("type")
    return text


def in_plain_text(value: Any) -> str:
    """A cell as people read it: 912345678, 01/05/2024, 2.5."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date):  # years before 1000 with their zeros, on every system
        day = f"{value.day:02}/{value.month:02}/{value.year:04}"
        return f"{day} {value:%H:%M}" if isinstance(value, datetime) else day
    return unicodedata.normalize("NFC", str(value)[:LONGEST_CELL])


class Printer:
    """Sends the rows out, and counts what was sent."""

    def __init__(self) -> None:
        self.rows = self.cells = self.characters = 0

    def send(self, sheet: Sheet) -> None:
        """Send a sheet's rows, numbered from 1, without blank ones and blank ends."""
        tell({"sheet": sheet.name, "merged": sheet.merged, "is_hidden": sheet.is_hidden})
        for number, row in enumerate(sheet.rows, start=1):
            cells = without_end([in_plain_text(value) for value in row])
            if cells:
                self._count(cells)
                tell([number, cells])

    def _count(self, cells: list[str]) -> None:
        """Refuse what is larger than any list of a province."""
        self.rows += 1
        self.cells += len(cells)
        self.characters += sum(map(len, cells))
        is_long = self.rows > MOST_ROWS or len(cells) > MOST_COLUMNS or self.cells > MOST_CELLS
        if is_long or self.characters > LONGEST_TEXT:
            raise Refused("extent")


def without_end(cells: list[str]) -> list[str]:
    """The cells up to the last that is not blank."""
    while cells and not cells[-1].strip():
        cells.pop()
    return cells


def tell(what: Any) -> None:
    """Write one line of the answer."""
    sys.stdout.write(json.dumps(what) + "\n")


def main(ending: str) -> None:
    """Read standard input as a file and write what it holds."""
    limit()
    printer = Printer()
    try:
        for sheet in sheets_of(sys.stdin.buffer.read(), ending):
            printer.send(sheet)
        tell("end")
    except Refused as refused:
        tell({"fault": str(refused)})
    except (MemoryError, OverflowError):
        tell({"fault": "extent"})
