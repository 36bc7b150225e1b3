"""Many teams are dissolved by one decision, and all come back together."""

from datetime import date
from http import HTTPStatus

from flask import Flask
from sqlalchemy import select

from tcns.database import db
from tcns.teams.models import EstablishingDecision, Membership, Person, Team, TeamDecision
from tests.bulk.choosing import DECISION, LAST, Make, Visit, look, press, rows, send, ticked, undo
from tests.databases import fingerprint
from tests.factories import make_activity
from tests.page import Visitor
from tests.world import World


def test_teams_are_dissolved_by_one_decision_and_all_comes_back(
    app: Flask, official: Visitor, world: World
) -> None:
    tables = Team, Membership, EstablishingDecision, TeamDecision, Person
    before = rows(app, *tables)
    page = official.get(f"/teams/dissolve?{ticked(world.teams['village'], world.teams['hamlet'])}")
    page = look(page, last_day=LAST, **DECISION)
    assert "2 teams would exist until 30/06/2025" in page.text
    done = press(page)
    assert "2 teams existed until 30/06/2025." in done.text
    with app.app_context():
        decision = db.session.scalars(select(EstablishingDecision).filter_by(number="90/QĐ-UBND"))
        effects = select(TeamDecision).filter_by(decision_id=decision.one().id)
        assert {each.purpose for each in db.session.scalars(effects)} == {"dissolve"}
        assert db.session.get_one(Team, world.teams["village"]).last_day == date(2025, 6, 30)
        for key in ("leader", "hamlet_member"):
            membership = db.session.get_one(Membership, world.memberships[key])
            assert membership.last_day == date(2025, 6, 30)
    assert "Undone: Teams dissolved." in undo(done).text
    assert rows(app, *tables) == before


def test_a_decision_on_file_serves_again_and_stays_when_it_is_undone(
    app: Flask, official: Visitor, world: World
) -> None:
    tables = Team, Membership, EstablishingDecision, TeamDecision
    before = rows(app, *tables)
    page = official.get(f"/teams/dissolve?{ticked(world.teams['village'])}")
    page = look(page, last_day=LAST, decision=str(world.decisions["commune"]))
    done = press(page, decision=str(world.decisions["commune"]))
    assert "1 team existed until 30/06/2025." in done.text
    undo(done)
    assert rows(app, *tables) == before


def test_a_team_that_held_a_session_later_is_left(
    app: Flask, official: Visitor, make: Make, world: World
) -> None:
    make(make_activity, world.teams["hamlet"], world.users["own"], held_on=date(2025, 9, 1))
    page = official.get("/teams/dissolve?which=all&level=village")
    page = look(page, last_day=LAST, **DECISION)
    assert "1 team would exist until 30/06/2025; its memberships end with it." in page.text
    assert "The team held a session on 01/09/2025, after that day." in page.text


def test_without_anything_to_do_no_decision_is_put_on_file(
    app: Flask, official: Visitor, world: World
) -> None:
    page = official.get(f"/teams/dissolve?{ticked(world.teams['village'])}")
    page = look(page, last_day="2022-05-01", **DECISION)
    before = fingerprint(app)
    answer = send(page, **DECISION)
    assert answer.status is HTTPStatus.OK
    assert fingerprint(app) == before


def test_an_incomplete_decision_is_said_beside_its_fields(official: Visitor, world: World) -> None:
    page = official.get(f"/teams/dissolve?{ticked(world.teams['village'])}")
    answer = send(page, number="").expect(HTTPStatus.OK)
    assert set(answer.field_errors) >= {"number", "summary", "issued_on"}
    assert "1 team would exist" in answer.text


def test_the_province_decides_about_teams_of_several_communes(
    visit: Visit, app: Flask, world: World
) -> None:
    visitor = visit("administrator", language="en")
    page = visitor.get(f"/teams/dissolve?{ticked(world.teams['village'], world.teams['town'])}")
    typed = DECISION | {"issuer": "UBND tỉnh"}
    done = press(look(page, last_day=LAST, **typed))
    assert "2 teams existed until 30/06/2025." in done.text
    with app.app_context():
        decision = db.session.scalars(select(EstablishingDecision).filter_by(number="90/QĐ-UBND"))
        assert decision.one().area_id == world.province.id
    undo(done)
