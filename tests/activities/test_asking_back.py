"""An approved session is asked back with a reason; its reviewer returns it or says why not."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from flask import Flask

from tcns.accounts.models import User
from tcns.activities.models import Activity
from tcns.activities.operations import approve_activity, return_activity, submit_activity
from tcns.activities.recall_operations import ask_back, decline_to_return
from tcns.database import db
from tcns.errors import RuleViolation
from tests.activities.entering import Visit, events_on, row_of
from tests.world import World

WHY = {"reason": "Ghi thiếu 4 người"}


@pytest.mark.one_engine
def test_asked_back_it_counts_until_it_is_returned_then_is_corrected_and_sent_again(
    visit: Visit, app: Flask, world: World
) -> None:
    activity = world.activities["approved"]
    page = visit("member").get(f"/activities/{activity}").click("Đề nghị trả lại để sửa")
    assert "reason" in page.post(typed={"reason": " "}, status=HTTPStatus.OK).field_errors
    asked = page.post(typed=WHY)
    assert row_of(app, activity)["status"] == "approved"
    assert "Ghi thiếu 4 người" in asked.text
    own = visit("own")
    assert "Ghi thiếu 4 người" in own.get("/").text
    listed = own.get("/activities?status=asked_back&from=2025-06-01&to=2025-06-30").text
    assert "Đề nghị trả lại" in listed
    shown = own.get(f"/activities/{activity}")
    assert "Lý Thị Mẩy" in shown.text
    shown.click("Trả lại").post(typed={"reason": "Đồng ý, sửa số người"})
    assert row_of(app, activity)["recall_asked_at"] is None
    visit("member").get(f"/activities/{activity}/edit").post(typed={"participant_count": "24"})
    assert (row_of(app, activity)["status"], row_of(app, activity)["participant_count"]) == (
        "submitted", 24,
    )  # fmt: skip
    assert events_on(app, activity) == [
        "activity:asked-back", "activity:returned", "activity:corrected", "activity:submitted",
    ]  # fmt: skip


@pytest.mark.one_engine
def test_declined_it_stays_approved_and_its_team_reads_why_and_may_ask_again(
    visit: Visit, app: Flask, world: World
) -> None:
    activity = world.activities["approved"]
    url = f"/activities/{activity}"
    visit("leader").get(f"{url}/ask-back").post(typed=WHY)
    visit("own").get(url).click("Giữ nguyên đã duyệt").post(typed={"reason": "Sổ ghi đúng 20"})
    read = visit("member").get(url)
    assert "Sổ ghi đúng 20" in read.text
    assert row_of(app, activity)["status"] == "approved"
    again = read.click("Đề nghị trả lại để sửa").post(typed={"reason": "Có danh sách ký"})
    assert "Sổ ghi đúng 20" not in again.text
    assert events_on(app, activity) == [
        "activity:asked-back", "activity:kept", "activity:asked-back",
    ]  # fmt: skip


@pytest.mark.one_engine
def test_the_same_asking_from_two_phones_is_one(visit: Visit, app: Flask, world: World) -> None:
    activity = world.activities["approved"]
    pages = [visit(one).get(f"/activities/{activity}/ask-back") for one in ("member", "leader")]
    pages[0].post(typed=WHY)
    answer = pages[1].post(typed=WHY, status=HTTPStatus.OK)
    assert "Lý Thị Mẩy" in answer.text
    assert "đã được đề nghị trả lại" in answer.post(typed=WHY, status=HTTPStatus.OK).text
    assert events_on(app, activity) == ["activity:asked-back"]


MOVES: dict[str, Callable[..., None]] = {
    "ask": lambda activity, by: ask_back(activity, reason="x", by=by),
    "decline": lambda activity, by: decline_to_return(activity, reason="x", by=by),
    "submit": lambda activity, by: submit_activity(activity, by=by),
    "approve": lambda activity, by: approve_activity(activity, by=by),
    "return": lambda activity, by: return_activity(activity, reason="x", by=by),
}
# Of each state what the team may do, and what whoever reviews it; the rest is refused in words.
OPEN = {
    ("draft", "leader"): {"submit"}, ("draft", "own"): {"submit"},
    ("submitted", "leader"): set(), ("submitted", "own"): {"approve", "return"},
    ("approved", "leader"): {"ask"}, ("approved", "own"): {"return"},
    ("asked back", "leader"): set(), ("asked back", "own"): {"return", "decline"},
    ("returned", "leader"): {"submit"}, ("returned", "own"): {"submit"},
    ("approved", "neighbour"): set(), ("asked back", "neighbour"): set(),
}  # fmt: skip


@pytest.mark.one_engine
@pytest.mark.parametrize(("state", "persona"), OPEN)
def test_each_step_that_is_not_open_is_refused_in_words(
    app: Flask, world: World, user_of: Any, state: str, persona: str
) -> None:
    done = set()
    for name, move in MOVES.items():
        with app.app_context():
            kept = "approved" if state == "asked back" else state
            activity = db.session.get_one(Activity, world.activities[kept])
            if state == "asked back":
                ask_back(activity, reason="x", by=user_of("member"))
            try:
                move(activity, user_of(persona))
                done.add(name)
            except RuleViolation as refused:
                assert len(str(refused.message)) > 20
            db.session.rollback()
    assert done == OPEN[state, persona]


@pytest.fixture
def user_of(world: World) -> Callable[[str], Any]:
    return lambda persona: db.session.get_one(User, world.users[persona])
