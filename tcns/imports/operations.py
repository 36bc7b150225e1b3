"""What changes imports: a file is kept, its columns are matched, its rows mended, it is deleted.

Nothing of the register is written here; that is `tcns.imports.applying`.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from tcns.accounts.models import User
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.clock import now
from tcns.database import db, delete_rows
from tcns.database.inserts import insert_rows
from tcns.database.locking import lock
from tcns.errors import RuleViolation
from tcns.files.store import file_store
from tcns.i18n import gettext as _
from tcns.imports.checking import count_marks, count_outcomes
from tcns.imports.headings import Layout, Matching
from tcns.imports.models import ColumnChoice, Import, ImportRow
from tcns.imports.rows.fields import FileKind, folded_heading
from tcns.imports.rows.questions import Question
from tcns.imports.rows.results import Finding
from tcns.imports.vocabulary import ImportStatus
from tcns.spreadsheets.reading import ReadSheet
from tcns.vietnamese import fold

STILL_OPEN = (ImportStatus.UPLOADED, ImportStatus.MATCHED, ImportStatus.CHECKED)
LONGEST_FILE_NAME = 200
UPLOADS = "uploads"  # the folder of the store


@dataclass(frozen=True)
class Upload:
    """A file as it was read: its name, its content, its sheets, where it has its list."""

    file_name: str
    content: bytes
    sheets: Sequence[ReadSheet]
    layout: Layout

    @property
    def row_count(self) -> int:
        """How many rows its sheets have."""
        return sum(len(sheet.rows) for sheet in self.sheets)


def keep_upload(
    kind: FileKind, upload: Upload, *, by: User, answers: Mapping[str, str] | None = None
) -> Import:
    """Keep a file on its way: its columns matched as far as they are known, none of its rows;
    `answers` are those that were plain from where it was sent."""
    layout = upload.layout
    kept = Import(
        kind=kind.kind,
        file_name=upload.file_name[:LONGEST_FILE_NAME],
        file_key=file_store().put(UPLOADS, upload.content),
        digest=hashlib.sha256(upload.content).hexdigest(),
        sheet=layout.sheet,
        heading_row=layout.heading_row,
        headings=layout.headings,
        sheets=[{"name": sheet.name, "rows": len(sheet.rows)} for sheet in upload.sheets],
        matching=layout.matching,
        answers=dict(answers or {}),
        area_id=by.home_area_id,
        uploaded_by_id=by.id,
        uploaded_at=now(),
    )
    db.session.add(kept)
    db.session.flush()  # the record of it needs the id
    put_on_record(Event.IMPORT_UPLOADED, kept, by=by, rows=upload.row_count)
    return kept


def choices_of(kind: FileKind, user: User) -> dict[str, str]:
    """Which fields somebody meant by headings, in earlier files of a kind."""
    query = select(ColumnChoice).filter_by(user_id=user.id, kind=kind.kind)
    return {choice.heading: choice.field for choice in db.session.scalars(query)}


def choose_columns(chosen: Import, matching: Matching, *, by: User) -> None:
    """Say which column holds which field; each choice is remembered for the next file."""
    expect_open(chosen)
    chosen.matching, chosen.status, chosen.touched_at = matching, ImportStatus.MATCHED, now()
    for name, place in matching.items():
        heading = folded_heading(chosen.headings[place])
        if heading:
            choice = ColumnChoice(user_id=by.id, kind=chosen.kind, heading=heading, field=name)
            db.session.merge(choice)


def keep_findings(
    checked: Import, findings: Sequence[Finding], questions: Sequence[Question]
) -> None:
    """Keep what checking found of each row, of its cells those of the matched fields alone."""
    expect_open(checked)
    db.session.execute(delete(ImportRow).where(ImportRow.import_id == checked.id))
    columns = (
        *("import_id", "number", "cells", "outcome", "notes", "understood", "waits"),
        *("problems", "changes", "record_id", "doubts", "search_key"),
    )
    rows = [
        (
            *(checked.id, finding.number, finding.cells, finding.outcome),
            *([note._asdict() for note in finding.notes], finding.understood, finding.waits),
            [problem._asdict() for problem in finding.problems],
            {name: list(pair) for name, pair in finding.changes.items()},
            *(finding.record_id, finding.doubts, fold(" ".join(finding.cells.values()))),
        )
        for finding in findings
    ]
    insert_rows(ImportRow, columns, rows)
    checked.counts, checked.marks = count_outcomes(findings), count_marks(findings)
    checked.questions = [asdict(question) for question in questions]
    checked.status = ImportStatus.CHECKED


def answer_questions(asked: Import, answers: Mapping[str, str]) -> None:
    """Answer questions of a file, of single rows as well; an empty answer takes one back. The rows
    are checked anew afterwards."""
    expect_open(asked)
    given = {**asked.answers, **answers}
    asked.answers = {key: answer for key, answer in given.items() if answer}
    asked.status, asked.touched_at = ImportStatus.MATCHED, now()


def correct_cells(
    one: Import, typed: Mapping[int, Mapping[str, str]], decided: Mapping[str, str]
) -> None:
    """Type over cells of some rows, by number and field, and decide of rows by their key; they are
    checked anew afterwards."""
    answer_questions(one, decided)
    corrected = {number: dict(cells) for number, cells in one.corrected.items()}
    for number, cells in typed.items():
        corrected[str(number)] = corrected.get(str(number), {}) | dict(cells)
    one.corrected = corrected


def begin_applying(one: Import) -> None:
    """Say that a worker is about to take a file in."""
    expect_open(one)
    one.status = ImportStatus.APPLYING


def delete_import(gone: Import, *, by: User) -> None:
    """Delete a file of which nothing was imported: itself, and all that was kept of its rows."""
    expect_open(gone)
    put_on_record(Event.IMPORT_DELETED, gone, by=by, rows=sum(gone.counts.values()) or None)
    db.session.execute(delete(ImportRow).where(ImportRow.import_id == gone.id))
    db.session.delete(gone)
    db.session.flush()
    file_store().delete(gone.file_key or "")


def let_files_go(before: datetime) -> list[str]:
    """Say of the files that nobody went on with since a moment that they are kept no more; the
    keys under which they are deleted once that is written."""
    query = select(Import).where(Import.file_key.is_not(None), Import.touched_at < before)
    left = db.session.scalars(query.order_by(Import.id)).all()
    keys = [one.file_key for one in left if one.file_key]
    for one in left:
        one.file_key = None
    return keys


def let_rows_go(before: datetime) -> int:
    """Delete what was kept of the rows of files that nobody went on with since a moment; how many.

    That the file was sent, by whom, and how many rows it had stays known.
    """
    left = select(Import.id).where(Import.touched_at < before)
    count = delete_rows(delete(ImportRow).where(ImportRow.import_id.in_(left)))
    nothing: dict[str, Any] = {"questions": [], "answers": {}, "corrected": {}}
    db.session.execute(update(Import).where(Import.touched_at < before).values(nothing))
    return count


def delete_orphans(before: datetime) -> int:
    """Delete files written before a moment that no import holds; how many."""
    query = select(Import.file_key).where(Import.file_key.is_not(None))
    return file_store().delete_others(UPLOADS, set(db.session.scalars(query)), before)


def expect_open(one: Import) -> None:
    """Lock an import; refuse one that was imported already."""
    lock(one)
    if one.state not in (*STILL_OPEN, ImportStatus.APPLYING):
        raise RuleViolation(_("This file has been imported already."))


def put_on_record(event: Event, on: Import, *, by: User, rows: int | None) -> None:
    """Put on record what became of a file."""
    changes = {"file_name": (None, on.file_name), "kind": (None, on.kind), "rows": (None, rows)}
    record(event, by=by, on=on, area_id=on.area_id, changes=changes)
