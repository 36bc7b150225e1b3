"""The pages of a nation: how much CPU time they take at its size, as they stand and after a write.

`make bench ARGS=nation` runs it. The application answers in this process, without a server.
"""

import time
from collections.abc import Iterator
from contextvars import Context
from functools import partial

from flask import Flask

from benchmarks.cpu import Subject, measure
from benchmarks.installation import cookie_of
from benchmarks.logging_sessions import change_one
from benchmarks.nation import SESSIONS, add_sessions, nation
from benchmarks.pages import ANEW, last_closed_day

WHO = "nation"
HEADING = "engine      page                  CPU ms"


def measure_nation(engine: str) -> Iterator[str]:
    """The lines of the table for one engine."""
    with nation(engine) as app:
        began = time.monotonic()
        add_sessions()
        yield f"{engine:12}{SESSIONS:,} sessions, the last in {time.monotonic() - began:.0f} s"
        cookie = cookie_of(app, WHO)
        subjects = [_subject(app, name, path, cookie) for name, path in _pages().items()]
        cpu = measure([*subjects, *(_anew(app, subject) for subject in subjects)], rounds=3)
        for name, milliseconds in cpu.items():
            yield f"{engine:12}{name:20}{milliseconds:8.0f}"


def _pages() -> dict[str, str]:
    """The pages that are measured, on the last closed reporting month."""
    day = f"on={last_closed_day()}"
    return {
        "by province": f"/coverage?by=district&{day}",
        "one province": f"/coverage?by=commune&under=001&{day}",
        "team list": "/teams",
        "search": "/search?q=nguyen",
        "home": "/",
    }


def _subject(app: Flask, name: str, path: str, cookie: str) -> Subject:
    """A page, asked in a context of its own: in the open one all would be the first visitor's."""
    client = app.test_client(use_cookies=False)
    ask = partial(client.get, path, headers={"Cookie": cookie})
    return Subject(name, partial(Context().run, ask), time.process_time)


def _anew(app: Flask, subject: Subject) -> Subject:
    """The same after a write each time, which is not measured."""
    spent = 0.0

    def write() -> None:
        nonlocal spent
        began = time.process_time()
        Context().run(change_one, app)
        spent += time.process_time() - began

    return Subject(subject.name + ANEW, subject.act, lambda: time.process_time() - spent, write)


def main(engines: list[str]) -> None:
    """Measure the engines and print the table as it grows."""
    print(HEADING)
    for engine in engines:
        for line in measure_nation(engine):
            print(line, flush=True)
