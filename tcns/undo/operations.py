"""Noting what an operation does row by row, and undoing it.

An operation begins a reversible, notes each row before it changes or deletes it and after it has
created it, and seals it at the end. What changes many rows at once notes them in bulk. Undoing
takes the steps back in reverse order, and refuses as a whole where a row has been changed since,
or something else refers to a row that would go.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import (
    delete,
    select,
)
from sqlalchemy.exc import IntegrityError

from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.clock import now
from tcns.database import FIRST_VERSION, Base, Model, Versioned, db, portions
from tcns.database.inserts import insert_rows
from tcns.errors import RuleViolation
from tcns.i18n import gettext as _
from tcns.undo.models import Reversible, ReversibleStep
from tcns.undo.rows import columns_of, is_among, key_of, plain, put_back, restore, versions_of
from tcns.undo.vocabulary import Action, ReversibleKind

STEP_COLUMNS = ("reversible_id", "action", "table_name", "key", "before", "version")
Check = Callable[[Sequence[ReversibleStep]], None]
# What is derived anew, given the steps that were taken back in its table.
AfterReversal = Callable[[Sequence[ReversibleStep]], None]
BeforeDeletion = Callable[[Sequence[int]], None]
_checks: list[Check] = []
_after: dict[str, list[AfterReversal]] = {}
_before_deletion: dict[str, list[BeforeDeletion]] = {}


def after_reversal(table_name: str, mend: AfterReversal) -> None:
    """Register what is to be derived anew once rows of a table were taken back; it is given the
    steps of that table."""
    _after.setdefault(table_name, []).append(mend)


def check_reversal(check: Check) -> Check:
    """Register a rule that must hold once steps were taken back; it raises RuleBroken."""
    _checks.append(check)
    return check


def before_deletion(table_name: str, clear: BeforeDeletion) -> None:
    """Register what is derived of rows of a table, to be cleared by their ids before they go."""
    _before_deletion.setdefault(table_name, []).append(clear)


def begin_reversible(kind: ReversibleKind, *, by: Any, area_id: int | None = None) -> Reversible:
    """Begin to note something that can be undone as a whole."""
    reversible = Reversible(kind=kind, by_id=by.id, area_id=area_id, at=now())
    db.session.add(reversible)
    return reversible


def note_created(reversible: Reversible, row: Model) -> None:
    """Note a row that was created; it must have its key already."""
    _add_step(reversible, Action.CREATED, row, None)


def note_change(reversible: Reversible, row: Model, *only: str) -> None:
    """Note a row as it is, before it is changed; or only those of its columns that will be."""
    kept = columns_of(row)
    _add_step(reversible, Action.CHANGED, row, {name: kept[name] for name in only or kept})


def note_deletion(reversible: Reversible, row: Model) -> None:
    """Note a row as it is, before it is deleted."""
    _add_step(reversible, Action.DELETED, row, columns_of(row))


def note_created_in_bulk(
    reversible: Reversible, model: type[Model], keys: Iterable[Sequence[Any]]
) -> None:
    """Note rows that were inserted under these keys; they need no sealing."""
    version = FIRST_VERSION if issubclass(model, Versioned) else None
    steps = ([[plain(part) for part in key], None, version] for key in keys)
    _add_in_bulk(reversible, model, Action.CREATED, steps)


def note_changes_in_bulk(
    reversible: Reversible, model: type[Model], row_ids: Iterable[int]
) -> None:
    """Note rows as they are, each before its version rises by one; they need no sealing."""
    table: Any = model.__table__
    steps = []
    for ids in portions(sorted(set(row_ids))):
        for row in db.session.execute(select(table).where(table.c.id.in_(ids))).mappings():
            before = {name: plain(value) for name, value in row.items()}
            steps.append([[row["id"]], before, row["version"] + 1 if "version" in row else None])
    _add_in_bulk(reversible, model, Action.CHANGED, steps)


def _add_in_bulk(
    reversible: Reversible, model: type[Model], action: Action, steps: Iterable[Sequence[Any]]
) -> None:
    """Note many rows of one table: key, columns before, version after."""
    db.session.flush()  # the steps point to its id
    what = reversible.id, action.value, model.__tablename__
    insert_rows(ReversibleStep, STEP_COLUMNS, [(*what, *step) for step in steps])


def seal(reversible: Reversible) -> None:
    """Keep the versions that the noted rows have now: one that rises later was changed since."""
    db.session.flush()
    for step in reversible.steps:
        row = None if step.action == Action.DELETED else _row_of(step)
        step.version = row.version if isinstance(row, Versioned) else None


def reverse(reversible: Reversible, *, by: Any) -> None:
    """Undo everything, all or nothing.

    Raises RuleBroken where it was undone already, a row was changed since, something has been
    built on one, or a rule forbids what was before; who calls then writes nothing.
    """
    db.session.flush()  # reading again forgets what was not flushed
    db.session.refresh(reversible, with_for_update=True)
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
    changes = {"kind": (reversible.kind, None), "rows": (len(steps), None)}
    record(Event.UNDONE, by=by, on=reversible, area_id=reversible.area_id, changes=changes)


def _add_step(
    reversible: Reversible, action: Action, row: Model, before: dict[str, Any] | None
) -> None:
    """Note one row."""
    step = ReversibleStep(
        action=action, table_name=row.__tablename__, key=key_of(row), before=before
    )
    reversible.steps.append(step)


def _model_of(table_name: str) -> type[Any]:
    """The model of a table."""
    mappers = Base.registry.mappers
    return next(m.class_ for m in mappers if m.local_table is db.metadata.tables[table_name])


def _row_of(step: ReversibleStep) -> Any:
    """The row of a step as it is now; None where it is gone."""
    return db.session.get(_model_of(step.table_name), tuple(step.key))


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
    """Take steps back, the last first; neighbours that did the same to one table together."""
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
