"""Logging sessions as members do, by the form, and the floor: one bare insert per commit.

The floor puts the same kind of row into the same database over the driver alone, each in a
transaction of its own: nobody can log sessions faster and have each survive a power cut.
"""

import http.client
import re
import uuid
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import Engine, func, insert, select

from benchmarks.load import Connection
from tcns.activities.models import Activity
from tcns.activities.vocabulary import ActivityForm, ActivityKind, Status, Topic
from tcns.clock import now, today
from tcns.database import db, writing

LOG = "/activities/log"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
LED_ON = 302


class Member:
    """A member in front of the form, on a connection kept open."""

    def __init__(self, port: int, cookie: str) -> None:
        self.connection = Connection(port)
        self.cookie, self.count = cookie, 0
        answer, page = self._send("GET", LOG)
        # The page's token belongs to the session that its answer sets.
        self.cookie = (answer.getheader("Set-Cookie") or cookie).partition(";")[0]
        (self.token,) = set(TOKEN.findall(page.decode()))

    def log(self) -> None:
        """Log a session and submit it; anything but being led on ends the benchmark."""
        answer, _page = self._send("POST", LOG, urlencode(self._typed(), doseq=True))
        if answer.status != LED_ON:
            raise SystemExit(f"logging a session answered {answer.status}")
        self.count += 1

    def _typed(self) -> dict[str, Any]:
        """What the form sends, under keys of its own each time."""
        return {
            "csrf_token": self.token,
            "idempotency_key": uuid.uuid4(),
            "client_key": uuid.uuid4(),
            "held_on": today(),
            "kind": ActivityKind.GUIDANCE,
            "form": ActivityForm.IN_PERSON,
            "topics": [Topic.PAYMENT, Topic.SAFETY],
            "participant_count": 12,
            "women_count": 7,
            "household_count": 5,
            "action": "submit",
        }

    def _send(
        self, method: str, path: str, body: str | None = None
    ) -> tuple[http.client.HTTPResponse, bytes]:
        """The answer and its body."""
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        return self.connection.send(method, path, headers, body)


class Inserter:
    """Inserts a session and commits, over the driver alone."""

    def __init__(self, engine: Engine, row: dict[str, Any]) -> None:
        self.engine = engine.execution_options(immediate=True)
        self.row = row

    def insert(self) -> None:
        """Insert one row in one transaction."""
        with self.engine.begin() as connection:
            connection.execute(insert(Activity), {**self.row, "client_key": str(uuid.uuid4())})


def change_one(app: Flask) -> None:
    """Change one of the latest sessions, as most writes do, so that what was kept of the data is
    kept no longer."""
    with app.app_context(), writing():
        newest = select(Activity).order_by(Activity.held_on.desc(), Activity.id).limit(1)
        session = db.session.scalars(newest).one()
        session.note = now().isoformat()


def inserters(app: Flask, count: int) -> list[Inserter]:
    """As many that insert, each a session of its own."""
    with app.app_context():
        row = _row()
        return [Inserter(db.engine, row) for _one in range(count)]


def _row() -> dict[str, Any]:
    """A session of a team as it lies in its table, but for its key."""
    team_id, entered_by_id = db.session.execute(
        select(Activity.team_id, Activity.entered_by_id).limit(1)
    ).one()
    return {
        "team_id": team_id,
        "entered_by_id": entered_by_id,
        "kind": ActivityKind.GUIDANCE,
        "form": ActivityForm.IN_PERSON,
        "held_on": today(),
        "participant_count": 12,
        "women_count": 7,
        "household_count": 5,
        "status": Status.SUBMITTED,
        "entered_at": now(),
        "submitted_at": now(),
        "version": 1,
    }


def session_count(app: Flask) -> int:
    """How many sessions are in the database."""
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Activity)) or 0
