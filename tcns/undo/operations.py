"""Doing something so that it can be undone as a whole, and undoing it.

    with undoable(kind, by=user, area_id=area.id) as done:
        ...  # write as anywhere else

What is written within is noted statement by statement (`notes`) and kept as the steps of `done`,
one for each row and statement. Undoing takes the steps back in reverse order, and refuses as a
whole where a row has been changed since, or something else refers to a row that would go.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import Any

from sqlalchemy import Table, delete
from sqlalchemy.exc import IntegrityError

from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.clock import now
from tcns.database import db, portions
from tcns.database.inserts import insert_rows
from tcns.database.locking import lock
from tcns.errors import RuleViolation
from tcns.i18n import gettext as _
from tcns.undo.affected import Key
from tcns.undo.models import Reversible, ReversibleStep
from tcns.undo.notes import CannotNote, Note, taking_notes
from tcns.undo.rows import is_among, plain_key, put_back, restore, versions_of
from tcns.undo.vocabulary import Action, ReversibleKind

STEP_COLUMNS = ("reversible_id", "action", "table_name", "key", "before", "version")
Check = Callable[[Sequence[ReversibleStep]], None]
# What is derived anew, given the steps that were undone in its table.
AfterReversal = Callable[[Sequence[ReversibleStep]], None]
BeforeDeletion = Callable[[Sequence[int]], None]
_checks: list[Check] = []
_after: dict[str, list[AfterReversal]] = {}
_before_deletion: dict[str, list[BeforeDeletion]] = {}


def after_reversal(table_name: str, mend: AfterReversal) -> None:
    """Register what is to be derived anew once changes to a table were undone; it is given the
    steps of that table."""
    _after.setdefault(table_name, []).append(mend)


def check_reversal(check: Check) -> Check:
    """Register a rule that must hold once steps were undone; it raises RuleViolation."""
    _checks.append(check)
    return check


def before_deletion(table_name: str, clear: BeforeDeletion) -> None:
    """Register what is derived of rows of a table, to be cleared by their ids before they go."""
    _before_deletion.setdefault(table_name, []).append(clear)


@contextmanager
def undoable(kind: ReversibleKind, *, by: Any, area_id: int | None = None) -> Iterator[Reversible]:
    """Let everything that is written within be undone as a whole: it is noted by itself."""
    reversible = Reversible(kind=kind, by_id=by.id, area_id=area_id, at=now())
    db.session.add(reversible)
    with taking_notes() as notes:
        yield reversible
    _keep(reversible, notes)


def _keep(reversible: Reversible, notes: Sequence[Note]) -> None:
    """Keep the notes, with the versions the rows have now: one that rises later was changed since.

    Fails where the rows are not there, or gone, as the notes say.
    """
    keys: defaultdict[Table, dict[Key, Action]] = defaultdict(dict)
    for note in notes:
        keys[note.table][plain_key(note.key)] = note.action
    versions = {table: versions_of(table, of_table) for table, of_table in keys.items()}
    for table, of_table in keys.items():
        there = {key for key, action in of_table.items() if action != Action.DELETED}
        if there != versions[table].keys():
            raise CannotNote(f"rows of {table.name} were written in a way that was not noted")
    steps = []
    for action, table, key, before in notes:
        kept = plain_key(key)
        version = None if action == Action.DELETED else versions[table].get(kept)
        steps.append((reversible.id, action.value, table.name, list(kept), before, version))
    insert_rows(ReversibleStep, STEP_COLUMNS, steps)
    db.session.expire(reversible, ["steps"])


def reverse(reversible: Reversible, *, by: Any) -> None:
    """Undo everything, all or nothing.

    Raises RuleViolation where it was undone already, a row was changed since, something has been
    built on one, or a rule forbids what was before; who calls then writes nothing.
    """
    db.session.flush()  # reading again forgets what was not flushed
    lock(reversible)
    if reversible.reversed_at is not None:
        raise RuleViolation(_("This has been undone already."))
    steps = list(reversible.steps)
    _check_untouched(steps)
    try:
        with db.session.begin_nested():
            _take_back(steps)
    except IntegrityError as built_upon:
        raise _built_upon() from built_upon
    db.session.expire_all()  # the rows were put back past their objects
    for check in _checks:
        check(steps)
    for table_name in sorted({step.table_name for step in steps}):
        of_table = [step for step in steps if step.table_name == table_name]
        for mend in _after.get(table_name, ()):
            mend(of_table)
    reversible.reversed_at, reversible.reversed_by_id = now(), by.id
    rows = {(step.table_name, *step.key) for step in steps}
    changes = {"kind": (reversible.kind, None), "rows": (len(rows), None)}
    record(Event.UNDONE, by=by, on=reversible, area_id=reversible.area_id, changes=changes)


def _check_untouched(steps: Iterable[ReversibleStep]) -> None:
    """Refuse where a row was changed, or taken away, since it was noted."""
    latest: defaultdict[str, dict[tuple[Any, ...], ReversibleStep]] = defaultdict(dict)
    for step in steps:
        latest[step.table_name][tuple(step.key)] = step
    for table_name, noted in latest.items():
        versions = versions_of(db.metadata.tables[table_name], noted)
        if not all(_is_untouched(step, key, versions) for key, step in noted.items()):
            raise _built_upon()


def _is_untouched(
    step: ReversibleStep, key: tuple[Any, ...], versions: Mapping[tuple[Any, ...], Any]
) -> bool:
    """Whether a row is as it was when it was sealed: there, or gone, in the same version."""
    if step.action == Action.DELETED:
        return key not in versions
    return key in versions and (step.version is None or versions[key] == step.version)


def _built_upon() -> RuleViolation:
    """The refusal to undo what others have gone on with."""
    return RuleViolation(_("Something has been built on this since: it cannot be undone any more."))


def _take_back(steps: Sequence[ReversibleStep]) -> None:
    """Undo steps, the last first; neighbours that did the same to one table together."""
    in_turn = groupby(reversed(steps), lambda step: (step.action, step.table_name))
    for (action, table_name), group in in_turn:
        alike = list(group)
        if action == Action.CREATED:
            _delete(table_name, [tuple(step.key) for step in alike])
        elif action == Action.DELETED:
            restore(table_name, alike)
        else:
            put_back(table_name, alike)


def _delete(table_name: str, keys: Sequence[tuple[Any, ...]]) -> None:
    """Delete rows that were created."""
    table = db.metadata.tables[table_name]
    for portion in portions(keys):
        for clear in _before_deletion.get(table_name, ()):
            clear([key[0] for key in portion])
        db.session.execute(delete(table).where(is_among(table, portion)))
