"""Phones that come home from a valley without signal, all at once, each with what it has kept.

Each hands in its sessions one after the other, as the notebook does, and begins when all do. A
busy server is asked again. Every session must be told "accepted", and be on file once.
"""

import http.client
import json
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any, NamedTuple
from urllib.parse import urlencode

from flask import Flask

from benchmarks.installation import Server, member_cookies
from benchmarks.load import Connection, Timing
from benchmarks.logging_sessions import session_count
from tcns.activities.vocabulary import ActivityForm, ActivityKind, Topic
from tcns.clock import today

PHONES, KEPT = 50, 20
ACCOUNT, SNAPSHOT, SESSIONS = "/phone/account", "/phone/snapshot", "/phone/sessions"
BUSY = 503


class Phone:
    """The phone of a leader, with sessions that wait on it."""

    def __init__(self, port: int, cookie: str) -> None:
        self.connection = Connection(port)
        self.headers = {"Cookie": cookie, "Accept": "application/json"}
        answer, account = self._ask("GET", ACCOUNT)
        # The token belongs to the session that its answer sets.
        self.headers["Cookie"] = (answer.getheader("Set-Cookie") or cookie).partition(";")[0]
        self.headers["X-CSRFToken"] = account["token"]
        _answer, snapshot = self._ask("GET", SNAPSHOT)
        own = {"owner": account["owner"], "team": snapshot["teams"][0]["id"]}
        self.kept = [own | _session() for _one in range(KEPT)]
        self.busy = 0

    def come_home(self, start: Barrier) -> list[float]:
        """Hand in all that is kept; what each took, in seconds, being asked to wait included."""
        start.wait()
        return [self._hand_in(session) for session in self.kept]

    def _hand_in(self, session: dict[str, Any]) -> float:
        """Hand in one session until it is accepted; anything else ends the benchmark."""
        began, body = time.perf_counter(), urlencode(session, doseq=True)
        while True:
            answer, told = self._ask("POST", SESSIONS, body)
            if told.get("outcome") == "accepted":
                return time.perf_counter() - began
            if answer.status != BUSY:
                raise SystemExit(f"a phone was answered {answer.status} {told}")
            self.busy += 1
            time.sleep(1)

    def _ask(
        self, method: str, path: str, body: str | None = None
    ) -> tuple[http.client.HTTPResponse, dict[str, Any]]:
        """The answer, and what it tells."""
        form = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        answer, content = self.connection.send(method, path, self.headers | form, body)
        is_json = (answer.getheader("Content-Type") or "").startswith("application/json")
        return answer, json.loads(content) if is_json else {}


def _session() -> dict[str, Any]:
    """A session as a phone keeps it, under a key of its own."""
    return {
        "client_key": uuid.uuid4(),
        "held_on": today(),
        "kind": ActivityKind.GUIDANCE,
        "form": ActivityForm.IN_PERSON,
        "topics": [Topic.PAYMENT, Topic.SAFETY],
        "participant_count": 12,
        "women_count": 7,
        "household_count": 5,
    }


class Homecoming(NamedTuple):
    """What it took: answers per second, CPU milliseconds of the server for each, waits asked."""

    timing: Timing
    milliseconds: float
    busy: int


def come_home(app: Flask, server: Server) -> Homecoming:
    """Let all phones come home at once; each of their sessions is on file once then."""
    phones = [Phone(server.port, cookie) for cookie in member_cookies(app, PHONES)]
    before, used = session_count(app), server.cpu()
    start = Barrier(len(phones))
    with ThreadPoolExecutor(len(phones)) as pool:
        began = time.perf_counter()
        durations = [
            one for part in pool.map(lambda phone: phone.come_home(start), phones) for one in part
        ]
        seconds = time.perf_counter() - began
    milliseconds = (server.cpu() - used) / len(durations) * 1000
    if session_count(app) - before != len(durations) or len(durations) != PHONES * KEPT:
        raise SystemExit("a session of a phone is not on file, or is there twice")
    busy = sum(phone.busy for phone in phones)
    return Homecoming(Timing.of(durations, seconds), milliseconds, busy)
