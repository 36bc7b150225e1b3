"""Reviewing sessions: who sees which button, and where each leads."""

from http import HTTPStatus

from flask import Flask

from tests.activities.entering import Visit, events_on, row_of
from tests.page import Page
from tests.world import World

BUTTONS = {"approve", "return", "submit", "edit", "ask-back", "keep"}


def buttons(page: Page) -> set[str]:
    """What the page of a session offers to do."""
    source = page.body.decode()
    return {name for name in BUTTONS if f'{page.url}/{name}"' in source}


def test_buttons_stand_where_guard_and_state_let_one(visit: Visit, world: World) -> None:
    expected = {
        "own": {
            "draft": {"submit", "edit"},
            "submitted": {"approve", "return"},
            "approved": {"return"},
            "returned": {"submit", "edit"},
        },
        "member": {"draft": {"submit", "edit"}, "submitted": {"edit"}, "approved": {"ask-back"},
                   "returned": {"submit", "edit"}},
        "reviewer": {"draft": set(), "submitted": set(), "approved": set(), "returned": set()},
    }  # fmt: skip
    found = {
        persona: {
            state: buttons(visit(persona).get(f"/activities/{world.activities[state]}"))
            for state in states
        }
        for persona, states in expected.items()
    }
    assert found == expected


def test_after_approving_the_next_one_that_waits_is_shown(
    visit: Visit, app: Flask, world: World
) -> None:
    draft, waiting = world.activities["draft"], world.activities["submitted"]
    visit("member").get(f"/activities/{draft}").post(f"/activities/{draft}/submit")
    page = visit("own").get(f"/activities/{waiting}").post(f"/activities/{waiting}/approve")
    assert row_of(app, waiting)["status"] == "approved"
    assert page.url == f"/activities/{draft}"
    assert "Đây là buổi tiếp theo đang chờ duyệt." in page.text
    page = page.post(f"/activities/{draft}/approve")
    assert page.url == "/activities?status=submitted"
    assert "tiếp theo" not in page.text


def test_a_session_is_returned_with_a_reason_that_its_team_reads(
    visit: Visit, app: Flask, world: World
) -> None:
    waiting = world.activities["submitted"]
    page = visit("own").get(f"/activities/{waiting}/return")
    assert "reason" in page.post(typed={"reason": "  "}, status=HTTPStatus.OK).field_errors
    page.post(typed={"reason": "Thiếu số hộ mới"})
    assert row_of(app, waiting)["status"] == "returned"
    assert "Thiếu số hộ mới" in visit("member").get(f"/activities/{waiting}").text
    assert events_on(app, waiting) == ["activity:returned"]


def test_what_changed_since_the_page_was_opened_is_not_approved_unseen(
    visit: Visit, app: Flask, world: World
) -> None:
    waiting = world.activities["submitted"]
    seen = visit("own", language="en").get(f"/activities/{waiting}")
    visit("own").get(f"/activities/{waiting}/return").post(typed={"reason": "Sai"})
    visit("member").get(f"/activities/{waiting}/edit").post(typed={"participant_count": "21"})
    page = seen.post(f"/activities/{waiting}/approve")
    assert "Lý Thị Mẩy saved this in the meantime" in page.text
    assert row_of(app, waiting)["status"] == "submitted"


def test_what_is_not_submitted_cannot_be_returned(visit: Visit, world: World) -> None:
    address = f"/activities/{world.activities['draft']}"
    assert visit("own").send("GET", f"{address}/return").location == address
