"""Many sessions are approved at once, and the approval can be taken back."""

from http import HTTPStatus

from flask import Flask

from tcns.activities.models import Activity
from tcns.activities.vocabulary import Status
from tcns.database import db
from tests.bulk.choosing import Make, press, rows, ticked, undo
from tests.page import Visitor
from tests.world import World


def test_submitted_sessions_are_approved_and_come_back(
    app: Flask, official: Visitor, world: World
) -> None:
    before = rows(app, Activity)
    url = "/activities/approve?which=all&from=2025-01-01&to=2025-12-31&status=all"
    page = official.get(url)
    assert "1 session would be approved." in page.text
    assert "4 would be left as they are:" in page.text
    assert page.text.count("Only a submitted session can be approved.") == 4
    done = press(page)
    assert "1 session is approved." in done.text
    with app.app_context():
        activity = db.session.get_one(Activity, world.activities["submitted"])
        assert (activity.state, activity.reviewed_by_id) == (Status.APPROVED, world.users["own"])
    assert "Undone: Sessions approved." in undo(done).text
    assert rows(app, Activity) == before


def test_what_was_gone_on_with_since_is_not_undone(
    app: Flask, official: Visitor, make: Make, world: World
) -> None:
    page = official.get(f"/activities/approve?{ticked_in_june(world)}")
    done = press(page)

    def change() -> None:
        db.session.get_one(Activity, world.activities["submitted"]).note = "Khác"

    make(change)
    page = done.click("Undo")
    answer = page.post(status=HTTPStatus.OK)
    assert "cannot be undone any more" in answer.text


def ticked_in_june(world: World) -> str:
    return f"from=2025-06-01&to=2025-06-30&{ticked(world.activities['submitted'])}"
