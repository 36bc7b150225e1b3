"""Reading a spreadsheet that somebody uploaded: XLSX, XLS, ODS or CSV, by a process of its own.

Nobody knows what is in such a file. It is opened where it can take neither memory nor time from
anybody, and what comes out is text: the rows that are not blank, numbered as Excel shows them.
"""

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from tcns.errors import RuleViolation
from tcns.i18n import LabelledEnum
from tcns.i18n import lazy_gettext as _l
from tcns.spreadsheets.csv_writing import is_mark, unguarded
from tcns.spreadsheets.reading_child import OLE, ZIP

LARGEST_FILE = 10 * 1024 * 1024
PATIENCE_SECONDS = 10
ENDINGS = ("xlsx", "xls", "ods", "csv")
ROOT = Path(__file__).parents[2]
# The process that opens a file finds this package, and nothing else that is not installed.
BEGIN = (
    "import sys; sys.path.append(sys.argv[1]); "
    "from tcns.spreadsheets.reading_child import main; main(sys.argv[2])"
)


class Fault(LabelledEnum):
    """Why a file cannot be read."""

    NONE = "none", _l("Choose a file.")
    TYPE = "type", _l("This is no spreadsheet. Choose an Excel (.xlsx, .xls), ODS or CSV file.")
    EMPTY = "empty", _l("The file is empty.")
    SIZE = "size", _l("The file is larger than 10 MB. Divide the list into several files.")
    PASSWORD = (
        "password",
        _l("The file is locked by a password. Take the password off and save it."),
    )
    ENCODING = "encoding", _l("The letters of this CSV file cannot be read. Save it as CSV UTF-8.")
    DAMAGED = "damaged", _l("The file is damaged. Open it in Excel, save it anew, and try again.")
    EXTENT = (
        "extent",
        _l(
            "The file has too many rows or columns: at most 30,000 rows and 60 columns are read. "
            "Delete what is not needed, or divide the list."
        ),
    )
    SLOW = "slow", _l("Reading the file takes too long. Divide the list into several files.")


class Unreadable(RuleViolation):
    """A file cannot be read; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.label, "file")
        self.fault = fault


class SheetRow(NamedTuple):
    """A row that is not blank: its number as Excel shows it, its cells as text."""

    number: int
    cells: list[str]


class ReadSheet(NamedTuple):
    """A sheet of a file: its name, its rows that are not blank; of a hidden one none is read.

    `merged` are the cells, by row number and place, that say what a merged cell above them says.
    """

    name: str
    rows: list[SheetRow]
    merged: frozenset[tuple[int, int]] = frozenset()
    is_hidden: bool = False


def read_sheets(content: bytes, file_name: str) -> list[ReadSheet]:
    """The sheets of a file, empty and hidden ones too; raises Unreadable, also where none has
    rows."""
    if not content:
        raise Unreadable(Fault.EMPTY)
    if len(content) > LARGEST_FILE:
        raise Unreadable(Fault.SIZE)
    lines = _read(content, file_name)
    as_typed = str if content.startswith((ZIP, OLE)) else unguarded
    sheets = _sheets(lines, as_typed)
    if not any(sheet.rows for sheet in sheets):
        raise Unreadable(Fault.EMPTY)
    return sheets


def _read(content: bytes, file_name: str) -> Sequence[bytes]:
    """What the process that opens the file says of it, line by line."""
    ending = file_name.rpartition(".")[2].lower()
    command = [sys.executable, "-I", "-X", "utf8", "-c", BEGIN, str(ROOT), ending]
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=PATIENCE_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable(Fault.SLOW) from error
    if done.returncode:
        raise Unreadable(_fault_of(done.returncode))
    return done.stdout.splitlines()


def _fault_of(returncode: int) -> Fault:
    """What a process died of: out of time, out of memory, or of what it read."""
    if -returncode in (signal.SIGXCPU, signal.SIGKILL):
        return Fault.SLOW
    return Fault.EXTENT if -returncode in (signal.SIGABRT, signal.SIGSEGV) else Fault.DAMAGED


def _sheets(lines: Iterable[bytes], as_typed: Callable[[str], str]) -> list[ReadSheet]:
    """The sheets that the lines tell of, each cell as it was before it was written to the file."""
    sheets: list[ReadSheet] = []
    for line in lines:
        value = json.loads(line)
        if isinstance(value, list):
            number, cells = value
            if not is_mark(cells):
                sheets[-1].rows.append(SheetRow(number, [as_typed(text) for text in cells]))
        elif "fault" in value:
            raise Unreadable(Fault(value["fault"]))
        elif "sheet" in value:
            merged = frozenset((row, place) for row, place in value["merged"])
            sheets.append(ReadSheet(value["sheet"], [], merged, value["is_hidden"]))
    return sheets
