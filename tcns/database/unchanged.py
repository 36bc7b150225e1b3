"""What a page has read stays read when it begins to write, where nobody has changed it meanwhile.

Under the lock the state of the data is asked once and compared with the one that the page saw. What
belongs to subjects that are as they were is neither read nor computed again: the rights that let
the user in, the record that is changed, the map. So the lock is held for less long.

On SQLite nobody else writes from then on. On PostgreSQL others commit while one waits for the lock
of a row, and each statement sees an instant of its own. There the state is compared again after
every lock (`look_again`), and what stayed read is as if it had been read then:

* a transaction raises the versions of what it wrote to in the statement before its commit, so that
  whoever sees its rows sees them raised, and whoever sees them as they were sees none of its rows;
* the page saw one instant, so that all it read belongs to the versions it read;
* the versions are asked after the lock was obtained, not by the statement that waited for it: that
  one sees what was before.

What is read from then on may be newer than these versions. It is not kept for others therefore
(`tcns.database.kept`), and here at worst forgotten and read again.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy.orm import Mapper, Session, SessionTransaction, object_mapper

from tcns.database import begin_anew, begin_immediately, db
from tcns.database.versions import (
    ALL,
    NONE,
    SUBJECTS_OF,
    Subjects,
    Versions,
    ask_versions,
    versions,
    versions_seen,
)

# A row of these may change without its subject.
UNTOLD = frozenset({"sign_ins"})
# What each transaction that may wait for locks asks when others have written meanwhile.
_asking: WeakKeyDictionary[SessionTransaction, Callable[[], None]] = WeakKeyDictionary()


def begin_unchanged(ask: Callable[[], None] = lambda: None) -> None:
    """Begin to write, as `begin_anew` does, without forgetting what nobody has changed.

    `ask` asks what must hold for it, such as a right: now, and again whenever a lock was waited for
    and others have written meanwhile.
    """
    session, seen = db.session(), versions()
    if seen is None:
        begin_anew()
    else:
        _end_reading(session)
        begin_immediately()
    _forget_changed(session, changed_since(seen, ask_versions()) | UNTOLD)
    if db.engine.dialect.name != "sqlite":
        _asking[_transaction(session)] = ask
    ask()


def look_again() -> None:
    """A lock was obtained: forget what others changed until then, and ask whether to go on."""
    session = db.session()
    ask = _asking.get(_transaction(session))
    if ask is None:  # nobody else writes, or nothing was read before
        return
    changed = changed_since(versions_seen(), ask_versions())
    if changed:
        _forget_changed(session, changed | UNTOLD)
        ask()


def _transaction(session: Session) -> SessionTransaction:
    return session.get_transaction() or session.begin()


def changed_since(seen: Versions | None, found: Versions | None) -> Subjects:
    """The subjects that were written to between two states; all where one is unknown."""
    if seen is None or found is None:
        return ALL
    pairs = zip(Versions._fields, seen, found, strict=True)
    return frozenset(subject for subject, before, now in pairs if before != now)


def _end_reading(session: Session) -> None:
    """End a transaction that only read; what it loaded is still known."""
    session.expire_on_commit = False
    try:
        session.commit()
    finally:
        session.expire_on_commit = True


def _forget_changed(session: Session, changed: Subjects) -> None:
    """Forget the records of changed subjects, and of the others what refers to such."""
    for record in list(session):
        mapper, known = object_mapper(record), vars(record)
        if not _stays(mapper, changed):
            session.expire(record)
            continue
        names = [name for name in _leading_to_changed(mapper, changed) if name in known]
        if names:
            session.expire(record, names)


@lru_cache(maxsize=1024)
def _leading_to_changed(mapper: Mapper[Any], changed: Subjects) -> tuple[str, ...]:
    """The relationships of a record that may lead elsewhere now: to a changed subject, or to
    several records, of which a page may have read some only."""
    return tuple(
        each.key
        for each in mapper.relationships
        if each.uselist or not _stays(each.mapper, changed)
    )


def _stays(mapper: Mapper[Any], changed: Subjects) -> bool:
    """Whether the rows of a table are as they were; of one that no subject tells of, who knows."""
    subjects = SUBJECTS_OF.get(mapper.local_table.name, NONE)  # type: ignore[attr-defined]
    return bool(subjects) and not subjects & changed
