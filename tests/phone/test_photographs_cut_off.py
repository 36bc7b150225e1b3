"""A photograph cut off on the server: sent again it is there once, and nothing lies beside it."""

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tcns.accounts.models import SignIn
from tcns.activities.models import Photograph
from tcns.activities.photographs import operations
from tcns.clock import now
from tcns.database import db
from tcns.files import pictures, store
from tcns.files.pictures import Picture
from tcns.files.strays import delete_strays
from tcns.phone import views
from tests.activities.entering import newest
from tests.faults import engine_of, full, is_sqlite, listening, read_only
from tests.page import Page, Visitor
from tests.phone.sending import Phone, send_session, told
from tests.pictures import opened, picture
from tests.races.together import ROUND, together
from tests.world import World

KEYS = (str(UUID(int=1)), str(UUID(int=2)))
SIZES = (64, 80)
AT_ONCE = 6
Fault = Callable[[Flask, pytest.MonkeyPatch], AbstractContextManager[None]]


class Killed(BaseException):
    """The process ends here: nothing that follows is done."""


@pytest.fixture
def phone(visit: Any, app: Flask, tmp_path: Path) -> Phone:
    """The phone of a member, in front of a site whose files lie in a folder of their own."""
    app.config["TCNS"] = replace(app.config["TCNS"], files_directory=tmp_path / "files")
    visitor: Visitor = visit("member", is_inspecting=False, language="en")
    return Phone(visitor)


@pytest.fixture
def sent(phone: Phone, world: World) -> str:
    """The key of a session that the phone has sent."""
    return send_session(phone, world.teams["village"])


@pytest.fixture
def drawn_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures are taken as they are: that they are drawn anew is tested elsewhere."""

    def as_it_is(content: bytes, _bounds: Any) -> Picture:
        return Picture(content, *opened(content).size, None)

    monkeypatch.setattr(operations, "read_picture", as_it_is)


def hand_in(phone: Phone, session: str, number: int = 0) -> Page:
    """The answer to one of two photographs."""
    return phone.hand_in_photograph(session, KEYS[number], picture(width=SIZES[number]))


def assert_home(app: Flask, phone: Phone, session: str) -> None:
    """Sent until both are accepted, each is there once with its own picture, and no file more."""
    for number in (0, 1, 0, 1):
        assert told(hand_in(phone, session, number)) == {"outcome": "accepted"}
    with app.app_context():
        query = select(Photograph).where(Photograph.activity_id == newest(app))
        rows = list(db.session.scalars(query.order_by(Photograph.client_key)))
        assert [row.client_key for row in rows] == list(KEYS)
        root: Path = app.config["TCNS"].files_directory
        assert [opened((root / row.file_key).read_bytes()).width for row in rows] == list(SIZES)
        delete_strays(now() + timedelta(minutes=1))
        left = {str(path.relative_to(root)) for path in root.glob("photographs/*")}
        assert left == {row.file_key for row in rows}


def killing(*_given: Any, **_named: Any) -> None:
    raise Killed


def killed_at(holder: Any, name: str) -> Fault:
    """The process is killed where it would call a function."""

    @contextmanager
    def befall(_app: Flask, patching: pytest.MonkeyPatch) -> Iterator[None]:
        with patching.context() as patched:
            patched.setattr(holder, name, killing)
            yield

    return befall


@contextmanager
def killed_before_the_commit(app: Flask, _patching: pytest.MonkeyPatch) -> Iterator[None]:
    """The process is killed as it is about to commit."""
    with listening(engine_of(app), "commit", killing):
        yield


MOMENTS: dict[str, Fault] = {
    "received": killed_at(operations, "read_picture"),
    "file half written": killed_at(os, "fsync"),
    "file stored": killed_at(views, "add_photograph"),
    "row not committed": killed_before_the_commit,
    "committed": killed_at(views, "jsonify"),
}


@pytest.mark.usefixtures("drawn_at_once")
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_photograph_whose_server_was_killed_at_any_moment_is_there_once_after_the_next_sending(
    phone: Phone, app: Flask, sent: str, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (0, 1):
        with MOMENTS[moment](app, monkeypatch), pytest.raises(Killed):
            hand_in(phone, sent, number)
    assert_home(app, phone, sent)


@ROUND
@pytest.mark.usefixtures("drawn_at_once")
def test_a_photograph_sent_again_while_the_first_sending_is_under_way_is_there_once(
    phone: Phone, app: Flask, sent: str, visit: Any, _round: int
) -> None:
    """As browsers do by themselves where a connection breaks before the answer."""
    phones = [Phone(visit("member", is_inspecting=False)) for _each in range(AT_ONCE)]
    answers = together(*(lambda one=one: hand_in(one, sent) for one in phones))
    assert [told(answer) for answer in answers] == [{"outcome": "accepted"}] * AT_ONCE
    assert_home(app, phone, sent)


def no_room(*_given: Any) -> None:
    raise OSError(28, "No space left on device")


@contextmanager
def full_database(app: Flask) -> Iterator[None]:
    """There is no room for another row; pages of SQLite may have it, so that all are shut."""
    with read_only(app) if is_sqlite(app) else full(app):
        yield


@contextmanager
def full_of_files(_app: Flask) -> Iterator[None]:
    """There is no room for another file; a part of it is written before that shows."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(store.os, "fsync", no_room)
        yield


@pytest.mark.usefixtures("drawn_at_once")
@pytest.mark.parametrize("befall", [full_database, full_of_files])
def test_a_site_without_room_puts_a_photograph_off_and_takes_it_once_there_is_room(
    phone: Phone, app: Flask, sent: str, befall: Callable[..., AbstractContextManager[None]]
) -> None:
    with befall(app):
        answer = hand_in(phone, sent)
    assert answer.status is HTTPStatus.SERVICE_UNAVAILABLE
    assert int(answer.response.headers["Retry-After"]) > 0
    root: Path = app.config["TCNS"].files_directory
    assert not list(root.glob("photographs/*.part"))
    assert_home(app, phone, sent)


@pytest.mark.one_engine
@pytest.mark.usefixtures("drawn_at_once")
def test_a_photograph_is_not_refused_because_the_sign_in_ended(
    phone: Phone, app: Flask, sent: str
) -> None:
    with app.app_context():
        ends = {key: ended for key, ended in db.session.execute(select(SignIn.id, SignIn.ended_at))}
        for sign_in in db.session.scalars(select(SignIn)):
            sign_in.ended_at = now()
        db.session.commit()
    answer = hand_in(phone, sent)
    assert told(answer.expect(HTTPStatus.UNAUTHORIZED)) == {"outcome": "signed_out"}
    with app.app_context():
        for sign_in in db.session.scalars(select(SignIn)):
            sign_in.ended_at = ends[sign_in.id]
        db.session.commit()
    assert_home(app, phone, sent)


@pytest.mark.one_engine
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_photograph_is_not_refused_because_the_process_that_draws_it_was_ended(
    phone: Phone, sent: str, number: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = subprocess.CompletedProcess([], -number, b"", b"")
    with monkeypatch.context() as patched:
        patched.setattr(pictures.subprocess, "run", lambda *_given, **_named: ended)
        assert hand_in(phone, sent).status is HTTPStatus.SERVICE_UNAVAILABLE
    assert told(hand_in(phone, sent)) == {"outcome": "accepted"}
