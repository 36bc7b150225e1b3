"""The history of a record: everything that was done to it, in words, to whom may read it."""

from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from typing import Any

import pytest

from tcns.accounts.models import User
from tcns.activities.models import Activity
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.database import db
from tcns.teams.models import Membership, Person, Team
from tests.factories import make_activity, make_membership, make_person, make_team
from tests.page import Visitor
from tests.world import World

Visit = Callable[..., Visitor]
Make = Callable[..., Any]


@pytest.fixture
def note(make: Make, world: World) -> Callable[..., None]:
    """`note(Event.X, Model, id, changes)` puts an event of Hòa An on record, by its official."""

    def put(event: Event, model: Any, ident: int, changes: dict[str, Any]) -> None:
        by = db.session.get_one(User, world.users["own"])
        on = db.session.get_one(model, ident)
        record(event, by=by, on=on, area_id=world.commune.id, changes=changes)

    return lambda *given: make(put, *given)


Note = Callable[..., None]


def test_a_session_s_history_says_who_changed_what_from_what_to_what(
    visit: Visit, world: World
) -> None:
    address = f"/activities/{world.activities['draft']}"
    visit("member", language="en").get(f"{address}/edit").post(
        typed={"participant_count": "1300", "topics": ["payment"], "helpers": [], "kind": "duty"}
    )
    page = visit("own", language="en").get(address).click("History")
    text = page.text
    for words in (
        "Session submitted", "Draft → Submitted", "Lý Thị Mẩy", "20 → 1,300",
        "Online public services → Online payment", "Hoàng Văn Sính, Lý Thị Mẩy → –",
        "Hands-on guidance → Duty at the public-service centre",
    ):  # fmt: skip
        assert words in text
    assert text.index("Session submitted") < text.index("Session corrected"), "newest first"


def test_hours_are_read_the_vietnamese_way(visit: Visit, world: World) -> None:
    address = f"/activities/{world.activities['draft']}"
    visit("member").get(f"{address}/edit").post(typed={"participant_count": "13", "hours": "2,5"})
    assert "2,5" in visit("own").get(f"{address}/history").text


def test_a_history_says_whose_it_is_and_leads_back(visit: Visit, world: World) -> None:
    for address, name in (
        (f"/teams/{world.teams['village']}", "Tổ công nghệ số cộng đồng Đồng Tâm"),
        (f"/areas/{world.village.code}", "Thôn Đồng Tâm"),
        (f"/decisions/{world.decisions['commune']}", "Quyết định số 12/QĐ-UBND"),
    ):
        page = visit("own").get(f"{address}/history")
        assert name in page.title
        assert page.click(name).heading == name


def test_a_team_s_history_holds_that_of_its_memberships(
    visit: Visit, world: World, note: Note
) -> None:
    ends = {"valid_to": (None, date(2025, 7, 1)), "role": ("member", "deputy")}
    note(Event.MEMBERSHIP_ENDED, Membership, world.memberships["member"], ends)
    note(Event.TEAM_CORRECTED, Team, world.teams["village"], {"name": ("Tổ cũ", "Tổ mới")})
    text = visit("leader", language="en").get(f"/teams/{world.teams['village']}/history").text
    assert "Membership ended: Lý Thị Mẩy" in text
    assert "30/06/2025" in text, "last days are shown inclusive"
    assert "Member → Deputy leader" in text
    assert "Tổ cũ → Tổ mới" in text


def test_a_person_s_history_names_the_teams_and_shows_phones_as_people_read_them(
    visit: Visit, world: World, note: Note
) -> None:
    note(Event.MEMBER_ADDED, Membership, world.memberships["member"], {})
    phone = {"phone": ("+84912000002", None)}
    note(Event.PERSON_CORRECTED, Person, world.persons["member"], phone)
    text = visit("own", language="en").get(f"/persons/{world.persons['member']}/history").text
    assert "Member added: Tổ công nghệ số cộng đồng Đồng Tâm" in text
    assert "0912 000 002 → –" in text


def test_a_membership_that_was_withdrawn_stays_in_both_histories(
    visit: Visit, world: World, make: Make
) -> None:
    person, team = world.persons["member"], world.teams["village"]

    def withdraw() -> None:
        mistake = db.session.get_one(Membership, make_membership(team, person))
        by = db.session.get_one(User, world.users["own"])
        changes = {"person": (person, None), "team": (team, None)}
        area = world.commune.id
        record(Event.MEMBERSHIP_CORRECTED, by=by, on=mistake, area_id=area, changes=changes)
        db.session.delete(mistake)

    make(withdraw)
    for address in (f"/persons/{person}/history", f"/teams/{team}/history"):
        assert "Membership corrected" in visit("own", language="en").get(address).text
        assert "Membership corrected" not in visit("neighbour").send("GET", address).body.decode()


def test_what_happened_in_a_neighbour_s_team_is_not_told(
    visit: Visit, world: World, make: Make
) -> None:
    """Somebody in two communes' teams: each official sees the memberships of their own."""

    def put() -> None:
        both = db.session.get_one(Membership, world.memberships["neighbour_member"])
        both.person_id = world.persons["member"]
        by = db.session.get_one(User, world.users["neighbour"])
        changes = {"person": (None, world.persons["member"])}
        record(Event.MEMBER_ADDED, by=by, on=both, area_id=world.neighbour.id, changes=changes)

    make(put)
    text = visit("own").get(f"/persons/{world.persons['member']}/history").text
    assert "Kim Tước" not in text
    assert "Kim Tước" in visit("district").get(f"/persons/{world.persons['member']}/history").text


def test_an_account_s_history_says_which_roles_were_granted(visit: Visit, world: World) -> None:
    text = visit("administrator", language="en").get(f"/accounts/{world.users['own']}/history").text
    assert "Role granted" in text
    assert "Commune official" in text


@pytest.mark.parametrize("kind", ["teams", "persons", "activities"])
def test_a_neighbour_s_record_has_no_history_for_me(visit: Visit, world: World, kind: str) -> None:
    ident = getattr(world, kind)["neighbour"]
    visit("own").get(f"/{kind}/{ident}/history", HTTPStatus.NOT_FOUND)
    visit("neighbour").get(f"/{kind}/{ident}/history")


def test_a_word_of_an_older_vocabulary_is_shown_as_it_was_kept(
    visit: Visit, world: World, note: Note
) -> None:
    changes = {"kind": ("market_day", "duty"), "helpers": ("424242", "x y")}

    note(Event.ACTIVITY_CORRECTED, Activity, world.activities["draft"], changes)
    text = visit("own", language="en").get(f"/activities/{world.activities['draft']}/history").text
    assert "market_day → Duty" in text
    assert "424242" in text


@pytest.mark.parametrize("model", [Team, Person, Membership, Activity])
def test_the_id_of_what_was_taken_back_is_not_given_to_another(
    context: None, world: World, model: Any
) -> None:
    """The history of the next record would begin with that of the one before."""
    rows = {
        Team: lambda: make_team(world.quiet_village.id),
        Person: make_person,
        Membership: lambda: make_membership(world.teams["village"]),
        Activity: lambda: make_activity(world.teams["village"], world.users["member"]),
    }
    first = rows[model]()
    db.session.delete(db.session.get_one(model, first))
    db.session.flush()
    assert rows[model]() > first
