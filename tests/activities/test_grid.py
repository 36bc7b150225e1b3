"""Several sessions typed on one page: all or none, or the good ones; once."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tcns.accounts.models import User
from tcns.activities.models import Activity
from tcns.activities.vocabulary import Status
from tcns.areas.models import Area
from tcns.audit.models import AuditEvent
from tcns.clock import today
from tcns.closings.operations import close_month
from tcns.database import db, writing
from tcns.periods import PeriodKind, period_holding
from tests.page import Page, Visitor
from tests.world import World

pytestmark = pytest.mark.one_engine
Visit = Callable[..., Visitor]
URL = "/activities/grid"
DAY = "12/03/2024"


def row(number: int, team: int, **differs: str) -> dict[str, str]:
    """A row as it is typed."""
    cells = {"held_on": DAY, "team": str(team), "kind": "training", "participant_count": "25"}
    return {f"row_{number}_{name}": text for name, text in (cells | differs).items()}


def stored(app: Flask) -> list[Any]:
    with app.app_context():
        query = select(Activity).where(Activity.held_on < date(2025, 1, 1))
        return list(db.session.scalars(query.order_by(Activity.held_on, Activity.id)))


@pytest.fixture
def grid(visit: Visit) -> Page:
    return visit("own", language="en").get(URL)


def send(page: Page, *rows: Mapping[str, str], action: str = "all", **more: Any) -> Page:
    typed: dict[str, Any] = {"form": "in_person", "action": action}
    for each in rows:
        typed |= each
    return page.post(URL, typed, **more)


def test_rows_are_sessions_submitted_by_the_official_and_empty_rows_are_none(
    grid: Page, app: Flask, world: World
) -> None:
    village, commune = world.teams["village"], world.teams["commune"]
    page = send(
        grid,
        row(0, village, note="Họp thôn"),
        row(4, commune, participant_count="1.250", household_count="", held_on="13/03/2024"),
    )
    assert "2 sessions are submitted" in page.text
    first, second = stored(app)
    assert (first.team_id, first.note, first.household_count) == (village, "Họp thôn", None)
    assert (second.team_id, second.participant_count) == (commune, 1250)
    for session in (first, second):
        assert (session.state, session.entered_by_id) == (Status.SUBMITTED, world.users["own"])
    with app.app_context():
        query = select(AuditEvent.actor_id).where(AuditEvent.object_id == second.id)
        actors = query.where(AuditEvent.object_type == "activity")
        assert set(db.session.scalars(actors)) == {world.users["own"]}


def test_nothing_is_saved_while_a_row_is_wrong_and_nothing_typed_is_lost(
    grid: Page, app: Flask, world: World
) -> None:
    village = world.teams["village"]
    wrong = row(1, village, held_on="32/03/2024", note="Ghi từ sổ")
    page = send(
        grid, row(0, village), wrong, {"row_2_note": "chỉ có ghi chú"}, status=HTTPStatus.OK
    )
    assert stored(app) == []
    assert set(page.field_errors) >= {"row_1_held_on", "row_2_held_on", "row_2_team", "row_2_kind"}
    assert 'value="32/03/2024"' in page.content
    assert 'value="Ghi từ sổ"' in page.content


def test_the_good_rows_are_saved_when_that_is_asked_and_the_others_stay(
    grid: Page, app: Flask, world: World
) -> None:
    village = world.teams["village"]
    page = send(grid, row(0, village), row(1, village, held_on=""), status=HTTPStatus.OK)
    page = send(page, action="good", status=HTTPStatus.OK)
    assert [session.participant_count for session in stored(app)] == [25]
    assert "1 session is submitted" in page.content
    assert page.field_errors.keys() == {"row_1_held_on"}
    page = send(page, {"row_1_held_on": "14/03/2024"})
    assert [session.held_on.day for session in stored(app)] == [12, 14]


def test_sent_twice_it_is_saved_once(grid: Page, app: Flask, world: World) -> None:
    rows = row(0, world.teams["village"]), row(1, world.teams["hamlet"])
    for _time in range(2):
        send(grid, *rows)
    assert len(stored(app)) == 2
    page = send(grid, rows[0], row(1, world.teams["hamlet"], note="khác"), status=HTTPStatus.OK)
    assert len(stored(app)) == 2
    assert "with other content" in page.content


def test_a_doubt_is_asked_and_a_tick_answers_it(grid: Page, app: Flask, world: World) -> None:
    """More households than the village has, and a row like one above it."""
    village = world.teams["village"]
    doubted = row(0, village, household_count="500"), row(1, village, participant_count="26")
    page = send(grid, *doubted, status=HTTPStatus.OK)
    assert stored(app) == []
    assert "120 households" in page.field_errors["row_0_is_confirmed"]
    assert "like this" in page.field_errors["row_1_is_confirmed"]
    send(page, {"row_0_is_confirmed": "y", "row_1_is_confirmed": "y"})
    assert len(stored(app)) == 2


def test_rules_of_sessions_hold_for_each_row(grid: Page, app: Flask, world: World) -> None:
    with app.app_context(), writing():
        commune = db.session.get_one(Area, world.commune.id)
        march = period_holding(PeriodKind.MONTH, date(2024, 3, 12))
        close_month(commune, march, by=db.session.get_one(User, world.users["own"]))
    village = world.teams["village"]
    tomorrow = (today() + timedelta(days=1)).strftime("%d/%m/%Y")
    page = send(
        grid,
        row(0, village),
        row(1, village, held_on=tomorrow),
        row(2, village, held_on="01/01/2019"),
        row(3, village, held_on="12/04/2024", participant_count=""),
        row(4, world.teams["neighbour"], held_on="12/04/2024"),
        status=HTTPStatus.OK,
    )
    assert stored(app) == []
    errors = page.field_errors
    assert "closed" in errors["row_0_held_on"]
    assert "future" in errors["row_1_held_on"]
    assert "does not exist" in errors["row_2_held_on"]
    assert "reached" in errors["row_3_participant_count"]
    assert "row_4_team" in errors, "a team of another commune is not offered"


def test_a_longer_page_takes_more_rows(visit: Visit, app: Flask, world: World) -> None:
    page = visit("own").get(f"{URL}?rows=20")
    page.post(f"{URL}?rows=20", {"form": "online", **row(19, world.teams["village"])})
    assert len(stored(app)) == 1


def test_the_list_and_the_officials_home_lead_there(visit: Visit) -> None:
    own = visit("own", language="en")
    for url in ("/", "/activities"):
        assert URL in own.get(url).links.values()
    assert URL not in visit("member").get("/activities").links.values()


def test_of_many_teams_one_types_the_name_or_its_end(
    visit: Visit, app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tcns.activities.grid.forms.MOST_CHOICES", 1)
    page = visit("own", language="en").get(URL)
    assert "<datalist" in page.body.decode()
    wrong = send(
        page,
        row(0, 0) | {"row_0_team": "thon khong co"},
        row(1, 0, held_on="13/03/2024") | {"row_1_team": "tổ công nghệ số cộng đồng đồng tâm"},
        status=HTTPStatus.OK,
    )
    assert "There is no such team." in wrong.text
    assert 'value="thon khong co"' in wrong.body.decode()
    assert stored(app) == []
    send(wrong, row(0, 0) | {"row_0_team": "Dong tam"})
    assert [session.team_id for session in stored(app)] == [world.teams["village"]] * 2
