"""Taking a file in: prepared before the write lock, written in one transaction, or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from tcns.accounts.models import User
from tcns.activities.models import Activity
from tcns.areas.models import AreaHouseholds, AreaStatistic
from tcns.audit.vocabulary import Event
from tcns.clock import now
from tcns.closings.models import Closing
from tcns.database import Versioned, db, writing
from tcns.errors import RuleViolation
from tcns.i18n import gettext as _
from tcns.imports.checking import Contents, FileToCheck, check_file, count_outcomes
from tcns.imports.kinds.catalogue import kind_of
from tcns.imports.models import Import
from tcns.imports.operations import expect_open, keep_findings, put_on_record
from tcns.imports.queries import ShownRow, file_of, shown_of
from tcns.imports.rows.fields import FileKind, Models
from tcns.imports.rows.questions import Answers, Question
from tcns.imports.rows.results import Finding, Progress, in_silence
from tcns.imports.rows.write_plan import WritePlan
from tcns.imports.vocabulary import ImportStatus, Likeness, Outcome
from tcns.permissions.scope import Scope
from tcns.undo.models import Reversible
from tcns.undo.operations import reverse, undoable
from tcns.undo.vocabulary import ReversibleKind

# So often the rows are checked anew when somebody writes the same records meanwhile.
MOST_ATTEMPTS = 3
# What tables say beside their versions, or without any.
FIGURES: dict[type[Any], tuple[Any, ...]] = {
    AreaHouseholds: (AreaHouseholds.household_count,),
    AreaStatistic: (AreaStatistic.value, AreaStatistic.out_of),
    Closing: (Closing.reopened_by_id,),
}
# Written so often that only what lies where somebody may write is looked at.
BUSY = (Activity,)


@dataclass(frozen=True)
class Decided:
    """What is to be imported: all rows, or the good ones; and those like somebody on file."""

    good_rows: bool = False
    likeness: Likeness = Likeness.LEAVE_OUT


@dataclass(frozen=True)
class Checked:
    """What was found of a file's rows and asked of it, in which state of the register, for whom:
    where they may write."""

    findings: Sequence[Finding]
    questions: Sequence[Question]
    answers: Answers
    fingerprint: str
    scope: Scope
    contents: Contents

    @property
    def counts(self) -> dict[str, int]:
        """How many rows have each outcome."""
        return count_outcomes(self.findings)

    @property
    def unanswered(self) -> list[Question]:
        """The questions that wait for an answer."""
        return [each for each in self.questions if not each.is_answered_by(self.answers)]


def check(file: FileToCheck, *, by: User, progress: Progress = in_silence) -> Checked:
    """Check the rows of a file for somebody, in the present state of the register."""
    kind = file.kind
    scope = by.scope_for(kind.permission)
    fingerprint = fingerprint_of(kind.register.reads, scope)
    found = check_file(file, scope, progress)
    return Checked(found.findings, found.questions, file.answers, fingerprint, scope, file.contents)


def fingerprint_of(models: Models, scope: Scope) -> str:
    """What changes with every change of some tables: rows, ids and versions, counted together."""
    parts = []
    for model in models:
        table: Any = model.__table__
        sums = [table.c.version] if issubclass(model, Versioned) else []
        sums += FIGURES.get(model, ())
        query = select(func.count(), func.max(table.c.id), *map(func.sum, sums))
        query = query.select_from(table)
        if model in BUSY:
            query = query.where(scope.clause(model))
        found = db.session.execute(query).one()
        parts.append(" ".join(str(part) for part in found))
    return "; ".join(parts)


def check_import(import_id: int, user_id: int, progress: Progress = in_silence) -> None:
    """Check the rows of an import and keep what was found; reads long, writes shortly."""
    one, user = _reload(import_id, user_id)
    checked = check(file_of(one), by=user, progress=progress)
    with writing():
        keep(checked, _reload(import_id, user_id)[0])


def keep(checked: Checked, one: Import) -> None:
    """Keep with an import what was found of its rows, asked, and seen of the file."""
    keep_findings(one, checked.findings, checked.questions)
    one.sheets, one.columns = list(checked.contents.sheets), list(checked.contents.columns)


def apply_import(
    import_id: int, user_id: int, choice: Decided, progress: Progress = in_silence
) -> None:
    """Apply an import in one transaction.

    The rows are checked anew before the lock. Where they differ from what was shown, nothing is
    imported: the new findings are kept, to be looked at. Raises RuleViolation then, and where rows
    that were to be imported are wrong.
    """
    for _attempt in range(MOST_ATTEMPTS):
        checked = _check_again(import_id, user_id, progress)
        plan = plan_of(checked, choice)
        plan.prepare(by=db.session.get_one(User, user_id))
        with writing():
            one, user = _reload(import_id, user_id)
            if carry_out(kind_of(one.kind), one, plan, checked, by=user):
                return
    raise RuleViolation(_("Others are writing the same records just now. Try again in a moment."))


def _check_again(import_id: int, user_id: int, progress: Progress) -> Checked:
    """Check an import in the present state of the register; what was shown must hold still.

    Also another day, or another version of the program, may find otherwise.
    """
    one, user = _reload(import_id, user_id)
    checked = check(file_of(one), by=user, progress=progress)
    if shown_of(one) != shown_of_findings(checked):
        with writing():
            keep(checked, _reload(import_id, user_id)[0])
        raise RuleViolation(
            _("Since these rows were checked, something has changed. Look at them again.")
        )
    return checked


def shown_of_findings(checked: Checked) -> list[ShownRow]:
    """What a page shows of findings."""
    return [(finding.number, finding.outcome, finding.understood) for finding in checked.findings]


def plan_of(checked: Checked, choice: Decided) -> WritePlan:
    """What the chosen rows write.

    Raises RuleViolation where a question waits for its answer, and where all rows were chosen and
    one is wrong.
    """
    findings = checked.findings
    if checked.unanswered:
        raise RuleViolation(_("Answer the questions about the file first."))
    if not choice.good_rows and any(f.outcome is Outcome.ERROR for f in findings):
        raise RuleViolation(_("Some rows are wrong. Correct them, or import the good rows only."))
    plan = WritePlan()
    for finding in findings:
        write = finding.write
        if finding.outcome is Outcome.DUPLICATE:
            write = {Likeness.SAME: finding.write_if_same, Likeness.OTHER: write}.get(
                choice.likeness
            )
        if write:
            write(plan)
    return plan


def carry_out(
    kind: FileKind, one: Import | None, plan: WritePlan, checked: Checked, *, by: User
) -> bool:
    """Write under the lock what was prepared, unless the register, or what the user may do, has
    changed since: False then.

    Without an import the file comes from the command line.
    """
    if one:
        expect_open(one)
    plan.lock_rows()
    is_as_checked = fingerprint_of(kind.register.reads, checked.scope) == checked.fingerprint
    if not is_as_checked or by.scope_for(kind.permission) != checked.scope:
        return False
    with undoable(ReversibleKind.IMPORT, by=by, area_id=by.home_area_id) as reversible:
        plan.write()
    if one:
        one.status, one.reversible_id = ImportStatus.APPLIED, reversible.id
        one.touched_at = now()
        put_on_record(Event.IMPORT_APPLIED, one, by=by, rows=plan.row_count)
    return True


def undo_import(one: Import, *, by: User) -> None:
    """Undo a whole import, as long as nothing has been built on it."""
    reversible = db.session.get(Reversible, one.reversible_id or 0)
    if reversible is None:
        raise RuleViolation(_("Nothing of this file was imported."))
    reverse(reversible, by=by)
    one.status = ImportStatus.UNDONE


def _reload(import_id: int, user_id: int) -> tuple[Import, User]:
    """An import and whose it is, as they are now; raises RuleViolation where it was deleted."""
    one, user = db.session.get(Import, import_id), db.session.get_one(User, user_id)
    if one is None:
        raise RuleViolation(_("This file has been deleted."))
    return one, user
