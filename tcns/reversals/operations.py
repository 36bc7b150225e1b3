"""Noting what an operation does row by row, and undoing it.

An operation begins a reversible, notes each row before it changes or deletes it and after it has
created it, and seals it at the end. What changes many rows at once notes them in bulk. Undoing
takes the steps back in reverse order, and refuses as a whole where a row has been changed since,
or something else refers to a row that would go.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Table,
    bindparam,
    delete,
    insert,
    inspect,
    select,
    tuple_,
    update,
)
from sqlalchemy.exc import IntegrityError

from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.database import FIRST_VERSION, Base, Model, Versioned, db, now, portions
from tcns.database.bulk import insert_rows
from tcns.i18n import gettext as _
from tcns.reversals.models import Reversible, ReversibleStep
from tcns.reversals.vocabulary import Action, ReversibleKind
from tcns.rules import RuleBroken

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
    kept = _columns(row)
    _add_step(reversible, Action.CHANGED, row, {name: kept[name] for name in only or kept})


def note_deletion(reversible: Reversible, row: Model) -> None:
    """Note a row as it is, before it is deleted."""
    _add_step(reversible, Action.DELETED, row, _columns(row))


def note_created_in_bulk(
    reversible: Reversible, model: type[Model], keys: Iterable[Sequence[Any]]
) -> None:
    """Note rows that were inserted under these keys; they need no sealing."""
    version = FIRST_VERSION if issubclass(model, Versioned) else None
    steps = ([[_plain(part) for part in key], None, version] for key in keys)
    _add_in_bulk(reversible, model, Action.CREATED, steps)


def note_changes_in_bulk(
    reversible: Reversible, model: type[Model], row_ids: Iterable[int]
) -> None:
    """Note rows as they are, each before its version rises by one; they need no sealing."""
    table: Any = model.__table__
    steps = []
    for ids in portions(sorted(set(row_ids))):
        for row in db.session.execute(select(table).where(table.c.id.in_(ids))).mappings():
            before = {name: _plain(value) for name, value in row.items()}
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
        raise RuleBroken(_("This has been undone already."))
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
    latest: defaultdict[str, dict[tuple[Any, ...], ReversibleStep]] = defaultdict(dict)
    for step in steps:
        latest[step.table_name][tuple(step.key)] = step
    for table_name, noted in latest.items():
        versions = _versions(db.metadata.tables[table_name], noted)
        if not all(_is_untouched(step, key, versions) for key, step in noted.items()):
            raise _built_upon()


def _versions(table: Table, keys: Iterable[tuple[Any, ...]]) -> dict[tuple[Any, ...], Any]:
    """The present versions of those of some rows that are there; None where there are none."""
    columns = list(table.primary_key)
    version = [table.c.version] if "version" in table.c else []
    found = {}
    for portion in portions(list(keys)):
        query = select(*columns, *version).where(_is_among(table, portion))
        for row in db.session.execute(query):
            key = tuple(_plain(part) for part in row[: len(columns)])
            found[key] = row[-1] if version else None
    return found


def _is_among(table: Table, keys: Sequence[tuple[Any, ...]]) -> ColumnElement[bool]:
    """The clause that a row has one of some keys."""
    columns = list(table.primary_key)
    typed = [_typed_key(table, key) for key in keys]
    if len(columns) == 1:
        return columns[0].in_([key[0] for key in typed])
    return tuple_(*columns).in_(typed)


def _typed_key(table: Table, key: Sequence[Any]) -> tuple[Any, ...]:
    """A key as the columns of the primary key take it."""
    columns = zip(table.primary_key, key, strict=True)
    return tuple(_value(column.type.python_type, part) for column, part in columns)


def _is_untouched(
    step: ReversibleStep, key: tuple[Any, ...], versions: Mapping[tuple[Any, ...], Any]
) -> bool:
    """Whether a row is as it was when it was sealed: there, or gone, in the same version."""
    if step.action == Action.DELETED:
        return key not in versions
    return key in versions and (step.version is None or versions[key] == step.version)


def _built_upon() -> RuleBroken:
    """The refusal to undo what others have gone on with."""
    return RuleBroken(_("Something has been built on this since: it cannot be undone any more."))


def _take_back(steps: Sequence[ReversibleStep]) -> None:
    """Take steps back, the last first; neighbours that did the same to one table together."""
    in_turn = groupby(reversed(steps), lambda step: (step.action, step.table_name))
    for (action, table_name), group in in_turn:
        alike = list(group)
        if action == Action.CREATED:
            _delete(table_name, [tuple(step.key) for step in alike])
        elif action == Action.DELETED:
            _restore(table_name, alike)
        else:
            _put_back(table_name, alike)


def _delete(table_name: str, keys: Sequence[tuple[Any, ...]]) -> None:
    """Delete rows that were created."""
    table = db.metadata.tables[table_name]
    for portion in portions(keys):
        for clear in _before_deletion.get(table_name, ()):
            clear([key[0] for key in portion])
        db.session.execute(delete(table).where(_is_among(table, portion)))


def _restore(table_name: str, steps: Sequence[ReversibleStep]) -> None:
    """Put rows back that were deleted, in turn."""
    table = db.metadata.tables[table_name]
    for step in steps:
        db.session.execute(insert(table).values(_before(step)))


def _put_back(table_name: str, steps: Sequence[ReversibleStep]) -> None:
    """Give changed rows the values they had before, in turn; their versions rise."""
    for names, alike in groupby(steps, lambda step: tuple(step.before or ())):
        _update(db.metadata.tables[table_name], names, list(alike))


def _update(table: Table, noted: Sequence[str], steps: Sequence[ReversibleStep]) -> None:
    """Put some noted columns of rows back in one statement."""
    keys = [column.key for column in table.primary_key]
    names = [name for name in noted if name not in (*keys, "version")]
    new: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
    if "version" in table.c:
        new["version"] = table.c.version + 1
    same = [table.c[key] == bindparam(f"key_{key}") for key in keys]
    rows = []
    for step in steps:
        kept, key = _before(step), _typed_key(table, step.key)
        rows.append(
            {f"key_{name}": part for name, part in zip(keys, key, strict=True)}
            | {f"new_{name}": kept[name] for name in names}
        )
    db.session.connection().execute(update(table).where(*same).values(new), rows)


def _before(step: ReversibleStep) -> dict[str, Any]:
    """The columns of a step's row as they were."""
    return _typed(db.metadata.tables[step.table_name], step.before or {})
