"""Photographs of sessions: added by whoever may change the session, seen by whoever may see it."""

import io
import os
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from tcns.accounts.models import User
from tcns.activities.models import Activity, Photograph
from tcns.activities.operations import delete_activity
from tcns.activities.photographs.operations import (
    MOST_PHOTOGRAPHS,
    add_photograph,
    receive_photograph,
)
from tcns.clock import now
from tcns.database import db, writing
from tcns.errors import RuleViolation
from tcns.files.store import file_store
from tcns.files.strays import delete_strays
from tests.activities.entering import count_of, events_on
from tests.factories import make_photograph
from tests.page import Page, Visitor
from tests.pictures import CANARY, PLACE, from_a_camera, opened, picture
from tests.world import World

Visit = Callable[..., Visitor]


@pytest.fixture(autouse=True)
def no_strays(app: Flask) -> None:
    """No file that another test left lies in the store."""
    with app.app_context():
        delete_strays(now() + timedelta(hours=1))


def page_of(activity_id: int) -> str:
    return f"/activities/{activity_id}/photographs"


def send(
    visitor: Visitor,
    activity_id: int,
    *contents: bytes,
    status: HTTPStatus | None = None,
    **typed: object,
) -> Page:
    """Choose files on the page of a session, and press the button."""
    files = [(io.BytesIO(one), f"anh-{n}.jpg") for n, one in enumerate(contents, start=1)]
    return visitor.get(page_of(activity_id)).post(typed={"file": files, **typed}, status=status)


def added(app: Flask, activity_id: int) -> list[Photograph]:
    """The photographs of a session."""
    with app.app_context():
        query = select(Photograph).where(Photograph.activity_id == activity_id)
        return list(db.session.scalars(query.order_by(Photograph.id)))


@pytest.mark.one_engine
def test_photographs_are_added_without_script_shown_upright_and_tell_nothing_of_the_camera(
    app: Flask, visit: Visit, world: World
) -> None:
    session = world.activities["returned"]
    member = visit("member", language="en")
    page = send(member, session, from_a_camera(640, 480), picture(300, 200, "PNG"))
    first, second = added(app, session)
    assert (first.width, first.height) == (480, 640)
    assert first.latitude is None
    kept = member.get(f"/photographs/{first.id}")
    assert kept.response.headers["Content-Type"] == "image/jpeg"
    assert kept.response.headers["Cache-Control"] == "no-store"
    assert CANARY.encode() not in kept.body
    assert opened(kept.body).size == (480, 640)
    assert opened(member.get(f"/photographs/{second.id}/thumbnail").body).size == (300, 200)
    for shown in (page, visit("own", language="en").get(f"/activities/{session}")):
        assert f"/photographs/{first.id}/thumbnail" in shown.content
    assert events_on(app, session)[-2:] == ["activity:photograph-added"] * 2


@pytest.mark.one_engine
def test_the_place_is_kept_as_two_numbers_where_whoever_adds_them_says_so(
    app: Flask, visit: Visit, world: World
) -> None:
    session = world.activities["returned"]
    send(visit("member"), session, from_a_camera(), keeps_place="y")
    (one,) = added(app, session)
    assert (one.latitude, one.longitude) == pytest.approx(PLACE, abs=1e-4)
    assert not opened(visit("member").get(f"/photographs/{one.id}").body).getexif()


@pytest.mark.one_engine
def test_what_is_no_picture_is_named_and_the_others_are_added(
    app: Flask, visit: Visit, world: World
) -> None:
    session, member = world.activities["returned"], visit("member", language="en")
    page = send(member, session, picture(), b"%PDF-1.7", picture()[:300])
    assert "anh-2.jpg: This is no picture that can be shown" in page.text
    assert "anh-3.jpg: The picture is damaged" in page.text
    assert len(added(app, session)) == 1
    page = send(member, session, b"", status=HTTPStatus.OK)
    assert "anh-1.jpg: The file is empty." in page.text


@pytest.mark.one_engine
def test_a_session_has_six_photographs_at_most(app: Flask, visit: Visit, world: World) -> None:
    session, member = world.activities["returned"], visit("member", language="en")
    opened_before = member.get(page_of(session))
    page = send(member, session, *[picture()] * 7, status=HTTPStatus.OK)
    assert "A session has at most 6 photographs." in page.text
    assert added(app, session) == []
    with app.app_context():
        for _one in range(MOST_PHOTOGRAPHS):
            make_photograph(session, world.users["member"])
        db.session.commit()
        with pytest.raises(RuleViolation, match="6"), writing():
            add(session, picture(), "one more", by="member", world=world)
    one_more = {"file": (io.BytesIO(picture()), "anh.jpg")}
    page = opened_before.post(typed=one_more, status=HTTPStatus.OK)
    assert "A session has at most 6 photographs." in page.text


