"""Every write raises the version of what it wrote to, and nothing else does."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, text, update

from tcns.accounts.models import SignIn, User
from tcns.activities.models import Activity
from tcns.areas.models import AreaHouseholds, AreaName, Deployment
from tcns.areas.vocabulary import Level
from tcns.clock import today
from tcns.database import db, writing
from tcns.database.inserts import insert_rows
from tcns.database.reaching_back import reaches_back
from tcns.database.versions import (
    ALL,
    NONE,
    SUBJECTS_OF,
    DataVersion,
    Versions,
    renew_versions,
    subjects_written,
    versions,
)
from tcns.duplicates.models import DistinctPair
from tcns.teams.models import Team
from tests.conventions.sources import PACKAGE, modules, short
from tests.factories import BEGINNING, make_activity, make_area
from tests.world import World

Write = Callable[[World], object]
SESSIONS = {"activities", "past_activities"}


def state(app: Flask) -> Versions:
    with app.app_context():
        found = versions()
    assert found is not None
    return found


def raised(app: Flask, before: Versions) -> set[str]:
    """The subjects that have another version by now."""
    now = state(app)
    return {name for name in Versions._fields if getattr(now, name) != getattr(before, name)}


def rename_by_object(world: World) -> None:
    db.session.get_one(Team, world.teams["village"]).name = "Tổ khác"


def add_villages_at_once(world: World) -> None:
    names = ("area_id", "household_count", "valid_from")
    insert_rows(AreaHouseholds, names, [(world.quiet_village.id, 9, BEGINNING.replace(year=2019))])


def see_a_device(_world: World) -> None:
    db.session.execute(update(SignIn).values(device="Safari"))


WRITES: dict[Write, set[str]] = {
    rename_by_object: {"teams"},
    add_villages_at_once: {"areas"},
    see_a_device: set(),
    lambda _world: db.session.execute(update(Deployment).values(is_demonstration=True)): {"areas"},
    lambda _world: db.session.execute(delete(DistinctPair)): {"duplicates"},
    lambda _world: db.session.execute(update(User).values(full_name="X")): {"accounts"},
    lambda _world: db.session.execute(text("UPDATE activity SET note = 'x'")): SESSIONS,
    lambda _world: db.session.execute(update(Activity).values(note="x")): SESSIONS,
    lambda _world: db.session.execute(text("DELETE FROM attendance")): {"activities"},
    lambda _world: db.session.execute(
        update(AreaName).values(name="X").where(AreaName.id.in_(select(AreaName.id).limit(1)))
    ): {"areas"},
    lambda _world: db.session.execute(select(Activity.id).with_for_update()): set(),
}


@pytest.mark.parametrize(("write", "subjects"), WRITES.items())
def test_a_write_raises_what_it_wrote_to_and_nothing_else(
    app: Flask, world: World, write: Write, subjects: set[str]
) -> None:
    before = state(app)
    with app.app_context(), writing():
        write(world)
    assert raised(app, before) == subjects


def log(world: World, days_ago: int) -> Activity:
    """A session held so many days ago, in the session of the test."""
    held_on = today() - timedelta(days=days_ago)
    made = make_activity(world.teams["village"], world.users["own"], held_on=held_on)
    return db.session.get_one(Activity, made)


def correct(activity: Activity) -> None:
    activity.note = "Khác"


def move(days_ago: int) -> Callable[[Activity], None]:
    """Say of a session that it was held on another day."""

    def moved(activity: Activity) -> None:
        activity.held_on = today() - timedelta(days=days_ago)

    return moved


@pytest.mark.parametrize(
    ("days_ago", "subjects"), [(0, {"activities"}), (29, {"activities"}), (30, SESSIONS)]
)
def test_a_session_logged_late_raises_the_past(
    app: Flask, world: World, days_ago: int, subjects: set[str]
) -> None:
    before = state(app)
    with app.app_context(), writing():
        log(world, days_ago)
    assert raised(app, before) == subjects


@pytest.mark.parametrize(
    ("days_ago", "change", "subjects"),
    [
        (1, correct, {"activities"}),
        (1, move(2), {"activities"}),
        (1, move(60), SESSIONS),
        (60, correct, SESSIONS),
        (60, move(1), SESSIONS),
        (60, db.session.delete, SESSIONS),
    ],
)
def test_a_session_that_is_changed_raises_the_past_where_it_was_or_comes_to_lie_there(
    app: Flask, world: World, days_ago: int, change: Callable[[Any], None], subjects: set[str]
) -> None:
    with app.app_context(), writing():
        logged = log(world, days_ago).id
    before = state(app)
    with app.app_context(), writing():
        change(db.session.get_one(Activity, logged))
    assert raised(app, before) == subjects


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO activity (id, held_on) SELECT id, :held_on FROM activity",
        "INSERT INTO activity (id, held_on) VALUES (1, :held_on) ON CONFLICT (id) DO NOTHING",
        "UPDATE activity SET note=:held_on WHERE activity.id = :activity_id OR true",
        "UPDATE activity SET note=:held_on WHERE activity.id = :activity_id + 1",
        "UPDATE activity SET note=(SELECT 'x') WHERE activity.id = :activity_id",
    ],
)
def test_of_a_statement_in_any_other_form_it_is_taken_that_it_reaches_back(
    app: Flask, statement: str
) -> None:
    with app.app_context():
        compiled = text(statement).compile(db.engine)
        rows = [{"held_on": today(), "activity_id": 1}]
        context = SimpleNamespace(compiled=compiled, compiled_parameters=rows)
        assert reaches_back(db.session.connection(), str(compiled), context)


def test_whoever_commits_without_writing_raises_as_well(app: Flask) -> None:
    before = state(app)
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(update(Team).values(name="Tổ khác"))
    assert raised(app, before) == {"teams"}


def test_what_was_rolled_back_raises_nothing_nor_does_the_next_on_its_connection(
    app: Flask, world: World
) -> None:
    before = state(app)
    with app.app_context():
        rename_by_object(world)
        db.session.flush()
        db.session.rollback()
        with writing():
            see_a_device(world)
    assert raised(app, before) == set()


def test_a_transaction_that_writes_is_answered_from_nothing_that_is_kept(
    app: Flask, world: World
) -> None:
    with app.app_context():
        assert versions() is not None
        rename_by_object(world)
        assert versions() is None, "an object waits to be flushed"
        db.session.flush()
        assert versions() is None, "a statement has written"
        db.session.rollback()
        assert versions() is not None
        with writing():
            assert versions() is None, "it is about to write"


def test_a_version_is_of_the_instant_that_the_transaction_reads(app: Flask, world: World) -> None:
    """Seen before somebody else's write, it stays; the next transaction sees the other."""
    with app.app_context():
        before = versions()
        with db.engine.execution_options(immediate=True).begin() as connection:
            connection.execute(update(Team).values(name="Tổ khác"))
        assert versions() == before
        assert db.session.scalar(select(Team.name).limit(1)) != "Tổ khác"
        db.session.rollback()
        assert versions() != before


