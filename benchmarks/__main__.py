"""python -m benchmarks [sqlite] [postgresql]: measure, then print one table."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from flask import Flask

from benchmarks.installation import cookie_of, installation, member_cookies, serving
from benchmarks.load import BARE, FLOOR, Client, Load, Timing
from benchmarks.logging_sessions import Member, inserters, session_count
from benchmarks.statements import statements_of, time_statements
from tcns.app import create_app

ENGINES = ["sqlite", "postgresql"]
PAGES = {"coverage": "/coverage?by=district&on=2024-06-30", "teams": "/teams"}
ALONE = Load(clients=1, seconds=2, times=200)
TOGETHER = Load(clients=8, seconds=4, times=2000)
BROWSER = {"Accept-Language": "vi", "Accept-Encoding": "gzip, deflate, br"}
HEADING = "engine     page      what                  alone ms   per s  p95 ms  of floor"
NOTE = """
alone: median of one client that does it again and again. per s and p95: {clients} clients at once.
of floor: times per second beside those of the floor. Of a page the floor is a signed-in view that
makes the same sign-in check and returns the same bytes. bare: the same bytes without the
application, which is what server and client can do at most. SQL: the page's own statements, run
by themselves.
log: {clients} leaders log and submit sessions by the form, each for their own team; both databases
are durable (SQLite synchronous=FULL, PostgreSQL fsync and synchronous_commit on). The floor is one
bare insert per commit, without server and application, into the same database.
"""


class Line(NamedTuple):
    """One line of the table: something done by one client, and by several at once."""

    alone: Timing
    together: Timing

    def text(self, floor: "Line") -> str:
        """The figures, and the times per second beside the floor's."""
        ratio = self.together.per_second / floor.together.per_second
        rates = f"{self.together.per_second:8.0f}{self.together.p95:8.1f}{ratio:9.2f}x"
        return f"{self.alone.median:10.1f}{rates}"


def measure_engine(engine: str) -> Iterator[str]:
    """The lines of the table for one engine."""
    with installation(engine) as directory:
        app = create_app()
        cookie, members = cookie_of(app), member_cookies(app, TOGETHER.clients)
        with serving() as port:
            for page, path in PAGES.items():
                for what, figures in measure_page(app, port, cookie, directory / page, path):
                    yield f"{engine:11}{page:10}{what:20}{figures}"
            for what, figures in measure_logging(app, port, members):
                yield f"{engine:11}{'log':10}{what:20}{figures}"


def measure_page(
    app: Flask, port: int, cookie: str, kept: Path, path: str
) -> Iterator[tuple[str, str]]:
    """What stands in the lines of one page; the floor returns what the page answered first."""
    headers = BROWSER | {"Cookie": cookie}
    kept.write_bytes(Client(port, {"Cookie": cookie}).get(path))
    floor, page, bare = (
        Line(*(load.ask(port, address, headers) for load in (ALONE, TOGETHER)))
        for address in (FLOOR + kept.name, path, BARE + kept.name)
    )
    yield "page", page.text(floor)
    yield "floor", floor.text(floor)
    yield "bare", bare.text(floor)
    statements = statements_of(app, path, cookie)
    timing = time_statements(app, statements, ALONE)
    yield f"SQL ({len(statements)} statements)", f"{timing.median:10.1f}"


def measure_logging(app: Flask, port: int, cookies: list[str]) -> Iterator[tuple[str, str]]:
    """What stands in the lines of logging sessions; each that was answered is in the database."""
    members = [Member(port, cookie) for cookie in cookies]
    before = session_count(app)
    logged = Line(*(load.run([member.log for member in members]) for load in (ALONE, TOGETHER)))
    if session_count(app) - before != sum(member.count for member in members):
        raise SystemExit("a session that was answered is not in the database")
    bare = [one.insert for one in inserters(app, TOGETHER.clients)]
    floor = Line(*(load.run(bare) for load in (ALONE, TOGETHER)))
    yield "sessions logged", logged.text(floor)
    yield "floor: bare inserts", floor.text(floor)


def main(engines: list[str]) -> None:
    """Measure the engines and print the table as it grows."""
    print(HEADING)
    for engine in engines:
        for line in measure_engine(engine):
            print(line, flush=True)
    print(NOTE.format(clients=TOGETHER.clients))


if __name__ == "__main__":
    main(sys.argv[1:] or ENGINES)
