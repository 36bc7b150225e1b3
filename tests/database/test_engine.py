"""How each connection of the engines is set."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from flask import Flask
from sqlalchemy import create_engine, event, func, select, text

from tcns.database import db, writing
from tcns.database.engine import LOCK_WAIT_SECONDS, engine_options
from tcns.database.faults import Fault, fault_of
from tcns.database.turns import Turns
from tcns.teams.models import Person
from tests.databases import make_app
from tests.factories import make_person
from tests.faults import locked
from tests.postgres import server_address


@pytest.mark.parametrize(
    ("asked", "cost", "timeout"),
    [
        ("", "1.1", "0"),
        ("?options=-c%20random_page_cost=4", "4", "0"),
        ("?options=-c%20statement_timeout=7min", "1.1", "7min"),
    ],
)
def test_postgresql_plans_for_a_fast_disk_and_keeps_what_its_address_asks_for(
    asked: str, cost: str, timeout: str
) -> None:
    base, separator, rest = server_address().format("postgres").partition("?")
    url = base + asked + (("&" if asked else separator) + rest if rest else "")
    engine = create_engine(url, **engine_options(url))
    with engine.connect() as connection:
        found = [
            connection.scalar(text(f"SHOW {name}"))
            for name in ("random_page_cost", "jit", "plan_cache_mode", "statement_timeout")
        ]
    engine.dispose()
    assert found == [cost, "off", "force_custom_plan", timeout]


def test_who_reads_sees_one_instant_and_who_writes_what_was_written_meanwhile(
    app: Flask, make: Callable[..., Any]
) -> None:
    count = select(func.count()).select_from(Person)
    with app.app_context():
        read = [db.session.scalar(count)]
        with ThreadPoolExecutor() as others:
            others.submit(make, make_person).result()
        read.append(db.session.scalar(count))
        with writing():
            written = db.session.scalar(count)
    assert read == [read[0], read[0]]
    assert written == read[0] + 1


@pytest.mark.one_engine("postgresql")
def test_plans_are_kept_while_writing_and_made_anew_while_reading(app: Flask) -> None:
    asked = text("SHOW plan_cache_mode")
    with app.app_context():
        before = db.session.scalar(asked)
        with writing():
            during = db.session.scalar(asked)
        after = db.session.scalar(asked)
    assert [before, during, after] == ["force_custom_plan", "auto", "force_custom_plan"]


@pytest.mark.one_engine
def test_who_waits_to_write_is_let_in_once_the_one_before_is_done(app: Flask) -> None:
    done: list[str] = []

    def write_after() -> None:
        with app.app_context(), writing():
            done.append("second")

    with ThreadPoolExecutor() as others:
        with app.app_context(), writing():
            waiting = others.submit(write_after)
            wait([waiting], timeout=0.2)
            done.append("first")
        waiting.result()
    assert done == ["first", "second"]


@pytest.mark.one_engine
def test_who_waits_for_another_process_is_let_in_once_it_is_done(app: Flask) -> None:
    def write() -> None:
        with app.app_context(), writing():
            pass

    with ThreadPoolExecutor() as others:
        with locked(app):
            waiting = others.submit(write)
            assert not wait([waiting], timeout=0.2).done
        waiting.result()


@pytest.mark.one_engine
def test_whose_turn_never_comes_is_told_that_it_is_locked_and_may_write_later(app: Flask) -> None:
    hasty = make_app(app.config["SQLALCHEMY_DATABASE_URI"], lock_wait_seconds=0)

    def write() -> None:
        with hasty.app_context(), writing():
            pass

    with ThreadPoolExecutor() as others:
        with hasty.app_context(), writing():
            refused = others.submit(write).exception()
        others.submit(write).result()
    assert fault_of(refused) is Fault.LOCKED
    with hasty.app_context():
        db.engine.dispose()


def test_a_connection_that_was_not_handed_back_keeps_its_turn(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'db.sqlite3'}"
    engine, turns = create_engine(url, **engine_options(url)), Turns(LOCK_WAIT_SECONDS)
    turns.lock = Mock()
    event.listen(engine, "begin", turns.begin)
    event.listen(engine, "checkin", turns.give)
    with engine.execution_options(immediate=True).connect() as connection:
        for _time in range(2):
            with connection.begin():
                connection.execute(text("SELECT 1"))
        assert (turns.lock.acquire.call_count, turns.lock.release.call_count) == (1, 0)
    assert turns.lock.release.call_count == 1
