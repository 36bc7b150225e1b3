"""Fixtures of all tests: the application on both engines, the world, and who visits.

A test that asks for `app` (or for anything made of it: `visit`, `make`, `world`) runs twice, on
SQLite and on PostgreSQL, each time on a database that holds exactly the world.
"""

import gc
import os
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask

from tcns.database import db
from tests import again, postgres, shared
from tests.conventions.sources import ROOT
from tests.databases import ENGINES, Database, database_on
from tests.page import Visitor
from tests.processes import two_servers
from tests.torture import IS_TORTURE
from tests.world import PERSONAS, World, sign_in_key

JOURNEYS = "tests/journeys/"


def pytest_configure(config: pytest.Config) -> None:
    """The first process opens the directory that all workers share, and compiles catalogues."""
    if not hasattr(config, "workerinput"):
        shared.open_shared_directory()
        compile_catalogues()


def pytest_unconfigure(config: pytest.Config) -> None:
    """The first process, which ends last, stops the server and removes the directory."""
    if not hasattr(config, "workerinput") and shared.VARIABLE in os.environ:
        postgres.stop()
        shared.remove_shared_directory()


@pytest.hookimpl(optionalhook=True)  # a run without workers knows no such hook
def pytest_xdist_auto_num_workers() -> int:
    """Half as many workers again as processors that may be used: a third of the time tests wait,
    for servers, for browsers and for each other."""
    return max(2, len(os.sched_getaffinity(0)) * 3 // 2)


def compile_catalogues() -> None:
    """Compile each catalogue that was changed since: pages speak what its file says now."""
    for path in (ROOT / "translations").glob("*/LC_MESSAGES/*.po"):
        compiled = path.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < path.stat().st_mtime:
            with path.open("rb") as source, compiled.open("wb") as target:
                write_mo(target, read_po(source))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys run first: they take longest, and the others fill the gaps behind them.

    The long forms are left to `make torture`.
    """
    items.sort(key=lambda item: not item.nodeid.startswith(JOURNEYS))
    if not IS_TORTURE:
        items[:] = [item for item in items if item.get_closest_marker("long") is None]


def pytest_collection_finish() -> None:
    """Count what was imported and collected as there for good: to look through it again and again
    for rubbish takes a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """End the report of a failure with the command that runs the test alone."""
    report = yield
    if report.failed:
        report.sections.append((again.TITLE, again.command(report.nodeid)))
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly which journeys did not run: a run without them proves less than it seems."""
    skipped = terminalreporter.stats.get("skipped", [])
    missed = [report for report in skipped if report.nodeid.startswith(JOURNEYS)]
    if missed:
        reason = missed[0].longrepr[2] if isinstance(missed[0].longrepr, tuple) else ""
        terminalreporter.section("JOURNEYS THAT DID NOT RUN", sep="!", red=True, bold=True)
        terminalreporter.line(f"{len(missed)} tests in a real browser: {reason}")
        for report in missed:
            terminalreporter.line(f"  {report.nodeid}")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that needs a database on each engine, or on one alone if it says so.

    `one_engine` is SQLite, `one_engine("postgresql")` the other; `long_on_postgresql` is SQLite
    alone but in `make torture`.
    """
    if "engine" in metafunc.fixturenames:
        marked = metafunc.definition.get_closest_marker
        alone, long = marked("one_engine"), marked("long_on_postgresql")
        chosen = ENGINES[:1] if alone or (long and not IS_TORTURE) else ENGINES
        metafunc.parametrize("engine", (alone and alone.args) or chosen)


@pytest.fixture
def database(engine: str) -> Iterator[Database]:
    """This worker's database on the engine; what the test wrote is undone afterwards."""
    opened = database_on(engine)
    yield opened
    opened.restore()


@pytest.fixture
def app(database: Database) -> Flask:
    """The application, bound to a database that holds the world."""
    return database.app


@pytest.fixture
def empty_app(engine: str) -> Iterator[Flask]:
    """The application, bound to a migrated database without a single row."""
    opened = database_on(engine, "nothing")
    yield opened.app
    opened.restore()


@pytest.fixture
def ports(app: Flask, tmp_path: Path) -> Iterator[list[int]]:
    """The ports of two servers, each a process of its own, on the test's database."""
    with two_servers(str(app.config["SQLALCHEMY_DATABASE_URI"]), tmp_path) as ports:
        yield ports


@pytest.fixture
def world(database: Database) -> World:
    """The names and ids of what the database holds."""
    return database.world


@pytest.fixture
def context(app: Flask) -> Iterator[None]:
    """An open application context, for tests of queries and operations; not for visits."""
    with app.app_context():
        yield
        db.session.rollback()


@pytest.fixture
def visit(app: Flask, engine: str) -> Callable[..., Visitor]:
    """`visit("own")` is that persona in front of a browser; `visit("own", language="en")`.

    Pages are inspected on SQLite; those of PostgreSQL, which are the same, in `make torture`.
    """
    is_inspecting = IS_TORTURE or engine == ENGINES[0]

    def as_persona(persona: str = "anonymous", **differs: Any) -> Visitor:
        assert persona in PERSONAS, f"{persona!r} is none of {PERSONAS}"
        key = None if persona == "anonymous" else sign_in_key(persona)
        return Visitor(app, key, **{"is_inspecting": is_inspecting, **differs})

    return as_persona


@pytest.fixture
def official(visit: Callable[..., Visitor]) -> Visitor:
    """The official of Hòa An, in English."""
    return visit("own", language="en")


@pytest.fixture
def make(app: Flask) -> Callable[..., Any]:
    """`make(make_team, area_id, name="…")` calls a factory and commits; what it returns."""

    def committed(factory: Callable[..., Any], *given: Any, **differs: Any) -> Any:
        with app.app_context():
            made = factory(*given, **differs)
            db.session.commit()
        return made

    return committed
