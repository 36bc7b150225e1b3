"""Noting what an operation does row by row, and undoing it.

An operation begins a reversible, notes each row before it changes or deletes it and after it has
created it, and seals it at the end. Undoing takes the steps back in reverse order, and refuses as
a whole where a row has been changed since, or something else refers to a row that would go.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Table, inspect
from sqlalchemy.exc import IntegrityError

from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.database import Base, Model, Versioned, db, now
from tcns.i18n import gettext as _
from tcns.reversals.models import Reversible, ReversibleStep
from tcns.reversals.vocabulary import Action, ReversibleKind
from tcns.rules import RuleBroken

Check = Callable[[Sequence[ReversibleStep]], None]
# What is derived anew, given the steps that were taken back in its table.
AfterReversal = Callable[[Sequence[ReversibleStep]], None]
_after: dict[str, list[AfterReversal]] = {}
_checks: list[Check] = []


def after_reversal(table_name: str, mend: AfterReversal) -> None:
    """Register what is to be derived anew once rows of a table were taken back; it is given the
    steps of that table."""
    _after.setdefault(table_name, []).append(mend)


def check_reversal(check: Check) -> Check:
    """Register a rule that must hold once steps were taken back; it raises RuleBroken."""
    _checks.append(check)
    return check


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
    kept = _columns(row)
    _add_step(reversible, Action.CHANGED, row, {name: kept[name] for name in only or kept})


def note_deletion(reversible: Reversible, row: Model) -> None:
    """Note a row as it is, before it is deleted."""
    _add_step(reversible, Action.DELETED, row, _columns(row))


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
        raise RuleBroken(_("This has been undone already."))
    _check_untouched(reversible.steps)
    try:
        with db.session.begin_nested():
            for step in reversed(reversible.steps):
                _take_back(step)
    except IntegrityError as built_upon:
        raise _built_upon() from built_upon
    for check in _checks:
        check(reversible.steps)
    for table_name in sorted({step.table_name for step in reversible.steps}):
        steps = [step for step in reversible.steps if step.table_name == table_name]
        for mend in _after.get(table_name, ()):
            mend(steps)
    reversible.reversed_at, reversible.reversed_by_id = now(), by.id
    changes = {"kind": (reversible.kind, None), "rows": (len(reversible.steps), None)}
    record(Event.UNDONE, by=by, on=reversible, area_id=reversible.area_id, changes=changes)


def _add_step(
    reversible: Reversible, action: Action, row: Model, before: dict[str, Any] | None
) -> None:
    """Note one row."""
    step = ReversibleStep(
        action=action, table_name=row.__tablename__, key=_key_of(row), before=before
    )
    reversible.steps.append(step)


def _key_of(row: Model) -> list[Any]:
    """The row's primary key."""
    identity = inspect(row, raiseerr=True).identity
    return list(identity) if identity else [getattr(row, c.key) for c in _table(row).primary_key]


def _table(row: Model) -> Table:
    """The table a row stands in."""
    return db.metadata.tables[row.__tablename__]


def _columns(row: Model) -> dict[str, Any]:
    """The row's columns as JSON can hold them."""
    return {column.key: _plain(getattr(row, column.key)) for column in _table(row).columns}


def _plain(value: Any) -> Any:
    """A value as JSON can hold it: days and moments as ISO text, decimals as text."""
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def _typed(table: Table, values: dict[str, Any]) -> dict[str, Any]:
    """What _columns kept, as the columns take it."""
    return {name: _value(table.c[name].type.python_type, text) for name, text in values.items()}


def _value(kind: type[Any], kept: Any) -> Any:
    """One kept value as its column takes it."""
    if kept is None:
        return None
    if issubclass(kind, date):
        return kind.fromisoformat(kept)
    return kind(kept) if issubclass(kind, Decimal) else kept


def _model_of(table_name: str) -> type[Any]:
    """The model of a table."""
    mappers = Base.registry.mappers
    return next(m.class_ for m in mappers if m.local_table is db.metadata.tables[table_name])


def _row_of(step: ReversibleStep) -> Any:
    """The row of a step as it is now; None where it is gone."""
    return db.session.get(_model_of(step.table_name), tuple(step.key))


def _check_untouched(steps: Iterable[ReversibleStep]) -> None:
    """Refuse where a row was changed, or taken away, since it was noted."""
    db.session.expire_all()
    latest = {(step.table_name, *step.key): step for step in steps}
    for step in latest.values():
        row = _row_of(step)
        is_gone = step.action == Action.DELETED
        is_untouched = row is None if is_gone else row is not None and _is_version(row, step)
        if not is_untouched:
            raise _built_upon()


def _is_version(row: Any, step: ReversibleStep) -> bool:
    """Whether a row has the version it had when it was sealed."""
    return step.version is None or row.version == step.version


def _built_upon() -> RuleBroken:
    """The refusal to undo what others have gone on with."""
    return RuleBroken(_("Something has been built on this since: it cannot be undone any more."))


def _take_back(step: ReversibleStep) -> None:
    """Take one step back."""
    if step.action == Action.CREATED:
        db.session.delete(_row_of(step))
    elif step.action == Action.DELETED:
        db.session.add(_model_of(step.table_name)(**_before(step)))
    else:
        row, kept = _row_of(step), _before(step)
        for name in kept.keys() - {"version"}:
            setattr(row, name, kept[name])
    db.session.flush()  # in this order, whatever the tables refer to


def _before(step: ReversibleStep) -> dict[str, Any]:
    """The columns of a step's row as they were."""
    return _typed(db.metadata.tables[step.table_name], step.before or {})
