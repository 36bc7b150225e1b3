"""The SQL of a page, run by itself: the same statements with the same values, nothing around."""

import time
from typing import Any

from flask import Flask
from sqlalchemy import Engine, event

from benchmarks.load import Load, Timing
from tcns.database import db

Statement = tuple[str, Any]
READING = ("SELECT", "WITH")


def statements_of(app: Flask, path: str, cookie: str) -> list[Statement]:
    """The statements one request for `path` sends to the database."""
    heard: list[Statement] = []

    def hear(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        heard.append((statement, values))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", hear)
    app.test_client(use_cookies=False).get(path, headers={"Cookie": cookie})
    event.remove(engine, "before_cursor_execute", hear)
    return [one for one in heard if one[0].startswith(READING)]


def time_statements(app: Flask, statements: list[Statement], load: Load) -> Timing:
    """Run the statements of a page as often as a client alone would ask for it."""
    with app.app_context():
        engine = db.engine
    durations: list[float] = []
    began = time.perf_counter()
    while len(durations) < load.times and time.perf_counter() < began + load.seconds:
        durations.append(_run(engine, statements))
    return Timing.of(durations, time.perf_counter() - began)


def _run(engine: Engine, statements: list[Statement]) -> float:
    """Run the statements once in one transaction, fetching all rows; the seconds it took."""
    began = time.perf_counter()
    with engine.connect() as connection:
        for statement, values in statements:
            connection.exec_driver_sql(statement, values).fetchall()
    return time.perf_counter() - began
