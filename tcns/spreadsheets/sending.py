"""Giving out a list whole: as an XLSX or CSV file, or as a page to print, and on record."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from enum import StrEnum
from itertools import islice
from typing import IO, Any
from urllib.parse import quote

from flask import Response, make_response, render_template, request, send_file
from flask_login import current_user
from sqlalchemy import Select

from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.clock import now
from tcns.database import db
from tcns.i18n import format_day, format_moment, format_number
from tcns.i18n import gettext as _
from tcns.permissions.guards import guarded_write
from tcns.spreadsheets.csv_writing import write_csv
from tcns.spreadsheets.personal import (
    PERSONAL_COLUMNS,
    ROWS,
    LimitReachedError,
    columns_to_export,
    expect_within_limit,
    limit_page,
    personal_titles,
)
from tcns.spreadsheets.writing import CellKind, Column, Sheet, Text, write_list
from tcns.vietnamese import fold

BATCH = 1000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
# A longer list is no list to print: some 170 sheets of paper.
MOST_PRINTED = 5000

# What makes rows of a file or a page out of some records, with one question to each table.
Describe = Callable[[Sequence[Any]], Sequence[Any]]


class Way(StrEnum):
    """How a list is given out; `as` in the address says it."""

    XLSX = "xlsx"
    CSV = "csv"
    PRINT = "print"


def send_list(
    query: Select[Any],
    describe: Describe,
    columns: Sequence[Column],
    *,
    lines: Sequence[Text],
    area_id: int | None = None,
) -> Response:
    """Answer with all rows of a query the way the address asks for, named by its first line."""
    return send_rows(_described(query, describe), columns, lines=lines, area_id=area_id)


def send_rows(
    rows: Iterable[Any],
    columns: Sequence[Column],
    *,
    lines: Sequence[Text],
    area_id: int | None = None,
    total: Any = None,
    is_passed_on: bool = False,
) -> Response:
    """Answer with the rows the way the address asks for, named by the first line, above their total
    if they have one. Figures that are passed on without their page say the lines in every way.

    That the list left the system is on record before the first byte does: who took which list,
    filtered how, and how many rows. Personal columns are left out for those who may not export
    personal data; with them, the rows count towards what somebody may take out in a day.
    """
    columns, made = columns_to_export(columns), _made()
    personal = personal_titles(columns)
    mark = made if personal else ""
    sheet = Sheet([*lines, made], columns, total, mark, is_passed_on)
    answer, count = WAYS[_wanted_way()](sheet, rows)
    told = _told(lines[0], count, personal)
    try:
        with ExitStack() as unrecorded:
            unrecorded.callback(answer.close)  # what cannot be put on record, nobody gets
            with guarded_write():
                if personal:
                    expect_within_limit(count, current_user._get_current_object())
                record(Event.LIST_EXPORTED, by=current_user, area_id=area_id, changes=told)
            unrecorded.pop_all()
    except LimitReachedError as reached:
        with guarded_write():
            record(Event.LIST_REFUSED, by=current_user, area_id=area_id, changes=told)
        return limit_page(reached)
    return answer


def _made() -> str:
    """Who made a file, and when."""
    return _(
        "Made at %(moment)s by %(name)s (%(user_name)s)",
        moment=format_moment(now()),
        name=current_user.full_name,
        user_name=current_user.user_name,
    )


def _told(title: Text, count: int, personal: str) -> dict[str, tuple[None, Any]]:
    """What goes on record of a list: which one, filtered how, how many rows, what is personal."""
    return {
        "list": (None, str(title)),
        "address": (None, request.full_path.rstrip("?")),
        ROWS: (None, count),
        PERSONAL_COLUMNS: (None, personal or None),
    }


def _wanted_way() -> Way:
    """How the address wants the list; XLSX unless it says another."""
    wanted = request.args.get("as")
    return Way(wanted) if wanted in set(Way) else Way.XLSX


def _described(query: Select[Any], describe: Describe) -> Iterator[Any]:
    """The rows of a query batch by batch, so that memory does not grow with their number.

    Of a query of records these; of one of plain columns the rows.
    """
    found: Any = db.session.execute(query.execution_options(yield_per=BATCH))
    is_of_records = isinstance(query.column_descriptions[0]["expr"], type)
    for batch in (found.scalars() if is_of_records else found).partitions():
        yield from describe(batch)


def as_xlsx(sheet: Sheet, rows: Iterable[Any]) -> tuple[Response, int]:
    """The list as a workbook, and how many rows it has."""
    file, count = write_list(sheet, rows)
    return _attached(file, XLSX, str(sheet.lines[0]), Way.XLSX), count


def as_csv(sheet: Sheet, rows: Iterable[Any]) -> tuple[Response, int]:
    """The list as CSV, and how many rows it has."""
    file, count = write_csv(sheet, rows)
    return _attached(file, CSV, str(sheet.lines[0]), Way.CSV), count


def as_page(sheet: Sheet, rows: Iterable[Any]) -> tuple[Response, int]:
    """The list as a page to print, and how many rows it has: none where it is too long for that."""
    rows = iter(rows)
    shown = [
        [_printed(column, row) for column in sheet.columns] for row in islice(rows, MOST_PRINTED)
    ]
    is_too_long = next(rows, None) is not None
    page = render_template(
        "spreadsheets/print_list.html",
        sheet=sheet,
        rows=[] if is_too_long else shown,
        total=[_printed(c, sheet.total) for c in sheet.columns] if sheet.total else [],
        most=MOST_PRINTED if is_too_long else None,
    )
    return make_response(page), 0 if is_too_long else len(shown)


def _printed(column: Column, row: Any) -> str:
    """A value as a page shows it."""
    value = column.value(row)
    if value is None or value == "":
        return ""
    if column.kind is CellKind.DAY:
        return format_day(value)
    if column.kind in (CellKind.NUMBER, CellKind.DECIMAL):
        return format_number(value, 1 if column.kind is CellKind.DECIMAL else 0)
    return str(value)


WAYS: dict[Way, Callable[[Sheet, Iterable[Any]], tuple[Response, int]]] = {
    Way.XLSX: as_xlsx,
    Way.CSV: as_csv,
    Way.PRINT: as_page,
}


def _attached(file: IO[bytes], content_type: str, title: str, ending: str) -> Response:
    """A file to keep, named by its title."""
    answer = send_file(file, mimetype=content_type)
    answer.headers["Content-Disposition"] = attachment(title, ending)
    return answer


def attachment(title: str, ending: str) -> str:
    """The header that names a file: in plain ASCII, and as it is written (RFC 5987)."""
    plain = "-".join("".join(c if c.isalnum() else " " for c in fold(title)).split())
    plain = plain.encode("ascii", "ignore").decode() or "list"
    written = quote(title.replace("/", "-"), safe="")
    return f"attachment; filename=\"{plain}.{ending}\"; filename*=UTF-8''{written}.{ending}"
