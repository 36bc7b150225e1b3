"""The log: one JSON object a line, which tells what happened and holds nothing that was sent."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from functools import cache
from http import HTTPStatus
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from tcns.clock import now
from tcns.database import db, writing
from tcns.log_lines import JsonLines, PlainLines, write_logs
from tests.conventions.access import LINES, Line, address
from tests.databases import Database, make_app
from tests.faults import engine_of, listening, locked
from tests.page import Visitor
from tests.world import World, sign_in_key

# What nobody may find in a log: a name, a phone, a password, a token.
SENT = {
    "full_name": "Canary Thị Hót",
    "user_name": "canary.user.name",
    "password": "canary-password-1",
    "old_password": "canary-password-2",
    "code": "CANARY-CODE",
    "phone": "0912 777 333",
    "note": "canary note",
    "q": "canary-query",
    "idempotency_key": "canary-key",
}
FORGED = '\r\n{"log.level": "error", "message": "canary forged"}\x1b[31m\u2028\u0085'
WORDS = ("canary", "hót", "912777333", "777 333", "of this session", "sign-in key of")
FIELDS = {"@timestamp", "log.level", "message", "ecs.version", "service.name"}


class Log:
    """What was logged, as it would stand in the file."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    @property
    def text(self) -> str:
        """All of it."""
        return self.stream.getvalue()

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Each line, which must be a whole object."""
        return [json.loads(line) for line in self.text.splitlines()]

    def last(self, action: str) -> dict[str, Any]:
        """The last line of an action."""
        return next(line for line in reversed(self.lines) if line.get("event.action") == action)


@pytest.fixture
def log() -> Iterator[Log]:
    """Everything that is logged, debugging included."""
    found, root = Log(), logging.getLogger()
    handler = logging.StreamHandler(found.stream)
    handler.setFormatter(JsonLines())
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield found
    root.removeHandler(handler)
    root.setLevel(level)


def make_talkative(url: str) -> Flask:
    """The application behind a proxy, with a line for every request, faults answered by a page."""
    app = make_app(url, lock_wait_seconds=0, log_requests=True, proxies=1)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


# Its many tests take one and the same: making an application takes longer than most of them.
talkative_on = cache(make_talkative)


@pytest.fixture
def talkative(database: Database) -> Iterator[Flask]:
    """That application on the test's database; what it keeps goes with what the test wrote."""
    app = talkative_on(database.app.config["SQLALCHEMY_DATABASE_URI"])
    yield app
    leave(app)


@pytest.fixture
def extended(database: Database) -> Iterator[Flask]:
    """Another one, for a test that gives it a view of its own."""
    app = make_talkative(database.app.config["SQLALCHEMY_DATABASE_URI"])
    yield app
    leave(app)


def leave(app: Flask) -> None:
    """Close its connections and forget what it keeps."""
    app.extensions["kept"].forget()
    with app.app_context():
        db.engine.dispose()


def send(app: Flask, line: Line, url: str, persona: str) -> HTTPStatus:
    """Ask for an address with everything that must not be logged; the answer."""
    visitor = Visitor(app, sign_in_key(persona), is_inspecting=False)
    fields = SENT | {"csrf_token": visitor.token()}
    headers = {
        "Referer": "https://localhost/?q=canary",
        "User-Agent": f"canary agent {SENT['phone']}",
        "X-Request-ID": "canary forged id",
        "X-Forwarded-For": "canary",
        "Authorization": "Bearer canary",
    }
    data = fields if line.method == "POST" else None
    answer = visitor.client.open(
        url, method=line.method, query_string=SENT, data=data, headers=headers
    )
    answer.close()
    return HTTPStatus(answer.status_code)


def assert_silent(log: Log) -> None:
    """Nothing that was sent stands in the log, and every line is one of ours."""
    met = [word for word in WORDS if word in log.text.lower()]
    assert not met, log.text
    for line in log.lines:
        assert line.keys() >= FIELDS


@pytest.mark.one_engine
@pytest.mark.parametrize("line", LINES, ids=str)
def test_no_request_leaves_what_it_sent_in_the_log(
    talkative: Flask, world: World, log: Log, line: Line
) -> None:
    url = address(talkative, line, world)
    for persona in ("own", "member"):
        send(talkative, line, url, persona)
    assert len([found for found in log.lines if "event.duration" in found]) == 2
    assert_silent(log)


