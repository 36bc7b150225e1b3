"""Many memberships end at once: stated before, done or left row by row, undone as a whole."""

from datetime import date
from http import HTTPStatus

import pytest
from flask import Flask
from sqlalchemy import select

from tcns.accounts.models import RoleAssignment
from tcns.audit.models import AuditEvent
from tcns.database import db
from tcns.teams.models import Membership, Person
from tcns.undo.models import Reversible
from tests.bulk.choosing import LAST, Make, look, press, rows, send, ticked, undo, village
from tests.databases import fingerprint
from tests.factories import make_activity
from tests.page import Visitor
from tests.world import CANARIES, World


def test_memberships_end_together_and_all_come_back(
    app: Flask, official: Visitor, world: World
) -> None:
    before = rows(app, Membership, Person)
    page = official.get("/memberships/end?which=all&role=member&on=2025-06-29")
    page = look(page, last_day=LAST, reason="Nghỉ việc")
    done = press(page)
    assert "4 memberships end on 30/06/2025." in done.text
    assert done.url == "/memberships?role=member&on=2025-06-29"
    with app.app_context():
        ended = db.session.scalars(
            select(Membership).where(Membership.valid_to == date(2025, 7, 1))
        )
        assert len(ended.all()) == 4
    assert "Undone: Memberships ended." in undo(done).text
    assert rows(app, Membership, Person) == before


def test_what_would_be_left_is_listed_with_the_reason(
    official: Visitor, make: Make, world: World
) -> None:
    make(
        make_activity,
        world.teams["village"],
        world.users["member"],
        held_on=date(2025, 9, 1),
        helpers=[world.memberships["member"]],
    )
    page = official.get(f"/memberships/end?{ticked(*village(world))}")
    page = look(page, last_day=LAST)
    assert "2 memberships would end on 30/06/2025." in page.text
    assert "1 would be left as it is:" in page.text
    assert "helped at a session on 01/09/2025" in page.text
    done = press(page)
    assert "2 memberships end on 30/06/2025." in done.text
    assert "1 was left as it was: Lý Thị Mẩy" in done.text


def test_another_day_is_stated_anew_before_anything_is_done(
    app: Flask, official: Visitor, world: World
) -> None:
    page = official.get(f"/memberships/end?{ticked(*village(world))}")
    before = fingerprint(app)
    page = send(page, last_day=LAST).expect(HTTPStatus.OK)
    assert "3 memberships would end on 30/06/2025." in page.text
    assert fingerprint(app) == before
    assert "3 memberships end on 30/06/2025." in press(page).text


def test_what_was_saved_meanwhile_is_left_and_said(
    official: Visitor, make: Make, world: World
) -> None:
    page = look(official.get(f"/memberships/end?{ticked(*village(world))}"), last_day=LAST)

    def correct() -> None:
        db.session.get_one(Membership, world.memberships["deputy"]).body = None

    make(correct)
    done = press(page)
    assert "2 memberships end on 30/06/2025." in done.text
    assert "Nông Thị Hòa" in done.text
    assert "Somebody else saved it in the meantime." in done.text


def test_one_that_has_ended_already_keeps_its_day(
    app: Flask, official: Visitor, world: World
) -> None:
    row = f"{world.memberships['past']}.1"
    page = look(official.get("/memberships/end?which=ticked"), last_day=LAST, rows=row)
    assert "0 memberships would end" in page.text
    assert "The membership ends on 30/06/2023 already." in page.text
    before = fingerprint(app)
    assert send(page).status is HTTPStatus.OK
    assert fingerprint(app) == before


def test_the_same_form_sent_twice_ends_them_once(
    app: Flask, official: Visitor, world: World
) -> None:
    page = look(official.get(f"/memberships/end?{ticked(*village(world))}"), last_day=LAST)
    first = send(page)
    with app.app_context():
        events = len(db.session.scalars(select(AuditEvent)).all())
    second = send(page)
    assert (first.status, first.location) == (second.status, second.location)
    with app.app_context():
        assert len(db.session.scalars(select(AuditEvent)).all()) == events
        done = select(Reversible).where(Reversible.by_id == world.users["own"])
        assert len(db.session.scalars(done).all()) == 2  # one is the world's


@pytest.mark.parametrize("key", ["neighbour", "neighbour_village", "neighbour_member"])
def test_swapped_rows_of_the_neighbour_are_neither_changed_nor_named(
    app: Flask, official: Visitor, world: World, key: str
) -> None:
    page = official.get("/memberships/end?which=ticked")
    before = fingerprint(app)
    row = f"{world.memberships[key]}.1"
    page = look(page, last_day=LAST, rows=row)
    assert not any(word in page.body.decode() for word in CANARIES)
    assert "not yours to change" in page.text
    answer = send(page, rows=row, stated=LAST)
    assert answer.status is HTTPStatus.OK
    assert not any(word in answer.body.decode() for word in CANARIES)
    assert fingerprint(app) == before


def test_a_row_that_never_was_looks_like_one_of_somebody_else(
    official: Visitor, world: World
) -> None:
    page = official.get("/memberships/end?which=ticked")
    foreign = look(page, last_day=LAST, rows=f"{world.memberships['neighbour']}.1").text
    absent = look(page, last_day=LAST, rows="999999.1").text
    assert foreign == absent


def test_a_right_that_ended_meanwhile_ends_the_request(
    app: Flask, official: Visitor, make: Make, world: World
) -> None:
    page = look(official.get(f"/memberships/end?{ticked(*village(world))}"), last_day=LAST)
    make(lambda: db.session.delete(db.session.get_one(RoleAssignment, world.roles["own"])))
    before = fingerprint(app)
    assert send(page).status is HTTPStatus.FORBIDDEN
    assert fingerprint(app) == before


@pytest.mark.parametrize(
    "nonsense", ["", "x", "1", "1.", ".1", "1.x", "99999999999.1", "1.99999999999", "²1.1", "-1.1"]
)
def test_rows_that_are_none_are_passed_over(official: Visitor, nonsense: str) -> None:
    page = official.get("/memberships/end?which=ticked")
    page = look(page, last_day=LAST, rows=nonsense)
    assert "No row was chosen" in page.text
