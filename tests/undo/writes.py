"""Every way of writing that there is, each as a test may do it within `undoable`."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Text, cast, delete, func, insert, select, tuple_, update

from tcns.activities.models import Activity, Attendance, IndicatorValue
from tcns.database import FIRST_VERSION, db, next_ids
from tcns.database.inserts import insert_rows
from tcns.teams.models import Team, Training
from tcns.undo.vocabulary import NOTED

DAY = date(2025, 3, 1)
Write = Callable[[int, str], Any]
NAMES = ("id", "version", "person_id", "platform", "course", "finished_on")


def snapshot() -> dict[str, Sequence[Any]]:
    """Every row that undo covers, without the versions, which rise."""
    db.session.flush()
    tables = [db.metadata.tables[name] for name in sorted(NOTED)]
    return {
        table.name: sorted(
            db.session.execute(select(*(c for c in table.columns if c.key != "version"))).all(),
            key=repr,
        )
        for table in tables
    }


def _rows(person: int, text: str) -> list[dict[str, Any]]:
    db.session.flush()  # the ids go on from the last row
    ids = next_ids(Training, 3)
    facts = {"version": FIRST_VERSION, "person_id": person, "course": text, "finished_on": DAY}
    return [{"id": row_id, "platform": f"MOOC {row_id}", **facts} for row_id in ids]


def _all() -> Sequence[Training]:
    return db.session.scalars(select(Training).order_by(Training.id)).all()


def add(person: int, text: str) -> None:
    """The session adds an object."""
    db.session.add(Training(person_id=person, platform="MOOC", course=text, finished_on=DAY))


def add_several(person: int, text: str) -> None:
    """The session adds several objects in one statement."""
    db.session.add_all(Training(**row) for row in _rows(person, text))
    for _ in range(3):
        add(person, text)


def change(_person: int, text: str) -> None:
    """The session changes objects, also one it has not read yet."""
    for training in _all():
        training.course = text
    db.session.flush()
    db.session.expire_all()
    for training in _all()[:1]:
        db.session.expire(training)
        training.certificate_number = text


def change_twice(person: int, text: str) -> None:
    """The session changes the same object in two statements."""
    change(person, f"{text} first")
    change(person, text)


def change_versioned(_person: int, text: str) -> None:
    """The session changes objects that have versions, which rise."""
    for team in db.session.scalars(select(Team)):
        team.name = text


def delete_objects(_person: int, _text: str) -> None:
    """The session deletes objects."""
    for training in _all()[::2]:
        db.session.delete(training)


def add_and_delete(person: int, text: str) -> None:
    """What the session adds it deletes again."""
    add(person, text)
    db.session.flush()
    db.session.delete(_all()[-1])


def delete_and_add(_person: int, text: str) -> None:
    """A row goes and comes again under its key."""
    for training in _all()[:1]:
        facts = {name: getattr(training, name) for name in NAMES}
        db.session.delete(training)
        db.session.flush()
        db.session.add(Training(**(facts | {"course": text})))


def delete_with_children(_person: int, _text: str) -> None:
    """A row goes, and the database deletes those that hang on it."""
    db.session.execute(delete(Activity).where(Activity.status != ""))


def insert_by_model(person: int, text: str) -> None:
    """Rows are inserted by their model."""
    db.session.execute(insert(Training), _rows(person, text))


def insert_by_table(person: int, text: str) -> None:
    """Rows are inserted into their table, several and one."""
    db.session.execute(insert(Training.__table__), _rows(person, text))
    single = _rows(person, text)[0]
    del single["id"]
    db.session.connection().execute(insert(Training.__table__), single)


def insert_with_the_keys(person: int, text: str) -> None:
    """Rows are inserted past SQLAlchemy, as files are taken in."""
    rows = _rows(person, text)
    insert_rows(Training, NAMES, (tuple(row[name] for name in NAMES) for row in rows))


def insert_pairs(_person: int, _text: str) -> None:
    """Rows whose key is two columns are deleted and inserted."""
    rows = [(row.activity_id, row.membership_id) for row in db.session.scalars(select(Attendance))]
    db.session.execute(delete(Attendance))
    insert_rows(Attendance, ("activity_id", "membership_id"), rows[1:])


def update_pairs(_person: int, text: str) -> None:
    """Rows whose key is two columns are updated by a condition."""
    more = IndicatorValue.amount + len(text)
    is_chosen = tuple_(IndicatorValue.activity_id, IndicatorValue.indicator_id).in_(
        [tuple(key) for key in db.session.execute(select(*IndicatorValue.__table__.primary_key))]
    )
    db.session.execute(update(IndicatorValue).where(is_chosen).values(amount=more))


def bulk_save(person: int, text: str) -> None:
    """The session's bulk methods."""
    db.session.bulk_insert_mappings(Training.__mapper__, _rows(person, text))
    own = [
        {"id": training.id, "version": training.version, "course": f"{text} in bulk"}
        for training in _all()
    ]
    db.session.bulk_update_mappings(Training.__mapper__, own)


def update_where(_person: int, text: str) -> None:
    """Rows are updated by a condition, to an expression."""
    course = func.coalesce(Training.certificate_number, Training.course) + text
    has_person = Training.person_id.in_(select(Training.person_id))
    db.session.execute(update(Training).where(has_person).values(course=course))


def update_all(_person: int, text: str) -> None:
    """Rows are updated without a condition."""
    db.session.execute(update(Training.__table__).values(platform=text))


def update_each(_person: int, text: str) -> None:
    """Rows are updated by their keys, many in one statement."""
    rows = [
        {"id": row.id, "version": row.version, "course": f"{text} {number}"}
        for number, row in enumerate(_all())
    ]
    if rows:
        db.session.execute(update(Training), rows)


def delete_where(_person: int, text: str) -> None:
    """Rows are deleted by a condition."""
    is_chosen = (Training.course == text) | (cast(Training.id, Text).like("%1"))
    db.session.execute(delete(Training).where(is_chosen))


def fail_within_a_savepoint(person: int, text: str) -> None:
    """What is written within a savepoint that is rolled back was never written."""
    add(person, text)
    with db.session.begin_nested() as attempt:
        add(person, text)
        update_all(person, text)
        delete_where(person, text)
        attempt.rollback()
    with db.session.begin_nested():
        add(person, text)


WAYS: list[Write] = [
    add,
    add_several,
    change,
    change_twice,
    change_versioned,
    delete_objects,
    add_and_delete,
    delete_and_add,
    delete_with_children,
    insert_by_model,
    insert_by_table,
    insert_with_the_keys,
    insert_pairs,
    update_pairs,
    bulk_save,
    update_where,
    update_all,
    update_each,
    delete_where,
    fail_within_a_savepoint,
]
