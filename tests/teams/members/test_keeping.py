"""Two communes share a person: one keeps the data, the other what its membership says."""

from collections.abc import Callable
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tcns.accounts.models import User
from tcns.clock import today
from tcns.database import db
from tcns.errors import RuleViolation, Stale
from tcns.teams.members.operations import (
    change_role,
    correct_membership,
    end_membership,
)
from tcns.teams.members.person_operations import (
    PersonText,
    correct_person,
    hand_over_person,
    is_kept_by,
)
from tcns.teams.members.rules import MembershipSpec
from tcns.teams.models import Membership, Person
from tcns.teams.operations import withdraw_team
from tcns.teams.vocabulary import MemberRole
from tests.factories import make_membership, make_person, make_team
from tests.page import Visitor
from tests.teams.conftest import LATER, LONG_AGO, Book, changes, events, refused
from tests.teams.lifecycle.forms import rows_of
from tests.world import World

Visit = Callable[..., Visitor]
MEMBER = MemberRole.MEMBER
NEW_NAME = PersonText("Bế Tên Khác")


def user(book: Book, key: str) -> User:
    return db.session.get_one(User, book.world.users[key])


def shared(book: Book, *, older: str = "village", younger: str = "neighbour") -> Person:
    """Somebody in a team of Hòa An and in one of Kim Tước."""
    person_id = make_person(full_name="Bế Hai Nơi")
    make_membership(book.world.teams[older], person_id, valid_from=LONG_AGO)
    make_membership(book.world.teams[younger], person_id, valid_from=LATER)
    return db.session.get_one(Person, person_id)


def part_in(book: Book, person: Person, team: str) -> Membership:
    return next(part for part in person.memberships if part.team_id == book.world.teams[team])


def test_the_commune_of_the_older_membership_alone_corrects_the_person(book: Book) -> None:
    person = shared(book)
    with pytest.raises(RuleViolation, match="are kept by Xã Hòa An") as caught:
        correct_person(person, NEW_NAME, by=user(book, "neighbour"))
    assert "thôn" not in str(caught.value.message)
    correct_person(person, NEW_NAME, by=book.official)
    assert person.full_name == NEW_NAME.full_name


def test_the_other_commune_corrects_what_its_membership_says(book: Book) -> None:
    person = shared(book)
    correct_membership(
        part_in(book, person, "neighbour"),
        body=None,
        first_day=LATER + timedelta(days=3),
        last_day=None,
        by=user(book, "neighbour"),
    )
    assert part_in(book, person, "neighbour").valid_from == LATER + timedelta(days=3)


def test_a_change_of_role_does_not_make_a_membership_younger(book: Book) -> None:
    person = shared(book)
    spec = MembershipSpec(MemberRole.DEPUTY, None, LATER + timedelta(days=30))
    change_role(part_in(book, person, "village"), spec, by=book.official)
    db.session.expire(person)
    assert is_kept_by(person, book.official)
    assert not is_kept_by(person, user(book, "neighbour"))


def test_who_leaves_the_older_team_is_kept_by_the_other_commune(book: Book) -> None:
    person = shared(book)
    end_membership(part_in(book, person, "village"), last_day=LATER, by=book.official)
    assert is_kept_by(person, user(book, "neighbour"))
    assert not is_kept_by(person, book.official)


# Handing over


def test_data_handed_over_are_corrected_there_and_no_longer_here(book: Book) -> None:
    person = shared(book)
    hand_over_person(person, book.team("neighbour"), by=book.official)
    assert (person.handed_to_id, person.handed_over_on) == (book.team("neighbour").id, today())
    with refused(None):
        correct_person(person, NEW_NAME, by=book.official)
    correct_person(person, NEW_NAME, by=user(book, "neighbour"))
    (event,) = events("person:handed-over")
    communes = str(book.area("commune").id), str(book.area("neighbour").id)
    assert changes(event)["kept_by"] == communes
    assert event.area_id == book.team("village").area_id


def test_data_handed_over_are_handed_back(book: Book) -> None:
    person = shared(book)
    hand_over_person(person, book.team("neighbour"), by=book.official)
    hand_over_person(person, book.team("village"), by=user(book, "neighbour"))
    assert is_kept_by(person, book.official)
    assert len(events("person:handed-over")) == 2


def test_data_handed_over_fall_back_when_the_person_leaves(book: Book) -> None:
    person = shared(book)
    hand_over_person(person, book.team("neighbour"), by=book.official)
    part, last_day = part_in(book, person, "neighbour"), today() - timedelta(days=1)
    end_membership(part, last_day=last_day, by=user(book, "neighbour"))
    assert is_kept_by(person, book.official)


def test_nobody_takes_data_that_another_commune_keeps(book: Book) -> None:
    person = shared(book)
    with refused(None):
        hand_over_person(person, book.team("neighbour"), by=user(book, "neighbour"))
    hand_over_person(person, book.team("neighbour"), by=user(book, "administrator"))
    assert is_kept_by(person, user(book, "neighbour"))


def test_data_go_only_to_where_the_person_is_today(book: Book) -> None:
    person = shared(book)
    end_membership(
        part_in(book, person, "neighbour"), last_day=LATER, by=user(book, "administrator")
    )
    for team in ("neighbour", "hamlet"):
        with refused("team"):
            hand_over_person(person, book.team(team), by=book.official)


def test_what_was_changed_in_the_meantime_is_looked_at_first(book: Book) -> None:
    person = shared(book)
    with pytest.raises(Stale):
        hand_over_person(
            person, book.team("neighbour"), by=book.official, version=person.version + 1
        )


