"""What changes imports: a file is kept, its columns are matched, its rows mended, it is deleted.

Nothing of the register is written here; that is `tcns.imports.applying`.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from tcns.accounts.models import User
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.clock import now
from tcns.database import db
from tcns.errors import RuleViolation
from tcns.i18n import gettext as _
from tcns.imports.checking import count_outcomes
from tcns.imports.headings import Layout, Matching
from tcns.imports.models import ColumnChoice, Import, ImportRow
from tcns.imports.rows.fields import FileKind, folded_heading
from tcns.imports.rows.results import Finding
from tcns.imports.vocabulary import ImportStatus

STILL_OPEN = (ImportStatus.UPLOADED, ImportStatus.MATCHED, ImportStatus.CHECKED)
LONGEST_FILE_NAME = 200


@dataclass(frozen=True)
class Upload:
    """A file as it was read: its name, its content, where it has its list."""

    file_name: str
    content: bytes
    layout: Layout


def keep_upload(kind: FileKind, upload: Upload, *, by: User) -> Import:
    """Keep the rows of a file, its columns matched as far as they are known."""
    layout = upload.layout
    kept = Import(
        kind=kind.kind,
        file_name=upload.file_name[:LONGEST_FILE_NAME],
        digest=hashlib.sha256(upload.content).hexdigest(),
        sheet=layout.sheet,
        heading_row=layout.heading_row,
        headings=layout.headings,
        matching=layout.matching,
        area_id=by.home_area_id,
        uploaded_by_id=by.id,
        uploaded_at=now(),
    )
    db.session.add(kept)
    db.session.flush()  # its rows point to its id
    rows = [
        {"import_id": kept.id, "number": row.number, "cells": row.cells}
        | {"outcome": None, "problems": [], "changes": {}, "record_id": None}
        for row in layout.rows
    ]
    if rows:
        db.session.execute(insert(ImportRow), rows)
    put_on_record(Event.IMPORT_UPLOADED, kept, by=by, rows=len(rows))
    return kept


def choices_of(kind: FileKind, user: User) -> dict[str, str]:
    """Which fields somebody meant by headings, in earlier files of a kind."""
    query = select(ColumnChoice).filter_by(user_id=user.id, kind=kind.kind)
    return {choice.heading: choice.field for choice in db.session.scalars(query)}


def choose_columns(chosen: Import, matching: Matching, *, by: User) -> None:
    """Say which column holds which field; each choice is remembered for the next file."""
    expect_open(chosen)
    chosen.matching, chosen.status = matching, ImportStatus.MATCHED
    for name, place in matching.items():
        heading = folded_heading(chosen.headings[place])
        if heading:
            choice = ColumnChoice(user_id=by.id, kind=chosen.kind, heading=heading, field=name)
            db.session.merge(choice)


def keep_findings(checked: Import, findings: Sequence[Finding]) -> None:
    """Keep what checking found of each row."""
    expect_open(checked)
    rows = [
        {
            "row_number": finding.number,
            "new_outcome": finding.outcome,
            "new_problems": [problem._asdict() for problem in finding.problems],
            "new_changes": {name: list(pair) for name, pair in finding.changes.items()},
            "new_record_id": finding.record_id,
        }
        for finding in findings
    ]
    table: Any = ImportRow.__table__
    columns = ("outcome", "problems", "changes", "record_id")
    values = {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in columns}
    own = table.c.import_id == checked.id, table.c.number == bindparam("row_number")
    if rows:
        db.session.connection().execute(update(table).where(*own).values(values), rows)
    checked.counts = count_outcomes(findings)
    checked.status = ImportStatus.CHECKED


def mend_cells(mended: Import, typed: Mapping[int, Mapping[int, str]]) -> None:
    """Type over cells of some rows, by number and column; they are checked anew afterwards."""
    expect_open(mended)
    query = select(ImportRow).where(
        ImportRow.import_id == mended.id, ImportRow.number.in_(list(typed))
    )
    for row in db.session.scalars(query):
        cells = [*row.cells, *[""] * (len(mended.headings) - len(row.cells))]
        for place, text in typed[row.number].items():
            cells[place] = text
        row.cells = cells
    mended.status = ImportStatus.MATCHED


def begin_applying(one: Import) -> None:
    """Say that a worker is about to take a file in."""
    expect_open(one)
    one.status = ImportStatus.APPLYING


def delete_import(gone: Import, *, by: User) -> None:
    """Delete a file of which nothing was taken in, with all its rows."""
    expect_open(gone)
    put_on_record(Event.IMPORT_DELETED, gone, by=by, rows=sum(gone.counts.values()) or None)
    db.session.execute(delete(ImportRow).where(ImportRow.import_id == gone.id))
    db.session.delete(gone)
    db.session.flush()


def expect_open(one: Import) -> None:
    """Lock an import; refuse one that was taken in already."""
    db.session.refresh(one, with_for_update=True)
    if one.state not in (*STILL_OPEN, ImportStatus.APPLYING):
        raise RuleViolation(_("This file has been imported already."))


def put_on_record(event: Event, on: Import, *, by: User, rows: int | None) -> None:
    """Put on record what became of a file."""
    changes = {"file_name": (None, on.file_name), "kind": (None, on.kind), "rows": (None, rows)}
    record(event, by=by, on=on, area_id=on.area_id, changes=changes)
