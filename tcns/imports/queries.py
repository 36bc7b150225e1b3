"""Questions about imports: those of a user, and the rows of one."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, String, case, cast, select

from tcns.accounts.models import User
from tcns.database import db
from tcns.errors import RuleViolation
from tcns.files.store import NoSuchFile, file_store
from tcns.i18n import gettext as _
from tcns.imports.checking import FileToCheck
from tcns.imports.headings import Layout, layout_at
from tcns.imports.kinds.catalogue import kind_of
from tcns.imports.models import Import, ImportRow
from tcns.imports.rows.questions import Question, question_from
from tcns.imports.sheets import file_to_check, with_corrections
from tcns.imports.vocabulary import TO_LOOK_AT, Mark, Outcome, ProblemKind, RowsShown
from tcns.spreadsheets.reading import ReadSheet, SheetRow, read_sheets
from tcns.vietnamese import fold

ShownRow = tuple[int, str | None, dict[str, Any]]


def imports_of(user: User) -> Select[tuple[Import]]:
    """The imports of a user, the latest first."""
    query = select(Import).where(Import.uploaded_by_id == user.id)
    return query.order_by(Import.uploaded_at.desc(), Import.id.desc())


def file_of(one: Import) -> FileToCheck:
    """The file of an import as it is to be checked: read anew, with all that was answered.

    Raises RuleViolation where the file itself is kept no more.
    """
    sheets, kind = read_sheets(content_of(one), one.file_name), kind_of(one.kind)
    first = layout_at(kind, sheets, one.sheet, one.heading_row, one.matching)
    file = file_to_check(kind, sheets, {}, one.answers, first)
    corrected = {int(number): cells for number, cells in one.corrected.items()}
    return with_corrections(file, corrected)


def content_of(one: Import) -> bytes:
    """The file of an import; raises RuleViolation where it is kept no more."""
    try:
        return file_store().read(one.file_key or "")
    except NoSuchFile as error:
        message = _("The file itself is not kept any more. Upload it again.")
        raise RuleViolation(message) from error


def sheet_of(one: Import, place: int) -> ReadSheet:
    """A sheet of the file of an import, by its place."""
    return read_sheets(content_of(one), one.file_name)[place]


def layouts_to_send_back(one: Import) -> Sequence[Layout]:
    """The lists of the file of an import; what was kept of its rows where the file is gone."""
    try:
        return file_of(one).layouts
    except RuleViolation:
        fields = kind_of(one.kind).fields
        query = select(ImportRow).where(ImportRow.import_id == one.id).order_by(ImportRow.number)
        rows = [
            SheetRow(row.number, [row.cells.get(field.name, "") for field in fields])
            for row in db.session.scalars(query)
        ]
        headings = [str(field.label) for field in fields]
        return [Layout(one.sheet, one.heading_row, headings, rows, {})]


class Wanted(NamedTuple):
    """Which rows of an import are asked for: all, where nothing is said."""

    outcome: Outcome | None = None
    problem: ProblemKind | None = None
    shown: RowsShown | None = None
    text: str | None = None


ALL_ROWS = Wanted()


def found_rows(one: Import, wanted: Wanted = ALL_ROWS) -> Select[tuple[ImportRow]]:
    """The rows of an import with what was found of them, what must be looked at first."""
    query = select(ImportRow).where(ImportRow.import_id == one.id)
    query = query.order_by(_urgency(), ImportRow.number)
    is_doubtful, problem = ImportRow.doubts > 0, wanted.problem
    if wanted.outcome:
        query = query.where(ImportRow.outcome == wanted.outcome)
    if wanted.shown is RowsShown.LOOK:
        query = query.where(ImportRow.outcome.in_(TO_LOOK_AT) | is_doubtful)
    elif wanted.shown:
        query = query.where(is_doubtful)
    if wanted.text:
        query = query.where(ImportRow.search_key.contains(fold(wanted.text), autoescape=True))
    if problem:
        value = f'"kind": "{problem.value}"'  # as JSON is written on both engines
        query = query.where(cast(ImportRow.problems, String).contains(value))
    return query


def _urgency() -> Any:
    """The place of a row: what must be decided comes first, then what was guessed."""
    places = {outcome.value: place for place, outcome in enumerate(TO_LOOK_AT)}
    further = (Outcome.REFUSED, Outcome.CHANGED, Outcome.NEW, Outcome.SAME)
    places |= {outcome.value: place for place, outcome in enumerate(further, start=10)}
    usual = case(places, value=ImportRow.outcome)
    return case(((ImportRow.doubts > 0) & (usual >= 10), 9), else_=usual)


def import_of(user: User, import_id: int) -> Import | None:
    """The import of an id, if the user uploaded it."""
    query = select(Import).where(Import.id == import_id, Import.uploaded_by_id == user.id)
    return db.session.scalar(query)


def shown_of(one: Import) -> list[ShownRow]:
    """What a page shows of the rows of an import."""
    query = select(ImportRow.number, ImportRow.outcome, ImportRow.understood)
    found = db.session.execute(
        query.where(ImportRow.import_id == one.id).order_by(ImportRow.number)
    )
    return [(number, outcome, understood) for number, outcome, understood in found]


def bad_rows(one: Import, most: int | None = None) -> list[ImportRow]:
    """The rows of an import that somebody must look at."""
    query = found_rows(one).where(ImportRow.outcome.in_(TO_LOOK_AT))
    return list(db.session.scalars(query.limit(most) if most else query))


def rows_at(one: Import, numbers: Iterable[int]) -> list[ImportRow]:
    """The rows of an import that have these numbers."""
    query = select(ImportRow).where(
        ImportRow.import_id == one.id, ImportRow.number.in_(set(numbers))
    )
    return list(db.session.scalars(query.order_by(ImportRow.number)))


def doubtful_rows(one: Import) -> list[int]:
    """The numbers of the rows with cells that were guessed, or lose a part."""
    query = select(ImportRow.number).where(ImportRow.import_id == one.id, ImportRow.doubts > 0)
    return list(db.session.scalars(query.order_by(ImportRow.number)))


def doubts_of(one: Import) -> int:
    """How many cells of a file were guessed, or lose a part."""
    return sum(one.marks.get(mark, 0) for mark in (Mark.GUESSED, Mark.SHORTENED))


def all_rows(one: Import) -> list[ImportRow]:
    """All rows of an import, in the order of the file."""
    query = select(ImportRow).where(ImportRow.import_id == one.id)
    return list(db.session.scalars(query.order_by(ImportRow.number)))


def first_rows(one: Import, count: int = 3) -> list[SheetRow]:
    """The first rows of the list of an import, read anew from the file; none where it is gone."""
    try:
        layout = file_of(one).layouts[0]
    except RuleViolation:
        return []
    return layout.rows[:count]


def questions_of(one: Import) -> list[Question]:
    """What the file of an import was asked when it was checked."""
    return [question_from(kept) for kept in one.questions]
