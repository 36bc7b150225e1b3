"""How long the box that searches everywhere takes at national size, for whom and for what.

python -m benchmarks.search [sqlite] [postgresql]
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextvars import Context
from functools import partial
from typing import Any, NamedTuple

from flask import Flask
from flask.testing import FlaskClient

from benchmarks.installation import cookie_of
from benchmarks.nation import ROLES, nation
from tcns.accounts.models import User
from tcns.accounts.queries import find_user
from tcns.database import db
from tcns.permissions.scope import scope_for
from tcns.permissions.vocabulary import Permission
from tcns.search import queries
from tcns.teams.person_queries import PhoneScopes

ENGINES = ["sqlite", "postgresql"]
# Common, common inside words alone, rare, absent, several words, marks, digits.
TEXTS = (
    "nguyen",
    "to",
    "uye",
    "thi van",
    "nguyễn văn hòa",
    "nguyển",
    "zzz",
    "123",
    "9081726354",
    "x. an an hoa",
    "nà lừa minh tiến",
    "tdp 1",
    "10234",
)
PAGES = (
    "/search?q=nguyen",
    "/search?q=zzz",
    "/search?q=123",
    "/teams",
    "/teams?sort=-members",
    "/teams?sort=leader",
    "/teams?sort=last_session",
)
# A database may plan anew after ten turns: what users have all day comes after these.
WARMING, TURNS = 12, 5
OK = 200
HEADING = "engine      who       what                        median ms  worst ms"


class Timing(NamedTuple):
    """Milliseconds of several turns."""

    median: float
    worst: float

    @classmethod
    def of(cls, work: Callable[[], Any]) -> "Timing":
        """Time some work after it was done many times."""
        for _turn in range(WARMING):
            work()
        durations = sorted(_seconds(work) * 1000 for _turn in range(TURNS))
        return cls(durations[TURNS // 2], durations[-1])


def _seconds(work: Callable[[], Any]) -> float:
    """How long some work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def measure_search(engine: str) -> Iterator[str]:
    """The lines of the table for one engine: the questions alone, then the whole page."""
    with nation(engine) as app:
        for who in ROLES:
            for what, timing in [*_questions(who), *_pages(app, who)]:
                yield f"{engine:12}{who:10}{what:28}{timing.median:9.1f}{timing.worst:10.1f}"


def _questions(who: str) -> Iterator[tuple[str, Timing]]:
    """All that is asked of the database for each text."""
    user = find_user(who)
    assert user is not None
    for text in TEXTS:
        yield f"questions {text!r}", Timing.of(partial(_ask, user, text))
    db.session.rollback()


def _ask(user: User, text: str) -> None:
    """Find what there is of each kind, in a transaction of its own."""
    db.session.rollback()
    queries.find_teams(scope_for(user, Permission.TEAM_READ), text)
    phones = PhoneScopes(
        scope_for(user, Permission.PHONE_READ), scope_for(user, Permission.LEADER_PHONE_READ)
    )
    queries.find_persons(scope_for(user, Permission.PERSON_READ), text, phones)
    queries.find_areas(scope_for(user, Permission.AREA_READ), text)
    queries.find_decisions(scope_for(user, Permission.TEAM_READ), text)


def _pages(app: Flask, who: str) -> Iterator[tuple[str, Timing]]:
    """The whole page, and lists sorted by what is computed.

    Each request runs in a context of its own: in the open one all would be the first visitor's.
    """
    client, headers = app.test_client(use_cookies=False), {"Cookie": cookie_of(app, who)}
    for path in PAGES:
        yield path, Timing.of(partial(Context().run, _get, client, path, headers))


def _get(client: FlaskClient, path: str, headers: dict[str, str]) -> None:
    """Ask for a page; anything but the page ends the measurement."""
    answer = client.get(path, headers=headers)
    if answer.status_code != OK:
        raise SystemExit(f"{path} answered {answer.status_code}")


def main(engines: list[str]) -> None:
    """Measure the engines and print the table as it grows."""
    print(HEADING)
    for engine in engines:
        for line in measure_search(engine):
            print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:] or ENGINES)