def add(session: int, content: bytes, key: str, *, by: str, world: World) -> int:
    """Add a photograph as a phone does, under its own key; its id."""
    received = receive_photograph(content)
    activity = db.session.get_one(Activity, session)
    user = db.session.get_one(User, world.users[by])
    return add_photograph(activity, received, client_key=key, by=user).id


@pytest.mark.one_engine
def test_the_form_sent_twice_adds_once_and_with_another_picture_it_is_a_conflict(
    app: Flask, visit: Visit, world: World
) -> None:
    session = world.activities["returned"]
    page = visit("member", language="en").get(page_of(session))
    for _time in range(2):
        page.post(typed={"file": (io.BytesIO(picture()), "anh.jpg")})
    assert len(added(app, session)) == 1
    other = {"file": (io.BytesIO(picture(90)), "anh.jpg")}
    answer = page.post(typed=other, status=HTTPStatus.OK)
    assert "This form was saved before, with other content." in answer.text
    assert len(added(app, session)) == 1


@pytest.mark.usefixtures("context")
def test_the_same_key_is_one_photograph_and_other_content_under_it_is_refused(
    app: Flask, world: World
) -> None:
    session, before = world.activities["returned"], count_of(app, Photograph)
    ids = set()
    for _time in range(3):
        with writing():
            ids.add(add(session, picture(), "of the phone", by="member", world=world))
    assert len(ids) == 1
    for other in ((session, picture(80)), (world.activities["draft"], picture())):
        with pytest.raises(RuleViolation, match=r"other content|nội dung khác"), writing():
            add(*other, "of the phone", by="member", world=world)
    assert count_of(app, Photograph) == before + 1


@pytest.mark.one_engine
@pytest.mark.usefixtures("context")
@pytest.mark.parametrize(
    ("state", "by", "may"),
    [
        ("draft", "member", True),
        ("draft", "leader", True),
        ("returned", "own", True),
        ("submitted", "member", True),
        ("approved", "member", False),
        ("commune", "member", False),
        ("draft", "reviewer", False),
        ("draft", "neighbour", False),
    ],
)
def test_photographs_are_changed_by_whoever_may_change_the_session_until_it_is_approved(
    world: World, state: str, by: str, may: bool
) -> None:
    try:
        with writing():
            add(world.activities[state], picture(), "a key", by=by, world=world)
    except RuleViolation:
        assert not may
    else:
        assert may


@pytest.mark.one_engine
def test_strangers_find_no_photograph_however_they_ask(
    visit: Visit, world: World, make: Callable[..., int]
) -> None:
    hidden = make(make_photograph, world.activities["neighbour"], world.users["neighbour"])
    for path in (f"/photographs/{hidden}", f"/photographs/{hidden}/thumbnail"):
        for persona in ("own", "member", "leader"):
            visit(persona).get(path, HTTPStatus.NOT_FOUND)
        visit("neighbour").get(path, HTTPStatus.NOT_FOUND)  # its file is not there


@pytest.mark.one_engine
def test_a_removed_photograph_is_seen_no_more_and_its_files_go_with_the_cleaning(
    app: Flask, visit: Visit, world: World
) -> None:
    session, member = world.activities["returned"], visit("member", language="en")
    send(member, session, picture(), picture(90))
    gone, stays = added(app, session)
    for one in (gone, stays):
        member.get(f"/photographs/{one.id}/thumbnail")
    page = member.get(page_of(session)).post(f"/photographs/{gone.id}/remove")
    assert "The photograph is removed." in page.text
    member.get(f"/photographs/{gone.id}", HTTPStatus.NOT_FOUND)
    assert events_on(app, session)[-1] == "activity:photograph-removed"
    assert purge(app) == 0, "what came today may still get its record"
    grow_old(app)
    assert purge(app) == 2
    member.get(f"/photographs/{stays.id}/thumbnail")
    member.get(f"/photographs/{world.photograph}")


@pytest.mark.one_engine
def test_the_photographs_of_a_session_go_with_it(app: Flask, world: World) -> None:
    session = world.activities["returned"]
    with app.app_context():
        with writing():
            add(session, picture(), "a key", by="member", world=world)
        with writing():
            by = db.session.get_one(User, world.users["member"])
            delete_activity(db.session.get_one(Activity, session), by=by)
        query = select(func.count()).where(Photograph.activity_id == session)
        assert db.session.scalar(query) == 0
    grow_old(app)
    assert purge(app) == 1


def purge(app: Flask) -> int:
    """How many files the cleaning deletes."""
    told = app.test_cli_runner().invoke(args=["files", "purge"])
    assert told.exit_code == 0, told.output
    return int(told.output.split()[1])


def grow_old(app: Flask) -> None:
    """As if every file had been written two days ago."""
    with app.app_context():
        store, then = file_store(), (now() - timedelta(days=2)).timestamp()
    for path in Path(getattr(store, "root", "")).rglob("*"):
        os.utime(path, (then, then))
