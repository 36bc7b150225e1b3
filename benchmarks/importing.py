"""How long a province's whole register takes to come in, beside the floor.

The members of the demonstration are written to a file, taken off the register, and taken in
again from the file. The floor is reading the file with python-calamine and one executemany of the
same rows into a bare table.
"""

import io
import re
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, NamedTuple

from python_calamine import CalamineWorkbook
from sqlalchemy import text
from xlsxwriter import Workbook

from tcns.accounts.models import User
from tcns.accounts.queries import find_user
from tcns.areas.places import Place, has_districts, usual_map
from tcns.clock import today
from tcns.database import db, writing
from tcns.i18n import format_phone
from tcns.imports.applying import Decided, carry_out, check, plan_of
from tcns.imports.kinds.catalogue import kind_of
from tcns.imports.sheets import file_to_check
from tcns.imports.vocabulary import ImportKind
from tcns.permissions.scope import EVERYTHING
from tcns.spreadsheets.reading import read_sheets
from tcns.spreadsheets.writing import Sheet, SheetWriter
from tcns.teams.members import spreadsheet
from tcns.teams.members.queries import MemberFilter
from tcns.teams.members.spreadsheet_rows import membership_lines, with_areas

ADMINISTRATOR = "tinh"
PHONE = 1  # the second column of the file of memberships
# The invented phones have prefixes that no operator has; the importer would refuse them.
INVENTED, USABLE = re.compile(r"^0[57]\d"), "091"


class Figures(NamedTuple):
    """Rows, seconds of each step, megabytes of the process that reads."""

    rows: int
    read: float
    check: float
    prepare: float
    lock: float
    floor: float
    child_megabytes: float

    def lines(self) -> Iterator[str]:
        """The figures, a line each, and the whole beside the floor."""
        for name, figure in self._asdict().items():
            yield f"  {name:16}{figure:10.1f}"
        whole = self.read + self.check + self.prepare + self.lock
        yield f"  {'whole / floor':16}{whole / self.floor:9.1f}x"


def measure_import() -> Figures:
    """Measure in the context of an application whose database holds the demonstration."""
    content = whole_register()
    empty_register()
    seconds: dict[str, float] = {}
    kind = kind_of(ImportKind.MEMBERS)
    with timed(seconds, "read"):
        sheets = read_sheets(content, "register.xlsx")
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    with timed(seconds, "check"):
        checked = check(file_to_check(kind, sheets, {}, {}), by=administrator())
    with timed(seconds, "prepare"):
        plan = plan_of(checked, Decided())
        plan.prepare(by=administrator())
    with timed(seconds, "lock"), writing():
        assert carry_out(kind, None, plan, checked, by=administrator())
    with timed(seconds, "floor"):
        floor(content)
    return Figures(rows=len(checked.findings), child_megabytes=child, **seconds)


def whole_register() -> bytes:
    """The file of all memberships, as the site sends it, with phones that can be dialled."""
    day = today()
    map_on = usual_map(day)
    query = membership_lines(EVERYTHING, MemberFilter(day, Place(map_on)))
    columns = spreadsheet.membership_columns(write_in_full, has_districts=has_districts(map_on))
    lines = with_areas(db.session.execute(query).all(), map_on)
    columns[PHONE] = replace(columns[PHONE], value=dialled(columns[PHONE].value))
    file = io.BytesIO()
    with Workbook(file, {"constant_memory": True}) as book:
        SheetWriter(book, Sheet(["Register"], columns)).write(lines)
    return file.getvalue()


def write_in_full(_person_id: int, phone: str | None) -> str:
    """A phone as an administrator's file has it."""
    return format_phone(phone)


def dialled(phone: Callable[[Any], str]) -> Callable[[Any], str]:
    """The value of the column of phones, with a prefix that an operator has."""
    return lambda line: INVENTED.sub(USABLE, phone(line))


def empty_register() -> None:
    """Take all members off the register."""
    with writing():
        for table in ("attendance", "membership", "person"):
            db.session.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - names of our own


def administrator() -> User:
    """Who takes the file in."""
    user = find_user(ADMINISTRATOR)
    assert user is not None
    return user


def floor(content: bytes) -> None:
    """Read the file, and insert its rows as they are."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    width = max(map(len, rows))
    names = [f"c{place}" for place in range(width)]
    values = [dict(zip(names, map(str, row), strict=True)) for row in rows]
    with writing():
        db.session.execute(text(f"CREATE TEMPORARY TABLE floor ({' TEXT, '.join(names)} TEXT)"))
        places = ", ".join(f":{name}" for name in names)
        db.session.execute(text(f"INSERT INTO floor VALUES ({places})"), values)  # noqa: S608
        db.session.execute(text("DROP TABLE floor"))


@contextmanager
def timed(seconds: dict[str, float], step: str) -> Iterator[None]:
    """Note how long a step takes."""
    began = time.perf_counter()
    yield
    seconds[step] = time.perf_counter() - began
