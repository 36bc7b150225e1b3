"""Migrations go up, down and up again with rows in the tables, and give what the models say."""

import re
from collections.abc import Iterator
from datetime import date

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import inspect, text

from tcns.database import db
from tcns.database.versions import versions
from tcns.indicators.catalogue import CATALOGUE
from tcns.indicators.models import Indicator
from tcns.indicators.operations import load_indicators
from tests.conventions.sources import ROOT
from tests.databases import empty_database, make_app
from tests.world_building import build_world


@pytest.fixture
def bare(engine: str) -> Iterator[Flask]:
    """The application on a database without any table, in an open context."""
    app = make_app(empty_database(engine, "migrations"))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def revisions() -> list[str]:
    """The revisions from the first to the last."""
    script = ScriptDirectory(str(ROOT / "migrations"))
    return [revision.revision for revision in script.walk_revisions()][::-1]


def test_revisions_are_numbered_without_a_gap_and_named_by_their_number() -> None:
    assert revisions() == [f"{number:04}" for number in range(1, len(revisions()) + 1)]
    files = sorted(path.name for path in (ROOT / "migrations" / "versions").glob("*.py"))
    assert [name[:4] for name in files] == revisions()
    assert all(re.fullmatch(r"\d{4}_[a-z0-9_]+\.py", name) for name in files)


def test_the_migrated_database_is_what_the_models_say(bare: Flask) -> None:
    flask_migrate.upgrade()
    options = bare.extensions["migrate"].configure_args
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, db.metadata) == []


def test_going_down_and_up_again_leaves_the_tables_as_they_were(bare: Flask) -> None:
    flask_migrate.upgrade()
    before = described()
    flask_migrate.downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    flask_migrate.upgrade()
    assert described() == before


def described() -> dict[str, object]:
    """Columns, keys and constraints of every table, as the database tells them."""
    found = inspect(db.engine)
    return {
        name: (
            [(c["name"], str(c["type"]), c["nullable"]) for c in found.get_columns(name)],
            sorted(str(key["constrained_columns"]) for key in found.get_foreign_keys(name)),
            sorted(str(index["name"]) for index in found.get_indexes(name)),
            sorted(str(check["name"]) for check in found.get_check_constraints(name)),
            sorted(str(unique["name"]) for unique in found.get_unique_constraints(name)),
        )
        for name in found.get_table_names()
    }


def test_each_step_down_and_up_keeps_the_rows_of_the_tables_that_stay(bare: Flask) -> None:
    """A table rebuilt with foreign keys on would silently empty the tables that refer to it."""
    flask_migrate.upgrade()
    build_world()
    db.session.commit()
    before = row_counts()
    assert before["activity_topic"] > 0
    for revision in reversed(revisions()):
        flask_migrate.downgrade()
        kept = row_counts()
        assert kept == {name: before[name] for name in kept}, f"down from {revision}"
        flask_migrate.upgrade(revision=revision)
        again = {name: count for name, count in row_counts().items() if name in kept}
        assert again == kept, f"up to {revision}"
        flask_migrate.downgrade()
    assert row_counts() == {}


def row_counts() -> dict[str, int]:
    """How many rows each table has that the database has just now."""
    db.session.remove()
    names = set(inspect(db.engine).get_table_names()) - {"alembic_version"}
    with db.engine.connect() as connection:
        return {
            name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one()
            for name in names
        }


@pytest.mark.one_engine
def test_a_migration_that_leaves_a_dangling_reference_is_refused(
    bare: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    """Foreign keys are off while SQLite rebuilds tables, and looked at before the commit."""
    flask_migrate.upgrade()
    build_world()
    db.session.commit()
    db.session.remove()
    with db.engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("UPDATE team SET area_id = 999999")
        raw.execute("PRAGMA foreign_keys=ON")
    with pytest.raises(SystemExit):
        flask_migrate.upgrade()
    assert "dangling references" in caplog.text


def test_a_migration_renews_the_versions_of_all_data(bare: Flask) -> None:
    flask_migrate.upgrade()
    before = drawn()
    flask_migrate.downgrade()
    flask_migrate.upgrade()
    assert not before & drawn()


def drawn() -> set[int]:
    """The versions of all subjects as they are now."""
    found = versions()
    db.session.remove()
    assert found is not None
    return set(found)


def test_a_catalogue_that_was_loaded_grows_and_what_the_province_changed_stays(bare: Flask) -> None:
    flask_migrate.upgrade()
    load_indicators(by=None)
    changed = db.session.scalars(db.select(Indicator).filter_by(code="shop_opened")).one()
    changed.name_vi, changed.valid_to = "Tên của tỉnh", date(2026, 1, 1)
    db.session.commit()
    (path,) = (ROOT / "migrations" / "versions").glob("*_more_indicators.py")
    flask_migrate.downgrade(revision=f"{int(path.name[:4]) - 1:04}")
    with db.engine.connect() as connection:
        before = connection.scalar(text("SELECT count(*) FROM indicator"))
    flask_migrate.upgrade()
    db.session.expire_all()
    found = {one.code: one for one in db.session.scalars(db.select(Indicator))}
    assert found.keys() == {entry.code for entry in CATALOGUE}
    assert before < len(found)
    kept = found["shop_opened"]
    assert (kept.name_vi, kept.valid_to) == ("Tên của tỉnh", date(2026, 1, 1))
    assert {entry.code: entry.name_vi for entry in CATALOGUE if entry.code != kept.code} == {
        one.code: one.name_vi for one in found.values() if one is not kept
    }
