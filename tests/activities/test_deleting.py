"""Deleting a session that is not counted: who may, what stays of it, and that it is confirmed."""

from http import HTTPStatus

import pytest
from flask import Flask
from sqlalchemy import select

from tcns.activities.models import ActivityTopic, Attendance, IndicatorValue
from tcns.audit.models import AuditEvent
from tcns.database import db
from tests.activities.entering import LOG, Visit, count_of, events_on
from tests.databases import fingerprint
from tests.page import Page
from tests.world import World

PARTS = (ActivityTopic, Attendance, IndicatorValue)


def delete_url(activity_id: int) -> str:
    """The page that asks whether a session is to be deleted."""
    return f"/activities/{activity_id}/delete"


@pytest.mark.parametrize("state", ["draft", "submitted", "returned"])
def test_what_is_not_approved_is_deleted_with_its_parts_once_that_is_confirmed(
    visit: Visit, app: Flask, world: World, state: str
) -> None:
    activity, before = world.activities[state], count_of(app)
    asked = (
        visit("member", language="en")
        .get(f"/activities/{activity}")
        .click("Delete what was entered by mistake")
    )
    assert count_of(app) == before, "asking deletes nothing"
    done = asked.post()
    assert "The session is deleted." in done.text
    assert done.url == f"/teams/{world.teams['village']}"
    assert count_of(app) == before - 1
    with app.app_context():
        left = [
            part
            for model in PARTS
            for part in db.session.scalars(select(model).filter_by(activity_id=activity))
        ]
    assert not left
    visit("member").get(f"/activities/{activity}", HTTPStatus.NOT_FOUND)


@pytest.mark.parametrize(
    ("state", "personas", "said"),
    [
        ("submitted", ("own",), "Buổi này do người khác gửi"),
        ("approved", ("member", "leader", "own"), "Buổi đã duyệt chỉ xóa được"),
    ],
)
def test_what_was_approved_is_deleted_by_nobody_and_what_waits_not_by_who_reviews_it(
    visit: Visit, app: Flask, world: World, state: str, personas: tuple[str, ...], said: str
) -> None:
    activity = world.activities[state]
    for persona in personas:
        page = visit(persona).send("GET", delete_url(activity))
        assert page.location == f"/activities/{activity}"
        assert "/delete" not in visit(persona).get(page.location).body.decode()
    before = fingerprint(app)
    answer = visit("own").post_bare(delete_url(activity), {"version": "1"})
    assert answer.status is HTTPStatus.OK
    assert said in answer.text
    assert fingerprint(app) == before


def test_a_member_deletes_nothing_that_another_entered(
    visit: Visit, app: Flask, world: World
) -> None:
    of_leader = visit("leader").get(f"{LOG}?team={world.teams['village']}")
    draft = of_leader.post(typed={"action": "draft"}).url
    before = fingerprint(app)
    assert visit("member").send("GET", f"{draft}/delete").location == draft
    visit("member").post_bare(f"{draft}/delete", {"version": "1"}).expect(HTTPStatus.OK)
    assert fingerprint(app) == before


def test_what_it_said_stays_on_record_and_in_the_history_of_its_team(
    visit: Visit, app: Flask, world: World
) -> None:
    activity = world.activities["draft"]
    visit("member").get(delete_url(activity)).post()
    assert events_on(app, activity) == ["activity:deleted"]
    with app.app_context():
        event = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
        assert event is not None
        assert event.actor_id == world.users["member"]
        kept = {value.field: (value.old, value.new) for value in event.values}
    assert kept["participant_count"] == ("20", None)
    assert kept["amounts"] == (f"{world.indicator}=7", None)
    history = visit("own", language="en").get(f"/teams/{world.teams['village']}/history").text
    for words in ("Session deleted", "Lý Thị Mẩy", "10/06/2025 → –", "Hoàng Văn Sính"):
        assert words in history


def test_pressed_twice_it_is_deleted_once_and_leads_to_the_same_page(
    visit: Visit, app: Flask, world: World
) -> None:
    activity = world.activities["draft"]
    asked = visit("member").get(delete_url(activity))
    first, second = asked.post(), asked.post()
    assert (second.url, second.status) == (first.url, HTTPStatus.OK)
    assert events_on(app, activity) == ["activity:deleted"]


def test_another_form_under_a_key_of_its_own_finds_nothing(visit: Visit, world: World) -> None:
    url = delete_url(world.activities["draft"])
    pages: list[Page] = [visit("member").get(url) for _page in range(2)]
    pages[0].post()
    pages[1].post(status=HTTPStatus.NOT_FOUND)


def test_what_changed_since_the_question_was_asked_is_not_deleted_unseen(
    visit: Visit, app: Flask, world: World
) -> None:
    activity, before = world.activities["draft"], count_of(app)
    asked = visit("own", language="en").get(delete_url(activity))
    edit = visit("member").get(f"/activities/{activity}/edit")
    edit.post(typed={"participant_count": "21", "action": "draft"})
    answer = asked.post(status=HTTPStatus.OK)
    assert "Lý Thị Mẩy saved this in the meantime" in answer.text
    assert count_of(app) == before


def test_a_session_logged_next_does_not_take_over_the_id_of_the_deleted_one(
    visit: Visit, app: Flask
) -> None:
    """Its history, and pages still open, would otherwise take one session for the other."""
    page = visit("member").get(LOG).post(typed={"participant_count": "12", "action": "draft"})
    visit("member").get(f"{page.url}/delete").post()
    again = visit("member").get(LOG).post(typed={"participant_count": "12"})
    assert again.url != page.url
    assert events_on(app, int(again.url.rpartition("/")[2])) == [
        "activity:logged",
        "activity:submitted",
    ]
