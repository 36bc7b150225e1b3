"""Two people, one session, the same instant: one of them wins and the other is told."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from flask import Flask

from tests.activities.entering import LOG, count_of, edit_url, events_on, row_of
from tests.factories import make_activity
from tests.page import REDIRECTS, Page, Visitor
from tests.races.together import ROUNDS, press, together
from tests.world import World

Visit = Callable[..., Visitor]
REACHED = {"participant_count": "12", "household_count": "3"}
ROUND = pytest.mark.parametrize("_round", range(ROUNDS))


@pytest.fixture
def opened(visit: Visit) -> Callable[[str, str], Page]:
    """`opened("own", url)` is a page in that persona's browser."""
    return lambda persona, url: visit(persona, is_inspecting=False).get(url)


@pytest.fixture
def session_in(make: Callable[..., Any], world: World) -> Callable[[str], int]:
    """`session_in("draft")` is a session of Đồng Tâm, entered by the member."""

    def made(status: str) -> int:
        facts = {"status": status, "participant_count": 20}
        activity_id: int = make(
            make_activity, world.teams["village"], world.users["member"], **facts
        )
        return activity_id

    return made


Opened = Callable[[str, str], Page]
SessionIn = Callable[[str], int]


@ROUND
def test_the_same_form_twice_logs_one_session(opened: Opened, app: Flask, _round: int) -> None:
    page, before = opened("member", LOG), count_of(app)
    first, second = together(press(page, LOG, REACHED), press(page, LOG, REACHED))
    assert first.location == second.location
    assert count_of(app) == before + 1


@ROUND
def test_the_same_key_from_two_pages_logs_one_session(
    opened: Opened, app: Flask, _round: int
) -> None:
    before = count_of(app)
    key = {"client_key": "b3b6a6de-07f1-49f4-8d3a-0f51c1ed6b01"}
    pages = [opened("member", LOG) for _page in range(2)]
    first, second = together(*(press(page, LOG, {**REACHED, **key}) for page in pages))
    assert first.location == second.location
    assert count_of(app) == before + 1


@ROUND
def test_approve_against_return(
    opened: Opened, session_in: SessionIn, app: Flask, _round: int
) -> None:
    activity = session_in("submitted")
    page = f"/activities/{activity}"
    approve = press(opened("own", page), f"{page}/approve")
    give_back = press(opened("own", f"{page}/return"), f"{page}/return", {"reason": "Sai"})
    _approved, returned = together(approve, give_back)
    won = "returned" if returned.status in REDIRECTS else "approved"
    assert row_of(app, activity)["status"] == won
    assert events_on(app, activity) == [f"activity:{won}"]


@ROUND
def test_approve_against_edit(
    opened: Opened, session_in: SessionIn, app: Flask, _round: int
) -> None:
    """The leader's page was opened while the session was a draft; then it was submitted."""
    activity = session_in("draft")
    page = f"/activities/{activity}"
    edit = press(
        opened("member", edit_url(activity)), edit_url(activity), {"participant_count": "99"}
    )
    opened("own", page).post(f"{page}/submit")
    approve = press(opened("own", page), f"{page}/approve")
    _approved, edited = together(approve, edit)
    row = row_of(app, activity)
    assert edited.status is HTTPStatus.OK, "what was submitted is changed by nobody"
    assert (row["status"], row["participant_count"]) == ("approved", 20)
    assert events_on(app, activity) == ["activity:submitted", "activity:approved"]


@ROUND
def test_approve_against_a_correction_of_what_waits(
    opened: Opened, session_in: SessionIn, app: Flask, _round: int
) -> None:
    """Nobody approves what they did not see: whoever comes second is told."""
    activity = session_in("submitted")
    page, url = f"/activities/{activity}", edit_url(activity)
    approve = press(opened("own", page), f"{page}/approve")
    correct = press(opened("member", url), url, {"participant_count": "99"})
    _approved, corrected = together(approve, correct)
    row = row_of(app, activity)
    won = corrected.status in REDIRECTS
    assert (row["status"], row["participant_count"]) == (
        ("submitted", 99) if won else ("approved", 20)
    )
    assert events_on(app, activity) == ["activity:corrected" if won else "activity:approved"]


@ROUND
def test_edit_against_edit(opened: Opened, session_in: SessionIn, app: Flask, _round: int) -> None:
    activity = session_in("draft")
    url = edit_url(activity)
    acts = [
        press(opened(persona, url), url, {"participant_count": number, "action": "draft"})
        for persona, number in (("member", "31"), ("own", "32"))
    ]
    answers = together(*acts)
    statuses = sorted(answer.status.value for answer in answers)
    assert statuses == [HTTPStatus.OK, HTTPStatus.FOUND], "one is done, one shows both versions"
    saved = 31 if answers[0].status in REDIRECTS else 32
    assert row_of(app, activity)["participant_count"] == saved
    loser = answers[0] if saved == 32 else answers[1]
    assert f"<strong>{saved}</strong>" in loser.body.decode()
    assert events_on(app, activity) == ["activity:corrected"]


@ROUND
def test_edit_against_submit(
    opened: Opened, session_in: SessionIn, app: Flask, _round: int
) -> None:
    activity = session_in("draft")
    page, url = f"/activities/{activity}", edit_url(activity)
    edit = press(opened("member", url), url, {"participant_count": "99", "action": "draft"})
    submit = press(opened("own", page), f"{page}/submit")
    edited, _submitted = together(edit, submit)
    row = row_of(app, activity)
    expected = ("draft", 99) if edited.status in REDIRECTS else ("submitted", 20)
    assert (row["status"], row["participant_count"]) == expected


@ROUND
def test_the_same_question_confirmed_twice_deletes_once(
    opened: Opened, session_in: SessionIn, app: Flask, _round: int
) -> None:
    activity = session_in("draft")
    url = f"/activities/{activity}/delete"
    page = opened("member", url)
    first, second = together(press(page, url), press(page, url))
    assert first.location == second.location
    assert events_on(app, activity) == ["activity:deleted"]


@ROUND
def test_delete_against_submit(
    opened: Opened, session_in: SessionIn, app: Flask, _round: int
) -> None:
    """What was submitted is not deleted, what was deleted is not submitted."""
    activity = session_in("draft")
    page = f"/activities/{activity}"
    delete = press(opened("member", f"{page}/delete"), f"{page}/delete")
    submit = press(opened("own", page), f"{page}/submit")
    deleted, submitted = together(delete, submit)
    won = "deleted" if deleted.status in REDIRECTS else "submitted"
    assert events_on(app, activity) == [f"activity:{won}"]
    assert submitted.status is (HTTPStatus.NOT_FOUND if won == "deleted" else HTTPStatus.FOUND)
