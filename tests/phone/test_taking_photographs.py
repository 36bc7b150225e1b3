"""A photograph that follows its session home: there once, or refused while the session stays."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from tcns.activities.models import Activity, Photograph
from tcns.activities.vocabulary import Status
from tcns.clock import now
from tcns.database import db
from tests.activities.entering import count_of, newest, row_of
from tests.databases import fingerprint
from tests.page import Visitor
from tests.phone.sending import Phone, send_session, told
from tests.pictures import picture
from tests.world import World

KEY = "a" * 32


@pytest.fixture
def phone(visit: Any) -> Phone:
    """The phone of a member of Đồng Tâm."""
    visitor: Visitor = visit("member", is_inspecting=False, language="en")
    return Phone(visitor)


@pytest.fixture
def sent(phone: Phone, world: World) -> str:
    """The key of a session that the phone has sent."""
    return send_session(phone, world.teams["village"])


def hand_in(phone: Phone, session: str, content: bytes, **differs: Any) -> dict[str, Any]:
    """What is told of a photograph."""
    return told(phone.hand_in_photograph(session, KEY, content, **differs))


def kept(app: Flask) -> list[Photograph]:
    """The photographs of the newest session."""
    with app.app_context():
        query = select(Photograph).where(Photograph.activity_id == newest(app))
        return list(db.session.scalars(query))


@pytest.mark.one_engine
def test_a_photograph_sent_again_under_its_key_is_there_once(
    phone: Phone, app: Flask, sent: str
) -> None:
    answers = [hand_in(phone, sent, picture()) for _time in range(3)]
    assert answers == [{"outcome": "accepted"}] * 3
    assert len(kept(app)) == 1


@pytest.mark.one_engine
def test_another_picture_under_the_same_key_is_refused_and_the_first_stays(
    phone: Phone, app: Flask, sent: str
) -> None:
    hand_in(phone, sent, picture())
    before = fingerprint(app)
    answer = hand_in(phone, sent, picture(width=80))
    assert (answer["outcome"], len(answer["fields"])) == ("refused", 1)
    assert "other content" in answer["fields"][0]["message"]
    assert fingerprint(app) == before


@pytest.mark.one_engine
@pytest.mark.parametrize("content", [b"no picture", picture()[:200], b""])
def test_a_photograph_that_cannot_be_read_is_refused_and_its_session_stays(
    phone: Phone, app: Flask, sent: str, content: bytes
) -> None:
    count = count_of(app)
    answer = hand_in(phone, sent, content)
    assert answer["outcome"] == "refused"
    assert [each["field"] for each in answer["fields"]] == ["file"]
    assert count_of(app) == count
    assert row_of(app, newest(app))["status"] == "submitted"
    assert kept(app) == []


@pytest.mark.one_engine
def test_a_photograph_of_no_session_or_of_another_accounts_is_refused(
    phone: Phone, app: Flask, sent: str, visit: Any
) -> None:
    before = fingerprint(app)
    assert hand_in(phone, "b" * 32, picture())["outcome"] == "refused"
    leader = Phone(visit("leader", is_inspecting=False))
    assert hand_in(leader, sent, picture())["outcome"] == "refused"
    assert hand_in(leader, sent, picture(), owner=phone.owner) == {"outcome": "not_mine"}
    assert fingerprint(app) == before


@pytest.mark.one_engine
@pytest.mark.parametrize("is_approved", [False, True])
def test_a_photograph_that_waited_follows_a_session_that_was_approved_and_says_so(
    phone: Phone, app: Flask, sent: str, visit: Any, is_approved: bool
) -> None:
    if is_approved:
        with app.app_context():
            values = {"status": Status.APPROVED, "reviewed_at": now()}
            db.session.execute(update(Activity).values(values).where(Activity.id == newest(app)))
            db.session.commit()
    assert hand_in(phone, sent, picture()) == {"outcome": "accepted"}
    page = visit("own", language="en").get(f"/activities/{newest(app)}")
    assert "Photographs (1)" in page.text
    assert ("after the session was approved" in page.text) is is_approved
