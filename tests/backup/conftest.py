"""An installation of its own for each test: the world, a photograph, a scan, nothing shared."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import make_url

from tcns.database import db
from tcns.files.store import DirectoryStore
from tests.databases import database_on, empty_database, fingerprint, make_app
from tests.postgres import administer
from tests.shared import shared_directory

PHOTOGRAPH, SCAN = f"photographs/{'1' * 32}", f"scans/{'2' * 32}"
FILES = {PHOTOGRAPH: b"\xff\xd8 one", SCAN: b"%PDF- two" * 3000}


class Installation:
    """An application with its database and its instance directory."""

    def __init__(self, app: Flask, instance: Path) -> None:
        self.app, self.instance = app, instance

    def run(self, *words: Any) -> Result:
        """Run `flask backup …`."""
        return self.app.test_cli_runner().invoke(args=["backup", *map(str, words)])

    def state(self) -> tuple[dict[str, str], dict[str, bytes]]:
        """A digest of every table's rows, and the files of the records; not the versions of the
        data, which never come again."""
        tables = fingerprint(self.app)
        rows = {name: digest for name, digest in tables.items() if name != "data_version"}
        files = (self.instance / "files").rglob("*")
        return rows, {file.name: file.read_bytes() for file in files if file.is_file()}

    def lose(self, *tables: str) -> None:
        """Delete the rows of some tables and all files, as by a mishap."""
        with self.app.app_context(), db.engine.begin() as connection:
            for name in tables:
                connection.execute(db.metadata.tables[name].delete())
        for name in FILES:
            (self.instance / "files" / name).unlink(missing_ok=True)


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An instance directory with a photograph and a scan."""
    store = DirectoryStore(tmp_path / "instance" / "files")
    for name, content in FILES.items():
        store.write(name, content)
    monkeypatch.setenv("TCNS_INSTANCE", str(store.root.parent))
    return store.root.parent


@pytest.fixture
def live(engine: str, instance: Path) -> Iterator[Installation]:
    """An installation that holds the world."""
    yield from installed(copy_of_world(engine), instance)


@pytest.fixture
def fresh(engine: str, instance: Path) -> Iterator[Installation]:
    """An installation whose database has no tables yet."""
    yield from installed(empty_database(engine, "fresh"), instance)


def installed(url: str, instance: Path) -> Iterator[Installation]:
    app = make_app(url, files_directory=instance / "files")
    yield Installation(app, instance)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def copy_of_world(engine: str) -> str:
    """The URL of a database of its own, copied from the one all tests share."""
    database_on(engine)
    url = empty_database(engine, "backup")
    name = make_url(url).database
    if engine == "sqlite":
        shutil.copyfile(shared_directory() / "world.sqlite3", str(name))
    else:
        administer(f'DROP DATABASE "{name}"')
        administer(f'CREATE DATABASE "{name}" TEMPLATE tcns_world')
    return url
