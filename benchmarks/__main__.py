"""python -m benchmarks [nation] [sqlite] [postgresql]: measure, then print one table."""

import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from flask import Flask

from benchmarks import national
from benchmarks.cpu import Subject, measure
from benchmarks.installation import Server, cookie_of, installation, member_cookies, serving
from benchmarks.load import FLOOR, Client, Load
from benchmarks.logging_sessions import Member, change_one, inserters, session_count
from benchmarks.pages import ANEW, DJANGO_MS, PageAsked, pages
from benchmarks.phones import KEPT, PHONES, come_home
from benchmarks.statements import statements_of
from tcns.app import create_app

ENGINES = ["sqlite", "postgresql"]
TOGETHER = Load(clients=8, seconds=3, times=4000)
BROWSER = {"Accept-Language": "vi", "Accept-Encoding": "gzip, deflate, br"}
LOG, LOG_FLOOR, PAGE_FLOOR = "log a session", "bare insert", "floor of {}"
HEADING = (
    "engine      what                  CPU ms  floor  of floor  Django  of Django  queries"
    "   per s  p95 ms"
)
NOTE = """
CPU ms: user and system time of the server's processes per request, for one client: the median of
blocks that take turns. anew: after a write each time. floor: of a page, a signed-in view that makes
the same sign-in check and returns the same bytes; of a session, a bare insert and commit in a
process of its own. Django: what an application in Django took, on the machine it was measured on
(benchmarks/pages.py). queries: of one request. per s and p95: {clients} clients at once; they share
the processors with the server. phones: each hands in {kept} sessions, all begin at once; all are
accepted, none is on file twice; instead of queries, how often the server asked to wait. Both
databases are durable (SQLite synchronous=FULL, PostgreSQL fsync and synchronous_commit on); the
time of PostgreSQL's own processes is not counted.
"""


@dataclass(frozen=True)
class Site:
    """The application under its server; what pages answer is kept in a directory for the floor."""

    app: Flask
    server: Server
    directory: Path

    def client(self, page: PageAsked) -> Client:
        """The browser of whoever asks for a page."""
        cookie = cookie_of(self.app, page.user_name)
        return Client(self.server.port, BROWSER | {"Cookie": cookie})

    def subjects_of(self, page: PageAsked) -> Iterator[Subject]:
        """A page, the same after a write where that is asked for, and its floor."""
        client, kept = self.client(page), self.directory / page.key
        plain = Client(self.server.port, {"Cookie": client.headers["Cookie"]})
        kept.write_bytes(plain.get(page.path))
        ask = partial(client.get, page.path)
        yield Subject(page.name, ask, self.server.cpu)
        if page.is_asked_anew:
            yield Subject(page.name + ANEW, ask, self.server.cpu, partial(change_one, self.app))
        floor = partial(client.get, FLOOR + page.key)
        yield Subject(PAGE_FLOOR.format(page.name), floor, self.server.cpu)

    def lines_of(self, page: PageAsked, cpu: Mapping[str, float]) -> Iterator[str]:
        """What the table says of a page."""
        floor = cpu[PAGE_FLOOR.format(page.name)]
        client = self.client(page)
        count = len(statements_of(self.app, page.path, client.headers["Cookie"]))
        rates = TOGETHER.ask(self.server.port, page.path, client.headers)
        text = f"{count:9}{rates.per_second:8.0f}{rates.p95:8.1f}"
        yield _line(page.name, cpu[page.name], floor) + text
        if page.is_asked_anew:
            yield _line(page.name + ANEW, cpu[page.name + ANEW], floor)

    def logging_subjects(self, member: Member) -> Iterator[Subject]:
        """Logging a session, and its floor."""
        yield Subject(LOG, member.log, self.server.cpu)
        (bare,) = inserters(self.app, 1)
        yield Subject(LOG_FLOOR, bare.insert, time.process_time)

    def logging_line(self, members: Sequence[Member], cpu: Mapping[str, float]) -> str:
        """What the table says of logging; each session that was answered is in the database."""
        before = session_count(self.app) - sum(member.count for member in members)
        rates = TOGETHER.run([member.log for member in members])
        if session_count(self.app) - before != sum(member.count for member in members):
            raise SystemExit("a session that was answered is not in the database")
        text = f"{'':9}{rates.per_second:8.0f}{rates.p95:8.1f}"
        return _line(LOG, cpu[LOG], cpu[LOG_FLOOR]) + text

    def phones_lines(self, floor: float) -> Iterator[str]:
        """What the table says of phones that come home all at once, and of their floor."""
        home = come_home(self.app, self.server)
        text = f"{home.busy:9}{home.timing.per_second:8.0f}{home.timing.p95:8.1f}"
        yield _line(f"{PHONES} phones come home", home.milliseconds, floor) + text
        bare = TOGETHER.run([one.insert for one in inserters(self.app, TOGETHER.clients)])
        text = f"{'':9}{bare.per_second:8.0f}{bare.p95:8.1f}"
        yield _line(LOG_FLOOR, floor, floor) + text


def _line(name: str, milliseconds: float, floor: float) -> str:
    """The CPU time of something, beside its floor and beside Django's where that is known."""
    django = DJANGO_MS.get(name)
    beside = f"{django:8.1f}{milliseconds / django:10.2f}x" if django else " " * 19
    return f"{name:20}{milliseconds:8.2f}{floor:7.2f}{milliseconds / floor:9.1f}x{beside}"


def measure_engine(engine: str) -> Iterator[str]:
    """The lines of the table for one engine."""
    with installation(engine) as directory:
        app = create_app()
        cookies = member_cookies(app, TOGETHER.clients)
        with serving() as server:
            site = Site(app, server, directory)
            members = [Member(server.port, cookie) for cookie in cookies]
            subjects = [subject for page in pages() for subject in site.subjects_of(page)]
            # Logged by the hundred of one team and day, sessions are all in doubt: pages go first.
            cpu = measure(subjects) | measure([*site.logging_subjects(members[0])])
            for page in pages():
                yield from site.lines_of(page, cpu)
            yield site.logging_line(members, cpu)
            yield from site.phones_lines(cpu[LOG_FLOOR])


def main(arguments: list[str]) -> None:
    """Measure the engines and print the table as it grows."""
    engines = [engine for engine in ENGINES if engine in arguments] or ENGINES
    if "nation" in arguments:
        national.main(engines)
        return
    print(HEADING)
    for engine in engines:
        for line in measure_engine(engine):
            print(f"{engine:12}{line}", flush=True)
    print(NOTE.format(clients=TOGETHER.clients, kept=KEPT))


if __name__ == "__main__":
    main(sys.argv[1:])
