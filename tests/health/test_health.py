"""What a balancer is told: whether the process is alive, whether it can serve."""

import json
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, NamedTuple

import pytest
from flask import Flask
from sqlalchemy import text

from tcns.database import db
from tests.databases import counted, empty_database, fingerprint, make_app
from tests.faults import locked, read_only
from tests.page import Page, Visitor

NOT_READY = HTTPStatus.SERVICE_UNAVAILABLE


class Usage(NamedTuple):
    """What is told of a disk, in bytes."""

    total: int
    used: int
    free: int


@pytest.fixture
def unreachable(engine: str) -> Iterator[Flask]:
    """The application with a database that is not there."""
    urls = {
        "sqlite": "sqlite:////no/such/directory/tcns.sqlite3",
        "postgresql": "postgresql+psycopg://localhost:1/tcns",
    }
    yield make_app(urls[engine])


def ask(app: Flask) -> Page:
    return Visitor(app).send("GET", "/readyz")


def told(app: Flask) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ask(app).body)
    return found


def test_that_the_process_is_alive_asks_neither_the_database_nor_who_is_there(
    app: Flask, unreachable: Flask
) -> None:
    with counted(app) as statements:
        page = Visitor(app).get("/healthz")
    assert not statements
    assert "Set-Cookie" not in page.response.headers
    assert Visitor(unreachable).get("/healthz").body == b"ok\n"


def test_a_process_that_can_read_is_ready(app: Flask) -> None:
    page = ask(app).expect(HTTPStatus.OK)
    assert "Set-Cookie" not in page.response.headers
    found = json.loads(page.body)
    assert (found["read"], found["schema"], found["write"]) == ("ok", "ok", "ok")


def test_that_somebody_else_is_writing_is_told_and_fails_nothing(app: Flask) -> None:
    with locked(app):
        page = ask(app).expect(HTTPStatus.OK)
    assert json.loads(page.body)["write"] == "locked"
    assert told(app)["write"] == "ok"


@pytest.mark.one_engine("postgresql")
def test_that_the_database_may_only_be_read_is_told_and_fails_nothing(app: Flask) -> None:
    with read_only(app):
        assert json.loads(ask(app).expect(HTTPStatus.OK).body)["write"] == "read-only"


@pytest.mark.one_engine
def test_a_disk_with_little_room_is_told_and_fails_nothing(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert told(app)["disk"] in ("ok", "low")
    monkeypatch.setattr("shutil.disk_usage", lambda _path: Usage(10**12, 10**12 - 10**6, 10**6))
    assert json.loads(ask(app).expect(HTTPStatus.OK).body)["disk"] == "low"


def test_a_process_that_cannot_read_is_not_ready(unreachable: Flask) -> None:
    page = ask(unreachable).expect(NOT_READY)
    assert json.loads(page.body)["read"] == "unreachable"
    assert "localhost" not in page.body.decode(), "nor does it tell where its database is"
    assert "directory" not in page.body.decode()


def test_a_database_of_another_version_is_not_ready(app: Flask) -> None:
    with app.app_context(), db.engine.begin() as connection:
        kept = connection.scalar(text("SELECT version_num FROM alembic_version"))
        connection.execute(text("UPDATE alembic_version SET version_num = 'of another'"))
    try:
        assert json.loads(ask(app).expect(NOT_READY).body)["schema"] == "other"
    finally:
        with app.app_context(), db.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": kept})
    ask(app).expect(HTTPStatus.OK)


def test_a_database_without_tables_is_not_ready(engine: str) -> None:
    bare = make_app(empty_database(engine, "bare"))
    assert json.loads(ask(bare).expect(NOT_READY).body)["schema"] == "other"
    with bare.app_context():
        db.engine.dispose()


def test_asking_writes_nothing(app: Flask) -> None:
    before = fingerprint(app)
    ask(app)
    assert fingerprint(app) == before
