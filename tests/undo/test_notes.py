"""What is written within `undoable` is noted by itself, in whatever way it is written."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import column, delete, insert, literal, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from tcns.accounts.models import SignInAttempt, User
from tcns.activities.models import ActivityTopic, Attendance
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.database import db
from tcns.database.inserts import insert_rows
from tcns.errors import RuleViolation
from tcns.teams.models import Training
from tcns.undo import vocabulary
from tcns.undo.notes import CannotNote
from tcns.undo.operations import reverse, undoable
from tcns.undo.vocabulary import NOTED, SECRET, UNNOTED, ReversibleKind
from tests.conventions.sources import PACKAGE, modules, short
from tests.factories import make_activity, make_indicator, make_person, make_training
from tests.torture import examples
from tests.undo.writes import DAY, NAMES, WAYS, Write, add, snapshot
from tests.world import World

KIND = ReversibleKind.MEMBERSHIPS_ENDED


@pytest.fixture
def person(official: User, world: World) -> int:
    """A person with some training; and a session with all that hangs on one."""
    found = make_person()
    for number in range(4):
        make_training(found, platform=f"MOOC {number}")
    helpers = list(world.memberships.values())[:2]
    counts = {make_indicator(): 10, make_indicator(): 20}
    make_activity(world.teams["village"], official.id, helpers=helpers, counts=counts)
    return found


def test_every_table_is_covered_or_left_alone_for_a_reason() -> None:
    tables = db.metadata.tables.keys()
    assert NOTED | UNNOTED.keys() == set(tables)
    assert not NOTED & UNNOTED.keys()
    assert all(UNNOTED.values())


def test_what_the_database_does_by_itself_to_covered_rows_is_deleting_them() -> None:
    """A foreign key that sets something NULL changes rows that nobody reads before."""
    rules = {
        key.ondelete
        for name in NOTED
        for key in db.metadata.tables[name].foreign_keys
        if key.column.table.name in NOTED
    }
    assert rules <= {None, "CASCADE"}


def test_no_module_writes_past_the_connection_that_is_listened_to() -> None:
    """A cursor of the driver, or a connection of one's own, tells undo nothing."""
    past = re.compile(r"\.cursor\(|raw_connection|driver_connection|engine\.(begin|connect)\(")
    found = {short(path) for path in modules(PACKAGE) if past.search(path.read_text("utf-8"))}
    assert found == {
        "tcns/backup/postgresql.py",  # reads everything, restores everything
        "tcns/database/inserts.py",  # tells of its rows itself
        "tcns/database/schema.py",  # reads which migration the tables are at
        "tcns/health/queries.py",  # asks whether it could write, and writes nothing
        "tcns/jobs/queue.py",  # a schema of its own
        "tcns/site/preparation.py",  # the statistics of the engine
    }


@pytest.mark.parametrize("write", WAYS, ids=lambda way: way.__name__)
def test_in_whatever_way_it_is_written_undoing_puts_everything_back(
    official: User, person: int, write: Write
) -> None:
    before = snapshot()
    with undoable(KIND, by=official) as done:
        write(person, "Undone")
    if write.__name__ != "add_and_delete":
        assert snapshot() != before
    reverse(done, by=official)
    assert snapshot() == before


