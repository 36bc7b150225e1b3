"""Sending a list as a file: the rows of the page's own query, put on record, then streamed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from flask import Response, request, send_file
from flask_login import current_user
from sqlalchemy import Select

from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.database import db, now
from tcns.i18n import format_moment
from tcns.i18n import gettext as _
from tcns.permissions.guards import writing
from tcns.spreadsheets.writing import Column, Sheet, Text, write_list
from tcns.vietnamese import fold

BATCH = 500
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# What makes rows of a file or a page out of some records, with one question to each table.
Describe = Callable[[Sequence[Any]], Sequence[Any]]


def send_list(
    query: Select[Any],
    describe: Describe,
    columns: Sequence[Column],
    *,
    lines: Sequence[Text],
    area_id: int | None = None,
) -> Response:
    """Answer with all rows of a query as an XLSX file named after its first line."""
    return send_rows(_described(query, describe), columns, lines=lines, area_id=area_id)


def send_rows(
    rows: Iterable[Any],
    columns: Sequence[Column],
    *,
    lines: Sequence[Text],
    area_id: int | None = None,
) -> Response:
    """Answer with the rows as an XLSX file named after its first line.

    That the list left the system is on record before the first byte does: who took which list,
    filtered how, and how many rows.
    """
    title = str(lines[0])
    made = _(
        "Made at %(moment)s by %(name)s (%(user_name)s)",
        moment=format_moment(now()),
        name=current_user.full_name,
        user_name=current_user.user_name,
    )
    file, count = write_list(Sheet([*lines, made], columns), rows)
    address = request.full_path.rstrip("?")
    with writing():
        changes = {"list": (None, title), "address": (None, address), "rows": (None, count)}
        record(Event.LIST_EXPORTED, by=current_user, area_id=area_id, changes=changes)
    answer = send_file(file, mimetype=XLSX)
    answer.headers["Content-Disposition"] = attachment(title)
    return answer


def _described(query: Select[Any], describe: Describe) -> Iterator[Any]:
    """The rows of a query batch by batch, so that memory does not grow with their number."""
    found = db.session.execute(query.execution_options(yield_per=BATCH))
    for batch in found.scalars().partitions():
        yield from describe(batch)


def attachment(title: str) -> str:
    """The header that names a file: in plain ASCII, and as it is written (RFC 5987)."""
    plain = "-".join("".join(c if c.isalnum() else " " for c in fold(title)).split())
    plain = plain.encode("ascii", "ignore").decode() or "list"
    written = quote(title.replace("/", "-"), safe="")
    return f"attachment; filename=\"{plain}.xlsx\"; filename*=UTF-8''{written}.xlsx"
