"""Whose phones are shown in full, and to whom: page by page, file by file."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tcns.audit.models import AuditEvent
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.clock import today
from tcns.database import db
from tcns.teams.models import Membership, Person
from tests.conventions.access import LINES, Line, address
from tests.databases import Database
from tests.factories import make_membership, make_person
from tests.page import Visitor
from tests.world import World

Visit = Callable[..., Visitor]
Make = Callable[..., Any]

# The member and the leader of Đồng Tâm, in each form in which a number is written.
MEMBER = ("0912 000 002", "912000002")
LEADER = ("0912 000 001", "912000001")
# Who sees which of them in full.
SEES_MEMBER = {"own", "administrator", "leader", "member"}
SEES_LEADER = SEES_MEMBER | {"district", "reviewer"}
VISITORS = ("reviewer", "district", "auditor", "neighbour")
READING = [line for line in LINES if line.method == "GET"]


def remember_phones(world: World) -> tuple[int, int]:
    """Put on record that the member got a phone, and lost another; the events' ids."""
    person = db.session.get_one(Person, world.persons["member"])
    phones = (None, "+84912000002"), ("+84912000002", "+84912000009")
    events = [
        record(Event.PERSON_CORRECTED, by=None, on=person, changes={"phone": pair})
        for pair in phones
    ]
    db.session.flush()
    return events[0].id, events[1].id


def met(visitor: Visitor, url: str, numbers: tuple[str, ...]) -> list[str]:
    """Which of some numbers stand in full at an address."""
    text = visitor.send("GET", url).content
    return [number for number in numbers if number in text]


@pytest.mark.long_on_postgresql
@pytest.mark.parametrize("line", READING, ids=str)
def test_no_page_and_no_file_shows_a_phone_to_those_who_may_not_see_it(
    database: Database, visit: Visit, make: Make, line: Line
) -> None:
    make(remember_phones, database.world)
    url = address(database.app, line, database.world)
    ways = ("", "?as=csv", "?as=print") if "export" in line.endpoint else ("",)
    for persona in VISITORS:
        hidden = MEMBER if persona in SEES_LEADER else MEMBER + LEADER
        visitor = visit(persona, is_inspecting=False)
        for way in ways:
            assert met(visitor, url + way, hidden) == [], f"{persona} at {url}{way}"


@pytest.mark.parametrize("persona", [*sorted(SEES_LEADER), "auditor"])
def test_a_team_shows_the_phones_that_the_visitor_may_see(
    visit: Visit, world: World, persona: str
) -> None:
    """Without this, a phone that is shown to nobody would prove nothing."""
    page = visit(persona).get(f"/teams/{world.teams['village']}")
    assert ("0912 000 001" in page.text) is (persona in SEES_LEADER)
    assert ("0912 000 002" in page.text) is (persona in SEES_MEMBER)
    assert ("•••• ••• 002" in page.text) is (persona not in SEES_MEMBER)


@pytest.mark.parametrize("url", ["/persons?q=may", "/memberships?q=may", "/search?q=may"])
def test_lists_mask_the_phone_of_a_member_for_a_reviewer(visit: Visit, url: str) -> None:
    page = visit("reviewer", language="en").get(url)
    assert "•••• ••• 002" in page.text
    assert "number masked, ends in 002" in page.text
    assert "0912 000 002" in visit("own").get(url).text


def test_a_masked_phone_is_no_link_to_ring_it_up(visit: Visit, world: World) -> None:
    url = f"/persons/{world.persons['member']}"
    assert "tel:" not in visit("auditor").get(url).content
    assert "tel:+84912000002" in visit("own").get(url).content


SEARCHES = ("912000002", "0912 000 002", "+84912000002", "000 002", "002", "091200")


@pytest.mark.parametrize("url", ["/persons", "/memberships", "/search"])
@pytest.mark.parametrize("text", SEARCHES)
def test_a_masked_phone_is_found_by_none_of_its_digits(visit: Visit, url: str, text: str) -> None:
    """Not by all of them either: whoever tried the masked ones in turn would learn the number."""
    query = {"q": text}
    found = {
        persona: "Lý Thị Mẩy" in visit(persona).send("GET", url, query_string=query).content
        for persona in ("own", "leader", "administrator", "reviewer", "auditor")
    }
    assert found == {
        "own": True,
        "leader": True,
        "administrator": True,
        "reviewer": False,
        "auditor": False,
    }


def test_a_leader_is_found_by_the_phone_by_whoever_reviews_the_team(visit: Visit) -> None:
    assert "Hoàng Văn Sính" in visit("reviewer").get("/search?q=912000001").text
    assert "Hoàng Văn Sính" not in visit("auditor").get("/search?q=912000001").text


@pytest.mark.parametrize("order", ["phone", "-phone"])
def test_masked_phones_give_no_order(visit: Visit, make: Make, world: World, order: str) -> None:
    """Sorted, they would tell between which others a number lies."""
    for phone in ("+84999999999", "+84333333333"):
        make(make_membership, world.teams["village"], make(make_person, phone=phone))
    rows = visit("auditor").get(f"/persons?under=02301&sort={order}").rows
    assert rows == visit("auditor").get("/persons?under=02301").rows


def test_history_shows_the_phones_of_a_person_as_their_page_does(
    visit: Visit, make: Make, world: World
) -> None:
    first, second = make(remember_phones, world)
    history = f"/persons/{world.persons['member']}/history"
    assert "0912 000 009" in visit("own").get(history).text
    for url in (history, f"/audit/{first}", f"/audit/{second}"):
        assert "0912 000 00" not in visit("auditor").get(url).text
        assert "•••• ••• 002" in visit("auditor").get(url).text
        assert "0912 000 002" in visit("administrator").get(url).text


@pytest.mark.parametrize("text", ["0912+000+002", "912000002"])
def test_the_trail_hides_which_phone_a_list_was_searched_for(
    app: Flask, visit: Visit, text: str
) -> None:
    visit("own").send("GET", f"/persons/export?under=02301&q={text}")
    with app.app_context():
        exported = select(AuditEvent.id).where(AuditEvent.event == Event.LIST_EXPORTED)
        url = f"/audit/{db.session.scalars(exported).one()}"
    assert f"q={text}" in visit("administrator").get(url).text
    assert "/persons/export?under=02301&q=•••" in visit("auditor").get(url).text


def test_who_moved_away_is_rung_up_by_the_new_team_and_not_by_the_old(
    app: Flask, visit: Visit, make: Make, world: World
) -> None:
    """The person's page stays open to the former official, for what was done here."""

    def move() -> None:
        here = db.session.get_one(Membership, world.memberships["member"])
        here.valid_to = today()
        make_membership(world.teams["town"], here.person_id, valid_from=today())

    make(move)
    url = f"/persons/{world.persons['member']}"
    assert "•••• ••• 002" in visit("own").get(url).text
    assert "0912 000 002" in visit("administrator").get(url).text
    visit("neighbour").get(url, HTTPStatus.NOT_FOUND)
