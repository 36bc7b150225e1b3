"""The file of a nation's memberships: how long it takes, how big it is, how much memory it needs.

The demonstration's persons and memberships are copied until there are as many as the country
has. They stay in the province's teams, so that a batch of rows meets some 800 areas, not 1,000.

    python -m benchmarks.exports xlsx|csv     in an installation: asks for the file once
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from math import ceil
from pathlib import Path
from typing import Any, NamedTuple

from flask import Flask
from sqlalchemy import Connection, Insert, func, insert, literal, null, select

from benchmarks.installation import cookie_of, installation
from tcns.app import create_app
from tcns.config import ROOT
from tcns.database import Model, db
from tcns.teams.models import Membership, Person
from tcns.teams.vocabulary import MemberRole

NATION = 458_000
WAYS = ("xlsx", "csv")
HEADING = "engine     file      rows      wall s   CPU s    MB     peak MB"


def measure_exports(engine: str) -> Iterator[str]:
    """The lines of the table for one engine: each kind of file, made by a process of its own."""
    with installation(engine):
        app = create_app()
        rows = grow(app, NATION)
        environ = os.environ | {
            "TCNS_BENCHMARK_COOKIE": cookie_of(app),
            "TCNS_PERSONAL_ROWS_A_DAY": str(2 * NATION),
        }
        for way in WAYS:
            command = [sys.executable, "-m", "benchmarks.exports", way]
            asked = subprocess.run(
                command, cwd=ROOT, env=environ, check=True, capture_output=True, text=True
            )
            yield f"{engine:11}{way:10}{rows:<10}{asked.stdout.strip()}"


def grow(app: Flask, wanted: int) -> int:
    """Copy persons and memberships until at least `wanted` are there; how many there are then."""
    with app.app_context(), db.engine.begin() as connection:
        had = count_of(connection, Membership)
        ids = [connection.scalar(select(func.max(model.id))) or 0 for model in (Person, Membership)]
        for number in range(1, ceil(wanted / had)):
            move = Move(number * (max(ids) + 1), max(ids))
            connection.execute(move.copies(Person, user_id=null()))
            connection.execute(move.copies(Membership, role=literal(MemberRole.MEMBER.value)))
        return count_of(connection, Membership)


def count_of(connection: Connection, model: type[Model]) -> int:
    """How many rows a table has."""
    return connection.scalar(select(func.count()).select_from(model)) or 0


class Move(NamedTuple):
    """Copies of the rows that were there first: `offset` is added to their ids up to `last`."""

    offset: int
    last: int

    def copies(self, model: type[Any], **differs: Any) -> Insert:
        """The statement that copies them, with some columns set otherwise."""
        columns = {column.key: column for column in model.__table__.columns}
        moved = {key: columns[key] + self.offset for key in ("id", "person_id") if key in columns}
        values = columns | moved | differs
        rows = select(*values.values()).where(columns["id"] <= self.last)
        return insert(model).from_select(list(values), rows)


def ask(way: str) -> str:
    """Ask for the file once, keeping none of it; what that took."""
    client = create_app().test_client(use_cookies=False)
    headers = {"Cookie": os.environ["TCNS_BENCHMARK_COOKIE"]}
    began, cpu = time.perf_counter(), time.process_time()
    answer = client.get(f"/memberships/export?as={way}", headers=headers)
    size = sum(len(part) for part in answer.response)
    wall, cpu = time.perf_counter() - began, time.process_time() - cpu
    answer.close()
    return f"{wall:6.1f}{cpu:9.1f}{size / 2**20:9.1f}{peak_megabytes():9.0f}"


def peak_megabytes() -> float:
    """The most memory this process held. What `getrusage` says begins with its parent's."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(status["VmHWM"].split()[0]) / 1024


if __name__ == "__main__":
    print(ask(sys.argv[1]))
