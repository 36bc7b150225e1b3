"""A decision amends a team: it bears another name, and what it was called stays in its timeline."""

from http import HTTPStatus

import pytest
from flask import Flask

from tcns.database import db
from tcns.teams.models import Team
from tests.databases import fingerprint
from tests.page import Page, Visitor
from tests.teams.lifecycle.forms import HEAD
from tests.teams.timeline.reading import entries
from tests.world import World

NEW = "Tổ công nghệ số cộng đồng thôn Đồng Tâm mới"


def amend(official: Visitor, world: World, **typed: str) -> Page:
    page = official.get(f"/teams/{world.teams['village']}").click("Amend")
    return page.post(typed={**HEAD, "name": NEW, "first_day": "2025-07-01", **typed})


def name_of(app: Flask, world: World) -> str:
    with app.app_context():
        return db.session.get_one(Team, world.teams["village"]).name


def test_a_team_bears_the_name_a_decision_gives_it(
    app: Flask, world: World, official: Visitor
) -> None:
    before = name_of(app, world)
    page = amend(official, world)
    assert page.heading == NEW
    assert "Decision: amendment" in page.text
    assert entries(page)[0].startswith("01/07/2025 Team amended: decision No. 99/QĐ-UBND")
    assert f"({before} → {NEW})" in entries(page)[0]


def test_a_decision_that_leaves_the_name_is_on_record(
    app: Flask, world: World, official: Visitor
) -> None:
    before = name_of(app, world)
    page = amend(official, world, name=before)
    assert entries(page)[0].startswith("01/07/2025 Team amended: decision No. 99/QĐ-UBND recorded")
    assert name_of(app, world) == before


def test_an_amendment_is_undone(app: Flask, world: World, official: Visitor) -> None:
    before = name_of(app, world)
    amend(official, world).click("Undo").post()
    assert name_of(app, world) == before
    assert "Team amended" not in official.get(f"/teams/{world.teams['village']}").text


@pytest.mark.parametrize(
    ("first_day", "value"), [("2020-01-01", "exists only since"), ("2090-01-01", "future")]
)
def test_it_holds_from_a_day_of_the_team(
    app: Flask, world: World, official: Visitor, first_day: str, value: str
) -> None:
    page = official.get(f"/teams/{world.teams['village']}/amend")
    before = fingerprint(app)
    typed = {**HEAD, "name": NEW, "first_day": first_day}
    refused = page.post(typed=typed, status=HTTPStatus.OK)
    assert value in refused.field_errors["first_day"]
    assert fingerprint(app) == before


def test_a_team_that_has_ended_is_not_amended(world: World, official: Visitor) -> None:
    page = official.get(f"/teams/{world.teams['dissolved']}/amend")
    refused = page.post(
        typed={**HEAD, "name": NEW, "first_day": "2024-01-01"}, status=HTTPStatus.OK
    )
    assert "was dissolved after" in refused.text