@pytest.mark.one_engine
@pytest.mark.parametrize("line", [line for line in LINES if line.method == "POST"], ids=str)
def test_no_fault_leaves_what_was_sent_in_the_log(
    talkative: Flask, world: World, log: Log, line: Line
) -> None:
    """However deep it is raised, and whatever it quotes."""

    def fail(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith(("INSERT", "UPDATE", "DELETE")):
            raise ValueError(f"canary: {SENT}") from KeyError("canary phone")

    url = address(talkative, line, world)
    with listening(engine_of(talkative), "before_cursor_execute", fail):
        send(talkative, line, url, "own")
    assert_silent(log)


def test_a_fault_is_told_by_type_and_place_under_the_code_that_the_page_shows(
    extended: Flask, log: Log
) -> None:
    @extended.get("/dummy")
    def fail() -> str:
        raise ValueError("canary")

    fail.is_public = True  # type: ignore[attr-defined]
    page = Visitor(extended).get("/dummy", HTTPStatus.INTERNAL_SERVER_ERROR)
    fault = next(line for line in log.lines if "error.type" in line)
    assert fault["error.type"] == "builtins.ValueError"
    assert ".fail\n" in fault["error.stack_trace"]
    assert fault["trace.id"] in page.text
    assert log.last("fault")["trace.id"] == fault["trace.id"]
    assert_silent(log)


def test_what_the_database_quotes_is_not_told(extended: Flask, log: Log, world: World) -> None:
    """PostgreSQL names the values of a row that is there twice, SQLAlchemy those it sent."""

    @extended.post("/dummy")
    def fail() -> str:
        with writing():
            statement = text(
                "INSERT INTO replay (user_id, key, location, at) VALUES (1, 'canary', :place, :at)"
            )
            for _time in range(2):
                db.session.execute(statement, {"place": "canary", "at": now()})
        return ""

    fail.is_public = True  # type: ignore[attr-defined]
    answer = Visitor(extended).post_bare("/dummy")
    assert answer.status is HTTPStatus.INTERNAL_SERVER_ERROR
    found = next(line for line in log.lines if "error.type" in line)
    assert found["error.type"] == "sqlalchemy.exc.IntegrityError"
    assert found["error.code"] in ("23505", "23503", "SQLITE_CONSTRAINT")
    assert_silent(log)


@pytest.mark.one_engine
@pytest.mark.parametrize(
    "path", [f"/canary{FORGED}", f"/areas/canary{FORGED}", "/static/canary", "/teams/0912777333"]
)
def test_an_address_forges_no_line_and_is_not_repeated(
    talkative: Flask, log: Log, path: str
) -> None:
    Visitor(talkative, sign_in_key("own")).get(path, HTTPStatus.NOT_FOUND)
    assert len(log.lines) == 1
    assert "912777333" not in log.text
    assert_silent(log)


@pytest.mark.one_engine
def test_every_refusal_leaves_a_line_that_says_why(
    app: Flask, visit: Callable[..., Visitor], world: World, log: Log
) -> None:
    """Without being asked for; requests that went well leave none."""
    own = visit("own")
    own.get("/")
    assert log.lines == []
    own.get("/no-such-page", HTTPStatus.NOT_FOUND)
    own.get("/audit", HTTPStatus.FORBIDDEN)
    own.send(
        "POST", "/language", data={"language": "en"}, headers={"Referer": "https://localhost/"}
    )
    own.send("POST", "/language", headers={"Origin": "https://evil.example"})
    own.send("POST", "/language", data=b"x" * 3_000_000)
    own.send("DELETE", "/teams")
    found = [line["event.action"] for line in log.lines if "event.action" in line]
    assert found[:4] == ["not-found", "forbidden", "stale-form", "foreign-request"]
    assert {"too-large", "wrong-method"} & set(found)
    refused = log.last("forbidden")
    assert refused["user.id"] == world.users["own"]
    assert refused["http.response.status_code"] == HTTPStatus.FORBIDDEN
    assert refused["url.path"] == "/audit"
    assert refused["http.request.method"] == "GET"
    assert refused["event.duration"] > 0


def test_what_was_put_off_says_what_kept_from_it(talkative: Flask, log: Log) -> None:
    page = Visitor(talkative, sign_in_key("member")).get("/activities/log")
    with locked(talkative):
        put_off = page.post(
            typed={"participant_count": "77"}, status=HTTPStatus.SERVICE_UNAVAILABLE
        )
    line = log.last("database-locked")
    assert line["trace.id"] in put_off.text


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("sent", "proxies", "is_taken"),
    [
        ("4f9a1c2e5b7d8e90", 1, True),
        ("4f9a1c2e5b7d8e90", 0, False),
        ("short", 1, False),
        ("x" * 65, 1, False),
        ("forged id", 1, False),
        ("số-tám-chữ", 1, False),
    ],
)
def test_the_id_of_a_proxy_is_taken_where_there_is_one_and_it_is_well_formed(
    sent: str, proxies: int, is_taken: bool, log: Log
) -> None:
    app = make_app("sqlite://", proxies=proxies, log_requests=True)
    Visitor(app).get("/healthz", **{"X-Request-ID": sent})
    found = log.last("request")["trace.id"]
    assert (found == sent) is is_taken
    assert is_taken or len(found) == 8


def test_a_file_takes_the_lines_and_a_commands_terminal_the_warnings(
    tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    root, kept = logging.getLogger(), logging.getLogger().handlers[:]
    level, file = root.level, tmp_path / "tcns.log"
    for one in kept:
        root.removeHandler(one)
    try:
        write_logs(is_command=True, file=str(file))
        logging.getLogger("tcns.test").info("a line")
        logging.getLogger("tcns.test").warning("two\nlines\x1b[31m")
        written = capsys.readouterr().err
    finally:
        for one in root.handlers[:]:
            root.removeHandler(one)
            one.close()
        for one in kept:
            root.addHandler(one)
        root.setLevel(level)
        logging.captureWarnings(False)
        logging.getLogger("tcns").setLevel(logging.NOTSET)
    assert written == "Warning: two\\nlines\\x1b[31m\n"
    assert [json.loads(line)["message"] for line in file.read_text().splitlines()] == [
        "a line", "two\nlines\x1b[31m",
    ]  # fmt: skip


def test_plain_lines_tell_where_an_error_was_raised_and_not_what_it_quotes() -> None:
    try:
        raise ValueError("canary")
    except ValueError as error:
        details = (ValueError, error, error.__traceback__)
    record = logging.LogRecord("tcns", logging.ERROR, __file__, 1, "it failed", (), details)
    line = PlainLines().format(record)
    assert line.startswith("Error: it failed\n")
    assert "builtins.ValueError" in line
    assert "canary" not in line.replace('raise ValueError("canary")', "")