def test_a_team_goes_though_data_were_handed_over_to_it_once(book: Book) -> None:
    person = shared(book)
    team_id = make_team(book.world.neighbour.id, second_reason="x")
    part = db.session.get_one(Membership, make_membership(team_id, person.id, valid_from=LATER))
    db.session.expire(person)
    hand_over_person(person, part.team, by=book.official)
    team = part.team
    db.session.delete(part)
    db.session.flush()
    db.session.expire_all()
    withdraw_team(team, by=user(book, "administrator"))
    assert person.hand_over is None
    assert is_kept_by(person, book.official)


# Pages


@pytest.fixture
def both(app: Flask, world: World) -> int:
    """Somebody in a team of Hòa An, and since later in one of Kim Tước."""
    with app.app_context():
        person_id = make_person(full_name="Bế Hai Nơi", phone="+84912777888")
        make_membership(world.teams["village"], person_id, valid_from=LONG_AGO)
        make_membership(world.teams["neighbour"], person_id, valid_from=LATER)
        db.session.commit()
    return person_id


def test_the_second_official_sees_who_keeps_the_data_and_corrects_the_membership(
    visit: Visit, both: int
) -> None:
    visitor = visit("neighbour", language="en")
    page = visitor.get(f"/persons/{both}")
    assert "Data kept byXã Hòa An" in page.text
    assert f"/persons/{both}/correct" not in str(page.body)
    assert f"/persons/{both}/hand-over" not in str(page.body)
    visitor.get(f"/persons/{both}/correct", HTTPStatus.FORBIDDEN)
    visitor.get(f"/persons/{both}/hand-over", HTTPStatus.FORBIDDEN)
    (line,) = [link for text, link in page.links.items() if text.startswith("Correct")]
    assert line.startswith("/memberships/")


@pytest.mark.parametrize("url", ["/persons/{}", "/persons?q=be hai noi", "/memberships?q=be"])
def test_the_phone_is_shown_in_full_where_the_data_are_kept_alone(
    app: Flask, visit: Visit, world: World, both: int, url: str
) -> None:
    address = url.format(both)
    assert "0912 777 888" in visit("own").get(address).text
    assert "0912 777 888" not in visit("neighbour").get(address).text
    with app.app_context():
        person = db.session.get_one(Person, both)
        person.handed_to_id, person.handed_over_on = world.teams["neighbour"], today()
        db.session.commit()
    assert "0912 777 888" not in visit("own").get(address).text
    assert "0912 777 888" in visit("neighbour").get(address).text


def test_data_are_handed_over_and_back_on_the_page(
    app: Flask, visit: Visit, world: World, both: int
) -> None:
    form = visit("own", language="en").get(f"/persons/{both}").click("Hand over the data")
    again = form.post(typed={}, status=HTTPStatus.OK)
    assert "Choose the commune." in again.text
    done = again.post(typed={"team": str(world.teams["neighbour"])})
    assert "The data of Bế Hai Nơi are kept by Xã Kim Tước from now on." in done.text
    assert "Data kept byXã Kim Tước (handed over on" in done.text
    assert f"/persons/{both}/correct" not in str(done.body)
    back = visit("neighbour", language="en").get(f"/persons/{both}").click("Hand over the data")
    back.post(typed={"team": str(world.teams["village"])})
    (person,) = rows_of(app, Person, Person.id == both)
    assert person.handed_to_id == world.teams["village"]


def test_who_is_in_one_commune_alone_is_not_handed_over(visit: Visit, world: World) -> None:
    person = world.persons["deputy"]
    visitor = visit("own", language="en")
    assert "Hand over the data" not in visitor.get(f"/persons/{person}").text
    assert "a member in no other commune" in visitor.get(f"/persons/{person}/hand-over").text


# Whatever memberships there are

TEAMS = {
    "village": "own",
    "hamlet": "own",
    "neighbour": "neighbour",
    "neighbour_village": "neighbour",
}
Stays = st.lists(
    st.tuples(st.sampled_from(sorted(TEAMS)), st.integers(0, 20), st.none() | st.integers(1, 20)),
    min_size=1,
    max_size=4,
    unique_by=lambda stay: stay[0],
)


@pytest.mark.one_engine
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(stays=Stays)
def test_who_may_correct_what_is_as_counting_the_days_says(
    book: Book, stays: list[tuple[str, int, int | None]]
) -> None:
    """Each official corrects their own memberships; the person, the one in whose team they are
    for longest today, or were last."""
    person_id = make_person()
    for team, start, length in stays:
        starts = date(2024, 3, 1) + timedelta(days=start)
        until = None if length is None else starts + timedelta(days=length)
        make_membership(book.world.teams[team], person_id, valid_from=starts, valid_to=until)
    person = db.session.get_one(Person, person_id)
    lasting = [
        (start, at, team) for at, (team, start, length) in enumerate(stays) if length is None
    ]
    ended = [(s + n, s, at, team) for at, (team, s, n) in enumerate(stays) if n is not None]
    keeping = TEAMS[min(lasting)[-1] if lasting else max(ended)[-1]]
    for official in ("own", "neighbour"):
        assert may(lambda by: correct_person(person, NEW_NAME, by=by), user(book, official)) is (
            official == keeping
        )
    db.session.rollback()


def may(operate: Callable[[User], Any], by: User) -> bool:
    """Whether somebody may do it."""
    try:
        operate(by)
    except RuleViolation:
        return False
    return True
