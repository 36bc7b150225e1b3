"""Questions about imports: those of a user, and the rows of one."""

from typing import Any

from sqlalchemy import Select, String, case, cast, func, select

from tcns.accounts.models import User
from tcns.database import db
from tcns.imports.models import Import, ImportRow
from tcns.imports.vocabulary import Outcome, ProblemKind
from tcns.spreadsheets.reading import SheetRow

Shown = tuple[int, str | None, dict[str, Any]]
BAD = (Outcome.ERROR, Outcome.DUPLICATE)


def imports_of(user: User) -> Select[tuple[Import]]:
    """The imports of a user, the latest first."""
    query = select(Import).where(Import.uploaded_by_id == user.id)
    return query.order_by(Import.uploaded_at.desc(), Import.id.desc())


def rows_of(one: Import) -> list[SheetRow]:
    """The rows of an import as they were typed, in their order."""
    query = select(ImportRow.number, ImportRow.cells).where(ImportRow.import_id == one.id)
    return [SheetRow(*row) for row in db.session.execute(query.order_by(ImportRow.number))]


def first_rows(one: Import) -> list[SheetRow]:
    """The first rows of an import, to show what its columns hold."""
    query = select(ImportRow.number, ImportRow.cells).where(ImportRow.import_id == one.id)
    return [SheetRow(*row) for row in db.session.execute(query.order_by(ImportRow.number).limit(3))]


def found_rows(
    one: Import, outcome: Outcome | None, problem: ProblemKind | None
) -> Select[tuple[ImportRow]]:
    """The rows of an import with what was found of them, by outcome and kind of problem."""
    query = select(ImportRow).where(ImportRow.import_id == one.id)
    query = query.order_by(_urgency(), ImportRow.number)
    if outcome:
        query = query.where(ImportRow.outcome == outcome)
    if problem:
        value = f'"kind": "{problem.value}"'  # as JSON is written on both engines
        query = query.where(cast(ImportRow.problems, String).contains(value))
    return query


def _urgency() -> Any:
    """The place of an outcome: what somebody must look at comes first."""
    order = (*BAD, Outcome.REFUSED, Outcome.CHANGED, Outcome.NEW, Outcome.SAME)
    return case(
        {outcome.value: place for place, outcome in enumerate(order)}, value=ImportRow.outcome
    )


def count_rows_of(one: Import) -> int:
    """How many rows an import has."""
    query = select(func.count()).where(ImportRow.import_id == one.id)
    return db.session.scalar(query) or 0


def import_of(user: User, import_id: int) -> Import | None:
    """The import of an id, if the user uploaded it."""
    query = select(Import).where(Import.id == import_id, Import.uploaded_by_id == user.id)
    return db.session.scalar(query)


def shown_of(one: Import) -> list[Shown]:
    """What a page shows of the rows of an import."""
    query = select(ImportRow.number, ImportRow.outcome, ImportRow.changes)
    found = db.session.execute(
        query.where(ImportRow.import_id == one.id).order_by(ImportRow.number)
    )
    return [(number, outcome, changes) for number, outcome, changes in found]


def bad_rows(one: Import, most: int | None = None) -> list[ImportRow]:
    """The rows of an import that somebody must look at."""
    query = found_rows(one, None, None).where(ImportRow.outcome.in_(BAD))
    return list(db.session.scalars(query.limit(most) if most else query))