@settings(
    deadline=None,
    max_examples=examples(20),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(writes=st.lists(st.tuples(st.sampled_from(WAYS), st.sampled_from("ab")), max_size=6))
def test_whatever_is_written_in_whatever_order_undoing_puts_everything_back(
    official: User, person: int, writes: list[tuple[Write, str]]
) -> None:
    with db.session.begin_nested() as example:
        before = snapshot()
        with undoable(KIND, by=official) as done:
            for write, word in writes:
                write(person, word)
        reverse(done, by=official)
        assert snapshot() == before
        example.rollback()
    db.session.expire_all()


def test_what_was_written_before_is_no_part_of_it(official: User, person: int) -> None:
    add(person, "Before")
    with undoable(KIND, by=official) as done:
        add(person, "Within")
    add(person, "After")
    reverse(done, by=official)
    courses = set(db.session.scalars(select(Training.course).where(Training.finished_on == DAY)))
    assert courses == {"Before", "After"}


def test_a_row_written_in_a_set_and_changed_since_keeps_everything(
    official: User, world: World
) -> None:
    with undoable(KIND, by=official) as done:
        db.session.execute(update(User).values(full_name="Họ Tên"))
        for team in world.teams.values():
            table: Any = db.metadata.tables["team"]
            risen = {"name": "Tổ mới", "version": table.c.version + 1}
            db.session.execute(update(table).where(table.c.id == team).values(risen))
    db.session.execute(update(table).values(version=table.c.version + 1))
    with pytest.raises(RuleViolation, match="cannot be undone"):
        reverse(done, by=official)


def test_only_what_changed_is_noted_and_of_secrets_nothing(official: User) -> None:
    with undoable(KIND, by=official) as done:
        official.disabled_at, official.password_hash, official.code_hash = None, "secret", "secret"
        official.full_name = "Họ Tên"
    (noted,) = done.steps
    assert "full_name" in noted.before
    assert not noted.before.keys() & SECRET["user"]
    assert "home_area_id" not in noted.before


def test_the_trail_and_what_nobody_undoes_is_not_noted(official: User) -> None:
    with undoable(KIND, by=official) as done:
        record(Event.TEAM_AMENDED, by=official, on=official, area_id=None)
        db.session.execute(delete(SignInAttempt))
    assert done.steps == []


def insert_training(**differs: Any) -> Any:
    facts = {"version": 1, "platform": "MOOC", "course": "x", "finished_on": DAY, **differs}
    return {"person_id": select(Training.person_id).limit(1).scalar_subquery(), **facts}


def several_values() -> None:
    rows = [{"id": 90001 + number, **insert_training()} for number in range(2)]
    db.session.execute(insert(Training).values(rows))


def without_keys() -> None:
    person = db.session.scalar(select(Training.person_id))
    row = {**insert_training(), "person_id": person}
    db.session.connection().execute(insert(Training.__table__), [row, row])


def rows_without_keys() -> None:
    person = db.session.scalar(select(Training.person_id))
    insert_rows(Training, NAMES[1:], [(1, person, "MOOC", "x", DAY)])


def from_select() -> None:
    columns = [getattr(Training, name) for name in NAMES[1:]]
    db.session.execute(insert(Training).from_select(NAMES[1:], select(*columns)))


def replacing() -> None:
    replaced = insert(Training).values(id=90001, **insert_training())
    if db.engine.dialect.name == "sqlite":
        db.session.execute(replaced.prefix_with("OR REPLACE"))
    else:
        conflict = postgresql.insert(Training).values(id=90001, **insert_training())
        db.session.execute(conflict.on_conflict_do_nothing())


def on_conflict() -> None:
    dialect: Any = sqlite if db.engine.dialect.name == "sqlite" else postgresql
    conflict = dialect.insert(Training).values(id=90001, **insert_training())
    db.session.execute(conflict.on_conflict_do_update(index_elements=["id"], set_={"course": "y"}))


def another_key() -> None:
    gone = db.session.scalars(select(ActivityTopic)).first()
    assert gone is not None
    same = ActivityTopic.activity_id == gone.activity_id
    db.session.execute(update(ActivityTopic).where(same).values(topic="other"))


def raw_text() -> None:
    db.session.execute(text("UPDATE training SET course = 'x'"))


def raw_sql() -> None:
    db.session.connection().exec_driver_sql("DELETE FROM training")


def delete_an_account() -> None:
    db.session.execute(delete(User))


def commit() -> None:
    db.session.commit()


def within_another() -> None:
    with undoable(KIND, by=db.session.scalars(select(User)).first()):
        pass


REFUSED = [
    several_values,
    without_keys,
    rows_without_keys,
    from_select,
    replacing,
    on_conflict,
    another_key,
    raw_text,
    raw_sql,
    delete_an_account,
    commit,
    within_another,
]


@pytest.mark.parametrize("write", REFUSED, ids=lambda way: way.__name__)
def test_what_cannot_be_noted_is_refused(
    official: User, person: int, write: Callable[[], None]
) -> None:
    with pytest.raises(CannotNote), undoable(KIND, by=official):
        write()


@pytest.mark.one_engine("postgresql")
def test_a_write_within_a_question_is_refused(official: User, person: int) -> None:
    gone = delete(Attendance).returning(literal(1).label("one")).cte()
    with pytest.raises(CannotNote), undoable(KIND, by=official):
        db.session.execute(select(column("one")).select_from(gone))


def test_a_table_of_which_nobody_has_said_it_is_refused(
    official: User, person: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tcns.undo.notes.NOTED", vocabulary.NOTED - {"training"})
    with pytest.raises(CannotNote, match="vocabulary"), undoable(KIND, by=official):
        add(person, "x")


def test_a_row_that_went_unseen_is_missed_at_the_end(official: User, person: int) -> None:
    with pytest.raises(CannotNote, match="not noted"), undoable(KIND, by=official):
        add(person, "x")
        db.session.flush()
        cursor: Any = db.session.connection().connection.cursor()
        cursor.execute("DELETE FROM training")
