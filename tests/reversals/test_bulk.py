"""What is done to many rows at once: stated before, done or left row by row, undone as a whole."""

from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import select

from tcns.accounts.models import RoleAssignment
from tcns.activities.models import Activity
from tcns.activities.vocabulary import Status
from tcns.audit.models import AuditEvent
from tcns.database import db
from tcns.i18n import today
from tcns.reversals.bulk import MOST_ROWS
from tcns.reversals.models import Reversible
from tcns.teams.models import EstablishingDecision, Membership, Person, Team, TeamDecision
from tests.databases import fingerprint
from tests.factories import make_activity, make_membership, make_person
from tests.page import Page, Visitor
from tests.world import CANARIES, World

Visit = Callable[..., Visitor]
Make = Callable[..., Any]
LAST = "2025-06-30"
DECISION = {
    "number": "90/QĐ-UBND",
    "issued_on": "2025-06-01",
    "issuer": "UBND xã Hòa An",
    "summary": "Giải thể",
}


def ticked(*ids: int) -> str:
    return urlencode([("which", "ticked"), *(("row", one) for one in ids)])


def rows(app: Flask, *tables: type[Any]) -> list[Any]:
    """Every row of some tables, without the versions, which rise."""
    with app.app_context():
        return [
            sorted(
                map(tuple, db.session.execute(select(*columns_of(table))).all()),
                key=repr,
            )
            for table in tables
        ]


def columns_of(table: type[Any]) -> list[Any]:
    return [column for column in table.__table__.columns if column.key != "version"]


def undo(page: Page) -> Page:
    """Follow the link of the message that says what was done, and press the button."""
    return page.click("Undo").post()


@pytest.fixture
def official(visit: Visit) -> Visitor:
    return visit("own", language="en")


# --- choosing ---------------------------------------------------------------------------------


def test_the_list_offers_the_ticked_rows_those_of_the_page_and_all(
    official: Visitor, make: Make, world: World
) -> None:
    page = official.get("/memberships")
    boxes = [box for box in page.tree.iter("input") if box.get("name") == "row"]
    assert len(boxes) == len(page.rows) == 8
    assert "all 8 on this page" in page.text
    assert "of the list" not in page.text
    for _number in range(25):
        make(make_membership, world.teams["village"])
    page = official.get("/memberships?size=25")
    assert "all 25 on this page" in page.text
    assert "all 33 of the list" in page.text


@pytest.mark.parametrize("url", ["/memberships", "/teams", "/activities?from=2020-01-01"])
@pytest.mark.parametrize("persona", ["reviewer", "leader", "auditor"])
def test_who_may_not_change_has_nothing_to_tick(visit: Visit, persona: str, url: str) -> None:
    page = visit(persona).get(url)
    assert page.rows
    assert not [box for box in page.tree.iter("input") if box.get("name") == "row"]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("which=all", 8),
        ("which=all&role=leader", 3),
        ("which=page&size=25&sort=name", 8),
        ("which=ticked", 0),
        ("which=nonsense&row=x&row=-1&row=99999999999&row=", 0),
    ],
)
def test_what_is_chosen_is_stated_before(official: Visitor, query: str, count: int) -> None:
    page = official.get(f"/memberships/end?{query}")
    if count:
        assert f"{count} memberships would end on {today():%d/%m/%Y}." in page.text
    else:
        assert "No row was chosen" in page.text


def test_more_than_can_be_done_at_once_is_refused(
    official: Visitor, make: Make, world: World
) -> None:
    def crowd() -> None:
        person = make_person()
        for _number in range(MOST_ROWS):
            make_membership(world.teams["village"], person)

    make(crowd)
    page = official.get("/memberships/end?which=all")
    assert f"More than {MOST_ROWS} rows were chosen." in page.text
    assert "would end" not in page.text


# --- ending memberships -----------------------------------------------------------------------


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


def look(page: Page, **typed: str) -> Page:
    """Ask what would be done with these answers."""
    fields = {**standing(page), **typed, "look": "1"}
    return page.visitor.send("POST", page.url, data=fields, headers=referrer(page)).expect(
        HTTPStatus.OK
    )


def press(page: Page, **typed: str) -> Page:
    """Press the button that does it, and follow."""
    answer = send(page, **typed)
    assert answer.status is HTTPStatus.FOUND, answer.text
    return page.visitor.get(answer.location)


def send(page: Page, **typed: str) -> Page:
    fields = {**standing(page), **typed, "do": "1"}
    return page.visitor.send("POST", page.url, data=fields, headers=referrer(page))


def standing(page: Page) -> dict[str, str]:
    """The fields of the page's own form as they stand."""
    form = next(form for form in page.tree.iter("form") if "panel" in form.get("class", ""))
    return {
        control.get("name", ""): control.get("value", "")
        for control in form.iter("input")
        if control.get("name")
    }


def referrer(page: Page) -> dict[str, str]:
    return {"Referer": f"https://localhost{page.url}"}


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


def village(world: World) -> list[int]:
    return [world.memberships[key] for key in ("leader", "deputy", "member")]


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


# --- dissolving teams -------------------------------------------------------------------------


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


# --- approving sessions -----------------------------------------------------------------------


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