def test_versions_are_drawn_so_that_none_comes_again(app: Flask) -> None:
    seen = set()
    for number in range(20):
        with app.app_context(), writing():
            db.session.execute(update(Team).values(name=f"Tổ {number % 2}"))
        seen.add(state(app).teams)
    assert len(seen) == 20


def test_renewing_raises_everything(app: Flask) -> None:
    before = state(app)
    with app.app_context(), db.engine.execution_options(immediate=True).begin() as connection:
        renew_versions(connection)
    assert raised(app, before) == ALL


def test_without_its_row_nothing_is_kept(app: Flask) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(delete(DataVersion))
    with app.app_context():
        assert versions() is None


def test_every_table_is_said_to_be_kept_or_not() -> None:
    """One that is not raises everything, which forgets more than is needed."""
    assert set(db.metadata.tables) == set(SUBJECTS_OF)
    assert {column.name for column in DataVersion.__table__.columns} == {"id", *Versions._fields}


@pytest.mark.parametrize(
    ("statement", "subjects"),
    [
        ("SELECT 1", NONE),
        ("  select name FROM team FOR UPDATE", NONE),
        ("SAVEPOINT sa_savepoint_1", NONE),
        ("PRAGMA foreign_keys=ON", NONE),
        ('INSERT INTO "user" (id) VALUES (?)', {"accounts"}),
        ("INSERT OR REPLACE INTO person (id) VALUES (?)", {"teams"}),
        ("DELETE FROM area_path WHERE depth = 1", {"areas"}),
        ("WITH a AS (SELECT 1) SELECT * FROM a", NONE),
        ("WITH a AS (DELETE FROM team RETURNING id) INSERT INTO indicator SELECT * FROM a",
         {"teams", "indicators"}),
        ("UPDATE sign_in SET device = 'x'", NONE),
        ("UPDATE of_tomorrow SET x = 1", ALL),
        ("TRUNCATE team", ALL),
        ("ALTER TABLE team ADD COLUMN x", ALL),
    ],
)  # fmt: skip
def test_a_statement_that_nobody_classified_raises_everything(
    statement: str, subjects: set[str]
) -> None:
    assert subjects_written(statement) == subjects


def test_no_other_module_writes_past_the_listener() -> None:
    """Whoever hands rows to the driver itself notes their table, or renews everything."""
    past = {
        short(path)
        for path in modules(PACKAGE)
        if ".cursor()" in path.read_text("utf-8") or "driver_connection" in path.read_text("utf-8")
    }
    assert past == {"tcns/backup/postgresql.py", "tcns/database/inserts.py"}


def test_a_new_area_is_seen_at_once(app: Flask, make: Any, world: World) -> None:
    """What tests make is raised as well: they commit as everybody does."""
    before = state(app)
    make(make_area, Level.VILLAGE, world.commune.id)
    assert raised(app, before) == {"areas"}
