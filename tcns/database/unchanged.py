"""What a page has read stays read when it begins to write, where nobody has changed it meanwhile.

Under the lock the state of the data is asked once and compared with the one that the page saw. What
belongs to subjects that are as they were is neither read nor computed again: the rights that let
the user in, the record that is changed, the map. So the lock is held for less long.
"""

from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Mapper, Session, object_mapper

from tcns.database import begin_anew, begin_immediately, db
from tcns.database.versions import (
    ALL,
    NONE,
    SUBJECTS_OF,
    Subjects,
    Versions,
    ask_versions,
    versions,
)

# A row of these may change without its subject.
UNTOLD = frozenset({"sign_ins"})


def begin_unchanged() -> None:
    """Begin to write, as `begin_anew` does, without forgetting what nobody has changed.

    On SQLite alone: there nobody writes until this transaction has ended. On PostgreSQL what
    others commit is seen once a lock was waited for, so everything is read after that.
    """
    session = db.session()
    seen = versions() if db.engine.dialect.name == "sqlite" else None
    if seen is None:
        begin_anew()
        return
    _end_reading(session)
    begin_immediately()
    _forget_changed(session, changed_since(seen, ask_versions()) | UNTOLD)


def changed_since(seen: Versions, found: Versions | None) -> Subjects:
    """The subjects that were written to between two states of the data."""
    if found is None:
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
